"""Legs in a file while the database is away: none is lost, whatever happens to the file."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.journal.calls import OUTSIDE, answers, hangs_up, rings
from tests.journal.desk import MARIE, PAUL, Desk, away
from tests.telephony.words import START
from tws.journal.model import Leg, Outcome
from tws.journal.spool import Spool
from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.telephony.model import (
    CallId,
    DeviceId,
    Direction,
    LegId,
    LinkId,
    Party,
    ThreadId,
    Via,
)

LEG = Leg(
    id=LegId("leg"),
    link=LinkId("pbx"),
    call=CallId("1"),
    device=DeviceId("4001"),
    thread=ThreadId("thread"),
    company=CompanyId("ssdei"),
    domain=DomainId("paris"),
    user=UserId("marie"),
    device_row=DeviceRowId("row"),
    direction=Direction.INCOMING,
    name="Zoé \n \u2028 ☎",
    queue=Party("7000", "Accueil"),
    via=Via("transfer", Party("4002", "Paul")),
    created=START,
    last_seen=START,
    ended=START,
    outcome=Outcome.MISSED,
)


async def everything(spool: Spool) -> list[Leg]:
    return [leg async for legs in spool.read() for leg in legs]


async def test_what_was_appended_is_read_back_in_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "made")
    assert spool.empty()
    legs = [replace(LEG, revision=n) for n in range(1, 1203)]
    await spool.append(legs[:2])
    await spool.append(legs[2:])
    assert not spool.empty()
    assert await everything(spool) == legs
    assert await everything(spool) == legs  # until it is said that they are written
    await spool.append([LEG])
    await spool.done()
    assert not spool.empty()
    assert await everything(spool) == [LEG]
    await spool.done()
    assert spool.empty() and await everything(spool) == []


async def test_what_comes_while_it_is_read_is_kept_behind_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    first, second, third = (replace(LEG, revision=n) for n in (1, 2, 3))
    await spool.append([first])
    assert await everything(spool) == [first]
    await spool.append([second])
    again = Spool(tmp_path)  # the process died before it was done
    await again.append([third])
    assert await everything(again) == [first, second, third]


@given(cut=st.integers(min_value=1), junk=st.binary(max_size=50))
async def test_a_line_cut_short_costs_only_itself(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool = Spool(folder)
    await spool.append([LEG])
    await spool.append([replace(LEG, revision=2)])
    file = folder / "journal.spool"
    content = file.read_bytes()
    first = content.index(b"\n") + 1
    file.write_bytes(content[: first + cut % (len(content) - first)] + junk)
    again = Spool(folder)
    await again.append([replace(LEG, revision=3)])
    read = await everything(again)
    assert read[0] == LEG and read[-1] == replace(LEG, revision=3)
    assert len(read) == 2 or read[1] == replace(LEG, revision=2)


async def test_what_is_noted_ahead_is_read_by_the_next_process(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    legs = [replace(LEG, revision=n) for n in range(1, 5)]
    spool.note(legs[:1])
    spool.written([])
    assert Spool(tmp_path).empty()
    spool.note(legs[1:3])
    assert spool.empty()  # it is for the next process
    await spool.append(legs[:1])
    again = Spool(tmp_path)
    assert not again.empty()
    again.note(legs[3:])
    assert await everything(again) == legs[:1]
    again.close()
    spool.close()
    assert await everything(Spool(tmp_path)) == [*legs[:1], *legs[1:]]


async def test_notes_do_not_grow_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tws.journal.spool.MOST_AHEAD", 10_000)
    spool = Spool(tmp_path)
    for n in range(1, 200):
        leg = replace(LEG, revision=n)
        spool.note([leg])
        spool.written([leg])  # it changed again while it was written
        assert (tmp_path / "journal.ahead").stat().st_size < 12_000
    spool.close()
    assert (await everything(Spool(tmp_path)))[-1] == replace(LEG, revision=199)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "tws.db"


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    return sqlite_desk


async def test_calls_go_on_and_are_written_once_the_database_is_back(
    desk: Desk, database: Path
) -> None:
    desk.take(rings("1", MARIE))
    desk.take(rings("2", PAUL), hangs_up("2", PAUL))
    await desk.settled()
    with away(database):
        desk.take(answers("1", MARIE))
        await desk.journal.flush()
        desk.take(hangs_up("1", MARIE), rings("3", PAUL), hangs_up("3", PAUL))
        desk.take(rings("4", PAUL))
        await desk.journal.flush()
        assert desk.logged[1:] == []
    assert await desk.journal.replay()
    assert (await desk.only(desk.marie)).outcome is Outcome.ANSWERED
    assert [entry.outcome for entry in await desk.log(desk.paul)] == ["missed", "missed"]
    assert [leg.call for leg in await desk.open_legs()] == ["4"]
    desk.take(hangs_up("4", PAUL))
    assert await desk.number_of_rows() == 4
    assert await desk.open_legs() == []
    assert [change.entry.outcome for change in desk.logged] == [
        "missed",
        "answered",
        "missed",
        "missed",
    ]


async def test_it_is_noticed_that_the_database_is_back(
    desk: Desk, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tws.journal.keeper.RETRY", 0.02)
    with away(database):
        desk.take(rings("1", MARIE), hangs_up("1", MARIE))
        await desk.journal.flush()
        assert desk.journal.counters["written"] == 0
    await asyncio.wait_for(desk.told.wait(), 30)
    assert (await desk.only()).outcome is Outcome.MISSED


async def test_what_is_left_at_a_stop_is_written_at_the_next_start(
    desk: Desk, database: Path
) -> None:
    with away(database):
        desk.take(rings("1", MARIE), hangs_up("1", MARIE), rings("2", MARIE))
        await desk.stop()
    again = await desk.reborn()
    await again.own()
    assert [entry.outcome for entry in await again.log()] == ["missed"]
    again.resync({})
    assert [entry.outcome for entry in await again.log()] == ["endNotSeen", "missed"]
    assert await again.open_legs() == []


async def test_a_file_that_can_not_be_read_is_tried_again(
    desk: Desk, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What set the file aside failed (a full disk, rights): the database is back all the same."""
    monkeypatch.setattr("tws.journal.keeper.RETRY", 0.02)
    with away(database):
        desk.take(rings("1", MARIE), hangs_up("1", MARIE))
        await desk.journal.flush()
        (tmp_path / "state" / "journal.spool.reading").mkdir()
    assert not await desk.journal.replay()
    (tmp_path / "state" / "journal.spool.reading").rmdir()
    await asyncio.wait_for(desk.told.wait(), 30)
    assert (await desk.only()).outcome is Outcome.MISSED


async def test_an_end_that_was_seen_says_more_than_one_that_was_not(
    desk: Desk, database: Path
) -> None:
    """Another process took the link over while ours could not write how the call ended."""
    desk.take(rings("1", MARIE), answers("1", MARIE))
    await desk.settled()
    with away(database):
        desk.take(hangs_up("1", OUTSIDE), hangs_up("1", MARIE), rings("2", MARIE))
        await desk.stop()
    other = await desk.reborn(state="other state")
    other.resync(await other.own())
    assert (await other.only()).outcome is Outcome.END_NOT_SEEN
    again = await desk.reborn()
    second, first = await again.log()
    assert first.outcome is Outcome.ANSWERED and not first.end_not_seen
    # What was open then is nobody's now: the link had another owner since.
    assert second.outcome is Outcome.END_NOT_SEEN
    assert await again.open_legs() == []


async def test_a_disk_that_is_full_loses_nothing_in_memory(
    desk: Desk, database: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    state.write_text("a file where the folder should be")
    with away(database):
        desk.take(rings("1", MARIE), hangs_up("1", MARIE))
        await desk.journal.flush()
        assert desk.journal.counters["waiting"] == 1
    state.unlink()
    await desk.journal.flush()
    assert await desk.journal.replay()
    assert (await desk.only()).outcome is Outcome.MISSED


async def test_what_is_appended_while_the_file_is_set_aside_is_not_lost(tmp_path: Path) -> None:
    """The database stays away: the file is tried again and again, and grows meanwhile."""
    spool = Spool(tmp_path)
    legs = [replace(LEG, id=LegId(str(n))) for n in range(600)]
    over = asyncio.Event()

    async def try_again_and_again() -> None:
        while not over.is_set():
            await anext(aiter(spool.read()), None)

    trying = asyncio.create_task(try_again_and_again())
    for leg in legs:
        await spool.append([leg])
    over.set()
    await trying
    assert {leg.id for leg in await everything(spool)} == {leg.id for leg in legs}


async def test_what_a_process_heard_after_it_had_lost_the_link_is_not_written_twice(
    desk: Desk, database: Path
) -> None:
    """It slept in the middle of a write, so that what it heard once it woke went to its file."""
    await desk.settled()
    slept = await desk.reborn("state of the one that slept")
    await slept.own()
    with away(database):
        slept.take(rings("1", MARIE), answers("1", MARIE), hangs_up("1", MARIE))
        slept.take(rings("2", MARIE))
        await slept.journal.flush()
    desk.now = slept.now
    desk.tick()
    desk.resync(await desk.own())
    both = (rings("3", MARIE), answers("3", MARIE), hangs_up("3", MARIE))
    desk.take(*both)
    await desk.settled()
    with away(database):
        slept.now = desk.now
        slept.take(hangs_up("2", MARIE), *both)
        await slept.journal.flush()
    assert await slept.journal.replay()
    assert [entry.outcome for entry in await desk.log()] == ["answered", "missed", "answered"]

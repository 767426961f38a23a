"""After a restart, a lost link or a change of owner: one row for each leg, and none left open."""

from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import select

from tests.journal.calls import OUTSIDE, answers, calls, hangs_up, reaches, rings, shown
from tests.journal.desk import MARIE, PAUL, Desk
from tests.telephony.words import START, conn
from tws.journal import store
from tws.journal.events import LinkToSettle
from tws.journal.model import Outcome
from tws.organisation.events import CompanyChanged, LinkChanged
from tws.organisation.store import next_epoch
from tws.sentences import sentence
from tws.telephony.events import (
    CallChanged,
    LinkResynchronised,
    LinkStatus,
    LinkStatusChanged,
    OwnershipLost,
)
from tws.telephony.model import CallId, ConnectionState, LinkState, Party


async def test_a_call_found_alive_is_taken_up(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    (before,) = await desk.open_legs()
    desk.status(LinkState.DOWN)
    desk.resync(await desk.own(), marie=(shown("1", MARIE),))
    (leg,) = await desk.open_legs()
    assert (leg.id, leg.thread) == (before.id, before.thread)
    assert leg.epoch == 2
    desk.take(hangs_up("1", OUTSIDE), hangs_up("1", MARIE))
    entry = await desk.only()
    assert (entry.id, entry.outcome) == (before.id, Outcome.ANSWERED)
    assert (entry.started, entry.answered) == (before.created, before.answered)
    assert entry.gap and not entry.joined_late
    assert await desk.number_of_rows() == 1


async def test_a_call_that_is_gone_ended_when_it_was_last_seen(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    (leg,) = await desk.open_legs()
    desk.tick(600)
    desk.resync(await desk.own())
    entry = await desk.only()
    assert (entry.id, entry.outcome, entry.cause) == (leg.id, "endNotSeen", "endNotSeen")
    assert entry.end_not_seen and entry.gap
    assert entry.ended == leg.last_seen < desk.now - timedelta(seconds=500)
    assert entry.answered == leg.answered
    assert await desk.open_legs() == []


async def test_a_call_first_seen_in_a_snapshot_joined_late(desk: Desk) -> None:
    desk.resync(await desk.own(), marie=(shown("1", MARIE),))
    desk.take(hangs_up("1", MARIE))
    assert (await desk.only()).joined_late


async def test_a_call_id_used_again_is_another_row(desk: Desk) -> None:
    desk.take(rings("1", MARIE), hangs_up("1", MARIE))
    desk.take(rings("1", MARIE, Party(number="00612345678")), answers("1", MARIE))
    desk.take(hangs_up("1", MARIE))
    second, first = await desk.log()
    assert (first.number, first.outcome) == ("+33155171889", Outcome.MISSED)
    assert (second.number, second.outcome) == ("+33612345678", Outcome.ANSWERED)


async def test_a_call_id_used_again_during_a_gap_is_another_row(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    await desk.settled()
    other = shown("1", MARIE, with_="00612345678")
    desk.resync(await desk.own(), marie=(other,))
    assert len(await desk.open_legs()) == 1
    desk.take(hangs_up("1", MARIE))
    second, first = await desk.log()
    assert first.outcome is Outcome.END_NOT_SEEN
    assert second.joined_late and second.outcome is Outcome.ANSWERED
    assert second.id != first.id


async def test_a_lost_link_ends_its_calls_where_it_was_lost(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    desk.take(rings("2", PAUL), answers("2", PAUL))
    desk.tick(10)
    desk.status(LinkState.DOWN)
    lost = desk.now
    desk.tick(120)
    desk.status(LinkState.UP)
    desk.resync({}, lost, paul=(shown("2", PAUL),))
    mine = await desk.only(desk.marie)
    assert (mine.outcome, mine.ended) == (Outcome.END_NOT_SEEN, lost)
    desk.take(hangs_up("2", PAUL))
    his = await desk.only(desk.paul)
    assert his.gap and his.outcome is Outcome.ANSWERED


async def test_only_the_calls_of_a_device_that_was_not_heard_have_the_gap(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE), rings("2", PAUL), answers("2", PAUL))
    desk.tick(5)
    lost = desk.now
    desk.tick(5)
    desk.tell(desk.table.resync(MARIE, (shown("1", MARIE),), desk.now, {}))
    gap = LinkResynchronised(desk.link, desk.epoch, desk.now, lost, frozenset({MARIE}))
    desk.bus.publish(gap)
    desk.take(hangs_up("1", MARIE), hangs_up("2", PAUL))
    assert (await desk.only(desk.marie)).gap
    assert not (await desk.only(desk.paul)).gap


async def test_a_call_of_after_a_gap_that_nobody_saw_end_did_not_end_before_it_began(
    desk: Desk,
) -> None:
    """Somebody else's device has not answered yet, so the gap is still open."""
    desk.status(LinkState.DOWN)
    desk.tick(60)
    desk.status(LinkState.UP)
    desk.take(rings("1", MARIE), answers("1", MARIE))
    desk.tick(30)
    desk.tell(desk.table.resync(MARIE, (), desk.now, {}))
    entry = await desk.only()
    assert entry.outcome is Outcome.END_NOT_SEEN
    assert entry.ended == desk.now


async def test_two_rows_are_never_open_at_one_place_of_the_pbx(desk: Desk) -> None:
    """The PBX began another call with the same id, and its end was never told."""
    desk.take(rings("1", MARIE), answers("1", MARIE))
    (first,) = await desk.open_legs()
    desk.forget()
    desk.take(rings("1", MARIE, Party(number="00612345678")))
    (second,) = await desk.open_legs()
    assert second.id != first.id
    entry = await desk.only()
    assert (entry.id, entry.outcome) == (first.id, Outcome.END_NOT_SEEN)
    assert desk.journal.counters["open"] == 1


async def test_legs_that_follow_each_other_from_call_to_call(desk: Desk) -> None:
    """One goes where the other just was, in one batch that writes it first."""
    desk.take(rings("1", MARIE), answers("1", MARIE), rings("2", MARIE))
    first, second = await desk.open_legs()
    calls_of = desk.table.calls
    one, two = calls_of[CallId("1")], calls_of[CallId("2")]
    queued = replace(one, queue=Party(number="7000"))
    for call, id in ((queued, "1"), (two, "3"), (queued, "2")):
        own = replace(call.connections[MARIE], id=conn(id, MARIE))
        moved = replace(call, id=own.id.call, connections={MARIE: own})
        desk.tell([CallChanged(link=desk.link, call=moved, at=desk.now, cause="transfer")])
    assert {(leg.id, leg.call) for leg in await desk.open_legs()} == {
        (first.id, "2"),
        (second.id, "3"),
    }


async def test_an_older_owner_writes_nothing_and_lets_go(desk: Desk) -> None:
    lost: list[OwnershipLost] = []
    desk.bus.follow(OwnershipLost, lost.append)
    desk.take(rings("1", MARIE))
    assert len(await desk.open_legs()) == 1
    async with desk.people.storage.transaction() as tx:
        await next_epoch(tx, desk.link, desk.now)
    desk.take(answers("1", MARIE), hangs_up("1", MARIE))
    (leg,) = await desk.open_legs()
    assert leg.answered is None and leg.ended is None
    assert lost == [OwnershipLost(desk.link, 1)]
    desk.take(rings("2", MARIE), hangs_up("2", MARIE))
    assert await desk.number_of_rows() == 1
    # It gets the link back, and goes on.
    desk.resync(await desk.own())
    assert (await desk.only()).outcome is Outcome.END_NOT_SEEN
    desk.take(rings("3", MARIE), hangs_up("3", MARIE))
    assert await desk.number_of_rows() == 2


async def test_an_older_owner_ends_nothing_of_the_new_one(desk: Desk) -> None:
    """What it still had to settle, and names that come late, are the new owner's affair."""
    desk.take(rings("1", MARIE), hangs_up("1", MARIE))
    await desk.settled()
    new = await desk.reborn("state of another")
    new.resync(await new.own())
    new.take(rings("2", MARIE), answers("2", MARIE))
    assert [leg.call for leg in await new.open_legs()] == ["2"]
    desk.take(rings("3", MARIE))
    await desk.settled()  # writes nothing, and learns that the link is another's
    desk.bus.publish(LinkToSettle(desk.link, None, desk.now, heard=False))
    await desk.settled()
    assert [leg.call for leg in await new.open_legs()] == ["2"]
    assert desk.journal.counters["waiting"] == 0


async def test_a_link_that_is_switched_off_leaves_nothing_open(desk: Desk) -> None:
    desk.take(rings("1", MARIE))
    await desk.settled()
    desk.take(*calls("2", PAUL, OUTSIDE), reaches("2", PAUL, OUTSIDE))
    off = LinkStatus(
        link=desk.link, state=LinkState.DOWN, why=sentence("disabled"), since=desk.now
    )
    desk.bus.publish(LinkStatusChanged(off))
    assert await desk.open_legs() == []
    assert (await desk.only(desk.marie)).outcome is Outcome.END_NOT_SEEN
    assert (await desk.only(desk.paul)).outcome is Outcome.END_NOT_SEEN
    boss = desk.people.administrator(desk.people.company)
    assert (await desk.journal.list_call_gaps(boss)).entries == ()


async def test_a_link_that_is_deleted_leaves_nothing_open(desk: Desk) -> None:
    desk.take(rings("1", MARIE))
    await desk.settled()
    row = desk.people.registry.links[desk.link]
    desk.bus.publish(LinkChanged(row, None))
    assert await desk.open_legs() == []
    assert (await desk.only()).outcome is Outcome.END_NOT_SEEN


async def test_open_legs_are_noted_from_time_to_time(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    desk.resync({}, START, marie=(shown("1", MARIE),))
    await desk.settled()
    desk.tick(300)
    await desk.journal.touch()
    seen = desk.now
    desk.tick(100)
    desk.status(LinkState.DOWN)
    await desk.journal.touch()  # it is not heard now: it was last seen before
    desk.resync(await desk.own())
    assert (await desk.only()).ended == seen


async def test_a_held_call_lives_on(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    held = shown("1", MARIE, state=ConnectionState.HOLD)
    desk.resync(await desk.own(), marie=(held,))
    desk.take(hangs_up("1", MARIE))
    assert (await desk.only()).outcome is Outcome.ANSWERED


async def test_a_change_told_again_changes_nothing(desk: Desk) -> None:
    changes = desk.take(rings("1", MARIE), answers("1", MARIE), hangs_up("1", MARIE))
    first = await desk.log()
    desk.tell(changes)
    assert await desk.log() == first
    again = await desk.reborn()  # another process, which knows nothing of it
    await again.own()
    again.tell(changes[:1])
    assert await again.open_legs() == []
    assert await again.log() == first
    again.tell(changes[1:])
    assert await again.log() == first
    assert await again.number_of_rows() == 1


async def test_a_company_that_is_deleted_is_forgotten(desk: Desk) -> None:
    desk.take(rings("1", MARIE), hangs_up("1", MARIE))
    await desk.settled()
    company = desk.people.registry.companies[desk.people.company]
    desk.bus.publish(CompanyChanged(company, None))
    await desk.settled()
    async with desk.people.storage.reading() as reader:
        assert (await reader.execute(select(store.leg.c.id))).all() == []

"""Names of the parties while a call lives."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.directory.people import founded
from tests.directory.sources import Library
from tests.journal.calls import OUTSIDE, answers, calls, hangs_up, rings, shown, transferred
from tests.journal.desk import MARIE, PAUL, Desk
from tests.telephony.words import conn
from tws.bus import Bus
from tws.directory.model import Contact, ContactNumber, NumberKind
from tws.naming import PartyNamed
from tws.naming.events import NameWanted
from tws.sentences import sentence
from tws.storage import Storage
from tws.telephony.events import LinkStatus, LinkStatusChanged
from tws.telephony.model import LegId, LinkState, Party


@pytest.fixture
async def desk(sqlite_storage: Storage, bus: Bus, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(await founded(sqlite_storage, bus), sqlite_url(tmp_path), tmp_path / "state")
    await desk.open()
    yield desk
    await desk.close()


async def written(desk: Desk, name: str, number: str, *, private: bool = False) -> Contact:
    return await desk.directory.own.create(
        desk.people.actor(desk.marie),
        private,
        last_name=name,
        numbers=(ContactNumber(NumberKind.WORK, number),),
    )


def leg(desk: Desk, device: str, call: str = "1") -> LegId:
    return desk.table.calls[conn(call, device).call].connections[conn(call, device).device].leg


def name(desk: Desk, device: str, number: str, call: str = "1") -> str | None:
    match = desk.names.of(leg(desk, device, call), number)
    return match.name if match else None


async def test_a_caller_is_named_while_it_rings(desk: Desk) -> None:
    heard: list[PartyNamed] = []
    desk.bus.follow(PartyNamed, heard.append)
    contact = await written(desk, "Martin", "01 55 17 18 89")
    desk.take(rings("1", MARIE))
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) == "Martin"
    (event,) = heard
    assert (event.leg, event.number) == (leg(desk, MARIE), OUTSIDE)
    assert event.match is not None and event.match.contact == contact
    desk.take(answers("1", MARIE))
    await desk.bus.settle()
    assert len(heard) == 1


async def test_nobody_is_said_too(desk: Desk) -> None:
    heard: list[PartyNamed] = []
    desk.bus.follow(PartyNamed, heard.append)
    desk.take(rings("1", MARIE, Party(number=OUTSIDE, name="PBX NAME")))
    await desk.bus.settle()
    assert [event.match for event in heard] == [None]
    assert name(desk, MARIE, OUTSIDE) is None
    assert (await desk.log()) == []
    desk.take(hangs_up("1", MARIE))
    assert (await desk.only()).name == "PBX NAME"


async def test_each_device_is_named_what_its_user_may_see(desk: Desk) -> None:
    await written(desk, "Secret", "0155171889", private=True)
    await written(desk, "Public", "0155171889")
    desk.take(rings("1", MARIE, called="7000"), rings("1", PAUL, called="7000"))
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) == "Secret"
    assert name(desk, PAUL, OUTSIDE) == "Public"


async def test_colleagues_name_each_other(desk: Desk) -> None:
    desk.take(*calls("1", MARIE, PAUL), rings("1", PAUL, Party(number=MARIE)))
    await desk.bus.settle()
    assert name(desk, MARIE, PAUL) == "Paul Martin"
    assert name(desk, PAUL, MARIE) == "Marie Durand"
    assert name(desk, MARIE, MARIE) is None


async def test_an_outgoing_call_is_named_before_anybody_answers(desk: Desk) -> None:
    await written(desk, "Martin", "01 55 17 18 89")
    desk.take(*calls("1", MARIE, OUTSIDE))
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) == "Martin"


async def test_a_withheld_caller_is_looked_up_nowhere(desk: Desk) -> None:
    heard: list[PartyNamed] = []
    desk.bus.follow(PartyNamed, heard.append)
    await written(desk, "Martin", "01 55 17 18 89")
    withheld = Party(number=OUTSIDE, restricted=True)
    desk.take(*calls("1", OUTSIDE, MARIE), rings("1", MARIE, withheld), answers("1", MARIE))
    await desk.bus.settle()
    assert [event for event in heard if event.number == OUTSIDE] == []


async def test_who_transferred_a_call_is_named_and_so_is_who_is_there_now(desk: Desk) -> None:
    await written(desk, "Martin", "01 55 17 18 89")
    desk.take(rings("1", MARIE), answers("1", MARIE))
    desk.take(*calls("2", MARIE, PAUL), rings("2", PAUL, Party(number=MARIE)), answers("2", PAUL))
    desk.take(transferred("1", "2", MARIE, PAUL))
    await desk.bus.settle()
    call = next(iter(desk.table.calls.values())).id
    assert name(desk, PAUL, OUTSIDE, call) == "Martin"
    assert name(desk, PAUL, MARIE, call) == "Marie Durand"


async def test_a_card_written_during_the_call_shows_at_once(desk: Desk) -> None:
    desk.take(rings("1", MARIE), rings("2", MARIE, Party(number="00612345678")))
    await desk.bus.settle()
    heard: list[PartyNamed] = []
    desk.bus.follow(PartyNamed, heard.append)
    contact = await written(desk, "Martin", "+33 (0)1 55 17 18 89", private=True)
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) == "Martin"
    assert [event.number for event in heard] == [OUTSIDE]
    actor = desk.people.actor(desk.marie)
    await desk.directory.own.update(actor, contact.id, 1, last_name="Martinez")
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) == "Martinez"
    await desk.directory.own.delete(actor, contact.id, 2)
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) is None


async def test_who_comes_with_a_synchronisation_is_named_once_it_is_over(
    desk: Desk, tmp_path: Path
) -> None:
    library = Library(desk.people, desk.schedule, tmp_path)
    await library.sync.start()
    directory = await library.directory()
    await library.grant(directory)
    desk.take(rings("1", MARIE))
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) is None
    wanted: list[NameWanted] = []
    desk.bus.follow(NameWanted, wanted.append)
    await library.run(directory, {"id": "1", "sn": "Martin", "tel": "01 55 17 18 89"})
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) == "Martin"
    assert [want.number for want in wanted] == [OUTSIDE]
    await library.run(directory, {"id": "1", "sn": "Martin", "tel": "01 55 17 18 89"})
    await desk.bus.settle()
    assert len(wanted) == 1  # nothing was merged


async def test_of_a_number_on_the_red_list_the_log_has_the_name_alone(
    desk: Desk, tmp_path: Path
) -> None:
    library = Library(desk.people, desk.schedule, tmp_path)
    await library.sync.start()
    directory = await library.directory()
    await library.grant(directory)
    hidden = {"id": "1", "sn": "Hollande", "tel": "01 55 17 18 89", "red": "lr"}
    await library.run(directory, hidden)
    desk.take(rings("1", MARIE))
    await desk.bus.settle()
    shown_to_her = desk.names.of(leg(desk, MARIE), OUTSIDE)
    assert shown_to_her is not None and shown_to_her.red
    desk.take(hangs_up("1", MARIE))
    line = await desk.only()
    assert (line.name, line.number) == ("Hollande", "")
    marie, boss = desk.people.actor(desk.marie), desk.people.administrator(desk.people.company)
    assert (await desk.journal.list_call_log(marie, text="171889")).entries == ()
    assert len((await desk.journal.list_call_log(marie, text="hollande")).entries) == 1
    (seen,) = (await desk.journal.list_call_log(boss, company=desk.people.company)).entries
    assert seen.number == "+33155171889"


async def test_names_are_forgotten_with_the_leg(desk: Desk) -> None:
    desk.take(*calls("1", MARIE, PAUL), rings("1", PAUL, Party(number=MARIE)))
    await desk.bus.settle()
    assert len(desk.names) == 2
    desk.take(hangs_up("1", PAUL))
    assert len(desk.names) == 1
    desk.take(hangs_up("1", MARIE))
    assert len(desk.names) == 0


async def test_names_are_forgotten_with_the_owner_of_the_link(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE), rings("2", PAUL))
    await desk.bus.settle()
    desk.resync({}, desk.now, marie=(shown("1", MARIE),))  # Paul's call is over: it says so
    assert len(desk.names) == 1
    desk.take(rings("3", PAUL))
    known = await desk.own()  # a new call table, which says nothing of the old one's calls
    desk.resync(known, marie=(shown("1", MARIE),))
    await desk.bus.settle()
    assert len(desk.names) == 1
    off = LinkStatus(
        link=desk.link, state=LinkState.DOWN, why=sentence("disabled"), since=desk.now
    )
    desk.bus.publish(LinkStatusChanged(off))
    assert len(desk.names) == 0


async def test_a_name_found_after_a_short_call_is_in_its_log(desk: Desk) -> None:
    await written(desk, "Martin", "01 55 17 18 89")
    desk.take(rings("1", MARIE), hangs_up("1", OUTSIDE), hangs_up("1", MARIE))
    assert len(desk.names) == 0
    assert (await desk.only()).name == "Martin"


async def test_while_the_database_is_away_colleagues_are_still_named(
    desk: Desk, tmp_path: Path
) -> None:
    await written(desk, "Martin", "01 55 17 18 89")
    (tmp_path / "tws.db").rename(tmp_path / "aside")
    desk.take(rings("1", MARIE), rings("2", MARIE, Party(number=PAUL)))
    await desk.bus.settle()
    assert name(desk, MARIE, OUTSIDE) is None
    assert name(desk, MARIE, PAUL, "2") == "Paul Martin"
    (tmp_path / "aside").rename(tmp_path / "tws.db")

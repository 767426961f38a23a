"""Calls left at a park place: known until they are fetched, whatever the PBX tells of there."""

import asyncio

from tests.telephony.paper import PaperLink
from tests.telephony.words import OUTSIDE, A, B, conn, party
from tws.telephony.commands import (
    CommandId,
    DirectedPickupCall,
    MonitorStart,
    MonitorStop,
    ParkCall,
)
from tws.telephony.event_reports import (
    CommandDone,
    CommandRefused,
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
)
from tws.telephony.events import CallChanged, Parked, ParkedChanged
from tws.telephony.model import Cause, ConnectionState, DeviceId, Party, SnapshotConnection

PLACE = DeviceId("7901")
LEFT = Diverted(connection=conn("1", A), destination=Party(PLACE), cause=Cause.PARK)
FETCH = DirectedPickupCall(id=CommandId("fetch"), device=B, ringing=conn("1", PLACE))
PARK = ParkCall(id=CommandId("park"), device=A, connection=conn("1", A))


async def talking(*, place_refused: bool = False) -> PaperLink:
    """A talks to an outside caller, of whom nobody else will tell."""
    link = PaperLink()
    if place_refused:
        link.driver.refuse[PLACE] = "invalidMonitorObject"
    link.driver.calls[PLACE] = (SnapshotConnection(conn("1", PLACE), ConnectionState.QUEUED),)
    await link.start(A, B)
    link.report(
        Delivered(connection=conn("1", A), calling=party(OUTSIDE), party=party(A)),
        Established(connection=conn("1", A), party=party(A)),
    )
    return link


def waiting(link: PaperLink) -> list[Parked]:
    return list(link.supervisor.parking.waiting.values())


def listens(link: PaperLink) -> list[bool]:
    """Each time it began or stopped listening to the place."""
    asked = (c for c in link.driver.asked if c.device == PLACE)
    return [
        isinstance(c, MonitorStart) for c in asked if isinstance(c, MonitorStart | MonitorStop)
    ]


async def test_the_place_is_listened_to_while_a_call_waits_there() -> None:
    link = await talking()
    link.report(LEFT)
    (parked,) = waiting(link)
    assert (parked.connection, parked.by) == (conn("1", PLACE), A)
    assert parked.party.number == OUTSIDE
    assert listens(link) == [True]
    link.report(
        Diverted(connection=conn("1", PLACE), destination=party(B), cause=Cause.CALL_PICKUP),
        Established(connection=conn("1", B), party=party(B), cause=Cause.CALL_PICKUP),
    )
    assert waiting(link) == []
    assert listens(link) == [True, False]
    assert len(link.told(ParkedChanged)) == 2
    threads = {change.call.thread for change in link.told(CallChanged)}
    assert len(threads) == 1  # to the caller it is one conversation


async def test_a_call_that_is_fetched_was_parked_and_called_nobody() -> None:
    link = await talking()
    link.report(LEFT)
    away = Diverted(connection=conn("1", PLACE), destination=party(B), cause=Cause.CALL_PICKUP)
    fetched = Established(
        connection=conn("1", B),
        party=party(B),
        cause=Cause.CALL_PICKUP,
        last_redirection=party(PLACE),
    )
    link.report(away, away, fetched)
    via = link.supervisor.table.calls[fetched.connection.call].connections[B].via
    assert via is not None
    assert (via.cause, via.by.number) == (Cause.PARK, PLACE)


async def test_a_parked_party_who_hangs_up_waits_no_more() -> None:
    link = await talking()
    link.report(LEFT, ConnectionCleared(connection=conn("1", PLACE)))
    assert waiting(link) == []
    assert link.supervisor.table.calls == {}
    assert listens(link) == [True, False]


async def test_where_the_place_cannot_be_heard_the_call_is_known_until_the_pbx_denies_it() -> None:
    link = await talking(place_refused=True)
    link.report(LEFT)
    assert len(waiting(link)) == 1
    assert link.supervisor.table.calls == {}  # no ghost is left of it
    request = asyncio.create_task(link.supervisor.request(FETCH))
    await asyncio.wait({request}, timeout=0)
    link.report(CommandRefused(FETCH.id, "noCallToAnswer"))
    await asyncio.wait({request})
    assert request.exception() is not None
    assert waiting(link) == []


async def test_what_ended_while_the_link_was_lost_waits_no_more() -> None:
    link = await talking()
    link.report(LEFT)
    link.cut()
    assert len(waiting(link)) == 1
    link.connect()
    assert len(waiting(link)) == 1
    link.cut()
    link.driver.calls.clear()
    link.connect()
    assert waiting(link) == []
    assert link.supervisor.table.calls == {}
    assert link.told(ParkedChanged)[-1].parked.by == A


async def test_a_place_that_only_the_answer_tells_is_known_too() -> None:
    link = await talking()
    request = asyncio.create_task(link.supervisor.request(PARK))
    await asyncio.wait({request}, timeout=0)
    gone = Diverted(connection=conn("1", A), destination=None, cause=Cause.PARK)
    link.report(gone, CommandDone(PARK.id, PLACE))
    assert await request == PLACE
    (parked,) = waiting(link)
    assert (parked.connection, parked.party.number) == (conn("1", PLACE), OUTSIDE)
    assert conn("1", PLACE).call in link.supervisor.table.calls


async def test_a_telephone_at_which_a_call_was_parked_stays_listened_to() -> None:
    link = await talking()
    there = Diverted(connection=conn("1", A), destination=party(B), cause=Cause.PARK)
    link.report(there)
    assert [parked.place for parked in waiting(link)] == [B]
    link.report(ConnectionCleared(connection=conn("1", B)))
    assert waiting(link) == []
    assert link.supervisor.monitors.hears(B)

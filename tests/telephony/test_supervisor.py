"""A link from start to stop: what is asked, what is told, and what a gap leaves behind."""

import asyncio

import pytest

from tests.telephony.paper import PaperLink
from tests.telephony.words import OUTSIDE, A, B, conn, party
from tws.telephony.commands import CommandId, MakeCall, MonitorStart, SnapshotDevice
from tws.telephony.event_reports import (
    CommandDone,
    CommandRefused,
    Delivered,
    DoNotDisturbChanged,
    Established,
    MessagesLost,
    OutOfService,
)
from tws.telephony.events import (
    CallChanged,
    DeviceChanged,
    LinkResynchronised,
    LinkStatusChanged,
)
from tws.telephony.model import (
    Cause,
    ConnectionId,
    ConnectionState,
    Direction,
    LegId,
    LinkState,
    MonitorState,
    SnapshotConnection,
    ThreadId,
)
from tws.telephony.requests import Refusal
from tws.telephony.snapshots import KnownLeg

MAKE = MakeCall(id=CommandId("c1"), device=A, called="4002")


async def ask(link: PaperLink) -> "asyncio.Task[ConnectionId]":
    """Ask for a call, and return once the question is with the PBX."""
    request = asyncio.create_task(link.supervisor.request(MAKE))
    await asyncio.wait({request}, timeout=0)
    return request


async def test_a_link_that_starts_monitors_its_devices() -> None:
    link = PaperLink()
    await link.start(A, B)
    assert [s.status.state for s in link.told(LinkStatusChanged)][-1] is LinkState.UP
    assert link.supervisor.status.monitored == 2
    assert link.supervisor.status.version == "paper"
    assert link.told(DeviceChanged)[-1].device.do_not_disturb is False
    (done,) = link.told(LinkResynchronised)
    assert (done.epoch, done.since) == (7, None)


async def test_a_command_gets_its_result_and_its_repetition_the_same() -> None:
    link = PaperLink()
    await link.start(A)
    first, again = await ask(link), await ask(link)
    assert link.driver.open == [MAKE]  # the PBX was asked once
    link.report(CommandDone(MAKE.id, conn("1", A)))
    assert await first == await again == conn("1", A)
    assert await link.supervisor.request(MAKE) == conn("1", A)
    assert link.driver.open == [MAKE]


async def test_a_refusal_says_its_cause() -> None:
    link = PaperLink()
    await link.start(A)
    request = await ask(link)
    link.report(CommandRefused(MAKE.id, "invalidDestination"))
    with pytest.raises(Refusal, match="invalidDestination"):
        await request


async def test_a_command_under_way_when_the_link_is_cut_is_refused() -> None:
    link = PaperLink()
    await link.start(A)
    request = await ask(link)
    link.cut()
    with pytest.raises(Refusal, match="linkDown"):
        await request
    assert link.supervisor.status.state is LinkState.DOWN
    assert link.told(DeviceChanged)[-1].device.state is MonitorState.LINK_DOWN


async def test_after_a_gap_calls_that_ended_are_gone_and_those_alive_go_on() -> None:
    link = PaperLink()
    await link.start(A, B)
    link.report(
        Delivered(connection=conn("1", A), calling=party(OUTSIDE)),
        Established(connection=conn("1", A), calling=party(OUTSIDE)),
        Delivered(connection=conn("2", B), calling=party(OUTSIDE)),
    )
    leg = link.supervisor.table.of(A)[0].connections[A].leg
    link.driver.calls[A] = (SnapshotConnection(conn("1", A), ConnectionState.CONNECTED),)
    link.cut()
    link.connect()
    assert link.supervisor.table.of(A)[0].connections[A].leg == leg
    assert link.supervisor.table.of(B) == []
    ended = [e for change in link.told(CallChanged) for e in change.ended]
    assert [(e.connection.id.device, e.cause) for e in ended] == [(B, Cause.END_NOT_SEEN)]
    assert link.told(LinkResynchronised)[-1].since is not None


async def test_legs_of_an_earlier_owner_are_taken_up() -> None:
    known = KnownLeg(
        leg=LegId("leg"),
        thread=ThreadId("thread"),
        direction=Direction.INCOMING,
        number=None,
        created=PaperLink().supervisor.clock(),
    )
    link = PaperLink(known={conn("1", A): known})
    link.driver.calls[A] = (SnapshotConnection(conn("1", A), ConnectionState.CONNECTED),)
    await link.start(A, B)
    assert link.supervisor.table.of(A)[0].connections[A].leg == "leg"
    first = next(c for c in link.driver.asked if isinstance(c, MonitorStart))
    assert first.device == A


async def test_lost_messages_ask_for_every_call_again() -> None:
    link = PaperLink()
    await link.start(A)
    link.report(Delivered(connection=conn("1", A), calling=party(OUTSIDE)))
    before = len(link.driver.asked)
    link.report(MessagesLost())
    assert [type(c) for c in link.driver.asked[before:]][:1] == [SnapshotDevice]
    assert link.supervisor.table.calls == {}
    assert len(link.told(LinkResynchronised)) == 2


async def test_a_refused_device_says_why() -> None:
    link = PaperLink()
    link.driver.refuse[B] = "invalidDeviceID"
    await link.start(A, B)
    device = link.supervisor.monitors.devices[B]
    assert (device.state, device.reason) == (MonitorState.REFUSED, "invalidDeviceID")
    assert len(link.told(LinkResynchronised)) == 1  # the others do not wait for it


async def test_what_the_phone_changes_by_itself_is_told() -> None:
    link = PaperLink()
    await link.start(A)
    link.report(DoNotDisturbChanged(A, True), OutOfService(A, "unplugged"))
    device = link.told(DeviceChanged)[-1].device
    assert device.do_not_disturb
    assert (device.state, device.reason) == (MonitorState.OUT_OF_SERVICE, "unplugged")


async def test_a_device_added_while_up_is_monitored_and_one_removed_is_forgotten() -> None:
    link = PaperLink()
    await link.start(A)
    link.supervisor.watch(B)
    assert link.supervisor.status.monitored == 2
    link.report(Delivered(connection=conn("1", B), calling=party(OUTSIDE)))
    link.supervisor.unwatch(B)
    assert link.supervisor.table.calls == {}
    assert link.supervisor.status.monitored == 1


async def test_a_dial_that_fails_is_said_and_is_no_gap() -> None:
    link = PaperLink()
    link.supervisor.watch(A)
    await link.supervisor.start()
    link.cut("connection refused")
    assert (link.supervisor.status.state, str(link.supervisor.status.why)) == (
        LinkState.DOWN,
        "connection refused",
    )
    link.connect()
    assert link.supervisor.status.state is LinkState.UP

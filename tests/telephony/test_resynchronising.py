"""After a gap: a call is over only when its device says so, or when nobody will ever say."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telephony.paper import PaperLink
from tests.telephony.words import OUTSIDE, A, B, C, Told, conn, party
from tws.telephony.commands import MonitorStart, SnapshotDevice
from tws.telephony.event_reports import (
    LINK_DOWN,
    NO_ANSWER,
    CallEvent,
    CommandRefused,
    ConnectionCleared,
    Delivered,
    Established,
    LinkStopped,
    MessagesLost,
    MonitorEnded,
    Originated,
)
from tws.telephony.events import CallChanged, LinkResynchronised
from tws.telephony.model import (
    Cause,
    ConnectionState,
    DeviceId,
    Direction,
    LegId,
    MonitorState,
    Party,
    SnapshotConnection,
    ThreadId,
)
from tws.telephony.retries import MOST_TRIES, RETRY_AFTER
from tws.telephony.snapshots import KnownLeg

REFUSALS = [NO_ANSWER, "resourceBusy", "generic"]


def talks(call: str, device: DeviceId, other: str = OUTSIDE) -> SnapshotConnection:
    return SnapshotConnection(
        conn(call, device), ConnectionState.CONNECTED, calling=Party(number=other)
    )


async def talking(*devices: DeviceId, capacity: int = 100) -> PaperLink:
    """A link whose devices each talk to somebody outside."""
    link = PaperLink(capacity=capacity)
    await link.start(*devices)
    for number, device in enumerate(devices, 1):
        call = str(number)
        link.report(
            Delivered(connection=conn(call, device), calling=party(OUTSIDE)),
            Established(connection=conn(call, device), calling=party(OUTSIDE)),
        )
        link.driver.calls[device] = (talks(call, device),)
    return link


def legs(link: PaperLink, *devices: DeviceId) -> list[str]:
    table = link.supervisor.table
    return [call.connections[device].leg for device in devices for call in table.of(device)]


def ended(link: PaperLink) -> list[tuple[DeviceId, str]]:
    changes = link.told(CallChanged)
    return [(e.connection.id.device, e.cause) for change in changes for e in change.ended]


@pytest.mark.parametrize("cause", REFUSALS)
async def test_a_snapshot_that_is_refused_leaves_the_calls_and_is_asked_for_again(
    cause: str,
) -> None:
    link = await talking(A, B)
    before = legs(link, A, B)
    link.driver.untold[A] = cause
    link.report(MessagesLost())
    assert legs(link, A, B) == before
    assert len(link.told(LinkResynchronised)) == 1  # that of the start: the gap is open
    await link.after(1)
    await link.after(2)
    assert [type(c) for c in link.driver.asked].count(SnapshotDevice) == 2 + 2 + 2
    del link.driver.untold[A]
    await link.after(4)
    assert legs(link, A, B) == before
    assert ended(link) == []
    assert len(link.told(LinkResynchronised)) == 2
    assert link.told(LinkResynchronised)[-1].since is not None


@pytest.mark.parametrize("waits_for", [MonitorStart, SnapshotDevice])
async def test_a_link_that_drops_while_it_asks_ends_no_call(
    waits_for: type[MonitorStart] | type[SnapshotDevice],
) -> None:
    link = await talking(A, B)
    before = legs(link, A, B)
    link.cut()
    since = link.supervisor.clock()
    link.driver.slow = True
    link.connect()
    if waits_for is SnapshotDevice:
        link.answer(MonitorStart, A)
    link.cut()  # what is under way is refused before the end of the link is told
    assert legs(link, A, B) == before
    link.driver.slow = False
    link.connect()
    assert legs(link, A, B) == before
    assert ended(link) == []
    first, second = link.told(LinkResynchronised)
    assert first.since is None
    assert second.since is not None and second.since < since  # one gap, since the first drop


async def test_a_gap_is_over_when_the_last_has_answered() -> None:
    link = await talking(A, B)
    link.driver.slow = True
    link.driver.calls[B] = ()
    link.report(MessagesLost())
    link.answer(SnapshotDevice, A)
    assert len(link.told(LinkResynchronised)) == 1
    link.answer(SnapshotDevice, B)
    assert len(link.told(LinkResynchronised)) == 2
    assert ended(link) == [(B, Cause.END_NOT_SEEN)]


async def test_messages_lost_while_a_snapshot_is_under_way_make_it_worthless() -> None:
    link = await talking(A)
    link.driver.slow = True
    link.report(MessagesLost())
    (old,) = link.driver.open
    link.report(MessagesLost())
    new = next(c for c in link.driver.open if c is not old)
    link.driver.report(CommandRefused(old.id, NO_ANSWER))
    link.report()
    assert len(link.told(LinkResynchronised)) == 1
    link.driver.answer(new)
    link.report()
    assert len(link.told(LinkResynchronised)) == 2


@pytest.mark.parametrize("cause", ["invalidDeviceID", "privilegeViolationSpecifiedDevice"])
async def test_a_device_that_may_not_be_monitored_any_more_loses_its_calls(cause: str) -> None:
    link = await talking(A, B)
    link.cut()
    link.driver.refuse[A] = cause
    link.connect()
    assert ended(link) == [(A, Cause.END_NOT_SEEN)]
    assert len(link.told(LinkResynchronised)) == 2


@pytest.mark.parametrize("cause", [*REFUSALS, "overallMonitorLimitExceeded"])
async def test_a_monitor_that_is_refused_for_now_is_no_end(cause: str) -> None:
    link = await talking(A, B)
    before = legs(link, A, B)
    link.cut()
    link.driver.refuse[A] = cause
    link.connect()
    assert legs(link, A, B) == before
    assert len(link.told(LinkResynchronised)) == 1
    del link.driver.refuse[A]
    await link.after(RETRY_AFTER)
    assert legs(link, A, B) == before
    assert ended(link) == []
    assert len(link.told(LinkResynchronised)) == 2


async def test_nobody_waits_for_a_refused_device_that_has_no_call() -> None:
    link = PaperLink()
    link.driver.refuse[B] = "resourceBusy"
    await link.start(A, B)
    assert len(link.told(LinkResynchronised)) == 1


async def test_a_device_that_never_answers_is_given_up() -> None:
    link = await talking(A)
    link.driver.untold[A] = NO_ANSWER
    link.report(MessagesLost())
    for _ in range(MOST_TRIES - 2):
        await link.after(RETRY_AFTER)
    assert ended(link) == []
    await link.after(RETRY_AFTER)
    assert ended(link) == [(A, Cause.END_NOT_SEEN)]
    assert len(link.told(LinkResynchronised)) == 2


async def test_a_call_of_which_another_monitor_tells_goes_on() -> None:
    """B may not be monitored; A, who is, talks to it."""
    link = PaperLink()
    link.driver.refuse[B] = "invalidDeviceID"
    await link.start(A, B)
    link.report(
        Originated(connection=conn("1", A), calling=party(A), called=party(B)),
        Delivered(connection=conn("1", B), calling=party(A), called=party(B)),
        Established(connection=conn("1", B), calling=party(A), called=party(B)),
    )
    link.driver.calls[A] = (talks("1", A, B),)
    before = legs(link, A, B)
    await link.after(RETRY_AFTER)
    link.cut()
    link.connect()
    assert legs(link, A, B) == before
    link.driver.calls[A] = ()  # it ends, and nobody is left who would tell of B
    link.report(MessagesLost())
    link.cut()
    link.connect()
    assert sorted(ended(link)) == [(A, Cause.END_NOT_SEEN), (B, Cause.END_NOT_SEEN)]
    assert link.supervisor.table.calls == {}


# ---------------------------------------------------------------- a monitor that ends


async def test_a_monitor_that_the_pbx_ends_is_asked_for_at_once_and_its_calls_go_on() -> None:
    link = await talking(A, B)
    before = legs(link, A, B)
    link.report(MonitorEnded(A, "licence withdrawn"))
    assert link.supervisor.monitors.devices[A].state is MonitorState.MONITORED
    assert legs(link, A, B) == before
    assert ended(link) == []
    gap = link.told(LinkResynchronised)[-1]
    assert gap.since is not None and gap.devices == frozenset({A})


async def test_a_call_that_ended_while_its_device_was_not_monitored_ends_unseen() -> None:
    link = await talking(A, B)
    link.driver.calls[A] = ()
    link.report(MonitorEnded(A))
    assert ended(link) == [(A, Cause.END_NOT_SEEN)]


async def test_a_monitor_that_ends_and_is_refused_for_good_takes_its_calls_with_it() -> None:
    link = await talking(A, B)
    link.driver.refuse[A] = "invalidDeviceID"
    link.report(MonitorEnded(A, "removed"))
    assert ended(link) == [(A, Cause.END_NOT_SEEN)]
    device = link.supervisor.monitors.devices[A]
    assert (device.state, device.reason) == (MonitorState.REFUSED, "invalidDeviceID")


async def test_a_monitor_that_ends_time_and_again_is_asked_for_less_often() -> None:
    link = await talking(A)
    before = legs(link, A)
    link.report(MonitorEnded(A, "restarting"))
    link.report(MonitorEnded(A, "restarting"))
    device = link.supervisor.monitors.devices[A]
    assert (device.state, device.reason) == (MonitorState.REFUSED, "restarting")
    await link.after(1)
    assert link.supervisor.monitors.devices[A].state is MonitorState.MONITORED
    assert legs(link, A) == before
    assert ended(link) == []


# ---------------------------------------------------------------- the legs of an earlier owner


def known(device: DeviceId) -> KnownLeg:
    return KnownLeg(
        leg=LegId(f"leg of {device}"),
        thread=ThreadId("thread"),
        direction=Direction.INCOMING,
        number=OUTSIDE,
        created=datetime.now(UTC),
        answered=datetime.now(UTC),
    )


async def test_an_event_that_comes_before_the_snapshot_takes_up_the_leg_it_is_about() -> None:
    link = PaperLink(known={conn("1", A): known(A)})
    link.driver.untold[A] = "resourceBusy"
    await link.start(A)
    assert link.told(LinkResynchronised) == []  # a call is at stake
    link.report(Established(connection=conn("1", A), calling=party(OUTSIDE), monitored=A))
    assert legs(link, A) == ["leg of 4001"]
    link.driver.calls[A] = (talks("1", A),)
    del link.driver.untold[A]
    await link.after(1)
    assert legs(link, A) == ["leg of 4001"]
    assert ended(link) == []
    assert len(link.told(LinkResynchronised)) == 1


async def test_a_leg_that_was_taken_up_is_not_taken_up_twice() -> None:
    """The PBX gives its id to another call while somebody else still owes an answer."""
    link = PaperLink(known={conn("1", A): known(A), conn("2", B): known(B)})
    link.driver.calls = {A: (talks("1", A),), B: (talks("2", B),)}
    link.driver.untold[B] = "resourceBusy"
    await link.start(A, B)
    assert legs(link, A) == ["leg of 4001"]
    link.report(ConnectionCleared(connection=conn("1", A)))
    link.report(MessagesLost())
    assert legs(link, A) != ["leg of 4001"]


# ---------------------------------------------------------------- whatever comes


DEVICES = (A, B, C)
device = st.sampled_from(DEVICES)
refusals = st.sampled_from([*REFUSALS, "overallMonitorLimitExceeded"])
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["begins", "ends"]), device),
        st.tuples(st.just("monitor ended"), device),
        st.tuples(st.just("refuses"), refusals),
        st.tuples(st.sampled_from(["cut", "connect", "lost", "answers", "late"]), st.just("")),
    ),
    max_size=40,
)


class World:
    """The PBX as it is, and the link that may or may not hear of it."""

    def __init__(self) -> None:
        self.link = PaperLink()
        self.link.driver.slow = True
        self.told = Told()
        self.calls: dict[str, DeviceId] = {}
        "What goes on at the PBX."
        self.over: set[str] = set()
        self.legs: dict[str, set[LegId]] = {}
        "By call: each may have one."
        self.up = False
        self._numbers = count(1)
        self._read = 0

    def happens(self, event: CallEvent, at: DeviceId) -> None:
        for other in DEVICES:
            live = [talks(call, own) for call, own in self.calls.items() if own == other]
            self.link.driver.calls[other] = tuple(live)
        if self.up and self.link.supervisor.monitors.hears(at):
            self.link.report(event)

    async def take(self, what: str, about: str) -> None:
        link = self.link
        match what:
            case "begins":
                call, at = str(next(self._numbers)), DeviceId(about)
                self.calls[call] = at
                self.happens(Delivered(connection=conn(call, at), calling=party(OUTSIDE)), at)
            case "ends" if going := [c for c, at in self.calls.items() if at == about]:
                at = self.calls.pop(going[0])
                self.over.add(going[0])
                self.happens(ConnectionCleared(connection=conn(going[0], at)), at)
            case "cut" if self.up:
                self.up = False
                link.cut()
            case "connect" if not self.up:
                self.up = True
                link.connect()
            case "lost" if self.up:
                link.report(MessagesLost())
            case "monitor ended" if self.up:
                link.report(MonitorEnded(DeviceId(about)))
            case "answers" | "refuses" if self.waiting():
                command = self.waiting()[0]
                link.answer(type(command), command.device, about or None)
            case "late":
                await link.after(RETRY_AFTER)
        self.look()

    def waiting(self) -> list[MonitorStart | SnapshotDevice]:
        asked = self.link.driver.open
        return [c for c in asked if isinstance(c, MonitorStart | SnapshotDevice)]

    def look(self) -> None:
        """What was published since: no leg doubled, none ended that lives."""
        news, self._read = self.link.published[self._read :], len(self.link.published)
        for change in news:
            if not isinstance(change, CallChanged):
                continue
            self.told.take(change, DEVICES)
            for end in change.ended:
                assert end.connection.id.call in self.over, "a call that lives was ended"
            for connection in change.call.connections.values():
                if connection.id.device in DEVICES:
                    self.legs.setdefault(change.call.id, set()).add(connection.leg)
        assert all(len(legs) == 1 for legs in self.legs.values()), "a call has two legs"

    def answered(self) -> Iterable[str]:
        table = self.link.supervisor.table
        return [call.id for at in DEVICES for call in table.of(at)]


@settings(max_examples=150, deadline=None)
@given(script=steps)
def test_no_leg_is_doubled_or_lost_or_ended_that_lives(script: list[tuple[str, str]]) -> None:
    async def example() -> None:
        world = World()
        await world.link.start(*DEVICES)
        world.up = True
        for what, about in script:
            await world.take(what, about)
        for what in ("connect", "lost", *["late", *["answers"] * 20] * 3):
            await world.take(what, "")
        assert world.link.supervisor.monitors.settled
        assert isinstance(world.link.told(LinkResynchronised)[-1], LinkResynchronised)
        assert sorted(world.answered()) == sorted(world.calls)
        assert {c.id.call for c in world.told.open.values()} == set(world.calls)

    asyncio.run(example())


async def test_a_refusal_before_the_end_of_the_link_is_told_says_nothing() -> None:
    """As drivers tell it: every command under way is refused, then the link stops."""
    link = await talking(A, B)
    link.driver.slow = True
    link.report(MessagesLost())
    open_now = list(link.driver.open)
    link.report(*(CommandRefused(c.id, LINK_DOWN) for c in open_now), LinkStopped("reset"))
    assert len(link.told(LinkResynchronised)) == 1
    assert ended(link) == []

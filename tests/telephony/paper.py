"""A PBX on paper: a driver that does what a test writes, on a carrier without a network.

It stands for any dialect: what the supervisor does with events and outcomes is the same for all.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from tws.net.carrier import CarrierUser, Tls
from tws.sentences import Words
from tws.telephony.commands import (
    ClearConnection,
    Command,
    GetDoNotDisturb,
    MakeCall,
    MonitorStart,
    SnapshotDevice,
)
from tws.telephony.event_reports import (
    LINK_DOWN,
    CommandDone,
    CommandRefused,
    Event,
    LinkStarted,
    LinkStopped,
)
from tws.telephony.link import Address, Open, Output, Pdu, Peer
from tws.telephony.model import (
    CallOrigin,
    ConnectionId,
    DeviceId,
    ForwardingType,
    LinkId,
    SnapshotConnection,
)
from tws.telephony.snapshots import KnownLeg
from tws.telephony.supervisor import Supervisor

PEER = Peer("pbx")
E = TypeVar("E")


async def later(seconds: float) -> None:
    """So much later, on the clock of the event loop; what is due then has been done."""
    loop = asyncio.get_running_loop()
    ahead = loop.time() - time.monotonic() + seconds
    loop.time = lambda: time.monotonic() + ahead  # type: ignore[method-assign]
    turn = loop.create_future()
    loop.call_later(0, turn.set_result, None)
    await turn


class PaperDriver:
    """Monitors and snapshots are answered at once, or wait in `open` for the test to `answer` or
    refuse (`slow`); other commands always wait there."""

    def __init__(self) -> None:
        self.open: list[Command[Any]] = []
        self.slow = False
        self.calls: dict[DeviceId, tuple[SnapshotConnection, ...]] = {}
        self.refuse: dict[DeviceId, str] = {}
        "Causes, for MonitorStart."
        self.untold: dict[DeviceId, str] = {}
        "Causes, for SnapshotDevice."
        self.asked: list[Command[Any]] = []
        self.counters: dict[str, int] = {}
        self._events: list[Event] = []
        self._outputs: list[Output] = []
        self._up = False

    def start(self, now: float) -> None:
        self._outputs.append(Open(PEER, Address("localhost", 1)))

    def stop(self, now: float) -> None: ...

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        return frozenset({MakeCall, ClearConnection, GetDoNotDisturb})

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        return frozenset()

    def connected(self, peer: Peer, now: float) -> None:
        self._up = True
        self._events.append(LinkStarted("paper"))

    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        if self._up:
            self._up = False
            self._events += [CommandRefused(c.id, LINK_DOWN) for c in self.open]
            self._events.append(LinkStopped(why))
            self.open.clear()

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        """Bytes mean nothing here: tests write events."""

    def send(self, command: Command[Any], now: float) -> None:
        self.asked.append(command)
        if not self._up:
            self._events.append(CommandRefused(command.id, LINK_DOWN))
            return
        if self.slow and isinstance(command, MonitorStart | SnapshotDevice):
            self.open.append(command)
        else:
            self.answer(command)

    def answer(self, command: Command[Any]) -> None:
        match command:
            case MonitorStart() if cause := self.refuse.get(command.device):
                self._events.append(CommandRefused(command.id, cause))
            case MonitorStart():
                self._events.append(CommandDone(command.id))
            case SnapshotDevice() if cause := self.untold.get(command.device):
                self._events.append(CommandRefused(command.id, cause))
            case SnapshotDevice():
                shown = self.calls.get(command.device, ())
                self._events.append(CommandDone(command.id, shown))
            case GetDoNotDisturb():
                self._events.append(CommandDone(command.id, False))
            case _:
                self.open.append(command)

    def timer(self) -> float | None:
        return None

    def handle_timer(self, now: float) -> None: ...

    def outputs(self) -> list[Output]:
        taken, self._outputs = self._outputs, []
        return taken

    def events(self) -> list[Event]:
        taken, self._events = self._events, []
        return taken

    def trace(self, on: bool) -> None: ...

    def pdus(self) -> list[Pdu]:
        return []

    def report(self, *events: Event) -> None:
        self._events += events


class PaperCarrier:
    def __init__(self, user: CarrierUser) -> None:
        self.user = user
        self.opened: list[str] = []
        self.counters: Counter[str] = Counter()

    async def start(self) -> None: ...

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None:
        self.opened.append(peer)

    def send(self, peer: str, data: bytes) -> None: ...

    def close(self, peer: str, why: Words, stop: bool) -> None: ...

    async def stop(self) -> None: ...


class PaperLink:
    """A supervisor with its paper PBX; `published` is all it told the bus."""

    def __init__(
        self,
        *,
        known: dict[ConnectionId, KnownLeg] | None = None,
        capacity: int = 100,
        heard: Callable[[object], None] | None = None,
    ) -> None:
        """`heard`: told each event as it is published."""
        self.driver = PaperDriver()
        self.published: list[object] = []

        def publish(event: object) -> None:
            self.published.append(event)
            if heard is not None:
                heard(event)

        numbers = count(1)
        self.supervisor = Supervisor(
            LinkId("pbx"),
            driver=self.driver,
            carrier=PaperCarrier,
            capacity=capacity,
            epoch=7,
            known=known or {},
            publish=publish,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: f"id{next(numbers)}",
        )

    async def start(self, *devices: DeviceId) -> None:
        for device in devices:
            self.supervisor.watch(device)
        await self.supervisor.start()
        self.connect()

    def connect(self) -> None:
        self.supervisor.connected(PEER)

    def cut(self, why: str = "connection reset") -> None:
        self.supervisor.disconnected(PEER, why)

    def report(self, *events: Event) -> None:
        """The PBX says so now."""
        self.driver.report(*events)
        self.supervisor.received(PEER, b".")

    def answer(self, kind: type[Command[Any]], device: DeviceId, cause: str | None = None) -> None:
        """Answer what the PBX was slow to answer, or refuse it."""
        command = next(c for c in self.driver.open if type(c) is kind and c.device == device)
        self.driver.open.remove(command)
        if cause is None:
            self.driver.answer(command)
        else:
            self.driver.report(CommandRefused(command.id, cause))
        self.report()

    async def after(self, seconds: float) -> None:
        await later(seconds)

    def told(self, kind: type[E]) -> list[E]:
        return [event for event in self.published if isinstance(event, kind)]

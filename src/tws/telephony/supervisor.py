"""Runs one link: a driver on a carrier, its devices and its calls. Written once for all dialects.

Stamps each event with UTC as it takes it, keeps the call table, monitors devices within the
capacity, asks for everything again after a gap, resolves commands, and publishes what changed.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import structlog
from msgspec.structs import replace

from tws.net.carrier import Carrier, CarrierUser
from tws.telephony.calls import CallTable
from tws.telephony.changes import (
    CallChanged,
    DeviceChanged,
    LinkResynchronised,
    LinkStatus,
    LinkStatusChanged,
)
from tws.telephony.commands import Command, MonitorStart, SnapshotDevice
from tws.telephony.events import (
    CallEvent,
    CommandDone,
    CommandRefused,
    DoNotDisturbChanged,
    Event,
    ForwardingChanged,
    InService,
    LinkStarted,
    LinkStopped,
    MessagesLost,
    MessageWaitingChanged,
    MonitorEnded,
    Outcome,
    OutOfService,
)
from tws.telephony.link import Close, LinkDriver, Open, Output, Pdu, Peer, Send
from tws.telephony.model import (
    ConnectionId,
    DeviceId,
    Forwarding,
    LinkId,
    LinkState,
    MonitorState,
)
from tws.telephony.monitors import Monitors
from tws.telephony.requests import Requests
from tws.telephony.snapshots import KnownLeg

R = TypeVar("R")
log = structlog.get_logger(__name__)


class Supervisor:
    """One link from start to stop. All methods belong to the event loop's thread."""

    def __init__(
        self,
        link: LinkId,
        *,
        driver: LinkDriver,
        carrier: Callable[[CarrierUser], Carrier],
        capacity: int,
        epoch: int,
        known: Mapping[ConnectionId, KnownLeg],
        publish: Callable[[object], None],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self.link, self.driver, self.publish, self.clock = link, driver, publish, clock
        self.table = CallTable(link, new_id)
        self.monitors = Monitors(link, capacity, driver.commands)
        self.requests = Requests()
        self.trace: Callable[[Pdu], None] | None = None
        self.events: Counter[str] = Counter()
        self.status = LinkStatus(
            link=link,
            state=LinkState.CONNECTING,
            since=clock(),
            capacity=capacity,
            epoch=epoch,
        )
        self._carrier = carrier(self)
        self._known = known
        self._gap: datetime | None = None
        self._resynchronising = False
        self._first = True
        self._timer: tuple[float, asyncio.TimerHandle] | None = None
        "When it is due on the loop's clock (a handle of uvloop may not tell)."
        self._pumping = False
        self._loop = asyncio.get_running_loop()

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        try:
            await self._carrier.start()
        except OSError as error:
            self._state(LinkState.MISCONFIGURED, str(error))
            return
        self.driver.start(self._loop.time())
        self._pump()

    async def stop(self) -> None:
        self.driver.stop(self._loop.time())
        self._pump()
        await self._carrier.stop()
        if self._timer:
            self._timer[1].cancel()
        self.requests.close()

    def watch(self, device: DeviceId) -> None:
        self.table.watch(device)
        self._ask(self.monitors.add(device))
        self._pump()

    def unwatch(self, device: DeviceId) -> None:
        self._ask(self.monitors.remove(device))
        self._changes(self.table.unwatch(device, self.clock()))
        self._pump()

    async def request(self, command: Command[R]) -> R:
        """The result of a command; raises `Refusal`. A repeated id gets the first outcome."""
        future, new = self.requests.open(command, self._loop.time())
        if new:
            self.driver.send(command, self._loop.time())
            self._pump()
        result: R = await asyncio.shield(future)
        return result

    # ------------------------------------------------------------ what the carrier tells

    def connected(self, peer: str) -> None:
        self.driver.connected(Peer(peer), self._loop.time())
        self._state(LinkState.STARTING)
        self._pump()

    def received(self, peer: str, data: bytes) -> None:
        self.driver.receive_data(Peer(peer), data, self._loop.time())
        self._pump()

    def disconnected(self, peer: str, why: str) -> None:
        self.driver.disconnected(Peer(peer), why, self._loop.time())
        self._pump()
        if self.status.state in (LinkState.CONNECTING, LinkState.STARTING):
            self._state(LinkState.DOWN, why)  # a dial that failed: no link had started

    # ------------------------------------------------------------ the pump

    def _pump(self) -> None:
        """Drain the driver until it is quiet, then re-arm its timer."""
        if self._pumping:
            return
        self._pumping = True
        try:
            while True:
                events, outputs = self.driver.events(), self.driver.outputs()
                for event in events:
                    self._take(event)
                for output in outputs:
                    self._put(output)
                if not events and not outputs:
                    break
        finally:
            self._pumping = False
        if self.trace:
            for pdu in self.driver.pdus():
                self.trace(pdu)
        self._publish_changes()
        self._arm()

    def _arm(self) -> None:
        """Be called when the driver or the monitors want it, or before: a timer that is due
        earlier is left alone, since most are moved on by every message.
        """
        due, retry = self.driver.timer(), self.monitors.timer()
        if due is None or (retry is not None and retry < due):
            due = retry
        if due is None:
            return
        if self._timer:
            if self._timer[0] <= due:
                return
            self._timer[1].cancel()
        self._timer = due, self._loop.call_at(due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        now = self._loop.time()
        if (due := self.driver.timer()) is not None and due <= now:
            self.driver.handle_timer(now)
        self._ask(self.monitors.handle_timer(now))
        self._pump()

    def _put(self, output: Output) -> None:
        match output:
            case Send(peer, data):
                self._carrier.send(peer, data)
            case Open(peer, address):
                self._carrier.open(peer, address.host, address.port, address.tls)
            case Close(peer, why, stop):
                self._carrier.close(peer, why, stop)

    # ------------------------------------------------------------ what the driver tells

    def _take(self, event: Event) -> None:
        self.events[type(event).__name__] += 1
        match event:
            case CallEvent():
                self._changes(self.table.apply(event, self.clock()))
            case CommandDone() | CommandRefused():
                self._outcome(event)
            case LinkStarted(version):
                self._started(version)
            case LinkStopped(why, misconfigured):
                self._stopped(why, misconfigured=misconfigured)
            case MessagesLost():
                self._gap = self._gap or self.clock()
                self._resynchronising = True
                self._ask(self.monitors.lost())
                self._settle()
            case ForwardingChanged(device, forwarding):
                self._forwarding(device, forwarding)
            case DoNotDisturbChanged(device, on):
                self.monitors.update(device, do_not_disturb=on)
            case MessageWaitingChanged(device, on):
                self.monitors.update(device, messages_waiting=on)
            case InService(device):
                self._service(device, MonitorState.OUT_OF_SERVICE, MonitorState.MONITORED, None)
            case OutOfService(device, why):
                self._service(device, MonitorState.MONITORED, MonitorState.OUT_OF_SERVICE, why)
            case MonitorEnded(device, why):
                self.monitors.ended(device, why, self._loop.time())
                self._changes(self.table.resync(device, (), self.clock(), {}))

    def _started(self, version: str | None) -> None:
        self._state(LinkState.UP, version=version)
        self._resynchronising = True
        open_calls = {d for call in self.table.calls.values() for d in call.connections}
        open_calls |= {connection.device for connection in self._known}
        self._ask(self.monitors.started(sorted(open_calls)))
        self._settle()

    def _stopped(self, why: str, *, misconfigured: bool) -> None:
        if self.status.state is LinkState.UP:
            self._gap = self._gap or self.clock()
        self.monitors.stopped()
        self._state(LinkState.MISCONFIGURED if misconfigured else LinkState.DOWN, why)

    def _outcome(self, outcome: Outcome) -> None:
        if not self.monitors.owns(outcome.id):
            self.requests.outcome(outcome)
            return
        command, more = self.monitors.outcome(outcome, self._loop.time())
        if isinstance(command, SnapshotDevice) and command.device in self.monitors.devices:
            shown = outcome.result if isinstance(outcome, CommandDone) else ()
            if isinstance(shown, tuple):
                changes = self.table.resync(command.device, shown, self.clock(), self._known)
                self._changes(changes)
        elif isinstance(command, MonitorStart) and isinstance(outcome, CommandRefused):
            self._changes(self.table.resync(command.device, (), self.clock(), {}))
        self._ask(more)
        self._settle()

    def _settle(self) -> None:
        """Once everybody has been asked again the gap is over."""
        if not (self._resynchronising and self.monitors.settled):
            return
        since = None if self._first else self._gap
        self._resynchronising, self._first, self._gap, self._known = False, False, None, {}
        self.publish(
            LinkResynchronised(self.link, self.status.epoch, self.clock(), since),
        )

    def _forwarding(self, device: DeviceId, forwarding: Forwarding) -> None:
        known = self.monitors.devices.get(device)
        if known is None:
            return
        place = (forwarding.type, forwarding.origin)
        others = [f for f in known.forwardings or () if (f.type, f.origin) != place]
        self.monitors.update(device, forwardings=(*others, forwarding))

    def _service(
        self, device: DeviceId, old: MonitorState, new: MonitorState, why: str | None
    ) -> None:
        known = self.monitors.devices.get(device)
        if known is not None and known.state is old:
            self.monitors.update(device, state=new, reason=why)

    # ------------------------------------------------------------ telling

    def _ask(self, commands: list[Command[Any]]) -> None:
        for command in commands:
            self.driver.send(command, self._loop.time())

    def _changes(self, changes: list[CallChanged]) -> None:
        for change in changes:
            self.publish(change)

    def _state(self, state: LinkState, why: str | None = None, version: str | None = None) -> None:
        if state is LinkState.STARTING and self.status.state is LinkState.UP:
            return  # another peer of a link that is up
        if (state, why) == (self.status.state, self.status.why):
            return
        log.info("link state", link=self.link, state=state.value, why=why)
        version = version or self.status.version
        self.status = replace(
            self.status, state=state, why=why, since=self.clock(), version=version
        )
        self.publish(LinkStatusChanged(self.status))

    def _publish_changes(self) -> None:
        if self.monitors.changed:
            changed, self.monitors.changed = self.monitors.changed, {}
            for device in changed:
                self.publish(DeviceChanged(self.monitors.devices[device]))
        monitored, waiting = self.monitors.monitored, self.monitors.waiting
        if monitored != self.status.monitored or waiting != self.status.waiting:
            self.status = replace(self.status, monitored=monitored, waiting=waiting)
            self.publish(LinkStatusChanged(self.status))

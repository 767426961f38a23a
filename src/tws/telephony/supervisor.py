"""Runs one link: a driver on a carrier, its devices and its calls. Written once for all dialects.

Stamps each event with UTC as it takes it, keeps the call table, monitors devices within the
capacity, asks for everything again after a gap, resolves commands, and publishes what changed.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

import structlog
from msgspec.structs import replace

from tws.net.carrier import Carrier, CarrierUser
from tws.net.telling import USER_FAILED, Telling
from tws.sentences import Words, said
from tws.telemetry import nobodys, personal
from tws.telephony import tracing
from tws.telephony.alarm import Alarm, Timers
from tws.telephony.call_log import log_step
from tws.telephony.calls import CallTable
from tws.telephony.commands import (
    Command,
    DirectedPickupCall,
    GetForwarding,
    ParkCall,
    SetForwarding,
    SnapshotDevice,
    connections_of,
)
from tws.telephony.counts import LinkCounts
from tws.telephony.event_reports import (
    NO_SUCH_CALL,
    NOT_SUPPORTED,
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
from tws.telephony.events import (
    CallChanged,
    DeviceChanged,
    DeviceForgotten,
    LinkStatus,
    LinkStatusChanged,
    Parked,
    ParkedChanged,
)
from tws.telephony.gap import Gap
from tws.telephony.link import Close, LinkDriver, MakesIds, Open, Output, Peer, Send
from tws.telephony.model import (
    ConnectionId,
    DeviceId,
    Forwarding,
    LinkId,
    LinkState,
    MonitorState,
)
from tws.telephony.monitors import Monitors
from tws.telephony.parking import Parking
from tws.telephony.permitted import NONE, Kinds
from tws.telephony.requests import Requests
from tws.telephony.snapshots import KnownLeg
from tws.telephony.tracing import Tap

P = ParamSpec("P")
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
        tap: Tap | None = None,
        timers: Timers | None = None,
    ) -> None:
        """`timers`: a replay's clock; that of the event loop else."""
        self.link, self.driver, self.clock = link, driver, clock
        self._publish, self.tap = publish, tap
        self.table = CallTable(link, new_id)
        self._gap = Gap(self.table, known)
        self.parking = Parking(self.table)
        self.monitors = Monitors(link, capacity, self._supports, self._gap.at_stake)
        self.requests = Requests()
        self.events: Counter[str] = Counter()
        self._starts = self._received = self._sent = 0
        self.status = LinkStatus(
            link=link,
            state=LinkState.CONNECTING,
            since=clock(),
            capacity=capacity,
            epoch=epoch,
        )
        self._carrier = carrier(self)
        self._telling = Telling()
        self._peers: set[str] = set()
        "Those connected now."
        self._pumping = False
        self._loop: Timers = timers or asyncio.get_running_loop()
        self._alarm = Alarm(self._loop, lambda: nobodys().run(self._carefully, self._due))
        if tap is not None:
            driver.trace(True)
            seed = driver.seed if isinstance(driver, MakesIds) else ""
            self._note(tracing.Begun(capacity, epoch, tuple(known.items()), seed))

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        try:
            await self._carrier.start()
        except OSError as error:
            self._state(LinkState.MISCONFIGURED, str(error))
            return
        self._note(tracing.Started())
        self.driver.start(self._loop.time())
        self._pump()

    async def stop(self) -> None:
        self._note(tracing.Ended())
        self.driver.stop(self._loop.time())
        self._pump()
        await self._carrier.stop()
        self._alarm.cancel()
        self.requests.link_down(self._loop.time())

    def watch(self, device: DeviceId) -> None:
        self._note(tracing.Watched(device, True))
        self.parking.has_row(device)
        self.table.watch(device)
        self._ask(self.monitors.add(device))
        self._pump()

    def unwatch(self, device: DeviceId) -> None:
        self._note(tracing.Watched(device, False))
        self._ask(self.monitors.remove(device))
        self._changes(self.table.unwatch(device, self.clock()))
        self.publish(DeviceForgotten(self.link, device))
        self._settle()
        self._pump()

    async def request(self, command: Command[R]) -> R:
        """The result of a command; raises `Refusal`. A repeated id gets the first outcome."""
        result: R = await asyncio.shield(self.ask(command))
        return result

    def ask(self, command: Command[Any]) -> asyncio.Future[Any]:
        """The same, for whoever does not wait."""
        if self._too_soon(command) and not self.requests.knows(command.id):
            return self.requests.not_now()
        future, new = self.requests.open(command, self._loop.time())
        if new:
            self._note(tracing.asked(command))
            log.info("command asked", link=self.link, **self._named(command))
            self._carefully(self._send, command)
        return future

    def _too_soon(self, command: Command[Any]) -> bool:
        """Whether the PBX is being asked if the call goes on: it may have given its id to another
        one, to which nobody means to do this."""
        return any(
            self._gap.doubts(one) and self.monitors.asks(one.device)
            for one in connections_of(command)
        )

    def _named(self, command: Command[Any]) -> dict[str, str]:
        """What the log says of a command: which it is, and of which call."""
        named = {"command": type(command).__name__, "id": command.id}
        for connection in connections_of(command):
            if call := self.table.calls.get(connection.call):
                named |= {"thread": call.thread, "call": call.id}
        return named

    def _send(self, command: Command[Any]) -> None:
        self.driver.send(command, self._loop.time())
        self._pump()

    # ------------------------------------------------------------ what the carrier tells

    def connected(self, peer: str) -> None:
        self._note(tracing.Connected(peer))
        self._peers.add(peer)
        self.driver.connected(Peer(peer), self._loop.time())
        self._state(LinkState.STARTING)
        self._pump()

    def received(self, peer: str, data: bytes) -> None:
        self._note(tracing.Heard(peer))
        self._received += len(data)
        self.driver.receive_data(Peer(peer), data, self._loop.time())
        self._pump()

    def disconnected(self, peer: str, why: Words) -> None:
        self._note(tracing.Disconnected(peer, str(why)))
        self._peers.discard(peer)
        try:
            self.driver.disconnected(Peer(peer), why, self._loop.time())
            self._pump()
        finally:
            if not self._peers:
                self._alone(why)

    def _alone(self, why: Words) -> None:
        """Nobody is connected: whatever the driver has left unsaid, its link has ended."""
        if self.status.state is LinkState.UP:
            self._stopped(why, misconfigured=False)
            self._publish_changes()
        elif self.status.state in (LinkState.CONNECTING, LinkState.STARTING):
            self._state(LinkState.DOWN, why)  # a dial that failed: no link had started
        self.requests.link_down(self._loop.time())

    def counted(self) -> LinkCounts:
        return LinkCounts(
            up=self.status.state is LinkState.UP,
            monitored=self.status.monitored,
            starts=self._starts,
            received=self._received,
            sent=self._sent,
            calls=len(self.table.calls),
            events=self.events,
            commands=self.requests.outcomes,
            command_seconds=self.requests.seconds,
            unexpected=self.table.unexpected,
            survived=self.driver.counters,
            carried=self._carrier.counters + self._telling.counters,
        )

    # ------------------------------------------------------------ mistakes of the driver

    def _carefully(self, work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do what no carrier watches over. If it raises, every connection is begun again, as a
        carrier does: nobody knows what is left of the state."""
        if self._telling.tell(work, *args, **kwargs):
            return True
        log.error("link begins again", link=self.link, why=str(USER_FAILED))
        for peer in tuple(self._peers):
            self._carrier.close(peer, USER_FAILED, stop=False)
        if not self._peers:
            self.requests.link_down(self._loop.time())
        return False

    # ------------------------------------------------------------ the trace

    def trace(self, tap: Tap | None) -> None:
        """What happens from now on, for a tap; None = for nobody any more."""
        self.tap = tap
        self.driver.trace(tap is not None)

    def _note(self, what: tracing.What, now: float | None = None) -> None:
        if self.tap is not None:
            now = self._loop.time() if now is None else now
            self.tap.note(tracing.Record(self.clock(), now, what))

    def _note_pdus(self) -> None:
        for pdu in self.driver.pdus():
            self._note(pdu)

    def publish(self, event: object) -> None:
        if isinstance(event, CallChanged):
            self._note(event)
            log_step(event)
        self._publish(event)

    # ------------------------------------------------------------ the pump

    def _pump(self) -> None:
        """Drain the driver until it is quiet, then re-arm its timer."""
        if self._pumping:
            return
        self._pumping = True
        try:
            while True:
                events, outputs = self.driver.events(), self.driver.outputs()
                if self.tap is not None:
                    self._note_pdus()
                for event in events:
                    self._take(event)
                for output in outputs:
                    self._put(output)
                if not events and not outputs:
                    break
        finally:
            self._pumping = False
        self._publish_changes()
        self._arm()

    def _arm(self) -> None:
        """Be called when the driver or the monitors want it, or before."""
        timers = self.driver.timer(), self.monitors.timer(), self.requests.timer()
        due = min((timer for timer in timers if timer is not None), default=None)
        if due is not None:
            self._alarm.at(due)

    def _due(self) -> None:
        now = self._loop.time()
        self._note(tracing.Ticked(), now)
        if (due := self.driver.timer()) is not None and due <= now:
            self.driver.handle_timer(now)
        self._ask(self.monitors.handle_timer(now))
        self.requests.handle_timer(now)
        self._pump()

    def _put(self, output: Output) -> None:
        match output:
            case Send(peer, data):
                self._sent += len(data)
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
                self._call_event(event, self.clock())
            case CommandDone() | CommandRefused():
                self._outcome(event)
            case LinkStarted(version):
                self._started(version)
            case LinkStopped(why, misconfigured):
                self._stopped(why, misconfigured=misconfigured)
            case MessagesLost():
                self._gap.not_heard(None, self.clock())
                self._gap.asked(everybody=True)
                self._ask(self.monitors.lost())
                self._settle()
            case ForwardingChanged(device, forwarding):
                self._forwarding(device, forwarding)
            case DoNotDisturbChanged(device, on):
                self.monitors.update(device, do_not_disturb=on)
            case MessageWaitingChanged(device, on, mailbox):
                self.monitors.messages(device, on, mailbox)
            case InService(device):
                self._service(device, MonitorState.OUT_OF_SERVICE, MonitorState.MONITORED, None)
            case OutOfService(device, why):
                self._service(device, MonitorState.MONITORED, MonitorState.OUT_OF_SERVICE, why)
            case MonitorEnded(device, why):
                if self.monitors.hears(device):
                    log.warning("monitor ended", link=self.link, device=personal(device), why=why)
                    self._gap.not_heard(device, self.clock())
                    self._gap.asked(everybody=False)
                    self._ask(self.monitors.ended(device, why, self._loop.time()))
                    self._settle()

    def _call_event(self, event: CallEvent, at: datetime) -> None:
        if self._gap.open:
            self._changes(self._gap.heard(event, at))
        if parked := self.parking.left(event, at):
            self._park(parked)
        self._changes(self.table.apply(event, at))

    def _started(self, version: str | None) -> None:
        self._starts += 1
        self._state(LinkState.UP, version=version)
        self._parked_over(self.parking.unheard())
        self._gap.started()
        self._ask(self.monitors.started(self._gap.open_at()))
        self._settle()

    def _stopped(self, why: Words, *, misconfigured: bool) -> None:
        if self.status.state is LinkState.UP:
            self._gap.not_heard(None, self.clock())
        self.monitors.stopped()
        self._state(LinkState.MISCONFIGURED if misconfigured else LinkState.DOWN, why)

    def _outcome(self, outcome: Outcome) -> None:
        if not self.monitors.owns(outcome.id):
            asked = self.requests.outcome(outcome, self._loop.time())
            if asked is not None:
                cause = outcome.cause if isinstance(outcome, CommandRefused) else "done"
                log.info("command answered", link=self.link, cause=cause, **self._named(asked))
                self._learn(asked, outcome)
            return
        command, more = self.monitors.outcome(outcome, self._loop.time())
        match command, outcome:
            case SnapshotDevice(device=device), CommandDone(result=tuple(shown)):
                self._changes(self._gap.shown(device, shown, self.clock()))
            case SnapshotDevice(device=device), CommandRefused(cause=cause):
                log.warning("calls not told", link=self.link, device=personal(device), cause=cause)
        self._ask(more)
        self._settle()

    def _learn(self, asked: Command[Any], outcome: Outcome) -> None:
        """What an answer to somebody tells us besides."""
        device = asked.device
        match asked, outcome:
            case _, CommandRefused(cause=cause) if cause == NOT_SUPPORTED:
                # Offered no more: the pages have to know.
                if device in self.monitors.devices:
                    self.monitors.changed[device] = None
            case _, CommandRefused(cause=cause) if cause in NO_SUCH_CALL:
                # A page shows a call that the PBX does not know: its end was lost on the way.
                self._ask(self.monitors.doubted(device))
                if isinstance(asked, DirectedPickupCall):
                    self._not_there(asked.ringing)
            case ParkCall(connection=own), CommandDone(result=str(place)):
                if parked := self.parking.answered(own, DeviceId(place), self.clock()):
                    self._park(parked)
            case SnapshotDevice(), CommandDone(result=tuple(shown)) if self.monitors.hears(device):
                self._changes(self._gap.shown(device, shown, self.clock()))
            case GetForwarding(), CommandDone(result=tuple(forwardings)):
                self.monitors.update(device, forwardings=forwardings)
            case SetForwarding(forwarding=forwarding), CommandDone():
                # A PBX need not report what it was asked for.
                self._forwarding(device, forwarding)

    def _settle(self) -> None:
        """The gap is over once everybody has answered, or is not expected to any more."""
        if not self.monitors.settled:
            return
        self._give_up(self.monitors.take_given_up())
        if self._gap.asking:
            self.publish(self._gap.over(self.status.epoch, self.clock()))

    def _give_up(self, lost: Mapping[DeviceId, str]) -> None:
        """Nobody will tell us of these devices: their calls end unseen, but for those of which
        another device's monitor tells."""
        for device, cause in lost.items():
            changes = self.table.out_of_sight(
                device, lambda d: d not in lost and self.monitors.hears(d), self.clock()
            )
            if changes:
                log.warning("calls given up", link=self.link, device=personal(device), cause=cause)
            self._changes(changes)

    # ------------------------------------------------------------ parked calls

    def _supports(self, device: DeviceId) -> Kinds:
        return NONE if self.parking.lent(device) else self.driver.commands(device)

    def _park(self, parked: Parked) -> None:
        """Listen to the place, to know when the call is fetched or given up."""
        self.table.watch(parked.place)
        self._ask(self.monitors.add(parked.place))
        self.publish(ParkedChanged(parked))

    def _parked_over(self, over: list[Parked]) -> None:
        for parked in over:
            free = self.parking.over(parked)
            self.publish(ParkedChanged(parked))
            if free:
                self._ask(self.monitors.remove(parked.place))
                for change in self.table.unwatch(parked.place, self.clock()):
                    self.publish(change)
                self.publish(DeviceForgotten(self.link, parked.place))
                self._settle()

    def _not_there(self, ringing: ConnectionId) -> None:
        """The PBX says that nothing waits at this place."""
        if self.monitors.hears(ringing.device):
            self._ask(self.monitors.doubted(ringing.device))
        else:
            waiting = self.parking.waiting.values()
            self._parked_over([parked for parked in waiting if parked.connection == ringing])

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
        if self.parking.waiting:
            self._parked_over(self.parking.fetched(changes))
            self._parked_over(self.parking.missing(self.monitors.knows))

    def _state(
        self, state: LinkState, words: Words | None = None, version: str | None = None
    ) -> None:
        if state is LinkState.STARTING and self.status.state is LinkState.UP:
            return  # another peer of a link that is up
        why = None if words is None else said(words)
        if (state, why) == (self.status.state, self.status.why):
            return
        shown = None if words is None else str(words)
        log.info("link state", link=self.link, state=state.value, why=shown)
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

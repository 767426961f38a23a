"""One link to an Asterisk through its manager interface: AMI bytes in, ECMA-269 events out."""

from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import Any

from tws.links.asterisk.call_ids import CallIds
from tws.links.asterisk.carrying_out import CarryingOut
from tws.links.asterisk.dialplan import CHANGED, EVENTS
from tws.links.asterisk.line import Line
from tws.links.asterisk.loading import Loading, Unusable
from tws.links.asterisk.manager import Manager
from tws.links.asterisk.operations import offered
from tws.links.asterisk.service import Service
from tws.links.asterisk.settings import Settings
from tws.links.asterisk.snapshot import snapshot
from tws.links.asterisk.strangers import Strangers
from tws.links.asterisk.tidying import Tidying
from tws.links.asterisk.tracing import Trace
from tws.links.asterisk.watch import Watch
from tws.net.carrier import STOPPED
from tws.protocols.ami.message import Message
from tws.protocols.ami.session import Answer
from tws.sentences import Words
from tws.telephony.commands import Command, MakeCall, SetForwarding
from tws.telephony.event_reports import Event, LinkStarted, LinkStopped
from tws.telephony.link import Close, Open, Output, Pdu, Peer, Send
from tws.telephony.model import (
    CallId,
    CallOrigin,
    DeviceId,
    ForwardingType,
    SnapshotConnection,
)

PEER = Peer("ami")
USED = frozenset((*EVENTS, "Newexten"))


class AsteriskDriver:
    """See `tws.telephony.link.LinkDriver`."""

    def __init__(self, settings: Settings, new_id: Callable[[], CallId] | None = None) -> None:
        self.settings = settings
        self._ids = CallIds()
        new_id = new_id or self._ids
        self._outputs: list[Output] = []
        self._events: list[Event] = []
        self._counters: Counter[str] = Counter()
        self._now = 0.0
        self._closed = False
        self._offered: frozenset[type[Command[Any]]] = frozenset()
        self._manager = Manager(settings, self._load, self._give_up)
        request = self._manager.request
        self.watch = Watch(settings.cti_context, settings.device_template, new_id)
        self.line = Line(request, settings.answer_timeout)
        self._trace = Trace(PEER, self.watch.devices)
        self._service = Service(settings, self.watch, self._tell)
        self._commands = CarryingOut(
            settings, self.watch, self.line, self._service, self._tell, new_id
        )
        self._strangers = Strangers(self.watch, request, self._counters)
        self._tidying = Tidying(settings, self.watch, request, self._counters)

    @property
    def seed(self) -> str:
        return str(self._ids.seed)

    def sow(self, seed: str) -> None:
        self._ids.sow(seed)

    # ------------------------------------------------------------ the link

    def start(self, now: float) -> None:
        self._outputs.append(Open(PEER, self.settings.address()))

    def stop(self, now: float) -> None:
        """Nothing to give back: Asterisk keeps nothing for a manager that leaves."""
        self._at(now)
        if not self._manager.down:
            self._forget(STOPPED, False)
        self._outputs.append(Close(PEER, STOPPED, stop=True))

    def connected(self, peer: Peer, now: float) -> None:
        self._at(now)
        self._closed = False
        self._manager.connected(now)
        if self._manager.session is not None:
            self._manager.session.heard = self._trace.received

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        if self._manager.session is None:
            self._counters["bytes while not connected"] += 1
            return
        self._at(now)
        self._manager.receive_data(data)
        self._turn()

    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        self._at(now)
        if self._closed:  # by us: the reason has been given
            self._closed = False
            return
        self._forget(why, False)

    def timer(self) -> float | None:
        if self._manager.session is None:
            return None
        times = (self._manager.timer(), self.watch.timer(), self._commands.timer())
        return min((time for time in times if time is not None), default=None)

    def handle_timer(self, now: float) -> None:
        self._at(now)
        self._manager.handle_timer()
        self._turn()

    def outputs(self) -> list[Output]:
        outputs, self._outputs = self._outputs, []
        return outputs

    def events(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def trace(self, on: bool) -> None:
        self._trace.switch(on)

    def pdus(self) -> list[Pdu]:
        return self._trace.take()

    @property
    def counters(self) -> dict[str, int]:
        total = Counter(self._counters)
        total.update(self.watch.channels.counters)
        if self._manager.session is not None:
            total.update(self._manager.session.counters)
        return dict(total)

    def _at(self, now: float) -> None:
        self._now = now
        self._manager.at(now)

    def _tell(self, event: Event) -> None:
        self._events.append(event)

    # ------------------------------------------------------------ commands

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        return self._offered if self._manager.up else frozenset()

    def hides_number(self, device: DeviceId) -> bool:
        return MakeCall in self.commands(device)

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        if SetForwarding not in self.commands(device):
            return frozenset()
        return frozenset(product(ForwardingType, self.line.origins))

    def send(self, command: Command[Any], now: float) -> None:
        self._at(now)
        self._commands.send(command, now, self._offered if self._manager.up else None)
        self._turn()

    def snapshot(self, device: DeviceId) -> tuple[SnapshotConnection, ...]:
        """What SnapshotDevice answers."""
        return snapshot(self.watch.projector, device)

    # ------------------------------------------------------------ what came

    def _turn(self) -> None:
        """Take all that the session has, go on with every command, send what there is to send."""
        session = self._manager.session
        if session is None:
            return
        for outcome in self._manager.outcomes():
            if isinstance(outcome, Answer):
                self._answered(outcome)
            else:
                self._happened(outcome)
            if self._manager.session is not None:
                self._strangers.ask()
                self._look()
        if self._manager.session is None:
            return
        self._look()
        if self._manager.up:
            self._tidying.tidy(self._now)
        for data in session.data_to_send():
            self._outputs.append(Send(PEER, data))
            self._trace.sent(data)

    def _look(self) -> None:
        self._events += self.watch.look(self._now)
        self._commands.look(self._now)

    def _answered(self, answer: Answer) -> None:
        takers = (self._manager.answered, self._strangers.answered, self.line.answered)
        if not any(taken(answer) for taken in takers) and not answer.ok:
            self._counters[f"refused unasked: {answer.why[:40]}"] += 1

    def _happened(self, message: Message) -> None:
        match message.event:
            case "Shutdown":
                self._counters["Asterisk shut down"] += 1
            case "OriginateResponse" if message["Response"] == "Failure":
                self._commands.originated.take(message["Uniqueid"], message["Reason"])
            case "DeviceStateChange":
                self._service.state(message["Device"], message["State"])
            case "MessageWaiting":
                self._service.message_waiting(message)
            case "UserEvent" if message["UserEvent"] == CHANGED:
                self._changed_at_phone(message)
        if message.event not in USED:
            self._counters["events not used"] += 1
        if self._manager.up:
            self.watch.take(message, self._now)

    def _load(self, loading: Loading) -> bool:
        try:
            self.line.allowed = loading.allowed()
        except Unusable as error:
            self._give_up(error.said, True)
            return False
        self._offered = offered(self.line.allowed)
        tells = loading.tells_origins()
        self.line.origins = tuple(CallOrigin) if tells else (CallOrigin.ALL,)
        status, parked = loading.items("Status"), loading.items("ParkedCalls")
        self.watch.load(status, loading.lots(), parked)
        self._service.load(loading.items("DeviceStateList"))
        self._events.append(LinkStarted(loading.version()))
        return True

    def _changed_at_phone(self, message: Message) -> None:
        device, what = DeviceId(message["Device"]), message["What"]
        if device in self.watch.monitored and self._manager.up:
            self._commands.read_again(device, what, self._now)

    # ------------------------------------------------------------ the end

    def _give_up(self, why: Words, misconfigured: bool) -> None:
        """Close from our side; the carrier dials again after its pause."""
        if self._manager.session is not None:
            self._counters.update(self._manager.session.counters)
        self._closed = True
        self._outputs.append(Close(PEER, why))
        self._forget(why, misconfigured)

    def _forget(self, why: Words, misconfigured: bool) -> None:
        """Nothing is known any more of its calls; every command under way is refused."""
        self._manager.forget()
        self._strangers.clear()
        self._commands.stop()
        self.line.clear()
        self.watch.clear()
        self.watch.monitored.clear()
        self._service.clear()
        self._tidying.clear()
        self._events.append(LinkStopped(why, misconfigured))

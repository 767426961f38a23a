"""One link to an Asterisk through its manager interface: AMI bytes in, ECMA-269 events out."""

from collections import Counter
from collections.abc import Callable
from enum import Enum, auto
from typing import Any
from uuid import uuid4

from tws.links.asterisk.carrying_out import CarryingOut
from tws.links.asterisk.dialplan import CHANGED, EVENTS
from tws.links.asterisk.line import Fields, Line
from tws.links.asterisk.loading import Loading, Unusable
from tws.links.asterisk.operations import offered
from tws.links.asterisk.running import Refusal
from tws.links.asterisk.service import Service
from tws.links.asterisk.settings import Settings
from tws.links.asterisk.snapshot import snapshot
from tws.links.asterisk.strangers import Strangers
from tws.links.asterisk.tidying import Tidying
from tws.links.asterisk.tracing import Trace
from tws.links.asterisk.watch import Watch
from tws.net.carrier import Tls
from tws.protocols.ami.message import Message
from tws.protocols.ami.session import Answer, Happened, LoggedIn, LoginRefused, Session
from tws.telephony.commands import (
    Command,
    SetForwarding,
)
from tws.telephony.events import (
    LINK_DOWN,
    Event,
    LinkStarted,
    LinkStopped,
)
from tws.telephony.link import Address, Close, Open, Output, Pdu, Peer, Send
from tws.telephony.model import (
    CallId,
    CallOrigin,
    DeviceId,
    ForwardingType,
    SnapshotConnection,
)

PEER = Peer("ami")
BOOTING = 60.0
"Seconds within which Asterisk has started, once it lets us log in."
USED = frozenset((*EVENTS, "Newexten"))


class _Phase(Enum):
    DOWN = auto()
    LOGIN = auto()
    BOOTING = auto()
    LOADING = auto()
    UP = auto()


def _new_id() -> CallId:
    return CallId(str(uuid4()))


class AsteriskDriver:
    """See `tws.telephony.link.LinkDriver`."""

    def __init__(self, settings: Settings, new_id: Callable[[], CallId] = _new_id) -> None:
        self.settings, self.new_id = settings, new_id
        self.watch = Watch(settings.cti_context, settings.device_template, new_id)
        self.line = Line(self._request, settings.answer_timeout)
        self._phase = _Phase.DOWN
        self._session: Session | None = None
        self._loading: Loading | None = None
        self._offered: frozenset[type[Command[Any]]] = frozenset()
        self._now = self._heard = 0.0
        self._ping: str | None = None
        self._deadline: float | None = None
        self._closed = False
        self._outputs: list[Output] = []
        self._events: list[Event] = []
        self._trace = Trace(PEER, self.watch.devices)
        self._counters: Counter[str] = Counter()
        self._service = Service(settings, self.watch, self._tell)
        self._commands = CarryingOut(
            settings, self.watch, self.line, self._service, self._tell, new_id
        )
        self._strangers = Strangers(self.watch, self._request, self._counters)
        self._tidying = Tidying(settings, self.watch, self._request, self._counters)

    # ------------------------------------------------------------ the link

    def start(self, now: float) -> None:
        tls = None
        if self.settings.tls:
            tls = Tls(ca_file=self.settings.ca_file, verify=self.settings.verify)
        address = Address(self.settings.host, self.settings.port, tls)
        self._outputs.append(Open(PEER, address))

    def stop(self, now: float) -> None:
        """Nothing to give back: Asterisk keeps nothing for a manager that leaves."""
        self._now = now
        if self._phase is not _Phase.DOWN:
            self._forget("stopped", misconfigured=False)
        self._outputs.append(Close(PEER, "stopped", stop=True))

    def connected(self, peer: Peer, now: float) -> None:
        self._now = self._heard = now
        self._phase, self._closed = _Phase.LOGIN, False
        timeout = self.settings.answer_timeout
        self._session = Session(self.settings.user, self.settings.password, timeout, now)

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        if self._session is None:
            self._counters["bytes while not connected"] += 1
            return
        self._now = self._heard = now
        self._session.receive_data(data, now)
        self._turn()

    def disconnected(self, peer: Peer, why: str, now: float) -> None:
        self._now = now
        if self._closed:  # by us: the reason has been given
            self._closed = False
            return
        self._forget(why, misconfigured=False)

    def timer(self) -> float | None:
        if self._session is None:
            return None
        quiet = self._heard + self.settings.heartbeat if self._phase is _Phase.UP else None
        times = (
            self._session.timer(),
            self.watch.timer(),
            self._commands.timer(),
            self._deadline,
            quiet if self._ping is None else None,
        )
        return min((time for time in times if time is not None), default=None)

    def handle_timer(self, now: float) -> None:
        self._now = now
        if self._session is None:
            return
        self._session.handle_timer(now)
        if self._deadline is not None and now >= self._deadline:
            self._give_up("Asterisk has not finished starting")
            return
        if self._phase is _Phase.UP and self._ping is None:
            if now >= self._heard + self.settings.heartbeat:
                self._ping = self._request("Ping", ())
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
        if self._session is not None:
            total.update(self._session.counters)
        return dict(total)

    # ------------------------------------------------------------ commands

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        if self._phase is not _Phase.UP:
            return frozenset()
        return self._offered

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        if SetForwarding not in self.commands(device):
            return frozenset()
        return frozenset((kind, CallOrigin.ALL) for kind in ForwardingType)

    def send(self, command: Command[Any], now: float) -> None:
        self._now = now
        self._commands.send(command, now, self._offered if self._phase is _Phase.UP else None)
        self._turn()

    def _tell(self, event: Event) -> None:
        self._events.append(event)

    def snapshot(self, device: DeviceId) -> tuple[SnapshotConnection, ...]:
        """What SnapshotDevice answers."""
        return snapshot(self.watch.projector, device)

    # ------------------------------------------------------------ what came

    def _turn(self) -> None:
        """Take all that the session has, go on with every command, send what there is to send."""
        session = self._session
        if session is None:
            return
        for outcome in session.outcomes():
            match outcome:
                case LoggedIn():
                    self._phase, self._deadline = _Phase.BOOTING, self._now + BOOTING
                case LoginRefused(why, wrong):
                    self._give_up(why, misconfigured=wrong)
                case Answer():
                    self._answered(outcome)
                case Happened(message):
                    self._trace.received(message)
                    self._happened(message)
            if self._session is None:
                return
            self._strangers.ask()
            self._look()
        self._look()
        if self._phase is _Phase.UP:
            self._tidying.tidy(self._now)
        for data in session.data_to_send():
            self._outputs.append(Send(PEER, data))
            self._trace.sent(data)

    def _look(self) -> None:
        self._events += self.watch.look(self._now)
        self._commands.look(self._now)

    def _answered(self, answer: Answer) -> None:
        if answer.message is not None:
            self._trace.received(answer.message)
        if answer.id == self._ping:
            self._ping = None
            if answer.message is None:
                self._give_up("Asterisk does not answer any more")
        elif self._loading is not None and self._loading.take(answer):
            if answer.message is None:
                self._give_up("Asterisk does not answer")
            elif self._loading.complete:
                self._load(self._loading)
        elif self._strangers.answered(answer) or self.line.answered(answer):
            pass
        elif not answer.ok:
            self._counters[f"refused unasked: {answer.why[:40]}"] += 1

    def _happened(self, message: Message) -> None:
        match message.event:
            case "FullyBooted" if self._phase in (_Phase.BOOTING, _Phase.LOGIN):
                self._phase, self._loading = _Phase.LOADING, Loading()
                self._deadline = None
                self._loading.ask(self._request)
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
        if self._phase is _Phase.UP:
            self.watch.take(message, self._now)

    def _load(self, loading: Loading) -> None:
        self._loading = None
        try:
            self.line.allowed = loading.allowed()
        except Unusable as error:
            self._give_up(str(error), misconfigured=True)
            return
        self._offered = offered(self.line.allowed)
        status, parked = loading.items("Status"), loading.items("ParkedCalls")
        self.watch.load(status, loading.lots(), parked)
        self._service.load(loading.items("DeviceStateList"))
        self._phase = _Phase.UP
        self._events.append(LinkStarted(loading.version()))

    def _changed_at_phone(self, message: Message) -> None:
        device, what = DeviceId(message["Device"]), message["What"]
        if device not in self.watch.monitored or self._phase is not _Phase.UP:
            return
        self._commands.read_again(device, what, self._now)

    def _request(self, action: str, fields: Fields) -> str:
        if self._session is None:
            raise Refusal(LINK_DOWN)
        return self._session.request(action, fields, self._now)

    # ------------------------------------------------------------ the end

    def _give_up(self, why: str, *, misconfigured: bool = False) -> None:
        """Close from our side; the carrier dials again after its pause."""
        if self._session is not None:
            self._counters.update(self._session.counters)
        self._closed = True
        self._outputs.append(Close(PEER, why))
        self._forget(why, misconfigured=misconfigured)

    def _forget(self, why: str, *, misconfigured: bool) -> None:
        """Nothing is known any more of its calls; every command under way is refused."""
        self._phase, self._session, self._loading = _Phase.DOWN, None, None
        self._deadline = self._ping = None
        self._strangers.clear()
        self._commands.stop()
        self.line.clear()
        self.watch.clear()
        self.watch.monitored.clear()
        self._service.clear()
        self._tidying.clear()
        self._events.append(LinkStopped(why, misconfigured))

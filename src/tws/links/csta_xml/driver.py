"""The link driver: what goes on between TWS and one switch that speaks CSTA in XML."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection
from typing import Any

from tws.links.csta_xml import caller_id
from tws.links.csta_xml.identifiers import Identifiers
from tws.links.csta_xml.monitors import Monitors
from tws.links.csta_xml.profiles import Commands
from tws.links.csta_xml.reports import Reports
from tws.links.csta_xml.services import SERVICES, NoResult, in_edition, offered
from tws.links.csta_xml.session import UP, Session
from tws.links.csta_xml.settings import Configuration
from tws.links.csta_xml.snapshots import Snapshots
from tws.links.csta_xml.wire import GENERIC_ERROR, Refusal, Wire
from tws.net.carrier import STOPPED
from tws.protocols.csta import Event as CstaEvent
from tws.protocols.csta import Message, Request, Response, Unknown, messages
from tws.sentences import Words, sentence
from tws.telephony import commands as c
from tws.telephony.event_reports import (
    LINK_DOWN,
    NOT_SUPPORTED,
    CallEvent,
    CommandDone,
    CommandRefused,
    Event,
    LinkStarted,
    LinkStopped,
    MessagesLost,
    MonitorEnded,
    Outcome,
)
from tws.telephony.link import Close, Open, Output, Pdu, Peer, Send
from tws.telephony.model import CallOrigin, DeviceId, ForwardingType

PBX = Peer("pbx")
OUTCOMES_KEPT = 10_000


class Driver:
    """A `LinkDriver`; its one peer is the switch."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._counters: Counter[str] = Counter()
        self._wire = Wire(
            PBX,
            framing=configuration.framing,
            edition=configuration.edition,
            timeout=configuration.timeout,
            secrets=(configuration.password,) if configuration.password else (),
            inbound=self._inbound,
            counters=self._counters,
        )
        self._ids = Identifiers(configuration.device, configuration.pbx_domain)
        self._reports = Reports(self._ids)
        self._caller_id = caller_id.CallerId(self._wire, self._ids)
        self._hides_numbers = False
        self._snapshots = Snapshots(self._wire, self._ids)
        self._session = Session(configuration, self._wire, self)
        self._offered: Commands = configuration.profile.commands
        self._refused: dict[DeviceId, set[type[c.Command[Any]]]] = {}
        self._monitors = Monitors(self._wire, self._ids, self)
        self._closing = False
        "We closed the connection, and said so: its end is no news."
        self._outcomes: OrderedDict[c.CommandId, Outcome | None] = OrderedDict()
        self._events: list[Event] = []
        self._outputs: list[Output] = []

    # ------------------------------------------------------------ what the supervisor calls

    def start(self, now: float) -> None:
        self._wire.now = now
        self._outputs.append(Open(PBX, self._configuration.address))

    def stop(self, now: float) -> None:
        """Take leave of the switch and close for good."""
        self._wire.now = now
        if self._wire.is_open:
            self._caller_id.leave()
            self._monitors.give_back_all()
            self._session.goodbye()
            self._flush()
            self._down(STOPPED)
        self._closing = True
        self._outputs.append(Close(PBX, STOPPED, stop=True))

    def commands(self, device: DeviceId) -> frozenset[type[c.Command[Any]]]:
        refused = self._refused.get(device)
        return self._offered - refused if refused else self._offered

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        if c.SetForwarding not in self.commands(device):
            return frozenset()
        return self._configuration.profile.forwardings

    def hides_number(self, device: DeviceId) -> bool:
        return self._hides_numbers and c.MakeCall in self.commands(device)

    def remembers_withheld(
        self,
        withheld: Collection[DeviceId],
        remember: Callable[[Collection[DeviceId]], None],
    ) -> None:
        self._caller_id.remembers(withheld, remember)

    def connected(self, peer: Peer, now: float) -> None:
        self._wire.now = now
        if self._wire.is_open:
            self._down(sentence("connected again"))
        self._closing = False
        self._wire.open()
        self._session.connected()
        self._flush()

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        self._wire.now = now
        failure = self._wire.receive(data)
        if failure is not None:
            self._wire.count("unreadableStream")
            self.give_up(failure)
        self._flush()

    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        self._wire.now = now
        if not self._closing:
            self._down(why)
        self._closing = False

    def send(self, command: c.Command[Any], now: float) -> None:
        self._wire.now = now
        if command.id in self._outcomes:
            outcome = self._outcomes[command.id]
            if outcome is not None:
                self._events.append(outcome)
            return
        self._outcomes[command.id] = None
        if self._session.phase is not UP:
            self._refuse(command, Refusal(LINK_DOWN))
            return
        self._ask(command)
        self._flush()

    def timer(self) -> float | None:
        due = self._session.timer()
        if (answer := self._wire.deadline()) is not None and (due is None or answer < due):
            due = answer
        if (part := self._snapshots.deadline()) is not None and (due is None or part < due):
            due = part
        return due

    def handle_timer(self, now: float) -> None:
        self._wire.now = now
        failure = self._wire.expire()
        self._snapshots.expire()
        if failure is not None and self._wire.is_open:
            self.give_up(failure)
        self._session.handle_timer()
        self._flush()

    def outputs(self) -> list[Output]:
        taken, self._outputs = self._outputs, []
        return taken

    def events(self) -> list[Event]:
        taken, self._events = self._events, []
        return taken

    def trace(self, on: bool) -> None:
        self._wire.tracing = on

    def pdus(self) -> list[Pdu]:
        taken, self._wire.pdus = self._wire.pdus, []
        return taken

    @property
    def counters(self) -> dict[str, int]:
        return dict(self._counters)

    # ------------------------------------------------------------ what the session tells

    def started(self, version: str | None) -> None:
        self._caller_id.put_all_back()
        self._events.append(LinkStarted(version))

    def stopped(self, why: Words) -> None:
        self._wire.refuse_all()
        self._forget()
        self._events.append(LinkStopped(why))

    def messages_lost(self) -> None:
        self._wire.count("messagesLost")
        self._events.append(MessagesLost())

    def features(self, services: messages.SupportedServices) -> None:
        found = offered(services, self._configuration.profile.commands)
        # A switch that lists none of ours only has not filled in the list.
        self._offered = found or self._configuration.profile.commands
        self._hides_numbers = caller_id.SERVICES <= set(services.logical_serv_list or ())

    def give_up(self, why: Words, *, misconfigured: bool = False) -> None:
        self._flush()
        self._down(why, misconfigured=misconfigured)
        self._closing = True
        self._outputs.append(Close(PBX, why, stop=misconfigured))

    # ------------------------------------------------------------ what the switch sends

    def _inbound(self, message: Message, invoke_id: int | None) -> None:
        match message:
            case CstaEvent():
                self.event(message)
            case messages.SystemStatus():
                self._wire.respond(invoke_id, messages.SystemStatusResponse())
                self._session.status(message.system_status)
            case messages.RequestSystemStatus():
                self._wire.respond(invoke_id, messages.RequestSystemStatusResponse())
            case messages.MonitorStop():
                self._wire.respond(invoke_id, messages.MonitorStopResponse())
                device = self._monitors.ended(message.monitor_cross_ref_id)
                if device is not None:
                    self._events.append(MonitorEnded(device, "the PBX stopped the monitor"))
            case messages.SnapshotDeviceData():
                if not self._snapshots.part(message):
                    self._wire.count("unexpectedSnapshotData")
            case messages.SystemRegisterAbort():
                self._session.registration_ended()
            case messages.ApplicationSessionTerminated():
                self._session.terminated(message.session_term_reason.value)
            case messages.SwFunctionDevicesChanged():
                self._wire.respond(invoke_id, messages.SwFunctionDevicesChangedResponse())
            case messages.MonitorStartResponse():
                # We had given it up: nobody would take its events.
                self._monitors.give_back(message.monitor_cross_ref_id)
            case Response():
                pass  # counted already
            case Unknown(root=_) if message.name.endswith("Event"):
                self._wire.count(f"unknownEvent {message.name}")
            case _:
                self._decline(message, invoke_id)

    def _decline(self, message: Message, invoke_id: int | None) -> None:
        name = message.name if isinstance(message, Unknown) else type(message).__name__
        self._wire.count(f"unknownRequest {name}")
        if isinstance(message, Request | Unknown) and invoke_id is not None:
            error = messages.CSTAErrorCode(operation=NOT_SUPPORTED)
            self._wire.respond(invoke_id, error)

    def event(self, event: CstaEvent) -> None:
        """An event of the switch, just come or kept until its monitor was known."""
        if self._session.phase is not UP:
            self._wire.count("eventBeforeStart")
            return
        device = self._monitors.device_of(event)
        if device is not None:
            self._report(event, device)

    def _report(self, event: CstaEvent, device: DeviceId) -> None:
        if isinstance(event, messages.DeviceCapsChangedEvent):
            self._refused.pop(device, None)
        maker = self._reports.makers.get(type(event))
        if maker is None:
            self._wire.count(f"unusedEvent {type(event).__name__}")
            return
        report = maker(event, device)
        if report is None:
            self._wire.count(f"incompleteEvent {type(event).__name__}")
            return
        if isinstance(report, CallEvent):
            self._snapshots.happened(device)
        self._events.append(report)

    # ------------------------------------------------------------ what is asked of the switch

    def _ask(self, command: c.Command[Any]) -> None:
        kind = type(command)
        if kind is c.MonitorStart:
            self._monitors.start(command)
        elif kind is c.MonitorStop:
            self._monitors.stop(command)
        elif kind not in self.commands(command.device):
            self._refuse(command, Refusal(NOT_SUPPORTED))
        elif kind is c.SnapshotDevice:
            self._snapshots.take(command.device, lambda result: self.outcome(command, result))
        elif isinstance(command, c.MakeCall | c.ConsultationCall):
            self._call(command)
        else:
            self._ask_service(command)

    def _call(self, command: c.MakeCall | c.ConsultationCall) -> None:
        if not command.hide_number:
            self._caller_id.put_back(command.device)
            self._ask_service(command)
        elif isinstance(command, c.MakeCall) and command.prompt:
            # It would be put back before the user lifts the phone, and dials.
            self._refuse(command, Refusal("invalidParameterValue", "a prompted call has a number"))
        else:
            self._caller_id.withhold(command.device, lambda why: self._call_hidden(command, why))

    def _call_hidden(
        self, command: c.MakeCall | c.ConsultationCall, refusal: Refusal | None
    ) -> None:
        if refusal is not None:
            self._end(CommandRefused(command.id, refusal.cause, refusal.detail))
            return
        self._ask_service(command, lambda: self._caller_id.dialled(command.device))
        self._flush()

    def _ask_service(
        self, command: c.Command[Any], afterwards: Callable[[], None] = lambda: None
    ) -> None:
        service = SERVICES[type(command)]

        def answered(answer: Response | Refusal) -> None:
            afterwards()
            if isinstance(answer, Refusal):
                self.outcome(command, answer)
                return
            try:
                result = service.result(command, answer, self._ids)
            except NoResult as error:
                self.outcome(command, Refusal(GENERIC_ERROR, str(error)))
            else:
                self.outcome(command, result)

        request = in_edition(service.request(command, self._ids), self._wire.edition)
        self._wire.request(request, (service.response,), answered)

    # ------------------------------------------------------------ outcomes

    def outcome(self, command: c.Command[Any], result: object) -> None:
        """`result` is what the command's type names, or a `Refusal`."""
        if isinstance(result, Refusal):
            self._refuse(command, result)
        else:
            self._end(CommandDone(command.id, result))

    def _refuse(self, command: c.Command[Any], refusal: Refusal) -> None:
        if refusal.cause == NOT_SUPPORTED and type(command) in self._offered:
            self._refused.setdefault(command.device, set()).add(type(command))
        self._end(CommandRefused(command.id, refusal.cause, refusal.detail))

    def _end(self, outcome: Outcome) -> None:
        self._outcomes[outcome.id] = outcome
        self._events.append(outcome)
        while len(self._outcomes) > OUTCOMES_KEPT:
            oldest = next(iter(self._outcomes))
            if self._outcomes[oldest] is None:
                break  # its outcome is owed
            del self._outcomes[oldest]

    # ------------------------------------------------------------ the end of a connection

    def _down(self, why: Words, *, misconfigured: bool = False) -> None:
        self._session.closed()
        self._wire.close()
        self._forget()
        self._events.append(LinkStopped(why, misconfigured))

    def _forget(self) -> None:
        """Nothing that the switch told us of this connection holds any more."""
        self._snapshots.clear()
        self._ids.clear()
        self._monitors.clear()
        self._refused.clear()
        self._hides_numbers = False
        self._offered = self._configuration.profile.commands

    def _flush(self) -> None:
        if self._wire.sent:
            self._outputs += [Send(PBX, data) for data in self._wire.sent]
            self._wire.sent.clear()

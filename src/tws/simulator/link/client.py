"""The switch's side of one CSTA connection: frames, session, registration, heartbeat, requests.

No socket, no clock: bytes in by `receive_data`, bytes out through a `Wire`; time is an argument.
"""

from collections.abc import Collection
from typing import Protocol

from tws.protocols.csta import messages as m
from tws.protocols.csta.codec import read, write
from tws.protocols.csta.document import Malformed
from tws.protocols.csta.framing import EVENT, Frame, J2Framer, frame
from tws.protocols.csta.message import Event, Message, Request, Response, Unknown
from tws.protocols.csta.session import SessionTermReason
from tws.protocols.csta.supervision import SupportedServices
from tws.simulator.link import snapshots
from tws.simulator.link.addresses import number_of
from tws.simulator.link.call_services import CALL_SERVICES
from tws.simulator.link.device_services import DEVICE_SERVICES
from tws.simulator.link.exchange import Exchange
from tws.simulator.link.service_table import ServiceTable, error_code, refusal_named
from tws.simulator.link.session import ApplicationSession
from tws.simulator.switching.model import Refusal

MAX_FROZEN = 8 * 1024 * 1024
"Bytes that wait on a frozen link; with more it is closed."
SERVICES = ServiceTable(CALL_SERVICES, DEVICE_SERVICES)
_SPELLED = {
    "singleStepConferenceCall": "singleStepConference",
    "singleStepTransferCall": "singleStepTransfer",
}
"GetCSTAFeatures names two services unlike themselves."


class Wire(Protocol):
    """The connection's bytes."""

    def write(self, data: bytes) -> None: ...

    def close(self, why: str, *, abort: bool = False, half: bool = False) -> None: ...


class LinkClient:
    def __init__(self, exchange: Exchange, wire: Wire, number: int, now: float) -> None:
        self.number = number
        self._exchange = exchange
        self._link = exchange.settings.link
        self._wire = wire
        self._framer = J2Framer()
        self._session = ApplicationSession(self._link)
        self._register_id: str | None = None
        self._invoke_id = -1
        self._asked: dict[int, float] = {}
        "Our SystemStatus requests without an answer yet, and when they were sent."
        self._next_heartbeat: float | None = None
        self._late: list[tuple[float, int, Response]] = []
        "Responses held back on purpose."
        self._unread = b""
        self._unsent = b""
        "What a frozen link neither reads nor sends until it thaws."
        self._now = now
        if self._link.speak_first:
            self.tell_status("normal")

    # ------------------------------------------------------------ what the exchange uses

    @property
    def registered(self) -> bool:
        return self._register_id is not None

    @property
    def session(self) -> ApplicationSession:
        return self._session

    def send_events(self, events: list[Event]) -> None:
        data = b"".join([self._framed(EVENT, one) for one in events])
        self._exchange.counters["events"] += len(events)
        self._send(data)

    def _framed(self, invoke_id: int, message: Message) -> bytes:
        """The message's bytes; none, but counted, where XML can't carry it."""
        try:
            return frame(invoke_id, write(message, self._edition))
        except ValueError:
            self._exchange.counters["unwritable"] += 1
            return b""

    def tell_status(self, status: str) -> None:
        self.request(m.SystemStatus(sys_stat_register_id=self._register_id, system_status=status))

    def request(self, message: Message) -> None:
        """Send a request of our own; its answer is only counted."""
        self._invoke_id = (self._invoke_id + 1) % EVENT
        if isinstance(message, m.SystemStatus):
            self._asked[self._invoke_id] = self._now
        self._send(self._framed(self._invoke_id, message))

    def send_bytes(self, data: bytes) -> None:
        self._wire.write(data)

    def close(self, why: str, *, abort: bool = False, half: bool = False) -> None:
        self._wire.close(why, abort=abort, half=half)

    def thaw(self) -> None:
        """The link is not frozen any more: what waited goes on its way."""
        unsent, self._unsent = self._unsent, b""
        unread, self._unread = self._unread, b""
        if unsent:
            self._wire.write(unsent)
        if unread:
            self.receive_data(unread, self._exchange.now())

    def disconnected(self) -> None:
        """All that the client had is gone with its connection."""
        self._exchange.monitors.stop_all(self)

    # ------------------------------------------------------------ time

    def timer(self) -> float | None:
        times = [at for at, _, _ in self._late]
        times += [at for at in (self._next_heartbeat, self._session.ends) if at is not None]
        return min(times, default=None)

    def handle_timer(self, now: float) -> None:
        self._now = now
        while self._late and self._late[0][0] <= now:
            _, invoke_id, response = self._late.pop(0)
            self._respond(invoke_id, response)
        if self._session.ends is not None and self._session.ends <= now:
            self._end_session("sessionTimerExpired")
        if self._next_heartbeat is not None and self._next_heartbeat <= now:
            self._heartbeat(now)

    def _heartbeat(self, now: float) -> None:
        if len([at for at in self._asked.values() if at <= now - self._link.heartbeat]) >= 2:
            self._exchange.counters["heartbeatsMissed"] += 1
            self._next_heartbeat = None
            self.close("two heartbeats were not answered")
            return
        self._next_heartbeat = now + self._link.heartbeat
        self.tell_status("normal")

    def _end_session(self, why: str) -> None:
        message = m.ApplicationSessionTerminated(
            session_id=self._session.id,
            session_term_reason=SessionTermReason(defined_term_reason=why),
        )
        self._session.end()
        self._exchange.monitors.stop_all(self)
        self.request(message)

    def end_session(self) -> None:
        """The switch ends the session of its own accord."""
        if self._session.id is not None:
            self._end_session("resourceLimitation")

    # ------------------------------------------------------------ what comes in

    def receive_data(self, data: bytes, now: float) -> None:
        self._now = now
        if self._exchange.misbehaviour.frozen:
            self._unread += data
            return
        for one in self._framer.receive(data):
            self._receive(one)
        if self._framer.failure is not None:
            self._exchange.counters["unframed"] += 1
            self.close(str(self._framer.failure))

    def _receive(self, one: Frame) -> None:
        invoke_id = one.invoke_id if one.invoke_id is not None else EVENT
        try:
            message = read(one.body)
        except Malformed:
            self._exchange.counters["malformed"] += 1
            if invoke_id != EVENT:
                self._respond(invoke_id, error_code(Refusal("operation", "generic")))
            return
        if isinstance(message, Response):
            if self._asked.pop(invoke_id, None) is None:
                self._exchange.counters["unaskedAnswers"] += 1
        elif isinstance(message, Request) and invoke_id != EVENT:
            self._serve(invoke_id, message)
        else:
            self._exchange.counters["unknown"] += 1
            if isinstance(message, Unknown) and invoke_id != EVENT:
                refused = Refusal("operation", "serviceNotSupported")
                self._respond(invoke_id, error_code(refused))

    def _serve(self, invoke_id: int, request: Request) -> None:
        """Each request is answered once; the events that it causes follow its answer."""
        exchange = self._exchange
        exchange.counters["requests"] += 1
        followers: list[Message] = []
        try:
            response = self._answer(request, followers)
        except Refusal as refusal:
            response = error_code(refusal)
        if exchange.misbehaviour.events_before_answers:
            exchange.flush()
        self._answer_when_due(invoke_id, response)
        for message in followers:
            if isinstance(message, Event):
                self.send_events([message])
            else:
                self.request(message)
        exchange.flush()

    def _answer(self, request: Request, followers: list[Message]) -> Response:
        name = type(request).__name__
        misbehaviour = self._exchange.misbehaviour
        if name in misbehaviour.refuse:
            raise refusal_named(misbehaviour.refuse[name])
        if name in self._link.without:
            raise Refusal("operation", "serviceNotSupported")
        about_session = self._session.answer(request, self.number * 1000 + 1, self._now)
        if about_session is not None:
            if self._session.id is None:
                self._exchange.monitors.stop_all(self)
            return about_session
        if self._session.missing:
            raise Refusal("security", "generic")
        own = self._own_service(request, followers)
        if own is not None:
            return own
        service = SERVICES.find(request)
        return self._exchange.act(service, self._exchange.render, request)

    def _own_service(self, request: Request, followers: list[Message]) -> Response | None:
        """Services about this connection rather than about the PBX."""
        match request:
            case m.SystemStatus():
                return m.SystemStatusResponse()
            case m.RequestSystemStatus():
                return m.RequestSystemStatusResponse(system_status="normal")
            case m.SystemRegister():
                self._register_id = str(self.number)
                if self._link.heartbeat > 0:
                    self._next_heartbeat = self._now + self._link.heartbeat
                return m.SystemRegisterResponse(sys_stat_register_id=self._register_id)
            case m.SystemRegisterCancel():
                self._register_id = self._next_heartbeat = None
                return m.SystemRegisterCancelResponse()
            case m.MonitorStart():
                return self._monitor(request, followers)
            case m.MonitorStop():
                self._exchange.monitors.stop(request.monitor_cross_ref_id, self)
                return m.MonitorStopResponse()
            case m.GetCSTAFeatures():
                return m.GetCSTAFeaturesResponse(supported_services=_features(self._link.without))
            case m.GetSwitchingFunctionDevices():
                return self._devices(request, followers)
        return None

    def _monitor(self, request: m.MonitorStart, followers: list[Message]) -> Response:
        if self._exchange.misbehaviour.refuse_monitors:
            raise refusal_named(self._exchange.misbehaviour.refuse_monitors)
        if request.monitor_object.device_object is None:
            raise Refusal("operation", "invalidMonitorObjectType")
        pbx = self._exchange.pbx
        number = number_of(request.monitor_object.device_object)
        if pbx.kind(number) is None:
            raise Refusal("operation", "invalidDeviceID")
        wanted = request.requested_monitor_filter
        monitor = self._exchange.monitors.start(number, self, wanted)
        phone = pbx.phones.get(number)
        if phone is not None and not phone.plugged:
            who = self._exchange.render.extended(phone.party)
            followers.append(m.OutOfServiceEvent(monitor_cross_ref_id=monitor.xref, device=who))
        return m.MonitorStartResponse(
            monitor_cross_ref_id=monitor.xref, monitor_existing_calls=True
        )

    def _devices(
        self, request: m.GetSwitchingFunctionDevices, followers: list[Message]
    ) -> Response:
        wanted = request.requested_device_id
        number = number_of(wanted) if wanted is not None else None
        parts = snapshots.devices(self._exchange.pbx, number, request.requested_device_category)
        reference = f"{self.number}-{self._exchange.counters['requests']}"
        followers.extend(
            m.SwitchingFunctionDevices(
                service_cross_ref_id=reference,
                segment_id=n,
                last_segment=n == len(parts),
                device_list=part,
            )
            for n, part in enumerate(parts, 1)
        )
        return m.GetSwitchingFunctionDevicesResponse(service_cross_ref_id=reference)

    def stop_monitors(self) -> None:
        """The switch ends every monitor of this client, and says so."""
        for monitor in self._exchange.monitors.stop_all(self):
            self.request(m.MonitorStop(monitor_cross_ref_id=monitor.xref))

    # ------------------------------------------------------------ what goes out

    @property
    def _edition(self) -> int:
        return self._session.edition or self._link.edition

    def _answer_when_due(self, invoke_id: int, response: Response) -> None:
        misbehaviour = self._exchange.misbehaviour
        if misbehaviour.swallow_answers:
            self._exchange.counters["swallowed"] += 1
        elif misbehaviour.answer_delay > 0:
            self._late.append((self._now + misbehaviour.answer_delay, invoke_id, response))
        else:
            self._respond(invoke_id, response)

    def _respond(self, invoke_id: int, response: Response) -> None:
        data = self._framed(invoke_id, response)
        if not data:
            data = self._framed(invoke_id, error_code(Refusal("operation", "generic")))
        self._send(data)

    def _send(self, data: bytes) -> None:
        if not self._exchange.misbehaviour.frozen:
            self._wire.write(data)
            return
        self._unsent += data
        if len(self._unsent) > MAX_FROZEN:
            self.close("frozen for too long", abort=True)


def _features(without: Collection[str]) -> SupportedServices:
    names = tuple(_SPELLED.get(name, name) for name in SERVICES.names(without))
    return SupportedServices(
        cap_exchange_serv_list=("getCSTAFeatures", "getSwitchingFunctionDevices"),
        system_stat_serv_list=("systemRegister", "requestSystemStatus", "systemStatus"),
        monitoring_serv_list=("monitorStart", "monitorStop"),
        snapshot_serv_list=names,
        call_control_serv_list=names,
        call_associated_serv_list=names,
        phys_dev_serv_list=names,
        logical_serv_list=names,
    )

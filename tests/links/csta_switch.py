"""A switch of a few lines, made of the same engine: it answers as a test tells it, or not.

Whatever the driver sends it has to be as the schemas say, where the reference material is present.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from tests.protocols.csta_reference import check
from tws.links.csta_xml import CstaXml, Driver
from tws.protocols.csta import (
    EVENT,
    Framer,
    J2Framer,
    Message,
    NulFramer,
    Request,
    Response,
    read,
    write,
)
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ConnectionID, DeviceID, device
from tws.telephony.commands import Command, CommandId, MonitorStart
from tws.telephony.event_reports import CommandDone, CommandRefused, Event, Outcome
from tws.telephony.link import Close, Open, Peer, Send
from tws.telephony.model import CallId, ConnectionId, DeviceId

PBX = Peer("pbx")
ALICE, BOB, CAROL = DeviceId("4001"), DeviceId("4002"), DeviceId("4003")
Answer = Response | Callable[[Any], Response | None] | None
R = TypeVar("R", bound=Message)


def settings(**changes: object) -> Any:
    return CstaXml.Settings(**{"host": "192.0.2.1", "port": 3211, "pbx_type": "A5000", **changes})


class Switch:
    """Both ends of one link, and the clock. What is not in `answers` stays unanswered."""

    def __init__(self, **changes: object) -> None:
        self.driver: Driver = CstaXml.driver(settings(**changes), 0.0)
        self.nul = changes.get("framing") == "nul"
        self.now = 1000.0
        self.edition = 5
        self.connected = False
        self.requests: list[Request] = []
        "What the driver asked, in order."
        self.responses: list[Response] = []
        "What the driver answered."
        self.events: list[Event] = []
        self.closed: list[Close] = []
        self.opened: list[Open] = []
        self.ids: dict[int, int] = {}
        self.last_id = -1
        self.monitors = 0
        self.commands = 0
        self.answers: dict[type[Request], Answer] = {
            m.RequestSystemStatus: m.RequestSystemStatusResponse(),
            m.SystemRegister: m.SystemRegisterResponse(sys_stat_register_id="1"),
            m.GetCSTAFeatures: m.CSTAErrorCode(operation="serviceNotSupported"),
            m.MonitorStart: self._monitor,
            m.MonitorStop: m.MonitorStopResponse(),
            m.SnapshotDevice: m.SnapshotDeviceResponse(
                result=m.SnapshotDeviceResult(snapshot_data=())
            ),
        }
        self._framer: Framer = J2Framer()
        self.driver.start(self.now)
        self.pump()

    def _monitor(self, request: m.MonitorStart) -> Response:
        self.monitors += 1
        return m.MonitorStartResponse(monitor_cross_ref_id=f"x{self.monitors}")

    # ------------------------------------------------------------ the network

    def connect(self) -> None:
        self._framer = NulFramer() if self.nul else J2Framer()
        self.connected = True
        self.driver.connected(PBX, self.now)
        self.pump()

    def lose(self, why: str = "connection reset") -> None:
        self.connected = False
        self.driver.disconnected(PBX, why, self.now)
        self.pump()

    def pump(self) -> None:
        """Carry what the driver sends, and what that makes the switch answer, until quiet."""
        while outputs := self.driver.outputs():
            self.events += self.driver.events()
            for output in outputs:
                match output:
                    case Send(data=data):
                        assert self.connected
                        for frame in self._framer.receive(data):
                            check(frame.body)
                            self._take(read(frame.body), frame.invoke_id)
                    case Close():
                        self.closed.append(output)
                        self.connected = False
                        self.driver.disconnected(PBX, "closed", self.now)
                    case Open():
                        self.opened.append(output)
        self.events += self.driver.events()

    def _take(self, message: Message, invoke_id: int | None) -> None:
        if isinstance(message, Response):
            self.responses.append(message)
            return
        assert isinstance(message, Request)
        self.requests.append(message)
        self.last_id = invoke_id if invoke_id is not None else -1
        answer = self.answers.get(type(message))
        if callable(answer):
            answer = answer(message)
        if answer is not None:
            self.reply(answer, invoke_id)

    def bytes(self, data: bytes) -> None:
        self.driver.receive_data(PBX, data, self.now)

    def reply(self, response: Response, invoke_id: int | None = None) -> None:
        """Answer a request, by default the last one."""
        body = write(response, self.edition)
        self.bytes(self._framer.frame(self.last_id if invoke_id is None else invoke_id, body))

    def say(self, *messages: Message, invoke_id: int = EVENT) -> list[Event]:
        """Events, or requests of the switch; returns what the driver reports of them."""
        before = len(self.events)
        for message in messages:
            self.bytes(self._framer.frame(invoke_id, write(message, self.edition)))
            self.pump()
        return self.events[before:]

    def wait(self, seconds: float) -> None:
        """Let time pass; the driver's timer goes off when due."""
        end = self.now + seconds
        while (due := self.driver.timer()) is not None and due <= end:
            self.now = max(self.now, due)
            self.driver.handle_timer(self.now)
            self.pump()
        self.now = end

    # ------------------------------------------------------------ the telephony room

    def up(self) -> "Switch":
        self.connect()
        self.events.clear()
        self.requests.clear()
        return self

    def send(self, kind: type[Command[Any]], device: str = "4001", **values: object) -> CommandId:
        self.commands += 1
        id = CommandId(str(values.pop("id", f"c{self.commands}")))
        self.driver.send(kind(id=id, device=DeviceId(device), **values), self.now)
        self.pump()
        return id

    def outcomes(self, id: CommandId) -> list[Outcome]:
        ends = [e for e in self.events if isinstance(e, CommandDone | CommandRefused)]
        return [end for end in ends if end.id == id]

    def outcome(self, id: CommandId) -> Outcome | None:
        """None while it is under way."""
        found = self.outcomes(id)
        assert len(found) <= 1
        return found[0] if found else None

    def result(self, id: CommandId) -> object:
        done = self.outcome(id)
        assert isinstance(done, CommandDone), done
        return done.result

    def refusal(self, id: CommandId) -> str:
        refused = self.outcome(id)
        assert isinstance(refused, CommandRefused), refused
        return refused.cause

    def asked(self, kind: type[R]) -> list[R]:
        return [request for request in self.requests if isinstance(request, kind)]


def ours(call: str, device: str) -> ConnectionId:
    return ConnectionId(CallId(call), DeviceId(device))


def theirs(call: str, device: str) -> ConnectionID:
    return ConnectionID(call, DeviceID(device))


def monitored(*devices: str, **changes: object) -> Switch:
    """Cross references are x1, x2... in the order of `devices`."""
    switch = Switch(**changes).up()
    for each in devices:
        switch.result(switch.send(MonitorStart, each))
    switch.events.clear()
    switch.requests.clear()
    return switch


def held(monitor: str) -> m.HeldEvent:
    return m.HeldEvent(
        monitor_cross_ref_id=monitor,
        connection=theirs("1", "4001"),
        device=device("4001"),
        local_connection_info="hold",
        cause="normal",
    )

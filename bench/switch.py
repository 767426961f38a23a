"""A scripted CSTA switch: answers what a link asks at once, and sends the events it is told to.

It knows no calls: it fills numbers into messages written beforehand by our own engine, so that it
costs next to nothing beside what it measures.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any, cast

from tws.protocols.csta import EVENT, J2Framer, Message, frame, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ConnectionID, DeviceID, device

EDITION = 5
CALLERS = 10
"Outside numbers that call each device in turn: its owner's regulars."
CALL = "@call@"
CROSS = "@monitor@"
CALLER = "@caller@"
_ROOT = re.compile(rb"<(?:\w+:)?([A-Z]\w+)[ />]")
_DEVICE = re.compile(rb"<deviceObject[^>]*>([^<]+)<")


def _answers() -> dict[bytes, bytes]:
    given: dict[str, Message] = {
        "RequestSystemStatus": m.RequestSystemStatusResponse(system_status="normal"),
        "SnapshotDevice": m.SnapshotDeviceResponse(
            result=m.SnapshotDeviceResult(snapshot_data=())
        ),
        "GetDoNotDisturb": m.GetDoNotDisturbResponse(do_not_disturb_on=False),
        "GetForwarding": m.GetForwardingResponse(forwarding_list=()),
        "GetMessageWaitingIndicator": m.GetMessageWaitingIndicatorResponse(
            message_waiting_on=False
        ),
        "MonitorStop": m.MonitorStopResponse(),
    }
    return {name.encode(): write(message, EDITION) for name, message in given.items()}


ANSWERS = _answers()
REFUSED = write(m.CSTAErrorCode(operation="serviceNotSupported"), EDITION)
MONITOR = write(m.MonitorStartResponse(monitor_cross_ref_id=CROSS), EDITION)


class Story:
    """The events of one device, call after call; each changes what its owner's pages show."""

    def __init__(self, number: str) -> None:
        self.number = number
        self._calls = 0
        self._next = 0
        connection = ConnectionID(CALL, DeviceID(number))
        own, outside = device(number), device(CALLER)
        parties: dict[str, Any] = {
            "calling_device": outside,
            "called_device": own,
        }
        common: dict[str, Any] = {
            "monitor_cross_ref_id": CROSS,
            "connection": connection,
            "device": own,
        }
        self._steps: tuple[tuple[str | None, bytes], ...] = tuple(
            (state, write(message, EDITION))
            for state, message in (
                (
                    "alerting",
                    m.DeliveredEvent(
                        **common, **parties, local_connection_info="alerting", cause="newCall"
                    ),
                ),
                (
                    "connected",
                    m.EstablishedEvent(
                        **common, **parties, local_connection_info="connected", cause="normal"
                    ),
                ),
                ("hold", m.HeldEvent(**common, local_connection_info="hold", cause="normal")),
                (
                    "connected",
                    m.RetrievedEvent(**common, local_connection_info="connected", cause="normal"),
                ),
                (
                    None,
                    m.ConnectionClearedEvent(
                        **common, local_connection_info="null", cause="normalClearing"
                    ),
                ),
            )
        )

    def step(self, cross: bytes) -> tuple[str | None, bytes]:
        """The state it leads to (None: the call is over), and its bytes."""
        if self._next == 0:
            self._calls += 1
        state, template = self._steps[self._next]
        self._next = (self._next + 1) % len(self._steps)
        call = f"{self.number}-{self._calls}".encode()
        caller = b"01445%s%d" % (self.number[-4:].encode(), self._calls % CALLERS)
        body = template.replace(CROSS.encode(), cross).replace(CALL.encode(), call)
        body = body.replace(CALLER.encode(), caller)
        return state, frame(EVENT, body)


class Switch:
    """One PBX on a free port; it talks to whoever connected last."""

    def __init__(self) -> None:
        self.port = 0
        self.monitors: dict[str, bytes] = {}
        "Cross reference of each monitored device of the present connection."
        self.requests = 0
        self._server: asyncio.Server | None = None
        self._client: _Client | None = None
        self.on_connected: Callable[[], None] = lambda: None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Client(self), "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self.cut()
        await asyncio.sleep(0)

    def cut(self) -> None:
        """The link is lost, as when a PBX restarts."""
        if self._client is not None:
            self._client.transport.abort()

    def send(self, data: bytes) -> None:
        assert self._client is not None
        self._client.transport.write(data)

    def took(self, client: "_Client") -> None:
        self._client = client
        self.monitors.clear()
        self.on_connected()


class _Client(asyncio.Protocol):
    """The connection of a link."""

    transport: asyncio.Transport

    def __init__(self, switch: Switch) -> None:
        self._switch = switch
        self._framer = J2Framer()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._switch.took(self)

    def data_received(self, data: bytes) -> None:
        out = []
        for each in self._framer.receive(data):
            found = _ROOT.search(each.body)
            name = found[1] if found else b""
            self._switch.requests += 1
            if name == b"MonitorStart":
                answer = self._monitor(each.body)
            else:
                answer = ANSWERS.get(name, REFUSED)
            if not name.endswith(b"Response"):
                out.append(frame(each.invoke_id or 0, answer))
        if out:
            self.transport.write(b"".join(out))

    def _monitor(self, body: bytes) -> bytes:
        found = _DEVICE.search(body)
        number = found[1].decode() if found else ""
        cross = b"m%d" % len(self._switch.monitors)
        self._switch.monitors[number] = cross
        return MONITOR.replace(CROSS.encode(), cross)

"""A CSTA client for tests: a real TCP connection and the CSTA engine, nothing of TWS's links.

Whatever the switch sends it has to be as the schemas say, where the reference material is present.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from typing import TypeVar

from tests.protocols.csta_reference import complaint
from tws.protocols.csta import EVENT, J2Framer, frame, read, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.message import Event, Message, Request, Response
from tws.protocols.csta.monitoring import MonitorObject
from tws.protocols.csta.values import ConnectionID, DeviceID, ExtendedDeviceID, connection

DEADLINE = 20.0
R = TypeVar("R", bound=Response)


class CstaError(Exception):
    """The switch answered CSTAErrorCode; the text is `category/code`."""


class Cti:
    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, edition: int
    ) -> None:
        self.edition = edition
        self.asked: list[Message] = []
        "What the switch asked of us (SystemStatus, MonitorStop...)."
        self.closed = asyncio.Event()
        self.answers_status = True
        self.wrong: str | None = None
        "The first thing that the schemas have against what the switch sent."
        self._reader = reader
        self._writer = writer
        self._framer = J2Framer()
        self._invoke_id = 0
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._xrefs: dict[str, str] = {}
        self._events: dict[str, list[Event]] = {}
        self._changed = asyncio.Condition()
        self._task = asyncio.create_task(self._read())

    # ------------------------------------------------------------ requests

    async def ask(self, request: Request, kind: type[R]) -> R:
        """The response, of this class; CstaError for CSTAErrorCode."""
        answer = await self.ask_anything(request)
        if isinstance(answer, m.CSTAErrorCode):
            raise CstaError(f"{answer.category}/{answer.value}")
        assert isinstance(answer, kind), answer
        return answer

    async def ask_anything(self, request: Request) -> Message:
        return await self.exchange_bytes(write(request, self.edition))

    async def exchange_bytes(self, body: bytes) -> Message:
        """Send any bytes as a request's body; the answer to them."""
        self._invoke_id = (self._invoke_id + 1) % EVENT
        future = asyncio.get_running_loop().create_future()
        self._waiting[self._invoke_id] = future
        self.send_bytes(frame(self._invoke_id, body))
        return await asyncio.wait_for(future, DEADLINE)

    def send_bytes(self, data: bytes) -> None:
        self._writer.write(data)

    async def monitor(self, *numbers: str, request: m.MonitorStart | None = None) -> None:
        for number in numbers:
            usual = m.MonitorStart(monitor_object=MonitorObject(device_object=DeviceID(number)))
            started = await self.ask(request or usual, m.MonitorStartResponse)
            self._xrefs[number] = started.monitor_cross_ref_id

    async def make_call(self, calling: str, called: str, *, prompt: bool = False) -> ConnectionID:
        response = await self.ask(
            m.MakeCall(
                calling_device=DeviceID(calling),
                called_directory_number=DeviceID(called),
                auto_originate="prompt" if prompt else "doNotPrompt",
            ),
            m.MakeCallResponse,
        )
        return response.calling_device

    async def answer(self, call: ConnectionID, number: str) -> None:
        """Answer at `number` the call of `call`."""
        own = at(call, number)
        await self.ask(m.AnswerCall(call_to_be_answered=own), m.AnswerCallResponse)

    async def clear(self, call: ConnectionID, number: str) -> None:
        await self.ask(
            m.ClearConnection(connection_to_be_cleared=at(call, number)),
            m.ClearConnectionResponse,
        )

    async def consult(self, call: ConnectionID, number: str, consulted: str) -> ConnectionID:
        response = await self.ask(
            m.ConsultationCall(
                existing_call=at(call, number), consulted_device=DeviceID(consulted)
            ),
            m.ConsultationCallResponse,
        )
        return response.initiated_call

    async def snapshot(self, number: str) -> list[tuple[str, tuple[str, ...]]]:
        """Each call of the device: call id, and the states, its own first."""
        response = await self.ask(
            m.SnapshotDevice(snapshot_object=DeviceID(number)), m.SnapshotDeviceResponse
        )
        assert response.result is not None
        assert response.result.snapshot_data is not None
        return [
            (
                one.connection_identifier.call_id or "",
                one.local_call_state.compound_call_state or () if one.local_call_state else (),
            )
            for one in response.result.snapshot_data
        ]

    # ------------------------------------------------------------ events

    async def seen(self, number: str) -> list[str]:
        """What the monitor of `number` heard since last asked, as `brief` says it. A request goes
        round first: everything that happened before is here when its answer is.
        """
        return [brief(one) for one in await self.heard(number)]

    async def heard(self, number: str) -> list[Event]:
        """The same, the events themselves."""
        await self.ask(m.RequestSystemStatus(), m.RequestSystemStatusResponse)
        return self._events.pop(self._xrefs[number], [])

    def waiting_events(self, number: str) -> list[Event]:
        """What has come already, without asking."""
        return self._events.get(self._xrefs[number], [])

    async def until(self, number: str, name: str) -> None:
        """Wait until the monitor of `number` has heard an event of this name."""
        async with self._changed, asyncio.timeout(DEADLINE):
            xref = self._xrefs[number]
            while not any(brief(one).split()[0] == name for one in self._events.get(xref, [])):
                await self._changed.wait()

    # ------------------------------------------------------------ the connection

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await self._reader.read(65536):
                for one in self._framer.receive(data):
                    assert one.invoke_id is not None
                    self.wrong = self.wrong or complaint(one.body)
                    await self._take(one.invoke_id, read(one.body))
        self.closed.set()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the switch closed the link"))

    async def _take(self, invoke_id: int, message: Message) -> None:
        if isinstance(message, Event):
            assert invoke_id == EVENT
            async with self._changed:
                self._events.setdefault(message.monitor_cross_ref_id, []).append(message)
                self._changed.notify_all()
        elif isinstance(message, Response):
            self._waiting.pop(invoke_id).set_result(message)
        else:
            async with self._changed:
                self.asked.append(message)
                self._changed.notify_all()
            if isinstance(message, m.SystemStatus) and self.answers_status:
                body = write(m.SystemStatusResponse(), self.edition)
                self.send_bytes(frame(invoke_id, body))

    async def asked_for(self, kind: type[Message]) -> Message:
        """Wait until the switch has sent a request of this class."""
        async with self._changed, asyncio.timeout(DEADLINE):
            while not any(isinstance(one, kind) for one in self.asked):
                await self._changed.wait()
        return next(one for one in self.asked if isinstance(one, kind))

    async def close(self) -> None:
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        assert self.wrong is None, self.wrong


def at(call: ConnectionID, number: str) -> ConnectionID:
    return connection(call.call_id or "", number)


@contextlib.asynccontextmanager
async def connected(
    port: int, *, edition: int = 4, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Cti]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
    cti = Cti(reader, writer, edition)
    try:
        yield cti
    finally:
        await cti.close()


def brief(event: Event) -> str:
    """`Delivered 1/4002 alerting newCall`: name, subject connection, the monitored device's own
    state, cause. Of device events: name and values.
    """
    name = type(event).__name__.removesuffix("Event")
    match event:
        case m.TransferedEvent() | m.ConferencedEvent():
            second = event.secondary_old_call
            old = _id(event.primary_old_call) + (f"+{_id(second)}" if second else "")
            new = ",".join(
                _id(one.new_connection) for one in event.connections if one.new_connection
            )
            return f"{name} {old}>{new} {event.local_connection_info} {event.cause}"
        case m.ForwardingEvent():
            to = event.forward_to.text if event.forward_to else "-"
            return f"{name} {event.forwarding_type} {event.forward_status} {to}"
        case m.DoNotDisturbEvent():
            return f"{name} {event.do_not_disturb_on}"
        case m.MessageWaitingEvent():
            return f"{name} {event.message_waiting_on}"
        case m.CallEvent():
            local = getattr(event, "local_connection_info", None)
            return f"{name} {_id(getattr(event, 'connection', None))} {local} {_cause(event)}"
    return name


def _cause(event: Event) -> str:
    return str(getattr(event, "cause", ""))


def _id(it: ConnectionID | None) -> str:
    if it is None or it.device_id is None:
        return "?"
    return f"{it.call_id}/{it.device_id.text}"


def number(it: ExtendedDeviceID | None) -> str | None:
    """The text of a device in an event."""
    return it.device_identifier.text if it is not None and it.device_identifier else None

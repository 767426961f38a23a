"""A driver on a real connection, for tests: what came out of it, and how to wait for it.

The supervisor of the telephony room does this in the product; here every event stays visible.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any, TypeVar, cast

from tests.links.asterisk.mirror import Mirror
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.links.asterisk.driver import PEER
from tws.telephony.commands import Command, CommandId, MonitorStart, SnapshotDevice
from tws.telephony.event_reports import (
    CallEvent,
    CommandDone,
    CommandRefused,
    Event,
    LinkStarted,
    LinkStopped,
    Outcome,
)
from tws.telephony.link import Address, Close, Open, Pdu, Peer, Send
from tws.telephony.model import ConnectionId, ConnectionState, DeviceId, SnapshotConnection

PATIENCE = 10.0
E = TypeVar("E", bound=Event)
R = TypeVar("R")


class Refused(Exception):
    """A command was refused; `cause` says why."""

    def __init__(self, refused: CommandRefused) -> None:
        super().__init__(f"{refused.cause}: {refused.detail}")
        self.cause, self.detail = refused.cause, refused.detail


class Pump:
    """Drains a driver after every call to it."""

    def __init__(self, settings: AsteriskSettings) -> None:
        self.driver = AsteriskDriver(settings)
        self.log: list[Event] = []
        self.seen = 0
        self.trace: list[Pdu] = []
        self.received = b""
        self.mirror = Mirror(self.driver)
        self._refuse: int | None = None
        "How many actions go through before one is refused; None: all."
        self._ids = count(1)
        self._loop = asyncio.get_running_loop()
        self._writer: asyncio.StreamWriter | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._news = asyncio.Event()

    # ------------------------------------------------------------ running

    def start(self) -> None:
        self.driver.start(self._loop.time())
        self._drain()

    async def stop(self) -> None:
        if self._timer:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._writer:
            self._writer.close()
            with suppress(OSError):
                await self._writer.wait_closed()

    def _drain(self) -> None:
        for output in self.driver.outputs():
            match output:
                case Open(peer, address):
                    task = asyncio.create_task(self._dial(peer, address))
                    self._tasks.add(task)
                case Send(_, data):
                    if self._refused(data):
                        continue
                    if self._writer:
                        self._writer.write(data)
                case Close():
                    if self._writer:
                        self._writer.close()
        events = self.driver.events()
        self.log += events
        self.mirror.take(events)
        self.trace += self.driver.pdus()
        self._news.set()
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if (at := self.driver.timer()) is not None:
            self._timer = self._loop.call_at(at, self._tick)

    def refuse_after(self, count: int) -> None:
        """Let so many actions go to Asterisk; the one that follows is refused in its place."""
        self._refuse = count

    def has_refused(self) -> bool:
        """Whether that has happened; from here on everything goes through."""
        left, self._refuse = self._refuse, None
        return left is None

    def _refused(self, action: bytes) -> bool:
        if self._refuse is None:
            return False
        self._refuse -= 1
        if self._refuse >= 0:
            return False
        self._refuse = None
        found = re.search(rb"ActionID: \S+", action)
        assert found
        words = b"Response: Error\r\n%s\r\nMessage: Permission denied\r\n\r\n" % found[0]
        self._loop.call_soon(self._hear, words)
        return True

    def _hear(self, data: bytes) -> None:
        self.driver.receive_data(PEER, data, self._loop.time())
        self._drain()

    def _tick(self) -> None:
        self.driver.handle_timer(self._loop.time())
        self._drain()

    async def _dial(self, peer: Peer, address: Address) -> None:
        """Dial until cancelled, as a carrier does, with a short pause."""
        context = None
        if address.tls:
            context = ssl.create_default_context(cafile=address.tls.ca_file)
            if not address.tls.verify:
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        while True:
            try:
                reader, self._writer = await asyncio.open_connection(
                    address.host, address.port, ssl=context
                )
            except OSError as error:
                self.driver.disconnected(peer, str(error), self._loop.time())
                self._drain()
                await asyncio.sleep(0.1)  # the back-off
                continue
            self.driver.connected(peer, self._loop.time())
            self._drain()
            why = "closed"
            try:
                while data := await reader.read(65536):
                    self.received += data
                    self.driver.receive_data(peer, data, self._loop.time())
                    self._drain()
            except OSError as error:
                why = str(error)
            self._writer.close()
            self.driver.disconnected(peer, why, self._loop.time())
            self._drain()
            await asyncio.sleep(0.1)  # the back-off

    # ------------------------------------------------------------ waiting

    async def until(self, ready: Callable[[], R | None], what: str) -> R:
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := ready()) is None:
                    self._news.clear()
                    await self._news.wait()
                return found
        except TimeoutError:
            shown = "\n  ".join(map(words, self.log[-25:]))
            raise TimeoutError(f"not in {PATIENCE} s: {what}; last:\n  {shown}") from None

    async def settled(self) -> None:
        """Wait until nothing is on its way and every channel bears the mark of its call."""
        watch = self.driver.watch

        def quiet() -> bool | None:
            channels = [c for c in watch.channels if c.is_party]
            calls = [watch.projector.member.get(c.uid) for c in channels]
            marks = [c.mark.call if c.mark else None for c in channels]
            moving = any(watch.channels.on_its_way(c) for c in channels)
            return (marks == calls and not moving) or None

        await self.until(quiet, "every channel marked")

    def mark(self) -> None:
        """Forget what was seen so far."""
        self.seen = len(self.log)

    def since(self, *kinds: type[Any]) -> list[Any]:
        """The events after the mark, of these kinds."""
        return [event for event in self.log[self.seen :] if isinstance(event, kinds or (object,))]

    async def event(self, kind: type[E], **wanted: object) -> E:
        """The first event after the mark with these fields; `device` is its connection's."""

        def find() -> E | None:
            return next((e for e in self.since(kind) if _matches(e, wanted)), None)

        return await self.until(find, f"{kind.__name__} {wanted}")

    def tell(self, command: Command[Any]) -> None:
        """Send it."""
        self.driver.send(command, self._loop.time())
        self._drain()

    def outcomes(self, command: Command[Any]) -> list[Outcome]:
        ends = (e for e in self.log if isinstance(e, CommandDone | CommandRefused))
        return [event for event in ends if event.id == command.id]

    async def outcome(self, command: Command[Any]) -> Outcome:
        found = await self.until(lambda: self.outcomes(command) or None, f"outcome of {command}")
        return found[0]

    async def do(self, command: Command[R]) -> R:
        """Send it and wait for its result; raises Refused."""
        self.tell(command)
        ended = await self.outcome(command)
        if isinstance(ended, CommandRefused):
            raise Refused(ended)
        return cast(R, ended.result)

    def watch_device(self, device: str) -> None:
        """A monitor on one more device."""
        self.tell(MonitorStart(id=self.id(), device=DeviceId(device)))

    def id(self) -> CommandId:
        return CommandId(f"c{next(self._ids)}")

    async def snapshot(self, device: str) -> tuple[SnapshotConnection, ...]:
        return await self.do(SnapshotDevice(id=self.id(), device=DeviceId(device)))

    async def states(self, device: str) -> list[ConnectionState]:
        return sorted(found.state for found in await self.snapshot(device))

    async def state(self, device: str, state: ConnectionState) -> ConnectionId:
        """Wait until one of its connections is in that state."""

        def find() -> ConnectionId | None:
            calls = self.driver.watch.projector.of(DeviceId(device))
            found = [c for c in calls if c.parts[DeviceId(device)].state is state]
            return found[0].connection(DeviceId(device)) if found else None

        return await self.until(find, f"{device} {state}")

    async def idle(self, *devices: str) -> None:
        """Wait until these have no calls."""
        of = self.driver.watch.projector.of
        await self.until(
            lambda: not any(of(DeviceId(device)) for device in devices) or None, f"{devices} idle"
        )

    def calls(self, *kinds: type[CallEvent]) -> list[str]:
        """The names and devices of the call events after the mark, for reading."""
        return [words(e) for e in self.since(*(kinds or (CallEvent,)))]


def _matches(event: object, wanted: dict[str, object]) -> bool:
    for name, value in wanted.items():
        holder = event
        if name in ("device", "call") and hasattr(event, "connection"):
            holder = event.connection
        if getattr(holder, name, None) != value:
            return False
    return True


def words(event: Any) -> str:
    if not isinstance(event, CallEvent):
        return repr(event)
    where = getattr(event, "connection", None) or getattr(event, "primary", None)
    return f"{type(event).__name__} {where.device if where else ''} {event.cause}"


@asynccontextmanager
async def pumped(settings: AsteriskSettings, *devices: str) -> AsyncIterator[Pump]:
    """A driver that is up, with monitors on `devices`."""
    pump = Pump(settings)
    pump.start()
    try:
        await pump.event(LinkStarted)
        await monitor(pump, *devices)
        yield pump
        assert not pump.mirror.wrong, "\n".join(pump.mirror.wrong)
    finally:
        await pump.stop()


async def monitor(pump: Pump, *devices: str) -> None:
    for device in devices:
        await pump.do(MonitorStart(id=pump.id(), device=DeviceId(device)))


__all__ = ["LinkStopped", "Pump", "Refused", "monitor", "pumped"]

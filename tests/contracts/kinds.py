"""The kinds of carrier that the contract is tried on: each with a toy driver and its far ends."""

import asyncio
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from tests.contracts.far_ends import SERVER_TLS, TRUSTING, Line, Switch, call
from tests.contracts.runner import PATIENCE, Runner
from tests.contracts.toy import PBX, ToyDriver
from tws.net.datagram import Datagram
from tws.net.listener import Listener
from tws.net.stream import Stream
from tws.telephony.link import Address

MAX_UNSENT = 100_000
LEFT = ("the peer closed the connection", "the peer reset the connection")


class FarEnd(Protocol):
    """Whoever is at the other end of a carrier: `Line`, or a telephone that sends datagrams."""

    async def say(self, data: bytes) -> None: ...

    async def hear(self, size: int) -> bytes: ...

    async def hear_end(self) -> bytes:
        """What still comes until the carrier has done with it."""

    def stop_reading(self) -> None: ...


class Kind(ABC):
    """One way of being connected: a carrier that works, and its far ends."""

    runner: Runner
    largest: int
    "Bytes of a message that pass in one piece, or in as many as it takes."
    watches_reading: bool
    "Whether it sees that a far end does not read."
    departures: Mapping[str, tuple[str, ...]]
    "How a far end can leave, and why it is then said to be gone (one of these)."
    many: bool
    "Whether it has several far ends at once."

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def far_end(self) -> FarEnd:
        """A new one, up on both sides (a dialled carrier has one at a time)."""

    @abstractmethod
    async def leave(self, how: str, end: FarEnd) -> None: ...

    @abstractmethod
    async def stop(self) -> None: ...


class Connected(Kind):
    """TCP, with or without TLS."""

    largest = 90_000
    watches_reading = True

    def __init__(self, tls: bool) -> None:
        self.tls = tls
        ways = ("close", "reset") if tls else ("close", "reset", "half_close")
        self.departures = MappingProxyType(dict.fromkeys(ways, LEFT))

    async def leave(self, how: str, end: FarEnd) -> None:
        assert isinstance(end, Line)
        if how == "close":
            await end.close()
        elif how == "reset":
            end.reset()
        else:
            end.half_close()
            assert await end.hear_end() == b""


class Dialled(Connected):
    many = False

    async def start(self) -> None:
        self.switch = Switch()
        await self.switch.start(self.tls)
        address = Address("127.0.0.1", self.switch.port, TRUSTING if self.tls else None)
        self.runner = Runner(ToyDriver(address))
        carrier = Stream(self.runner, max_unsent=MAX_UNSENT, backoff=lambda failures: 0.0)
        await self.runner.start(carrier)

    async def far_end(self) -> FarEnd:
        line = await self.switch.line()
        await self.runner.until(lambda: bool(self.runner.peers()))
        return line

    async def stop(self) -> None:
        await self.runner.stop()
        await self.switch.stop()


class Called(Connected):
    many = True

    async def start(self) -> None:
        self.lines: list[Line] = []
        self.runner = Runner(ToyDriver())
        self.listener = Listener(
            self.runner,
            "127.0.0.1",
            0,
            tls=SERVER_TLS if self.tls else None,
            max_unsent=MAX_UNSENT,
        )
        await self.runner.start(self.listener)

    async def far_end(self) -> FarEnd:
        before = len(self.runner.peers())
        line = await call(self.listener.port, self.tls)
        self.lines.append(line)
        await self.runner.until(lambda: len(self.runner.peers()) > before)
        return line

    async def stop(self) -> None:
        await self.runner.stop()
        for line in self.lines:
            await line.close()


class Telephone:
    """Sends datagrams; reads only when it is told to."""

    def __init__(self, runner: Runner) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(("127.0.0.1", 0))
        self._runner = runner
        self._ended = len(runner.whys())
        self._rest = b""

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    async def say(self, data: bytes) -> None:
        """One datagram, and until it is heard: the system drops what nobody takes in time."""
        wanted = self._runner.received_bytes + len(data)
        self.socket.send(data)
        await self._runner.until(lambda: self._runner.received_bytes >= wanted)

    async def hear(self, size: int) -> bytes:
        async with asyncio.timeout(PATIENCE):
            while len(self._rest) < size:
                loop = asyncio.get_running_loop()
                self._rest += await loop.sock_recv(self.socket, 65536)
        heard, self._rest = self._rest[:size], self._rest[size:]
        return heard

    async def hear_end(self) -> bytes:
        """Nothing tells a telephone that it is forgotten: what has come when it is."""
        if not self._runner.stopped:
            await self._runner.until(lambda: len(self._runner.whys()) > self._ended)
        heard, self._rest = self._rest, b""
        while True:
            try:
                heard += self.socket.recv(65536)
            except (BlockingIOError, ConnectionRefusedError):  # nothing, and nobody, is there
                return heard

    def stop_reading(self) -> None:
        """It never does unasked."""


class Datagrams(Kind):
    largest = 60_000
    watches_reading = False

    def _make(self, driver: ToyDriver) -> None:
        self.runner = Runner(driver)
        self.carrier = Datagram(
            self.runner, "127.0.0.1", 0, max_unsent=MAX_UNSENT, backoff=lambda failures: 0.0
        )
        self.telephones: list[Telephone] = []

    def _telephone(self) -> Telephone:
        self.telephones.append(Telephone(self.runner))
        return self.telephones[-1]

    async def stop(self) -> None:
        await self.runner.stop()
        for telephone in self.telephones:
            telephone.socket.close()


class CalledByDatagrams(Datagrams):
    many = True
    departures = MappingProxyType({"silence": ("nothing heard for 0 s",)})

    async def start(self) -> None:
        self._make(ToyDriver())
        await self.runner.start(self.carrier)

    async def far_end(self) -> FarEnd:
        before = len(self.runner.peers())
        telephone = self._telephone()
        telephone.socket.connect(("127.0.0.1", self.carrier.port))
        await telephone.say(b"\n")
        assert len(self.runner.peers()) > before
        return telephone

    async def leave(self, how: str, end: FarEnd) -> None:
        """The time that silence takes has passed at once."""
        usual, self.carrier._idle = self.carrier._idle, 0.0
        self.carrier._sweep_silent()
        self.carrier._idle = usual


class OpenedForDatagrams(Datagrams):
    many = False
    departures = MappingProxyType({})
    "It stays, however silent."

    async def start(self) -> None:
        driver = ToyDriver()
        self._make(driver)
        driver.address = Address("127.0.0.1", self._telephone().port)
        await self.runner.start(self.carrier)
        self.telephones[0].socket.connect(("127.0.0.1", self.carrier.port))

    async def far_end(self) -> FarEnd:
        """The same address, each time that it is opened."""
        await self.runner.until(lambda: PBX in self.runner.peers())
        telephone = self.telephones[0]
        telephone._ended = len(self.runner.whys())
        return telephone

    async def leave(self, how: str, end: FarEnd) -> None:
        raise NotImplementedError


KINDS: dict[str, Callable[[], Kind]] = {
    "dialled": lambda: Dialled(tls=False),
    "dialled-tls": lambda: Dialled(tls=True),
    "called": lambda: Called(tls=False),
    "called-tls": lambda: Called(tls=True),
    "datagram-called": CalledByDatagrams,
    "datagram-opened": OpenedForDatagrams,
}

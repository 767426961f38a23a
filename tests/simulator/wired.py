"""A PBX in the test's own process behind a real TCP port, whose time the test moves."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from typing import Concatenate, ParamSpec, TypeVar

from tests.simulator.cti import Cti, connected
from tws.simulator.clock import Ticker
from tws.simulator.config import from_mapping
from tws.simulator.control import hands
from tws.simulator.link.exchange import Exchange
from tws.simulator.link.server import LinkServer
from tws.simulator.switching.model import Party
from tws.simulator.switching.pbx import Pbx

P = ParamSpec("P")
T = TypeVar("T")


class Wired:
    def __init__(self, settings: dict[str, object]) -> None:
        self.now = 1000.0
        self.exchange = Exchange(from_mapping(settings), lambda: self.now)
        self.server = LinkServer(self.exchange)
        self.port = 0
        self._activity = asyncio.Event()
        self.exchange.on_activity = self._activity.set

    def do(self, action: Callable[Concatenate[Pbx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Something done by hand: `pbx.do(hands.dial, "4001", "4002")`."""
        return self.exchange.do(action, *args, **kwargs)

    def pass_time(self, seconds: float) -> None:
        """Move the clock, calling each timer at its moment."""
        end = self.now + seconds
        while True:
            tickers: list[Ticker] = [*self.server.clients, self.exchange]
            due = min((at for one in tickers if (at := one.timer()) is not None), default=None)
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            for one in tickers:
                one.handle_timer(self.now)
        self.now = end

    def call_in(
        self, number: str, called: str, *, name: str = "", restricted: bool = False
    ) -> str:
        """Somebody calls from outside; the line."""
        return self.do(hands.call_in, Party(number, name, restricted, outside=True), called)

    async def idle_clients(self, count: int) -> None:
        """Until the switch has noticed that only so many clients are left."""
        async with asyncio.timeout(10):
            while len(self.server.clients) != count:
                await self._activity.wait()
                self._activity.clear()

    async def received(self, times: int) -> None:
        """Until bytes have come in so often from now on."""
        for _ in range(times):
            self._activity.clear()
            await asyncio.wait_for(self._activity.wait(), 10)

    @contextlib.asynccontextmanager
    async def cti(
        self, *monitored: str, edition: int = 4, tls: ssl.SSLContext | None = None
    ) -> AsyncIterator[Cti]:
        async with connected(self.port, edition=edition, tls=tls) as cti:
            await cti.monitor(*monitored)
            yield cti


@contextlib.asynccontextmanager
async def wired(**settings: object) -> AsyncIterator[Wired]:
    """The demonstration PBX with these settings changed."""
    pbx = Wired(dict(settings))
    pbx.port = await pbx.server.start("127.0.0.1", 0)
    try:
        yield pbx
    finally:
        await pbx.server.stop()


@contextlib.asynccontextmanager
async def wired_cti(*monitored: str, **settings: object) -> AsyncIterator[tuple[Wired, Cti]]:
    """That PBX, and one client that monitors these devices."""
    async with wired(**settings) as pbx, pbx.cti(*monitored) as cti:
        yield pbx, cti

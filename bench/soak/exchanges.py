"""The PBXs of the site, in a process of their own: our simulator's engines, each on its port.

To whoever connects to the port `facts` it tells each step of each connection when it is told to
the link (`bench.soak.steps`). When all are told to hang up it writes which legs there were: what
the journal has to have.
"""

import asyncio
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import msgspec
import uvloop

from bench.soak.size import TRUNKS, Size
from bench.soak.steps import lines_of
from bench.soak.told import orders, say
from bench.soak.traffic import DayTraffic
from tws.simulator.clock import Clock
from tws.simulator.control import hands
from tws.simulator.link.exchange import Exchange
from tws.simulator.link.monitors import Monitors
from tws.simulator.link.rendering import Renderer
from tws.simulator.link.server import LinkServer
from tws.simulator.settings import PbxSettings, PhoneSettings, QueueSettings
from tws.simulator.switching.facts import CallFact, Fact
from tws.simulator.switching.model import Kind, Leg
from tws.simulator.switching.pbx import Pbx

EVERY = 5.0
"Seconds between two reports."


class Hearers:
    """Who is told the steps."""

    def __init__(self) -> None:
        self.transports: dict[asyncio.Transport, None] = {}

    async def start(self) -> int:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Hearer(self), "127.0.0.1", 0)
        return int(server.sockets[0].getsockname()[1])

    def tell(self, lines: bytes) -> None:
        for transport in self.transports:
            if not transport.is_closing():
                transport.write(lines)


class _Hearer(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, hearers: Hearers) -> None:
        self._hearers = hearers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._hearers.transports[self.transport] = None

    def connection_lost(self, exc: Exception | None) -> None:
        del self._hearers.transports[self.transport]


class HeardMonitors(Monitors):
    """Tells the hearers what it tells the monitors, just before."""

    def __init__(self, render: Renderer, limit: int, hearers: Hearers) -> None:
        super().__init__(render, limit)
        self._hearers = hearers

    def publish(self, facts: Iterable[Fact]) -> None:
        facts, now = list(facts), time.monotonic()
        calls = [fact for fact in facts if isinstance(fact, CallFact)]
        lines = "".join(line for fact in calls for line in lines_of(fact, now))
        self._hearers.tell(lines.encode())
        super().publish(facts)


class NotedPbx(Pbx):
    """Notes each leg of a telephone when it ends: the device, and its call's id then."""

    def __init__(self, settings: PbxSettings) -> None:
        super().__init__(settings)
        self.ended: list[tuple[str, str]] = []

    def remove(self, leg: Leg) -> None:
        if leg.kind is Kind.PHONE:
            self.ended.append((leg.device, leg.call.id))
        super().remove(leg)

    def open(self) -> int:
        legs = (leg for call in self.calls.values() for leg in call.legs.values())
        return sum(leg.kind is Kind.PHONE for leg in legs)


class Running:
    """One PBX on its port."""

    def __init__(self, size: Size, n: int, hearers: Hearers) -> None:
        agents, queue = size.agents(n), size.queue(n)
        settings = PbxSettings(
            name=f"PBX {n + 1}",
            phones=tuple(PhoneSettings(number=number) for number in size.numbers(n)),
            queues=(QueueSettings(number=queue, agents=tuple(agents), max_length=100),),
            trunks=TRUNKS,
        )
        loop = asyncio.get_running_loop()
        exchange = self.exchange = Exchange(settings, loop.time)
        self.pbx = NotedPbx(settings)
        exchange.switch.pbx = self.pbx
        exchange.monitors = HeardMonitors(exchange.render, settings.link.monitor_limit, hearers)
        self.traffic = DayTraffic(exchange, size, queue, seed=n)
        self.link = LinkServer(exchange)
        clock = Clock(lambda: [*self.link.clients, exchange, self.traffic])
        exchange.on_activity = clock.arm

    def end(self) -> None:
        """Everybody hangs up."""
        self.traffic.stop()
        self.exchange.do(hands.everybody_out)

    def cut(self) -> None:
        """The link is lost, as when its network fails."""
        for client in list(self.link.clients):
            client.close("flap", abort=True)


class Site:
    """All of them."""

    def __init__(self, size: Size, into: Path) -> None:
        self._size, self._into = size, into
        self._hearers = Hearers()
        self._all: list[Running] = []
        self._flapped = 0
        self._over = asyncio.Event()

    async def run(self) -> None:
        port = await self._hearers.start()
        self._all = [Running(self._size, n, self._hearers) for n in range(self._size.links)]
        ports = [await one.link.start("127.0.0.1", 0) for one in self._all]
        say(ready=True, ports=ports, facts=port)
        reporting = asyncio.create_task(self._report())
        listening = asyncio.create_task(self._listen())
        await self._over.wait()
        reporting.cancel()
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await reporting
        say(**self._counts())

    async def _listen(self) -> None:
        await orders(self._ordered)
        self._over.set()

    def _ordered(self, order: dict[str, Any]) -> None:
        match order:
            case {"calls": calls}:
                for one in self._all:
                    one.traffic.set_rate(calls / len(self._all))
            case {"end": _}:
                for one in self._all:
                    one.end()
                self._write_legs()
            case {"flap": _}:
                self._all[self._flapped % len(self._all)].cut()
                self._flapped += 1
            case {"stop": _}:
                self._over.set()

    def _write_legs(self) -> None:
        legs = [leg for one in self._all for leg in one.pbx.ended]
        whole = self._into.with_suffix(".part")
        whole.write_bytes(msgspec.json.encode(legs))
        whole.rename(self._into)

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            say(**self._counts())

    def _counts(self) -> dict[str, int]:
        def total(numbers: Sequence[int]) -> int:
            return sum(numbers)

        every = [one.traffic for one in self._all]
        return {
            "made": total([one.made for one in every]),
            "skipped": total([one.skipped for one in every]),
            "refused": total([one.refused for one in every]),
            "running": total([one.running for one in every]),
            "legs": total([len(one.pbx.ended) for one in self._all]),
            "open": total([one.pbx.open() for one in self._all]),
            "events": total([one.exchange.counters["events"] for one in self._all]),
        }


if __name__ == "__main__":
    size = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Size)
    uvloop.run(Site(size, Path(sys.argv[2])).run())

"""Two nodes are one server: what is done at one is seen at the other."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cluster.nodes import Cluster, cluster
from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Seat, Site
from tests.peers import require_peer
from tests.peers.nats import Nats
from tests.peers.postgresql import Server
from tests.running import TwsServer


@dataclass
class Pair:
    """`site` is seen at node a."""

    of: Cluster
    site: Site
    a: TwsServer
    b: TwsServer

    @contextlib.asynccontextmanager
    async def seats_at(self, node: TwsServer) -> AsyncIterator[list[Seat]]:
        """The same people, whose pages are at that node."""
        async with contextlib.AsyncExitStack() as stack:
            seats = []
            for seat in self.site.seats:
                api = await node.user(f"user{seat.number}")
                live = await stack.enter_async_context(api.live())
                device = await live.device(number=seat.number, state="monitored")
                seats.append(Seat(self.site, api, live, device["id"], seat.phone))
            yield seats


@pytest.fixture
async def pair(tmp_path: Path, postgresql: Server, server: Nats) -> AsyncIterator[Pair]:
    require_peer("postgresql")
    async with (
        simulated_pbx() as pbx,
        cluster(tmp_path, postgresql, server) as nodes,
        contextlib.AsyncExitStack() as stack,
    ):
        a, b = await asyncio.gather(nodes.start("a"), nodes.start("b"))
        site = Site(a, pbx, a.client())
        await site.furnish(people=3)
        await site.sit_down(stack, people=3)
        yield Pair(nodes, site, a, b)


async def test_a_call_is_on_the_pages_of_every_node(pair: Pair) -> None:
    async with pair.seats_at(pair.b) as elsewhere:
        a, b, *_ = elsewhere
        at_a = pair.site.seats
        # Asked at one node, seen at the other, whichever of them holds the link.
        await a.api.do("makeCall", device=a.device, called=b.number)
        await b.phone.rings()
        ringing = await at_a[1].live.call(state="alerting")
        await at_a[1].api.do(
            "answerCall", device=at_a[1].device, connection=ringing["connection"]
        )
        await a.phone.talks_with(b.phone)
        for seat in (a, b, at_a[0], at_a[1]):
            await seat.live.call(state="connected")
        await b.phone.hang_up()
        for seat in (a, b, at_a[0], at_a[1]):
            await seat.live.no_call()
        await b.live.until(lambda: [m for m in b.live.moments if m["kind"] == "log"], "the call")
        assert [entry["outcome"] for entry in await b.log()] == ["answered"]
        assert await at_a[1].log() == await b.log()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_who_is_left_goes_on_with_a_call(pair: Pair, how: signal.Signals) -> None:
    async with pair.seats_at(pair.b) as elsewhere:
        a, b, *_ = elsewhere
        await a.api.do("makeCall", device=a.device, called=b.number)
        await b.phone.answer()
        talking = await b.live.call(state="connected")
        await a.live.call(state="connected")
        await pair.a.kill(how)
        await b.live.device(number=b.number, state="monitored")
        await b.live.call(state="connected", connection=talking["connection"])
        async with asyncio.timeout(20):
            while True:
                try:
                    await b.api.do(
                        "clearConnection", device=b.device, connection=talking["connection"]
                    )
                    break
                except Exception:
                    await asyncio.sleep(0.2)
        await a.phone.idle()
        await b.live.no_call()
        await b.live.until(lambda: [m for m in b.live.moments if m["kind"] == "log"], "the call")
        # Nothing is lost, and nothing twice.
        (entry,) = await b.log()
        assert entry["outcome"] == "answered"
        assert len(await a.log()) == 1

"""This process as one node of a server: what it holds, what it tells and hears."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

import structlog

from tws.bus import Bus
from tws.cluster.leases import LASTS, Leases
from tws.cluster.links import PREFIX, Links, SharedLinks
from tws.cluster.nats import NatsBoard, connected
from tws.cluster.neighbours import LOOKED_EVERY, Neighbours
from tws.cluster.news import NewsEar, NewsVoice
from tws.maintenance.nodes import Asks
from tws.schedule import Retry, Schedule
from tws.telephony.model import LinkId

WORK = "work"
"The duty of what is done once for all: mails, other people's directories, each night's work."
REREAD = "read what was missed"
NEIGHBOURS = "look which nodes are there"
AGAIN = Retry(0.5, 5.0)
log = structlog.get_logger(__name__)


class Node:
    def __init__(
        self,
        name: str,
        leases: Leases,
        links: SharedLinks,
        voice: NewsVoice,
        ear: NewsEar,
        reached: Callable[[], bool],
    ) -> None:
        self.name, self.links = name, links
        self._leases, self._voice, self.ear, self._reached = leases, voice, ear, reached

    @property
    def works(self) -> bool:
        """Whether what is done once for all is done here."""
        return WORK in self._leases.held

    @property
    def worker(self) -> str | None:
        """The node that does it; None: none, or nobody knows."""
        return self._leases.holders.get(WORK)

    @property
    def nodes(self) -> Sequence[str]:
        return self._leases.nodes

    @property
    def owners(self) -> Mapping[LinkId, str]:
        """Link -> the node that holds it."""
        return {
            LinkId(duty.removeprefix(PREFIX)): holder
            for duty, holder in self._leases.holders.items()
            if duty.startswith(PREFIX)
        }

    @property
    def reached(self) -> bool:
        """Whether others can be heard now."""
        return self._reached() and self._leases.reached


class _Work:
    """Begins and leaves the parts that one node has, one after the other."""

    def __init__(self, asks: Asks) -> None:
        self._asks = asks
        self._changing: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._then(self._asks.begin_work)

    def leave(self, release: Callable[[], Awaitable[None]]) -> None:
        async def leave() -> None:
            await self._asks.leave_work()
            await release()

        self._then(leave)

    async def stop(self) -> None:
        if self._changing is not None:
            await asyncio.wait([self._changing])

    def _then(self, work: Callable[[], Awaitable[None]]) -> None:
        before = self._changing

        async def change() -> None:
            if before is not None:
                await asyncio.wait([before])
            try:
                await work()
            except Exception:
                log.exception("work not handed over")

        self._changing = asyncio.create_task(change())


@contextlib.asynccontextmanager
async def joined(
    servers: Sequence[str],
    name: str,
    bus: Bus,
    schedule: Schedule,
    network: Links,
    asks: Asks,
) -> AsyncIterator[Node]:
    """Be one of the nodes, from when its rooms are there until its links are let go.
    Unreachable."""
    async with connected(servers, name) as client:
        work = _Work(asks)

        def taken(duty: str) -> None:
            if duty == WORK:
                work.begin()
            else:
                links.taken(duty)

        def leave(duty: str) -> None:
            if duty == WORK:
                work.leave(lambda: leases.release(WORK))
            else:
                links.leave(duty)

        def missed() -> None:
            schedule.once(REREAD, asks.reread, retry=AGAIN)

        leases = Leases(NatsBoard(client, LASTS), name, schedule, taken=taken, leave=leave)
        links = SharedLinks(client, bus, leases, network, asks.let_go, asks.clock)
        voice = NewsVoice(client, bus, name)
        ear = NewsEar(client, name, hear=bus.hear, missed=missed)
        neighbours = Neighbours(bus, name)

        async def look() -> None:
            if leases.reached:
                neighbours.are(leases.nodes)

        leases.want(WORK)
        voice.start()
        await ear.start()
        missed()  # between what was read at the start and now
        await leases.start()
        schedule.every(NEIGHBOURS, LOOKED_EVERY, look)
        try:
            yield Node(name, leases, links, voice, ear, lambda: client.is_connected)
        finally:
            await schedule.end(NEIGHBOURS)
            await work.stop()
            if WORK in leases.held:
                await asks.leave_work()
            await links.stop()
            await leases.stop()
            await ear.stop()
            await voice.stop()

"""This process as one node of a server: what it holds, what it tells and hears."""

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial

import structlog
from msgspec.structs import replace

from tws.bus import Bus
from tws.cluster.between import Between
from tws.cluster.leases import LASTS, Leases
from tws.cluster.links import Links, SharedLinks, holders_of_links
from tws.cluster.nats import NatsBoard, connected
from tws.cluster.neighbours import LOOKED_EVERY, Neighbours
from tws.cluster.news import NewsEar, NewsVoice
from tws.maintenance.nodes import Answered, Asked, Asks, NodeInfo
from tws.schedule import Retry, Schedule
from tws.telephony.model import LinkId

WORK = "work"
"The duty of what is done once for all: mails, other people's directories, each night's work."
HAND_OVER = "hand over what is done once"
OFFER = "offer a duty"
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
        between: Between,
        ear: NewsEar,
        reached: Callable[[], bool],
    ) -> None:
        self.name, self.links = name, links
        self._leases, self._between, self._reached = leases, between, reached
        self._ear = ear

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
        return holders_of_links(self._leases.holders)

    @property
    def reached(self) -> bool:
        """Whether others can be heard now."""
        return self._reached() and self._leases.reached

    @property
    def missed(self) -> int:
        """How often news of another node were not heard, and memory was read again."""
        return self._ear.gaps

    async def withdraw(self) -> None:
        await self._leases.withdraw()

    async def info(self, node: str) -> NodeInfo:
        return await self._between.info(node)

    async def ask(self, node: str, asked: Asked) -> Answered:
        return await self._between.ask(node, asked)


class _Duties:
    """Begins and leaves what this node has to do; told by the leases, which wait for nobody."""

    def __init__(self, schedule: Schedule, asks: Asks) -> None:
        self._schedule, self._asks = schedule, asks

    def of(self, leases: Leases, links: SharedLinks) -> None:
        self._leases, self._links = leases, links

    def taken(self, duty: str) -> None:
        if duty == WORK:
            self._schedule.once(HAND_OVER, self._asks.begin_work)
        else:
            self._links.taken(duty)

    def leave(self, duty: str) -> None:
        if duty == WORK:
            self._schedule.once(HAND_OVER, self._leave_work)
        else:
            self._links.leave(duty)

    def offer(self, duty: str) -> None:
        self._schedule.once(OFFER, partial(self._give, duty))

    async def _give(self, duty: str) -> None:
        """Who takes a link writes so in the database: without it the link would be nobody's."""
        if not await self._asks.takes_changes():
            self._leases.keep(duty)
        elif duty in self._leases.held:
            log.info("duty given up: another node has less", duty=duty)
            self.leave(duty)

    async def _leave_work(self) -> None:
        try:
            await self._asks.leave_work()
        finally:
            await self._leases.release(WORK)


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

        def missed() -> None:
            schedule.once(REREAD, asks.reread, retry=AGAIN)

        duties = _Duties(schedule, asks)
        board = NatsBoard(client, LASTS)
        leases = Leases(
            *(board, name, schedule),
            taken=duties.taken,
            leave=duties.leave,
            offer=duties.offer,
            displaced=asks.end,
        )
        links = SharedLinks(client, bus, schedule, leases, network, asks.let_go, asks.clock)
        duties.of(leases, links)
        voice = NewsVoice(client, bus, name)
        ear = NewsEar(client, name, hear=bus.hear, missed=missed)
        info = partial(_info, asks, leases, voice, ear)
        between = Between(client, name, info=info, answer=asks.answer)
        neighbours = Neighbours(bus, name)

        async def look() -> None:
            if leases.reached:
                neighbours.are(leases.nodes)

        await leases.take_name()
        leases.want(WORK)
        voice.start()
        await ear.start()
        await between.start()
        missed()  # between what was read at the start and now
        await leases.start()
        schedule.every(NEIGHBOURS, LOOKED_EVERY, look)
        try:
            yield Node(name, leases, links, between, ear, lambda: client.is_connected)
        finally:
            await schedule.end(OFFER)
            await schedule.end(HAND_OVER)
            await schedule.end(NEIGHBOURS)
            if WORK in leases.held:
                await asks.leave_work()
            await links.stop()
            await leases.stop()
            await between.stop()
            await ear.stop()
            await voice.stop()


async def _info(asks: Asks, leases: Leases, voice: NewsVoice, ear: NewsEar) -> NodeInfo:
    return replace(
        await asks.info(),
        works=WORK in leases.held,
        links=tuple(sorted(holders_of_links(dict.fromkeys(leases.held, "")))),
        heard=ear.places,
        told=voice.told,
    )

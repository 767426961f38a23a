"""Makes a house one of the nodes of a server, where its settings say so."""

import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from tws import __version__
from tws.app.office import Office, utc_now
from tws.bus import Bus
from tws.config import Settings
from tws.errors import Unavailable
from tws.journal.service import JournalService
from tws.maintenance.nodes import Answered, Asked, Asks, NodeInfo, Nodes, NotReached, Seen
from tws.register import NotInstalled, Register
from tws.schedule import Schedule
from tws.telephony.network import Network
from tws.web.rooms import Rooms

T = TypeVar("T")
Joined = Callable[
    [Sequence[str], str, Bus, Schedule, Network, Asks], AbstractAsyncContextManager[Nodes]
]
Looking = Callable[[Sequence[str]], AbstractAsyncContextManager[Seen]]
WAYS = Register[Joined]({"several nodes": "tws.cluster.node:joined [cluster]"})
ONLOOKERS = Register[Looking]({"looking at nodes": "tws.cluster.onlooker:looking [cluster]"})


def _loaded(register: Register[T], name: str) -> T:
    try:
        return register.load(name)
    except NotInstalled as why:
        raise Unavailable(str(why)) from why


class Clients:
    """How many there are, and what they ask of this node by another."""

    def __init__(self, rooms: Rooms, name: str) -> None:
        self._rooms, self._name, self._began = rooms, name, utc_now()

    async def info(self) -> NodeInfo:
        health = await self._rooms.health()
        return NodeInfo(
            name=self._name,
            version=__version__,
            started=self._began,
            works=False,
            links=(),
            pages=self._rooms.live.inside(),
            database=health.database,
        )

    async def answer(self, asked: Asked) -> Answered:
        if self._rooms.nodes.application is None:
            raise NotReached("it does not serve yet")
        return await self._rooms.nodes.application(asked)


@contextlib.asynccontextmanager
async def one_of_several(
    settings: Settings,
    office: Office,
    network: Network,
    journal: JournalService,
    rooms: Rooms,
) -> AsyncIterator[Nodes | None]:
    """None where it is the only one. Unreachable: without the others it does not start.
    Unavailable where `tws[cluster]` is not installed."""
    if not settings.nats:
        yield None
        return
    services, clients = rooms.services, Clients(rooms, settings.node)
    joined = _loaded(WAYS, "several nodes")
    asks = Asks(
        let_go=journal.let_go,
        takes_changes=office.storage.takes_changes,
        begin_work=services.begin_work,
        leave_work=services.leave_work,
        reread=office.rereading.read_missed,
        info=clients.info,
        answer=clients.answer,
        end=_end,
        clock=utc_now,
    )
    services.shared(lambda: False, lambda: None)  # until it has the duty
    services.tell(office.bus)
    office.schedule.works = lambda: False
    async with joined(
        settings.nats, settings.node, office.bus, office.schedule, network, asks
    ) as node:
        services.shared(lambda: node.works, lambda: node.worker)
        office.schedule.works = lambda: node.works
        network.holding = node.links
        rooms.nodes.of = node
        yield node


def _end() -> None:
    """As if it was told to by its machine."""
    signal.raise_signal(signal.SIGTERM)


def looking_at(settings: Settings) -> AbstractAsyncContextManager[Seen]:
    """The nodes, for a command beside them. Unreachable, Unavailable."""
    return _loaded(ONLOOKERS, "looking at nodes")(settings.nats)

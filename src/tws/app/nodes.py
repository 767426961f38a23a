"""Makes a house one of the nodes of a server, where its settings say so."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from tws.app.office import Office, utc_now
from tws.bus import Bus
from tws.config import Settings
from tws.journal.service import JournalService
from tws.maintenance.nodes import Asks, Nodes
from tws.maintenance.services import Services
from tws.register import Register
from tws.schedule import Schedule
from tws.telephony.network import Network

Joined = Callable[
    [Sequence[str], str, Bus, Schedule, Network, Asks], AbstractAsyncContextManager[Nodes]
]
WAYS = Register[Joined]({"several nodes": "tws.cluster.node:joined [cluster]"})


@contextlib.asynccontextmanager
async def one_of_several(
    settings: Settings,
    office: Office,
    network: Network,
    journal: JournalService,
    services: Services,
) -> AsyncIterator[Nodes | None]:
    """None where it is the only one. Unreachable: without the others it does not start;
    NotInstalled."""
    if not settings.nats:
        yield None
        return
    joined = WAYS.load("several nodes")
    asks = Asks(
        let_go=journal.let_go,
        begin_work=services.begin_work,
        leave_work=services.leave_work,
        reread=office.rereading.read_missed,
        clock=utc_now,
    )
    services.shared(lambda: False)  # until it has the duty
    office.schedule.works = lambda: False
    async with joined(
        settings.nats, settings.node, office.bus, office.schedule, network, asks
    ) as node:
        services.shared(lambda: node.works)
        office.schedule.works = lambda: node.works
        network.holding = node.links
        yield node

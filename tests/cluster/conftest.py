"""A real NATS for the tests of several nodes, and two nodes that are one server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.cluster.nodes import Pair, cluster
from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site
from tests.peers import require_peer
from tests.peers.nats import Nats, running_nats
from tests.peers.postgresql import Server

QUEUE = {"number": "7000", "name": "Reception", "agents": []}


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nats]:
    require_peer("nats")
    with running_nats(tmp_path_factory.mktemp("nats")) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pair(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Server
) -> AsyncIterator[Pair]:
    """The same for all tests of the folder: each leaves both nodes running."""
    require_peer("nats")
    folder = tmp_path_factory.mktemp("cluster")
    with running_nats(folder) as nats:
        async with (
            simulated_pbx(queues=[QUEUE]) as pbx,
            cluster(folder, postgresql, nats) as nodes,
            contextlib.AsyncExitStack() as stack,
        ):
            a, b = await asyncio.gather(nodes.start("a"), nodes.start("b"))
            site = Site(a, pbx, a.client())
            await site.furnish(people=4)
            await site.sit_down(stack, people=2)
            yield Pair(nodes, site, a, b)

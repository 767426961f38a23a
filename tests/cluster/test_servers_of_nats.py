"""What becomes of the board when servers of NATS die, come later, or come back with nothing."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest
from nats.aio.client import Client

from tests.cluster.test_leases import DUTIES, Node, node
from tests.peers import require_peer
from tests.peers.nats import Nats, Servers, running_cluster
from tests.running import DEADLINE
from tws.cluster.board import Unreachable
from tws.cluster.bucket import STREAM
from tws.cluster.leases import LASTS
from tws.cluster.nats import NatsBoard, connected


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Servers]:
    require_peer("nats")
    with running_cluster(tmp_path) as servers:
        yield servers


@asynccontextmanager
async def two_nodes(server: Nats | Servers) -> AsyncIterator[tuple[Node, Node]]:
    """Both know of each other."""
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(node(server, name)) for name in ("a", "b")]
        await one.start()
        await two.start()
        await one.leases.look()
        assert one.leases.held == set(DUTIES)
        yield one, two


async def both_see_all(one: Node, two: Node) -> None:
    """Within seconds, by nothing but what they do by themselves."""
    async with asyncio.timeout(DEADLINE):
        for each in (one, two):
            await each.leases.look()
            while not (
                each.leases.reached
                and each.leases.nodes == ("a", "b")
                and each.leases.holders == dict.fromkeys(DUTIES, "a")
            ):
                await each.leases.look()


async def kept_by(client: Client) -> tuple[str | None, int | None]:
    """The server that leads, and by how many it is kept."""
    told = await client.jetstream().stream_info(STREAM)
    return told.cluster.leader if told.cluster else None, told.config.num_replicas


async def test_the_server_that_leads_the_board_dies_and_it_goes_on(three: Servers) -> None:
    async with two_nodes(three) as (one, two):
        async with connected(three.urls, "looking") as client:
            leader, copies = await kept_by(client)
        assert leader is not None and copies == 3
        three.named(leader).stop(signal.SIGKILL)
        await both_see_all(one, two)
        assert one.leases.held == set(DUTIES) and not two.leases.held

        # And what is given up by a node is taken by the other, on the two servers that are left.
        one.falls_silent()
        await two.until(lambda held: held == set(DUTIES))


async def test_a_board_of_few_servers_is_spread_once_there_are_three(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tws.cluster.bucket.SPREAD_EVERY", 0.0)
    require_peer("nats")
    with running_cluster(tmp_path, ("a", "b")) as servers:
        async with connected(servers.urls, "a") as client:
            board = NatsBoard(client, LASTS)
            await board.entries()
            assert (await kept_by(client))[1] == 1, "of two, one"
            servers.start("c")
            async with asyncio.timeout(DEADLINE):
                while not all(kept := await kept_by(client)) or kept[1] != 3:
                    with suppress(Unreachable):  # while the three agree who leads
                        await board.entries()


async def test_a_server_that_comes_back_with_nothing_is_written_to_again(server: Nats) -> None:
    async with two_nodes(server) as (one, two):
        server.stop(signal.SIGKILL)
        server.lose()
        server.start()
        await both_see_all(one, two)
        assert one.leases.held == set(DUTIES) and not two.leases.held
        async with connected(server.urls, "looking") as client:
            assert (await kept_by(client))[1] == 1
        assert "leave" not in dict(one.told + two.told)

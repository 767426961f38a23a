"""Drills of several nodes in small: what is lost counts, how long it takes does not."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from drills.databases import postgresql_server
from drills.several import two_nodes
from drills.stage import Stage

from drills import (
    nats_away,
    nats_partitioned,
    node_killed,
    node_paused,
    nodes_without_database,
)
from tests.drills.conftest import SMALL
from tests.peers import require_peer
from tests.peers.nats import Nats
from tests.peers.postgresql import Server

pytestmark = pytest.mark.asyncio(loop_scope="module")
Nodes = tuple[Stage, Nats, Server]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nodes() -> AsyncIterator[Nodes]:
    require_peer("postgresql")
    require_peer("nats")
    with postgresql_server() as database:
        async with two_nodes(SMALL, await database.new_database()) as (stage, nats):
            yield stage, nats, database


async def test_a_node_that_dies_loses_nothing(nodes: Nodes) -> None:
    stage, *_ = nodes
    outcome = await node_killed.killed(stage, bare=0.0, times=1)
    assert not outcome.broken, outcome


async def test_who_wakes_has_nothing_left_to_write(nodes: Nodes) -> None:
    stage, *_ = nodes
    outcome = await node_paused.paused(stage, bare=0.0, seconds=6.0)
    assert not outcome.broken, outcome


async def test_the_holder_goes_on_without_nats(nodes: Nodes) -> None:
    stage, nats, _ = nodes
    outcome = await nats_away.away(stage, "NATS stopped", nats.stop, nats.start, seconds=4.0)
    assert not outcome.broken, outcome


async def test_both_nodes_go_on_without_their_database(nodes: Nodes) -> None:
    stage, _, database = nodes
    outcome = await nodes_without_database.at_the_other(stage, database, "stopped", seconds=4.0)
    assert not outcome.broken, outcome


async def test_an_owner_that_dies_without_its_database_loses_nothing(nodes: Nodes) -> None:
    stage, _, database = nodes
    outcome = await nodes_without_database.owner_killed(stage, database, "killed", seconds=4.0)
    assert not outcome.broken, outcome


async def test_an_owner_that_is_cut_off_lets_go(nodes: Nodes) -> None:
    stage, nats, _ = nodes
    async with nats_partitioned.gated(stage, nats) as gates:
        outcome = await nats_partitioned.cut_off(stage, gates, bare=0.0, seconds=6.0)
    assert not outcome.broken, outcome

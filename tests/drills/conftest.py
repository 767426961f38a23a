"""Stages for a whole file: each drill in small does its own fault to them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio
from drills.databases import postgresql_server
from drills.fail_over import both_hosts
from drills.replica import Replica, running_replica
from drills.stage import Plan, Stage, staged

from tests.peers import require_peer
from tests.peers.postgresql import Server

SMALL = Plan(devices=12, pairs=5, kept=2)


@dataclass(frozen=True, slots=True)
class Replicated:
    stage: Stage
    primary: Server
    replica: Replica


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    """On SQLite."""
    async with staged(SMALL) as stage:
        yield stage


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replicated() -> AsyncIterator[Replicated]:
    """On PostgreSQL with a replica."""
    require_peer("postgresql")
    with postgresql_server() as primary, running_replica(primary) as replica:
        url = both_hosts(await primary.new_database(), primary, replica)
        async with staged(SMALL, url) as stage:
            yield Replicated(stage, primary, replica)

"""Drills in small, on PostgreSQL with a replica; the last one takes the link away for good."""

import pytest
from drills.database_away import killed_meanwhile, stopped
from drills.fail_over import promoted
from drills.server_paused import owned_by_another

from tests.drills.conftest import Replicated

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_database_is_stopped(replicated: Replicated) -> None:
    outcome = await stopped(replicated.stage, replicated.primary, "stopped", 4)
    assert not outcome.broken
    assert outcome.screen == "live throughout"


async def test_the_server_is_killed_while_the_database_is_away(replicated: Replicated) -> None:
    outcome = await killed_meanwhile(replicated.stage, replicated.primary, "killed", 2)
    assert not outcome.broken


async def test_the_replica_is_promoted(replicated: Replicated) -> None:
    outcome = await promoted(
        replicated.stage, replicated.primary, replicated.replica, "fail-over", 2
    )
    assert not outcome.broken
    assert outcome.screen == "live throughout"


async def test_a_woken_owner_writes_nothing(replicated: Replicated) -> None:
    outcome = await owned_by_another(replicated.stage, "woken", 1)
    assert not outcome.broken
    assert outcome.doubled == 0

"""Drills in small, on SQLite: no line of a call is lost or doubled. (`make drill` has the goals of
time, which a test on a busy machine cannot have.)"""

import pytest
from drills.pbx_restarted import restarted
from drills.server_killed import killed
from drills.slow_pages import slow
from drills.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_server_is_killed(stage: Stage) -> None:
    outcome = await killed(stage, "server killed")
    assert not outcome.broken
    assert outcome.lines >= 2 * stage.plan.kept


async def test_the_pbx_is_restarted(stage: Stage) -> None:
    outcome = await restarted(stage, "PBX restarted", 0.5)
    assert not outcome.broken


async def test_pages_that_do_not_read_harm_nobody(stage: Stage) -> None:
    outcome = await slow(stage, "slow pages", pages=10, seconds=2)
    assert not outcome.broken
    assert stage.nodes[0].running

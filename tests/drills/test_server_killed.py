"""The drill in small: no line of a call is lost or doubled when the server is killed."""

from drills.server_killed import killed
from drills.stage import Plan, staged

from tests.peers.postgresql import Server

SMALL = Plan(devices=12, pairs=5, kept=2)


async def test_on_sqlite() -> None:
    async with staged(SMALL) as stage:
        outcome = await killed(stage, "small")
    assert not outcome.broken
    assert outcome.lines >= 4


async def test_on_postgresql(postgresql: Server) -> None:
    async with staged(SMALL, await postgresql.new_database()) as stage:
        outcome = await killed(stage, "small")
    assert not outcome.broken
    assert outcome.lines >= 4

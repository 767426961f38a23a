"""PostgreSQL away from two nodes: stopped for 60 s, stopped and the owner of the link killed
meanwhile, and dead until its replica is promoted.

Goals: calls are controlled and shown through the node that does not hold the link too; no line is
lost or doubled. Who takes a link writes so in the database (its epoch), so that nobody takes the
dead node's before the database is back; then commands are done again within 5 s.
"""

from tests.peers.postgresql import Server

from drills import bare, fail_over
from drills.database_away import AGAIN, SECONDS, killed_while_away, stopped
from drills.databases import postgresql_server
from drills.outcome import Outcome
from drills.replica import running_replica
from drills.several import holder, two_nodes
from drills.stage import Stage


async def run() -> list[Outcome]:
    outcomes = []
    with postgresql_server() as server:
        async with two_nodes(url=await server.new_database()) as (stage, _):
            outcomes += [
                await at_the_other(stage, server, "nodes, PostgreSQL stopped 60 s", SECONDS),
                await owner_killed(
                    stage, server, "nodes, PostgreSQL stopped, owner killed", SECONDS
                ),
            ]
    with postgresql_server() as primary, running_replica(primary) as replica:
        url = fail_over.both_hosts(await primary.new_database(), primary, replica)
        async with two_nodes(url=url) as (stage, _):
            _, other = await holder(stage)
            await stage.at(other)
            outcomes.append(
                await fail_over.promoted(
                    stage, primary, replica, "nodes, PostgreSQL fails over", fail_over.DOWN
                )
            )
    return outcomes


async def at_the_other(stage: Stage, server: Server, drill: str, seconds: float) -> Outcome:
    """Whoever looks and acts does it at the node that does not hold the link."""
    _, other = await holder(stage)
    await stage.at(other)
    return await stopped(stage, server, drill, seconds)


async def owner_killed(stage: Stage, server: Server, drill: str, seconds: float) -> Outcome:
    """The other node lives."""
    own, _ = await holder(stage)
    await stage.at(own)
    of_its_own = server.url(stage.database_name)
    controlled, away, limit = await killed_while_away(
        stage, server, own, seconds, lambda back: bare.database_takes_changes(of_its_own, back)
    )
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=AGAIN,
        bare=limit,
        bare_of="bare change after the start",
        notes=[f"the link had no owner for {away + controlled:.0f} s"],
    )

"""PostgreSQL away from two nodes: stopped for 60 s, stopped and the owner of the link killed
meanwhile, and dead until its replica is promoted.

Goals: calls are controlled and shown through the node that does not hold the link too; no line is
lost or doubled. Who takes a link writes so in the database (its epoch), so that nobody takes the
dead node's before the database is back; then commands are done again within 5 s.
"""

import asyncio
import time

from tests.peers.postgresql import Server

from drills import bare, fail_over
from drills.database_away import AGAIN, SECONDS, stopped
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
    """Its service manager starts it until it does; the other node lives."""
    own, _ = await holder(stage)
    await stage.at(own)
    await stage.begins()
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(seconds / 2)
    killed = time.monotonic()
    await own.kill()
    starting = asyncio.create_task(own.start_until_it_does())
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(server.start)
    back = time.monotonic()
    of_its_own = server.url(stage.database_name)
    limit = asyncio.create_task(bare.database_takes_changes(of_its_own, back))
    controlled, rebuilt = await stage.back(back)
    await starting
    stage.deaf.append((killed, back + rebuilt))
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=AGAIN,
        bare=await limit,
        bare_of="bare change after the start",
        notes=[f"the link had no owner for {back + controlled - killed:.0f} s"],
    )

"""The PostgreSQL server dies without a goodbye, and its synchronous replica is promoted.

`TWS_DATABASE` names both hosts. Goals: commands and pages go on; no line is lost or doubled;
changes are taken again within 10 s of the promotion.
"""

import asyncio
import signal
import time

from sqlalchemy import make_url
from tests.peers.postgresql import Server

from drills import bare
from drills.databases import postgresql_server
from drills.outcome import Outcome
from drills.replica import Replica, running_replica
from drills.stage import Plan, Stage, staged
from drills.visitor import Visitor

DOWN = 10.0
"Seconds until somebody promotes the replica."
PAUSES = 2.0
TAKEN = 10.0


def both_hosts(url: str, first: Server, second: Server) -> str:
    name = make_url(url).database
    return f"postgresql://tws@/{name}?host={first.folder}&host={second.folder}"


async def run() -> list[Outcome]:
    with postgresql_server() as primary, running_replica(primary) as replica:
        url = both_hosts(await primary.new_database(), primary, replica)
        async with staged(Plan(), url) as stage:
            return [await promoted(stage, primary, replica, "PostgreSQL fails over", DOWN)]


async def promoted(
    stage: Stage, primary: Server, replica: Replica, drill: str, down: float
) -> Outcome:
    began = await stage.begins()
    primary.stop(signal.SIGQUIT)
    visitor = Visitor(stage.nodes[-1], next(iter(stage.founded.keys.values())))
    visitor.begin()
    await asyncio.sleep(down)
    seen, paused = stage.screens[0].words(), stage.hands[0].longest_pause(began)
    await asyncio.to_thread(replica.promote)
    there = time.monotonic()
    limit = asyncio.create_task(
        bare.database_takes_changes(replica.url(stage.database_name), there)
    )
    taken = await visitor.signed_in() - there
    await visitor.end()
    return await stage.outcome(
        drill,
        controlled=paused,
        goal=PAUSES,
        bare=await limit,
        bare_of="bare change after promotion",
        screen=seen,
        broken=visitor.unexpected(),
        slow=[] if taken <= TAKEN else [f"changes were taken {taken:.1f} s after the promotion"],
        notes=[*visitor.notes, f"signing in works {taken:.2f} s after the promotion"],
    )

"""PostgreSQL frozen (it hears and does not answer) or stopped for 60 s while calls go on; and the
server killed meanwhile. `nodes_without_database` does it to two nodes.

Goals: commands and pages go on; signing in and searching say 503; no line is lost or doubled, also
when the server is killed while the database is away. A server alone cannot start without its
database: then calls are controlled again once that is back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from tests.peers.postgresql import Server

from drills import bare
from drills.databases import postgresql_server
from drills.nodes import Node
from drills.outcome import Outcome
from drills.stage import Plan, Stage, staged
from drills.visitor import Visitor

SECONDS = 60.0
PAUSES = 2.0
"Seconds that a command may take meanwhile."
AGAIN = 5.0
"Seconds, where the server has to start again."


async def run() -> list[Outcome]:
    outcomes = []
    with postgresql_server() as server:
        async with staged(Plan(), await server.new_database()) as stage:
            outcomes.append(await stopped(stage, server, "PostgreSQL stopped 60 s", SECONDS))
            outcomes.append(await frozen(stage, server, "PostgreSQL frozen 60 s", SECONDS))
            outcomes.append(
                await killed_meanwhile(stage, server, "PostgreSQL stopped, server killed", SECONDS)
            )
    return outcomes


async def stopped(stage: Stage, server: Server, drill: str, seconds: float) -> Outcome:
    return await _away(stage, drill, seconds, server.stop, server.start)


async def frozen(stage: Stage, server: Server, drill: str, seconds: float) -> Outcome:
    return await _away(stage, drill, seconds, server.freeze, server.thaw)


async def _away(
    stage: Stage, drill: str, seconds: float, go: Callable[[], None], come: Callable[[], None]
) -> Outcome:
    node = stage.nodes[-1]
    began = await stage.begins()
    visitor = Visitor(node, next(iter(stage.founded.keys.values())))
    await asyncio.to_thread(go)
    visitor.begin()
    await asyncio.sleep(seconds)
    seen, paused = stage.screens[0].words(), stage.hands[0].longest_pause(began)
    await asyncio.to_thread(come)
    back = time.monotonic()
    while stage.waiting_lines():  # noqa: ASYNC110 another process's
        await asyncio.sleep(0.1)
    await visitor.end()
    refused = visitor.login.answers["503"] and visitor.search.answers["503"]
    return await stage.outcome(
        drill,
        controlled=paused,
        goal=PAUSES,
        screen=seen,
        broken=[
            *visitor.unexpected(),
            *([] if refused else ["nobody was told that the database is away"]),
        ],
        notes=[*visitor.notes, f"waiting lines written {time.monotonic() - back:.1f} s after"],
    )


async def killed_meanwhile(stage: Stage, server: Server, drill: str, seconds: float) -> Outcome:
    (node,) = stage.nodes
    controlled, alone, limit = await killed_while_away(
        stage, server, node, seconds, lambda _: bare.process_start()
    )
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=AGAIN,
        bare=limit,
        bare_of="bare process start",
        notes=[f"no server for {alone:.0f} s: it cannot start without its database"],
    )


async def killed_while_away(
    stage: Stage,
    server: Server,
    node: Node,
    seconds: float,
    limit: Callable[[float], Awaitable[float]],
) -> tuple[float, float, float]:
    """The node is killed in the middle of the stop, and started by its service manager until it
    does. Seconds: from the database's return until calls are controlled again; from the death to
    the return; and of the bare limit, which is told when that was."""
    await stage.begins()
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(seconds / 2)
    killed = time.monotonic()
    await node.kill()
    starting = asyncio.create_task(node.start_until_it_does())
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(server.start)
    back = time.monotonic()
    measured = asyncio.ensure_future(limit(back))
    controlled, rebuilt = await stage.back(back)
    await starting
    stage.deaf.append((killed, back + rebuilt))
    return controlled, back - killed, await measured

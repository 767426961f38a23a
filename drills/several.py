"""Two nodes of one server, with PostgreSQL and NATS: what drills of several nodes begin with."""

import asyncio
import contextlib
import math
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
from nats.js.errors import KeyNotFoundError
from tests.peers import PeerMissing
from tests.peers import nats as peer

from drills.databases import postgresql_database
from drills.founding import ADMINISTRATOR, PASSWORD
from drills.nodes import PAUSE, Node
from drills.outcome import CannotRun
from drills.stage import Plan, Stage, staged
from tws.cluster.leases import LASTS
from tws.cluster.nats import connected

LOOKED = 0.02
EVEN_WITHIN = 60.0
"Both in seconds; the second for each link: one moves after the other."


@contextlib.asynccontextmanager
async def two_nodes(
    plan: Plan | None = None, url: str = ""
) -> AsyncIterator[tuple[Stage, peer.Nats]]:
    """`url`: of an empty database, where the drill has a server of its own. CannotRun."""
    try:
        peer.prepare()
    except PeerMissing as missing:
        raise CannotRun(str(missing)) from missing
    plan = plan or Plan()
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tws-nats-")))
        server = stack.enter_context(peer.running_nats(folder))
        url = url or await stack.enter_async_context(postgresql_database())
        environment = (*plan.environment, ("TWS_NATS", server.url))
        several = replace(plan, nodes=2, environment=environment)
        begun = time.monotonic()
        stage = await stack.enter_async_context(staged(several, url))
        stage.deaf.append((begun, time.monotonic()))  # links have moved while it was set up
        yield stage, server


async def evenly(stage: Stage) -> None:
    """Once no node has more duties than its share, of links and of what is done once for all,
    they stay. A link that moves until then is let go before it is taken: for a moment nobody hears
    its PBX."""
    share = math.ceil((stage.plan.pbxs + 1) / len(stage.nodes))
    heard, moved = time.monotonic(), False
    before = [await node.devices() for node in stage.nodes]
    async with (
        httpx.AsyncClient(base_url=stage.nodes[0].base) as client,
        asyncio.timeout(EVEN_WITHIN * stage.plan.pbxs),
    ):
        body = {"username": ADMINISTRATOR, "password": PASSWORD}
        (await client.post("/api/v1/administrator/login", json=body)).raise_for_status()
        while True:
            shown = (await client.get("/api/v1/admin/nodes")).raise_for_status().json()
            duties = [len(one["links"]) + one["works"] for one in shown["nodes"]]
            even = sum(duties) == stage.plan.pbxs + 1 and max(duties) <= share
            shares = [await node.devices() for node in stage.nodes]
            moved, before = moved or shares != before, shares
            if sum(shares) == stage.devices:
                if moved:
                    stage.deaf.append((heard, time.monotonic()))
                heard, moved = time.monotonic(), False
                if even:
                    return
            await asyncio.sleep(PAUSE)


async def holder(stage: Stage) -> tuple[Node, Node]:
    """The node that hears more telephones, and the other; once no link will move by
    itself any more."""
    await evenly(stage)
    heard = [await node.devices() if node.running else 0 for node in stage.nodes]
    own = stage.nodes[heard.index(max(heard))]
    return own, next(node for node in stage.nodes if node is not own)


async def forgotten(server: peer.Nats) -> float:
    """The bare limit of who is followed: seconds until NATS forgets what nobody writes again."""
    async with connected([server.url], "bare") as client:
        bucket = await client.jetstream().create_key_value(bucket="bare", ttl=LASTS, history=1)
        await bucket.put("held", b"by nobody")
        begun = time.monotonic()
        with contextlib.suppress(KeyNotFoundError):
            while True:
                await bucket.get("held")
                await asyncio.sleep(LOOKED)
        return time.monotonic() - begun

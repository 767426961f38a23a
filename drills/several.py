"""Two nodes of one server, with PostgreSQL and NATS: what drills of several nodes begin with."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from nats.js.errors import KeyNotFoundError
from tests.peers import PeerMissing
from tests.peers import nats as peer

from drills.databases import postgresql_database
from drills.nodes import Node
from drills.outcome import CannotRun
from drills.stage import Plan, Stage, staged
from tws.cluster.leases import LASTS
from tws.cluster.nats import connected

LOOKED = 0.02


@contextlib.asynccontextmanager
async def two_nodes(plan: Plan | None = None) -> AsyncIterator[tuple[Stage, peer.Nats]]:
    """CannotRun."""
    try:
        peer.prepare()
    except PeerMissing as missing:
        raise CannotRun(str(missing)) from missing
    plan = plan or Plan()
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tws-nats-")))
        server = stack.enter_context(peer.running_nats(folder))
        url = await stack.enter_async_context(postgresql_database())
        environment = (*plan.environment, ("TWS_NATS", server.url))
        several = Plan(
            devices=plan.devices,
            pbxs=plan.pbxs,
            nodes=2,
            pairs=plan.pairs,
            kept=plan.kept,
            environment=environment,
            prefix=plan.prefix,
        )
        yield await stack.enter_async_context(staged(several, url)), server


async def holder(stage: Stage) -> tuple[Node, Node]:
    """The node that holds the link of the first PBX, and the other."""
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

"""The node that holds the link is cut off from NATS alone, for 30 s: it hears its PBX, has its
database and its pages, and cannot know that another node takes the link.

Goals: commands through the other node are done within 5 s of the cut; the one that is cut off
learns it by its next write, which is refused, and lets the link go; no line is lost or doubled.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from tests.peers.gate import Gate
from tests.peers.nats import Nats

from drills.nodes import PAUSE, Node
from drills.outcome import Outcome
from drills.several import forgotten, holder, two_nodes
from drills.stage import Stage

SECONDS, CONTROLLED = 30.0, 5.0


async def run() -> list[Outcome]:
    async with two_nodes() as (stage, nats), gated(stage, nats) as gates:
        return [await cut_off(stage, gates, await forgotten(nats), SECONDS)]


@contextlib.asynccontextmanager
async def gated(stage: Stage, nats: Nats) -> AsyncIterator[dict[Node, Gate]]:
    """Each node reaches NATS by a gate of its own from now on."""
    port = urlsplit(nats.url).port
    assert port is not None
    async with contextlib.AsyncExitStack() as stack:
        gates = {node: await stack.enter_async_context(Gate(port)) for node in stage.nodes}
        for node, gate in gates.items():
            node.environment["TWS_NATS"] = f"nats://127.0.0.1:{gate.port}"
        began = time.monotonic()
        await asyncio.gather(*(node.stop() for node in stage.nodes))
        await asyncio.gather(*(node.start() for node in stage.nodes))
        await stage.rebuilt()
        stage.deaf.append((began, time.monotonic()))
        yield gates


async def cut_off(stage: Stage, gates: dict[Node, Gate], bare: float, seconds: float) -> Outcome:
    own, other = await holder(stage)
    await stage.at(other)
    began = await stage.begins()
    gates[own].hold()
    controlled, rebuilt = await stage.back(began, [other])
    stage.deaf.append((began, began + rebuilt))
    async with asyncio.timeout(60):
        while await own.devices():  # noqa: ASYNC110 it is another process
            await asyncio.sleep(PAUSE)
    both = time.monotonic() - began - rebuilt
    await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))
    seen = stage.screens[0].words()
    gates[own].flow()
    await stage.at(own)
    return await stage.outcome(
        f"owner cut off from NATS {seconds:.0f} s",
        controlled=controlled,
        goal=CONTROLLED,
        bare=bare,
        bare_of="NATS forgets",
        screen=seen,
        notes=[
            f"{stage.devices} telephones heard by the other node after {rebuilt:.2f} s",
            f"both heard the PBX for {max(0.0, both):.1f} s",
        ],
    )

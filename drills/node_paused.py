"""The node that holds the link is stopped in its tracks (SIGSTOP) for 10 s, and wakes.

The other node takes the link meanwhile. Goals: calls are controlled within 5 s of the pause; the
one that wakes lets the link go, and writes nothing of it: no line is lost or doubled.
"""

import asyncio
import signal
import time

from drills.outcome import Outcome
from drills.several import forgotten, holder, two_nodes
from drills.stage import Stage

SECONDS, CONTROLLED, LETS_GO = 10.0, 5.0, 5.0


async def run() -> list[Outcome]:
    async with two_nodes() as (stage, nats):
        return [await paused(stage, await forgotten(nats), SECONDS)]


async def paused(stage: Stage, bare: float, seconds: float) -> Outcome:
    own, other = await holder(stage)
    await stage.at(other)
    began = await stage.begins()
    own.signal(signal.SIGSTOP)
    stopped = time.monotonic()
    try:
        controlled, rebuilt = await stage.back(stopped, [other])
        stage.deaf.append((began, stopped + rebuilt))
        await asyncio.sleep(max(0.0, stopped + seconds - time.monotonic()))
    finally:
        own.signal(signal.SIGCONT)
    woken = time.monotonic()
    async with asyncio.timeout(60):
        while await own.devices():  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # it is another process
    learned = time.monotonic() - woken
    return await stage.outcome(
        "node paused 10 s, and woken",
        controlled=controlled,
        goal=CONTROLLED,
        bare=bare,
        bare_of="NATS forgets",
        slow=[] if learned <= LETS_GO else [f"it let go {learned:.1f} s after it woke"],
        notes=[f"it let the link go {learned:.2f} s after it woke"],
    )

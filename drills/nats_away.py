"""NATS is stopped for 30 s, and started again; then it is frozen, as by a network that is cut.

Goals: calls and screens of the node that holds the link go on as if nothing was; nothing is lost
or doubled, and the link stays where it is. Afterwards both nodes show the same again.
"""

import asyncio
import signal
import time
from collections.abc import Callable

from drills.outcome import Outcome
from drills.several import holder, two_nodes
from drills.stage import Stage

SECONDS, PAUSE, AGAIN = 30.0, 2.0, 10.0
"""Seconds; the second is the longest time between two commands at the holder that is none of ours,
the last until commands go through the other node again."""


async def run() -> list[Outcome]:
    async with two_nodes() as (stage, nats):
        return [
            await away(stage, "NATS stopped 30 s", nats.stop, nats.start),
            await away(
                stage,
                "NATS cut off 30 s",
                lambda: nats.send(signal.SIGSTOP),
                lambda: nats.send(signal.SIGCONT),
            ),
        ]


async def away(
    stage: Stage,
    drill: str,
    goes: Callable[[], None],
    returns: Callable[[], None],
    seconds: float = SECONDS,
) -> Outcome:
    own, other = await holder(stage)
    await stage.at(own)
    began = await stage.begins()
    await asyncio.to_thread(goes)
    await asyncio.sleep(seconds)
    pause = stage.hands[0].longest_pause(began)
    screen = stage.screens[0].words()
    broken = [] if await own.devices() else ["the link was let go of"]
    await asyncio.to_thread(returns)
    back = time.monotonic()
    await stage.at(other)
    controlled = await stage.controlled() - back
    if not await own.devices():
        broken.append("the link moved")
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=AGAIN,
        screen=screen,
        broken=broken,
        slow=[] if pause <= PAUSE else [f"{pause:.1f} s without a command at its own node"],
        notes=[
            f"longest pause between two commands at the holder meanwhile {pause:.2f} s;"
            f" controlled through the other node {controlled:.2f} s after NATS was back"
        ],
    )

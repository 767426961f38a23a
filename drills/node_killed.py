"""kill -9 of the node that holds the link, in mid-call; another node takes its place.

Goals: the first command on the moved link is done within 5 s of the death, 500 telephones are
heard within 10 s; no line of a call known before or alive after is lost or doubled. Meanwhile
pages of the dead node come back at the other one, and show the calls that they had.
"""

import time

from drills.outcome import Outcome
from drills.several import forgotten, holder, two_nodes
from drills.stage import Plan, Stage

CONTROLLED, REBUILT = 5.0, 10.0
"Seconds, from the death."


MANY = Plan(devices=100, pbxs=20, pairs=3, kept=1)
"Half of the links are the dead node's: the slowest one counts."


async def run() -> list[Outcome]:
    async with two_nodes() as (stage, nats):
        outcomes = [await killed(stage, await forgotten(nats))]
    async with two_nodes(MANY) as (stage, nats):
        drill = f"node killed, {MANY.pbxs} links"
        outcomes.append(await killed(stage, await forgotten(nats), times=1, drill=drill))
    return outcomes


async def killed(stage: Stage, bare: float, times: int = 3, drill: str = "node killed") -> Outcome:
    """The median of several deaths counts; what is lost is counted over all. The dead node comes
    back each time, and writes what lay on its disk."""
    tries: list[tuple[float, float]] = []
    for _ in range(times):
        own, _ = await holder(stage)
        await stage.at(own)
        began = await stage.begins()
        await own.kill()
        died = time.monotonic()
        tries.append(await stage.back(died))
        stage.deaf.append((began, died + tries[-1][1]))
        await own.start()
    controlled, rebuilt = (sorted(each)[times // 2] for each in zip(*tries, strict=True))
    late = f"{stage.devices} telephones heard after {rebuilt:.2f} s"
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=CONTROLLED,
        bare=bare,
        bare_of="NATS forgets",
        slow=[] if rebuilt <= REBUILT else [late],
        notes=[f"{late} (goal {REBUILT:g}), all {times} deaths: {tries}"],
    )

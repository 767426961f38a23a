"""The PBX is killed in mid-call and starts again: its calls are gone, their ids are given anew.

Goals: the first command within 5 s of the PBX taking connections, all telephones heard within
10 s; calls that were known end in the journal, each once, and no new one is taken for one of them.
Meanwhile pages show that the link is down. (TWS dials again after 1 s, then 2 s, and so on.)
"""

import asyncio

from drills import bare
from drills.outcome import Outcome
from drills.stage import Plan, Stage, staged

CONTROLLED, REBUILT = 5.0, 10.0
AWAY = 2.0
"All in seconds."


async def run() -> list[Outcome]:
    async with staged(Plan()) as stage:
        return [await restarted(stage, "PBX restarted in mid-call", AWAY)]


async def restarted(stage: Stage, drill: str, away: float) -> Outcome:
    """`away`: how long it is off, besides the time that its start takes."""
    (pbx,) = stage.pbxs
    began = await stage.begins()
    await stage.kill_pbxs()
    await asyncio.sleep(away)
    limit = asyncio.create_task(bare.connected(pbx.host, pbx.port))
    await stage.start_pbxs()
    there = await limit
    controlled, rebuilt = await stage.back(there)
    stage.deaf.append((began, there + rebuilt))
    slow = [] if rebuilt <= REBUILT else [f"all telephones heard after {rebuilt:.2f} s"]
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=CONTROLLED,
        slow=slow,
        notes=[f"{stage.devices} telephones heard again after {rebuilt:.2f} s (goal {REBUILT:g})"],
    )

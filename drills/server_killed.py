"""kill -9 of the server in mid-call, and its start again.

Goals: the PBX does the first command of a page within 5 s of the new process's start, all
telephones are heard within 10 s; no line of a call known before or alive after is lost or doubled;
rows that were open are taken up again or closed. Meanwhile pages show that their line is lost, and
telephones talk on.
"""

import time

from drills import bare
from drills.databases import postgresql_database
from drills.outcome import Outcome
from drills.stage import Plan, Stage, staged

CONTROLLED, REBUILT = 5.0, 10.0
"Seconds."


async def run() -> list[Outcome]:
    async with staged(Plan()) as stage:
        outcomes = [await killed(stage, "server killed, SQLite", times=3)]
    async with postgresql_database() as url, staged(Plan(), url) as stage:
        outcomes.append(await killed(stage, "server killed, PostgreSQL", times=3))
    return outcomes


async def killed(stage: Stage, drill: str, times: int = 1) -> Outcome:
    """The median of several kills counts; what is lost is counted over all."""
    (node,) = stage.nodes
    tries: list[tuple[float, float]] = []
    starts: list[float] = []
    for _ in range(times):
        starts.append(await bare.process_start())
        began = await stage.begins()
        await node.kill()
        started = time.monotonic()
        await node.start()
        tries.append(await stage.back(started))
        stage.deaf.append((began, started + tries[-1][1]))
    controlled, rebuilt = (sorted(each)[times // 2] for each in zip(*tries, strict=True))
    slow = (
        [] if rebuilt <= REBUILT else [f"{stage.devices} telephones heard after {rebuilt:.2f} s"]
    )
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=CONTROLLED,
        bare=sorted(starts)[times // 2],
        bare_of="bare process start",
        slow=slow,
        notes=[f"{stage.devices} telephones heard again after {rebuilt:.2f} s (goal {REBUILT:g})"],
    )

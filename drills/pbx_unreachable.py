"""The network to the PBX drops everything for 30 s, without a word; then it is back.

Goals: the first command within 5 s of the network's return; no line of a call known before or
alive after is lost or doubled. Meanwhile a command is answered that its outcome is unknown, and
once silence has lasted pages show that the link is down.
"""

import asyncio
import time
from dataclasses import replace

from drills import bare
from drills.network import HANDS_PBX, LINK_PBX, Wires, wires
from drills.outcome import Outcome
from drills.stage import Plan, Stage, staged

CONTROLLED = 5.0
SECONDS = 30.0


def plan(there: Wires, usual: Plan) -> Plan:
    return replace(
        usual,
        pbx_prefix=there.prefix,
        pbx_host=LINK_PBX.partition("/")[0],
        hands=HANDS_PBX.partition("/")[0],
    )


async def run() -> list[Outcome]:
    with wires() as there:
        async with staged(plan(there, Plan())) as stage:
            return [await cut(stage, there, "network to the PBX cut 30 s", SECONDS)]


async def cut(stage: Stage, there: Wires, drill: str, seconds: float) -> Outcome:
    (pbx,) = stage.pbxs
    began = await stage.begins()
    there.cut()
    await asyncio.sleep(seconds)
    before = dict(stage.hands[0].refused)
    there.mend()
    back = time.monotonic()
    bare_limit = await bare.connected(pbx.host, pbx.port) - back
    controlled, rebuilt = await stage.back(back)
    # Until silence is noticed the telephones count as heard.
    stage.deaf.append((began, back + max(controlled, rebuilt)))
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=CONTROLLED,
        bare=bare_limit,
        bare_of="bare connection",
        notes=[
            f"all telephones heard {rebuilt:.2f} s after the return",
            f"commands meanwhile: {before}",
        ],
    )

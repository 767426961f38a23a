"""Memory runs out: first what is beside the server is killed for it, then the server itself.

The server has a control group of its own with a limit, as a container has. A glutton in the same
group (as the process that reads a source is) takes all there is. Goals: where the glutton
dies, calls go on; where the server dies, it starts again and takes its calls up as after any kill.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from drills import bare
from drills.outcome import CannotRun, Outcome
from drills.stage import Plan, Stage, staged

LIMIT = 400 * 1024 * 1024
PAUSES, CONTROLLED, WITHIN = 2.0, 5.0, 60.0
"Seconds."
GLUTTON = """
import sys
print("hungry", flush=True)
sys.stdin.readline()
kept = []
while True:
    kept.append(b"x" * (1 << 20))
"""
ENTER = 'echo $$ > "$0" && exec "$@"'
FIRST_TO_DIE, USUAL = "1000", "0"
"oom_score_adj (proc(5)); anybody may raise it, few may lower it."


@dataclass(frozen=True, slots=True)
class Group:
    folder: Path

    @property
    def prefix(self) -> tuple[str, ...]:
        """What starts a program in it."""
        return ("sh", "-c", ENTER, str(self.folder / "cgroup.procs"))


@contextlib.contextmanager
def group(limit: int = LIMIT) -> Iterator[Group]:
    """CannotRun. (cgroups(7): version 1 or 2.)"""
    name = f"tws-drill-{os.getpid()}"
    first, second = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")
    one = (first / "memory.limit_in_bytes").exists()
    folder, setting = (
        (first / name, "memory.limit_in_bytes") if one else (second / name, "memory.max")
    )
    try:
        folder.mkdir()
        (folder / setting).write_text(str(limit))
    except OSError as error:
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise CannotRun(f"a control group of its own: {error}") from error
    try:
        yield Group(folder)
    finally:
        folder.rmdir()


async def run() -> list[Outcome]:
    with group() as limited:
        async with staged(replace(Plan(), prefix=limited.prefix)) as stage:
            return [
                await beside(stage, limited, "memory out, another dies"),
                await itself(stage, limited, "memory out, the server dies"),
            ]


async def beside(stage: Stage, limited: Group, drill: str) -> Outcome:
    (node,) = stage.nodes
    began = await stage.begins()
    died = await glutton(limited, FIRST_TO_DIE)
    await stage.controlled()
    return await stage.outcome(
        drill,
        controlled=stage.hands[0].longest_pause(began),
        goal=PAUSES,
        broken=[] if died == -signal.SIGKILL and node.running else ["the wrong one was killed"],
        notes=[f"server {node.resident():.0f} MB of the group's {LIMIT / 1024 / 1024:.0f}"],
    )


async def itself(stage: Stage, limited: Group, drill: str) -> Outcome:
    (node,) = stage.nodes
    limit = await bare.process_start()
    began = await stage.begins()
    score(node.pid, FIRST_TO_DIE)
    eating = asyncio.create_task(glutton(limited, USUAL))
    code = await asyncio.wait_for(node.ended(), WITHIN)
    eating.cancel()
    await asyncio.wait({eating})
    started = time.monotonic()
    await node.start()
    controlled, rebuilt = await stage.back(started)
    stage.deaf.append((began, started + rebuilt))
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=CONTROLLED,
        bare=limit,
        bare_of="bare process start",
        broken=[] if code == -signal.SIGKILL else [f"the server ended with {code}"],
        notes=[f"{stage.devices} telephones heard again after {rebuilt:.2f} s"],
    )


def score(process: int, how: str) -> None:
    Path(f"/proc/{process}/oom_score_adj").write_text(how)


async def glutton(limited: Group, how: str) -> int:
    """How it died; cancelled, it is killed."""
    process = await asyncio.create_subprocess_exec(
        *(*limited.prefix, sys.executable, "-c", GLUTTON), stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        await process.stdout.readline()
        score(process.pid, how)
        process.stdin.write(b"\n")
        return await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

"""What a process holds and has used, read from /proc (Linux)."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from bench.processes import MEGABYTE, Process

KILL_AFTER = 30.0


def held(pid: int) -> dict[str, float]:
    """Megabytes: rss, uss (what ends with it: its private pages); and fds."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = {
        name: int(rest.split()[0])
        for name, _, rest in (line.partition(":") for line in rollup.splitlines()[1:])
    }
    uss = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return {
        "rss": kilobytes["Rss"] * 1024 / MEGABYTE,
        "uss": uss * 1024 / MEGABYTE,
        "fds": len(os.listdir(f"/proc/{pid}/fd")),
    }


def tree_of(pid: int) -> list[int]:
    """A process and those it started, as they are now."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, task.read_text().split())
    return found


def tree_cpu(pid: int) -> float:
    """Seconds of processor time of a process, of those it started, and of those that ended."""
    ticks, total = os.sysconf("SC_CLK_TCK"), 0.0
    for one in tree_of(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / ticks
    return total


class Generator:
    """`python -m MODULE ARGUMENTS`, which speaks by lines of JSON (`bench.soak.told`)."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid
        self.last: dict[str, Any] = {}
        "What it told last."
        self.told: list[dict[str, Any]] = []
        "What it told since this was last emptied."

    def cpu(self) -> float:
        return Process(self.pid, "", 0.0).cpu()

    async def hear(self) -> dict[str, Any]:
        """The next line. RuntimeError when it has ended."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a generator ended with {await self._process.wait()}")
        self.last = json.loads(line)
        self.told.append(self.last)
        return self.last

    async def follow(self) -> None:
        """Hear it until it ends."""
        with contextlib.suppress(RuntimeError):
            while True:
                await self.hear()

    async def ended(self) -> None:
        """Until it has, after it was ordered to."""
        await asyncio.wait_for(self._process.wait(), KILL_AFTER)

    def order(self, **words: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words).encode() + b"\n")


@contextlib.asynccontextmanager
async def generating(module: str, arguments: Sequence[str]) -> AsyncIterator[Generator]:
    """It has said that it is ready. At the end its input is closed, by which it ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        limit=1 << 24,
        start_new_session=True,  # an interruption is for whoever started it, who ends it
    )
    generator = Generator(process)
    try:
        async with asyncio.timeout(600):
            await generator.hear()
        yield generator
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), KILL_AFTER)
        except TimeoutError:
            process.kill()
            await process.wait()

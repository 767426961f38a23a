"""The disk of the server's data is full for a while, in mid-call: SQLite, journal and all.

The data lie on a small file system of their own, which is filled to its last byte. Goals: commands
and pages go on, changes are refused with words, and once there is room every line is written.
(What could be written nowhere is in memory: a kill meanwhile would lose it.)
"""

import asyncio
import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from drills.outcome import CannotRun, Outcome
from drills.stage import Plan, Stage, staged
from drills.visitor import Visitor

SECONDS = 30.0
PAUSES = 2.0
"Seconds that a command may take meanwhile."
SIZE = "64m"
BLOCK = 64 * 1024


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A folder whose `node1` is a file system of `SIZE`. CannotRun."""
    with tempfile.TemporaryDirectory(prefix="tws-drill-") as name:
        folder = Path(name)
        disk = folder / "node1"
        disk.mkdir()
        mount = ("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tws-drill", str(disk))
        done = subprocess.run(mount, capture_output=True, text=True)
        if done.returncode:
            raise CannotRun(f"a file system of its own: {done.stderr.strip()}")
        try:
            yield folder
        finally:
            subprocess.run(("umount", "--lazy", str(disk)), check=True)


async def run() -> list[Outcome]:
    with small_disk() as folder:
        async with staged(Plan(), folder=folder) as stage:
            return [await full(stage, "disk full 30 s, SQLite", SECONDS)]


async def full(stage: Stage, drill: str, seconds: float) -> Outcome:
    (node,) = stage.nodes
    visitor = Visitor(node, next(iter(stage.founded.keys.values())))
    began = await stage.begins()
    ballast = node.folder / "ballast"
    await asyncio.to_thread(fill, ballast)
    visitor.begin()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await asyncio.sleep(0.5)
        await asyncio.to_thread(fill, ballast)  # what is freed meanwhile is taken, too
    await visitor.end()
    said = {word for line in node.said for word in WORDS if word in line}
    ballast.unlink()
    back = time.monotonic()
    written = await _written(stage)
    return await stage.outcome(
        drill,
        controlled=stage.hands[0].longest_pause(began),
        goal=PAUSES,
        broken=[*visitor.unexpected(), *([] if said else ["the log says nothing of the disk"])],
        notes=[
            *visitor.notes,
            f"said in the log: {', '.join(sorted(said))}",
            f"what waited was written {written - back:.1f} s after there was room",
        ],
    )


WORDS = ("journal goes to its file", "journal file can't be written", "legs can't be noted ahead")


def fill(ballast: Path) -> None:
    """Until not a byte more is taken."""
    size = BLOCK
    with ballast.open("ab", buffering=0) as file:
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2


async def _written(stage: Stage) -> float:
    """When nothing waits any more in memory or in the journal's file."""
    (node,) = stage.nodes
    async with asyncio.timeout(60):
        while any((node.folder / "state").glob("journal.spool*")):  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # another process's file
    return time.monotonic()

"""Two nodes of an earlier version are replaced one by one by this one, while calls go on.

The earlier version is a wheel, built from the newest release of this repository's history, else
from the first commit whose nodes spoke as they do now (`FROM=COMMIT` names another). Goals: calls
are controlled at any time but the seconds in which a link moves, no line is lost or doubled, and
at no time do both nodes fail.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drills.nodes import Node
from drills.outcome import CannotRun, Outcome
from drills.several import two_nodes
from drills.stage import Plan, Stage

ROOT = Path(__file__).parents[1]
FIRST = "src/tws/cluster/parts.py"
"What the first version added that speaks as nodes do now."
MOVED = 5.0
"Seconds in which a link moves when its node is stopped."


async def run() -> list[Outcome]:
    with tempfile.TemporaryDirectory(prefix="tws-earlier-") as folder:
        commit = earlier()
        library = await asyncio.to_thread(built, commit, Path(folder))
        # What is first on the path is what `python -m tws` finds.
        plan = Plan(environment=(("PYTHONPATH", str(library)),))
        async with two_nodes(plan) as (stage, _):
            return [await replaced(stage, commit)]


def earlier() -> str:
    """CannotRun where the history is not here."""
    if named := os.environ.get("FROM"):
        return named
    tags = _git("tag", "--list", "v*", "--sort=-version:refname").split()
    for tag in tags:
        if _git("ls-tree", tag, FIRST):
            return tag
    commits = _git("log", "--diff-filter=A", "--format=%H", "--", FIRST).split()
    if not commits:
        raise CannotRun("the history of this repository is not here: no earlier version")
    return commits[-1]


def built(commit: str, folder: Path) -> Path:
    """Its wheel, installed into a folder of its own; its libraries are those of this version."""
    sources, library = folder / "sources", folder / "library"
    sources.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, check=True, capture_output=True
    ).stdout
    subprocess.run(["tar", "-x"], cwd=sources, check=True, input=archive)
    (sources / "src/tws/web/static").mkdir(exist_ok=True)
    (sources / "src/tws/web/static/index.html").write_text("<!doctype html>")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    wheels = folder / "wheels"
    _said(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(sources))
    _said(*pip, "install", "--no-deps", "--target", str(library), *map(str, wheels.glob("*.whl")))
    return library


async def replaced(stage: Stage, commit: str) -> Outcome:
    began = await stage.begins()
    moves: list[float] = []
    for node in stage.nodes:
        stopped = time.monotonic()
        await node.stop()
        node.environment.pop("PYTHONPATH")
        gone = time.monotonic()
        moves.append(await stage.controlled() - gone)
        await node.start()
        await stage.rebuilt()
        stage.deaf.append((stopped, time.monotonic()))
    versions = [await _of_this_version(node) for node in stage.nodes]
    pause = stage.hands[0].longest_pause(began)
    return await stage.outcome(
        "upgraded node by node",
        controlled=max(moves),
        goal=MOVED,
        broken=[] if all(versions) else ["a node is of the earlier version still"],
        notes=[
            f"from {commit[:12]}; longest pause between two commands {pause:.2f} s,"
            f" stopping of the node included"
        ],
    )


async def _of_this_version(node: Node) -> bool:
    maps = await asyncio.to_thread(Path(f"/proc/{node.pid}/environ").read_bytes)
    return b"tws-earlier-" not in maps


def _git(*arguments: str) -> str:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotRun(f"git: {error}") from error


def _said(*command: str) -> None:
    """Runs it; CannotRun with what it said."""
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode:
        raise CannotRun(f"{command[3]}: {ended.stderr[-2000:]}")

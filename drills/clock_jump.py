"""The wall clock of the server jumps by an hour and by a day, forwards and back, in mid-call.

libfaketime changes what the process is told of the wall clock while it runs; the monotonic clock,
by which it waits, goes on. Goals: commands and pages go on, no line is lost or doubled, nobody is
signed out by a clock that is set back, and no call lasts longer than the jump explains.
"""

import tempfile
import time
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from tests.peers import PeerMissing
from tests.peers.debian import release, unpacked

from drills.outcome import CannotRun, Outcome
from drills.stage import Plan, Stage, staged

PAUSES = 2.0
"Seconds that a command may take meanwhile."
CALM = 5.0
"Seconds that calls go on after each jump."
HOUR, DAY = 3600, 86_400
JUMPS = (HOUR, 0, -HOUR, 0, DAY, 0, -DAY, 0)
"Seconds off the true time, one after the other."


def faked(folder: Path, usual: Plan) -> Plan:
    """CannotRun."""
    try:
        libraries = unpacked(("libfaketime",), (release(),)).libraries
    except PeerMissing as missing:
        raise CannotRun(str(missing)) from missing
    said = folder / "clock"
    said.write_text("+0\n")
    environment = {
        "LD_PRELOAD": str(libraries / "faketime/libfaketimeMT.so.1"),
        "FAKETIME_TIMESTAMP_FILE": str(said),
        "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    return replace(usual, environment=tuple(environment.items()))


async def run() -> list[Outcome]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with staged(faked(folder, Plan())) as stage:
            return [await jumping(stage, folder, "clock jumps 1 h and 1 day", CALM)]


async def jumping(stage: Stage, folder: Path, drill: str, calm: float) -> Outcome:
    (node,) = stage.nodes
    began = await stage.begins()
    broken = []
    for off in JUMPS:
        (folder / "clock").write_text(f"{off:+d}\n")
        told = await _told_time(node.base)
        if abs(told - time.time() - off) > HOUR / 60:
            broken.append(f"the server's clock is {told - time.time():+.0f} s off, not {off:+d}")
        since = time.monotonic()
        while time.monotonic() < since + calm:
            await stage.controlled()
    paused = stage.hands[0].longest_pause(began)
    refused = dict(stage.hands[0].refused)
    return await stage.outcome(
        drill,
        controlled=paused,
        goal=PAUSES,
        broken=broken,
        notes=[f"{len(JUMPS)} jumps; commands refused: {refused or 'none'}"],
    )


async def _told_time(base: str) -> float:
    """What the server takes the time to be: the date of an answer, in seconds."""
    async with httpx.AsyncClient(base_url=base) as client:
        date = (await client.get("/api/v1/health")).headers["date"]
    return parsedate_to_datetime(date).timestamp()

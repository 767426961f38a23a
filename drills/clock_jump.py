"""The wall clock of the server jumps by an hour and by a day, forwards and back, in mid-call.

libfaketime changes what the process is told of the wall clock while it runs; the monotonic clock,
by which it waits, goes on. Goals: commands and pages go on, no line is lost or doubled, nobody is
signed out by a clock that is set back, and no call lasts longer than the jump explains.
"""

import asyncio
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
MINUTE, HOUR, DAY = 60, 3600, 86_400
SOON = 20.0
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
        "FAKETIME_CACHE_DURATION": "1",
        # Otherwise threads wait for each other by a clock that they do not use.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
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
        if not await _shows(node.base, off):
            broken.append(f"the server's clock did not go to {off:+d} s")
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


async def _shows(base: str, off: int) -> bool:
    """Whether the dates of its answers come to be so many seconds off, soon."""
    async with httpx.AsyncClient(base_url=base, timeout=SOON) as client:
        for _ in range(10):
            date = (await client.get("/api/v1/health")).headers["date"]
            told = parsedate_to_datetime(date).timestamp()
            if abs(told - time.time() - off) < MINUTE:
                return True
            await asyncio.sleep(0.5)  # uvicorn writes the date once a second
    return False

"""5,000 monitored devices in one process: its memory, and how long it takes to hear them again.

The link is cut; TWS dials again, starts every monitor and asks each device for its calls and
features. Its own time is the processor time that this takes it: the switch answers at once, and
the pause before dialling again is no work. Beside it a bare client asks the same of the switch,
and keeps what it answers in plain dicts.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from bench.company import FIRST_NUMBER, make_company
from bench.figures import Figure, median
from bench.processes import PATIENCE, monitored, running, serving
from bench.switch import Switch

DEVICES = 5000
RUNS = 3


async def measure() -> list[Figure]:
    own, elapsed, resident = [], [], []
    bare: list[tuple[float, float]] = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        switch = Switch()
        await switch.start()
        stack.push_async_callback(switch.stop)
        settings: dict[str, object] = {
            "host": "127.0.0.1",
            "port": switch.port,
            "session": "off",
            "features": "off",
        }
        await make_company(folder, DEVICES, "csta_xml", settings, keys=False)
        server = await stack.enter_async_context(serving(folder))
        await monitored(server, DEVICES)
        for _ in range(RUNS):
            cpu = server.cpu()
            again = asyncio.Event()
            switch.on_connected = again.set
            switch.cut()
            await asyncio.wait_for(again.wait(), PATIENCE)
            begun = time.monotonic()
            await monitored(server, DEVICES)
            elapsed.append(time.monotonic() - begun)
            own.append(server.cpu() - cpu)
            resident.append(server.resident())
            bare.append(await _bare())
        asked = switch.requests
    seconds, megabytes = (median("", "", runs).value for runs in zip(*bare, strict=True))
    return [
        median(f"memory with {DEVICES} devices", "MB", resident, bare=megabytes, at_most=300.0),
        median("hearing all again: own time", "s", own, bare=seconds, at_most=15.0),
        median("  elapsed since connected again", "s", elapsed, note=f"{asked} requests in all"),
    ]


async def _bare() -> tuple[float, float]:
    """Seconds of processor time, and megabytes, of a client that does no more than has to be."""
    switch = Switch()
    await switch.start()
    arguments = ["-m", "bench.bare_monitors", str(switch.port), str(FIRST_NUMBER), str(DEVICES)]
    async with running(arguments, "Seconds and megabytes") as process:
        seconds, megabytes = map(float, process.line.split()[-2:])
    await switch.stop()
    return seconds, megabytes

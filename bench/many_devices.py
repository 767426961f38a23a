"""5,000 monitored devices in one process: its memory, and how long it takes to hear them again.

The link is cut; TWS dials again, starts every monitor and asks each device for its calls and
features. Its own time is the processor time that this takes it: the switch answers at once, and
the pause before dialling again is no work. Beside it a bare client asks the same of the switch.
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
    own, elapsed, bare_own, resident = [], [], [], []
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
            bare_own.append(await _bare())
        asked = switch.requests
    bare = median("", "", bare_own).value
    return [
        median(f"memory with {DEVICES} devices", "MB", resident, at_most=300.0),
        median("hearing all again: own time", "s", own, bare=bare, at_most=15.0),
        median("  elapsed since connected again", "s", elapsed, note=f"{asked} requests in all"),
    ]


async def _bare() -> float:
    """Processor time of a client that only writes the requests and parses the answers."""
    switch = Switch()
    await switch.start()
    arguments = ["-m", "bench.bare_monitors", str(switch.port), str(FIRST_NUMBER), str(DEVICES)]
    async with running(arguments, "Processor time") as process:
        seconds = float(process.line.split()[-1])
    await switch.stop()
    return seconds

"""How soon `tws serve` answers on an existing database, and what it holds of memory when idle.

Beside it: a process that imports the same libraries and does nothing.
"""

import asyncio
import tempfile
import time
from pathlib import Path

import httpx

from bench.company import make_company
from bench.figures import Figure, median
from bench.processes import PATIENCE, Process, monitored, running, serving
from bench.switch import Switch

PEOPLE = 100
RUNS = 5
LIBRARIES = (
    "alembic, argon2, fastapi, httptools, lxml.etree, msgspec, phonenumbers, "
    "prometheus_client, pydantic_settings, sqlalchemy.ext.asyncio, structlog, typer, uvicorn, "
    "uvloop, websockets"
)
NOTHING = f"import time, {LIBRARIES}\nprint('Imported', flush=True)\ntime.sleep(3600)"
REST = 3.0
"Seconds that a server gets to come to rest before its memory is read."


async def measure() -> list[Figure]:
    health, resident, bare_start, bare_resident = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        switch = Switch()
        await switch.start()
        settings: dict[str, object] = {"host": "127.0.0.1", "port": switch.port}
        await make_company(folder, PEOPLE, "csta_xml", settings, keys=False)
        for _ in range(RUNS):
            async with running(["-c", NOTHING], "Imported") as nothing:
                bare_start.append(time.monotonic() - nothing.started)
                bare_resident.append(nothing.resident())
            async with serving(folder) as server:
                health.append(await _healthy(server))
                await monitored(server, PEOPLE)
                await asyncio.sleep(REST)
                resident.append(server.resident())
        await switch.stop()
    return [
        median(
            "start to the first answer of /api/v1/health",
            "s",
            health,
            bare=median("", "", bare_start).value,
            at_most=3.0,
        ),
        median(
            f"memory at rest, {PEOPLE} devices",
            "MB",
            resident,
            bare=median("", "", bare_resident).value,
            at_most=160.0,
        ),
    ]


async def _healthy(server: Process) -> float:
    """Seconds from its start until it says that it works."""
    url = f"http://127.0.0.1:{server.port}/api/v1/health"
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as client:
        response = await client.get(url)
    response.raise_for_status()
    return time.monotonic() - server.started

"""The demonstration's first start: it furnishes itself, and is one client of its PBX."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from tests.plain import PLAIN
from tests.running import DEADLINE
from tws.app import open_office
from tws.config import Settings
from tws.demo import ADMINISTRATOR, COMPANY, PASSWORD
from tws.organisation.actor import SYSTEM

FURNISHED = 60.0
"Seconds for two processes to start and a company's passwords to be hashed, on a busy machine."


@contextlib.asynccontextmanager
async def demo(*options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tws.cli",
        "demo",
        "--port=0",
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGTERM)
        await process.communicate()


async def told(process: asyncio.subprocess.Process, pattern: str) -> str:
    """What the first line that matches has in its group."""
    assert process.stdout is not None
    async with asyncio.timeout(FURNISHED):
        while True:
            line = (await process.stdout.readline()).decode()
            assert line, "the demonstration ended"
            if found := re.search(pattern, line):
                return found[1]


async def links_and_monitors(wall: str) -> tuple[int, int]:
    """Clients of the PBX and telephones they hear, once all nine of the company are heard."""
    async with httpx.AsyncClient(base_url=wall, timeout=DEADLINE) as pbx:
        async with asyncio.timeout(DEADLINE), pbx.stream("GET", "/api/events") as events:
            async for text in events.aiter_lines():
                if '"monitors":9' in text.replace(" ", ""):
                    break
        state = (await pbx.get("/api/state")).json()["pbx"]
    return state["clients"], state["monitors"]


async def test_the_first_start_opens_one_link(tmp_path: Path) -> None:
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        assert await links_and_monitors(wall) == (1, 9)


async def test_what_an_interrupted_start_left_out_is_made_up_for(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, state_dir=tmp_path / "state")
    async with open_office(settings) as office:
        await office.access.initialise(
            username=ADMINISTRATOR,
            password=PASSWORD,
            company=COMPANY,
            domain={"name": "Paris", "time_zone": "Europe/Paris"},
        )
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        assert await links_and_monitors(wall) == (1, 9)
    async with open_office(settings) as office:
        (link,) = office.registry.links.values()
        await office.organisation.update_link(SYSTEM, link.id, link.version, name="Renamed")
        (gilles,) = office.registry.users_named("gilles")
        (device,) = office.registry.devices_of(gilles.id)
        await office.organisation.delete_device(SYSTEM, device.id, device.version)
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        async with open_office(settings) as office:
            (link,) = office.registry.links.values()
            assert link.name == "Renamed"
            assert office.registry.devices_of(gilles.id) == ()


async def test_a_killed_demonstration_leaves_its_ports_to_the_next(tmp_path: Path) -> None:
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        async with httpx.AsyncClient(base_url=wall, timeout=DEADLINE, verify=PLAIN) as pbx:
            async with asyncio.timeout(DEADLINE), pbx.stream("GET", "/api/events") as events:
                process.kill()
                with contextlib.suppress(httpx.TransportError):
                    async for _ in events.aiter_lines():
                        pass  # until the simulated PBX is gone
    async with demo(f"--data={tmp_path}", f"--page-port={httpx.URL(wall).port}") as process:
        assert await told(process, r"Simulated PBX: +(\S+)") == wall


async def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with demo(f"--data={tmp_path}", f"--page-port={port}") as process:
            async with asyncio.timeout(FURNISHED):
                _, error = await process.communicate()
    assert process.returncode == 1
    assert str(port) in error.decode() and "--page-port" in error.decode()
    assert "Traceback" not in error.decode()

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
from typing import Any

import httpx
import pytest

from tests.house.commands import initialise, tws
from tests.plain import PLAIN
from tests.running import DEADLINE, running_tws
from tws.app.house import open_house
from tws.app.office import open_office
from tws.config import Settings
from tws.demo import prepare
from tws.organisation.actor import SYSTEM
from tws.organisation.events import AdministratorChanged

FURNISHED = 60.0
"Seconds for two processes to start and a company's passwords to be hashed, on a busy machine."


@contextlib.asynccontextmanager
async def demo(*options: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tws",
        "demo",
        "--port=0",
        *options,
        env={**os.environ, **environment},
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


async def heard(wall: str) -> dict[str, Any]:
    """What the PBX says, once all nine telephones of the company and its queue are heard."""
    async with httpx.AsyncClient(base_url=wall, timeout=DEADLINE) as pbx:
        async with asyncio.timeout(DEADLINE), pbx.stream("GET", "/api/events") as events:
            async for text in events.aiter_lines():
                if '"monitors":10' in text.replace(" ", ""):
                    break
        state: dict[str, Any] = (await pbx.get("/api/state")).json()
    return state


async def links_and_monitors(wall: str) -> tuple[int, int]:
    """Clients of the PBX, and telephones they hear."""
    pbx = (await heard(wall))["pbx"]
    return pbx["clients"], pbx["monitors"]


async def test_the_first_start_opens_one_link(tmp_path: Path) -> None:
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        assert await links_and_monitors(wall) == (1, 10)


async def test_what_an_interrupted_start_left_out_is_made_up_for(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, state_dir=tmp_path / "state")
    async with open_house(settings) as house:
        start = asyncio.create_task(prepare(house, 1, tmp_path))

        def interrupt(_: AdministratorChanged) -> None:
            start.cancel()

        house.bus.follow(AdministratorChanged, interrupt)
        with pytest.raises(asyncio.CancelledError):
            await start
        assert not house.rooms.registry.links
    refused = await tws("serve", "--port=0", f"--data={tmp_path}")
    assert refused.code == 1 and "passwords everybody knows" in refused.error
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        assert await links_and_monitors(wall) == (1, 10)
    async with open_office(settings) as office:
        (link,) = office.registry.links.values()
        await office.organisation.links.update_link(SYSTEM, link.id, link.version, name="Renamed")
        (gilles,) = office.registry.users_named("gilles")
        (device,) = office.registry.devices_of(gilles.id)
        await office.organisation.devices.delete_device(SYSTEM, device.id, device.version)
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


async def test_the_wall_has_the_names_of_the_company(tmp_path: Path) -> None:
    async with demo(f"--data={tmp_path}") as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        state = await heard(wall)
        shown = {n: phone["name"] for n, phone in state["phones"].items()}
        async with open_office(Settings(data_dir=tmp_path)) as office:
            users = office.registry.users
            names = {
                device.number: f"{users[device.user].first_name} {users[device.user].last_name}"
                for device in office.registry.devices.values()
            }
    assert len(names) == 9 and names["4001"] == "Marie Durand"
    assert shown | names == shown
    assert len(set(shown.values())) == len(shown)
    # Nobody takes what waits in the queue before it is seen.
    assert state["queues"]["7000"]["agents"] == []


async def test_without_a_folder_it_leaves_a_servers_data_alone(tmp_path: Path) -> None:
    server = {
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "TWS_DATA_DIR": str(tmp_path / "server"),
        "TWS_STATE_DIR": str(tmp_path / "server" / "state"),
        "TWS_DATABASE": f"sqlite:///{tmp_path}/server.db",
    }
    async with demo("--page-port=0", **server) as process:
        wall = await told(process, r"Simulated PBX: +(\S+)")
        assert await links_and_monitors(wall) == (1, 10)
    assert os.listdir(tmp_path) == ["tws-demo"]


async def test_a_server_refuses_what_the_demonstration_made(tmp_path: Path) -> None:
    data = tmp_path / "demonstration"
    async with demo(f"--data={data}") as process:
        await told(process, r"Simulated PBX: +(\S+)")
    other = f"--data={tmp_path / 'server'}"
    for given, database in ((f"--data={data}", ""), (other, f"sqlite:///{data}/tws.db")):
        refused = await tws("serve", "--port=0", given, TWS_DATABASE=database)
        assert refused.code == 1 and "Listening" not in refused.out
        (words,) = refused.error.splitlines()
        assert f"tws demo --data {data}" in words and "another folder (--data or" in words


async def test_it_leaves_a_real_company_alone(tmp_path: Path) -> None:
    real = {"host": "127.0.0.1", "port": 1, "pbx_type": "generic"}
    assert (await initialise(tmp_path)).code == 0
    async with running_tws(tmp_path) as server:
        admin = await server.client().sign_in_as_administrator()
        (domain,) = await admin.get("/admin/domains")
        await admin.post(
            "/admin/links",
            domain=domain["id"],
            name="Real",
            dialect="csta_xml",
            enabled=False,
            settings=real,
        )
    refused = await tws("demo", "--port=0", f"--data={tmp_path}")
    assert refused.code == 1 and "Traceback" not in refused.error
    words = refused.error.splitlines()[-1]
    assert str(tmp_path) in words and "tws demo --data FOLDER" in words
    async with open_office(Settings(data_dir=tmp_path)) as office:
        (link,) = office.registry.links.values()
        assert link.settings["port"] == 1
    async with running_tws(tmp_path) as server:
        await server.client().sign_in_as_administrator()

"""Who gives up waiting for a trial ends its work on the server."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.house import DEADLINE, House
from tests.web.importing import Import


@pytest.fixture
async def house(reading: House) -> House:
    return reading


class Silent:
    """A server that hears and never answers."""

    def __init__(self) -> None:
        self.asked, self.left = asyncio.Event(), asyncio.Event()
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(4096):
            self.asked.set()
        self.left.set()
        writer.close()


@asynccontextmanager
async def silent() -> AsyncIterator[Silent]:
    server = Silent()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()


def ldap(port: int) -> dict[str, Any]:
    reader = {"user": "cn=reader", "password": "a pass phrase"}
    return {"host": "127.0.0.1", "port": port, "tls": "none", "base": "dc=x", **reader}


Asking = Callable[[House, httpx.AsyncClient, Path, int], Coroutine[Any, Any, httpx.Response]]


async def dry_run(
    house: House, admin: httpx.AsyncClient, folder: Path, port: int
) -> httpx.Response:
    users = Import(house, admin, folder)
    await users.made(connector="ldap", settings=ldap(port))
    return await users.ask("try")


async def directory_trial(
    house: House, admin: httpx.AsyncClient, folder: Path, port: int
) -> httpx.Response:
    domain = house.domains["Paris"].id
    body = {"domain": domain, "connector": "ldap", "settings": ldap(port)}
    return await admin.post("admin/directories/try", json=body)


@pytest.mark.parametrize("asking", [dry_run, directory_trial])
async def test_what_nobody_waits_for_ends(house: House, tmp_path: Path, asking: Asking) -> None:
    admin = await house.administrator("SSDEI")
    async with asyncio.timeout(DEADLINE), silent() as source:
        trying = asyncio.create_task(asking(house, admin, tmp_path, source.port))
        heard = asyncio.create_task(source.asked.wait())
        done, _ = await asyncio.wait({trying, heard}, return_when=asyncio.FIRST_COMPLETED)
        assert trying not in done, trying.result().text
        trying.cancel()
        await source.left.wait()
        assert (await admin.get("session")).status_code == 200

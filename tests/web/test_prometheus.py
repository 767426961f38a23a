"""A real Prometheus reads the figures: on this machine, and from elsewhere by its token."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.peers import require_peer
from tests.peers.prometheus import check, running_prometheus
from tests.plain import PLAIN
from tests.web.house import House, running_house
from tests.web.problems import problem
from tws.web.rooms import WebSettings

TOKEN = "a token of more than twenty characters"
DEADLINE = 30.0


async def figures(prometheus: str, query: str) -> list[dict[str, Any]]:
    """What it knows, once it knows something."""
    async with httpx.AsyncClient(base_url=prometheus, verify=PLAIN) as client:
        async with asyncio.timeout(DEADLINE):
            while True:
                with suppress(httpx.TransportError):
                    answer = await client.get("/api/v1/query", params={"query": query})
                    if answer.status_code == 200 and (found := answer.json()["data"]["result"]):
                        return list(found)
                # It reads once a second, and tells nobody when it has.
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await asyncio.Event().wait()


@asynccontextmanager
async def proxy(to: str) -> AsyncIterator[str]:
    """As a reverse proxy: it says that somebody else asks."""
    there = urlsplit(to)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        their_reader, their_writer = await asyncio.open_connection(there.hostname, there.port)
        their_writer.write(head[:-2] + b"X-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n")
        while data := await their_reader.read(65536):
            writer.write(data)
        their_writer.close()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_it_scrapes_on_this_machine(house: House) -> None:
    require_peer("prometheus")
    target = urlsplit(house.url).netloc
    with running_prometheus(target, "/metrics", "scheme: http") as prometheus:
        found = await figures(prometheus, "tws_part_up == 1")
        assert {"links", "web"} <= {one["metric"]["part"] for one in found}
        [up] = await figures(prometheus, "up")
        assert up["value"][1] == "1"


async def test_from_elsewhere_it_shows_its_token(database: Path) -> None:
    require_peer("prometheus")
    settings = WebSettings(metrics_token=TOKEN)
    async with running_house(database, settings=settings) as house, proxy(house.url) as target:
        shown = f"authorization: {{credentials: '{TOKEN}'}}"
        with running_prometheus(target, "/metrics", shown) as prometheus:
            assert await figures(prometheus, "tws_part_up")
            [up] = await figures(prometheus, "up")
            assert up["value"][1] == "1"
        with running_prometheus(target, "/metrics", "scheme: http") as prometheus:
            [up] = await figures(prometheus, "up")
            assert up["value"][1] == "0"


async def test_its_own_tool_finds_nothing_wrong(house: House) -> None:
    require_peer("prometheus")
    nobody = await house.client()
    text = (await nobody.get(f"{house.url}/metrics")).content
    assert await asyncio.to_thread(check, text) == ""


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
async def test_no_other_token_will_do(database: Path, shown: str) -> None:
    far = {"X-Forwarded-For": "192.0.2.7", "Authorization": shown}
    async with running_house(database, settings=WebSettings(metrics_token=TOKEN)) as house:
        nobody = await house.client()
        problem(await nobody.get(f"{house.url}/metrics", headers=far), 401, "notSignedIn")
        far["Authorization"] = f"Bearer {TOKEN}"
        assert (await nobody.get(f"{house.url}/metrics", headers=far)).status_code == 200

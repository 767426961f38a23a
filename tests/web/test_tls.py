"""People are served by https: what a browser is told, old TLS, a new certificate without a
restart, and a port that sends on who comes by http."""

import asyncio
import contextlib
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.mail.certificates import made
from tests.web.house import PASSWORD, House
from tws.web.server import serve
from tws.web.tls import Certificate, Redirect

HOST = "127.0.0.1"
REFUSED = (ssl.SSLError, ConnectionResetError)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def served(house: House, files: tuple[Path, Path]) -> AsyncIterator[tuple[int, int]]:
    """Its port, and that of http."""
    stop, bound = asyncio.Event(), asyncio.get_running_loop().create_future()
    port, plain = free_port(), free_port()
    serving = asyncio.create_task(
        serve(
            house.app,
            HOST,
            port,
            tls=Certificate(*files, every=0.01),
            redirect=(plain, Redirect(frozenset({HOST}), None, port)),
            ready=bound.set_result,
            stop=stop,
        )
    )
    await bound
    try:
        yield port, plain
    finally:
        stop.set()
        await serving


async def shown(port: int) -> bytes:
    """The certificate that somebody who comes now is shown."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    _, writer = await asyncio.open_connection(HOST, port, ssl=context)
    found: bytes = writer.get_extra_info("ssl_object").getpeercert(True)
    writer.close()
    return found


async def test_a_new_certificate_counts_without_a_restart(house: House, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    files = made(old)
    async with served(house, files) as (port, _):
        first = await shown(port)
        trust = ssl.create_default_context(cafile=str(files[0]))
        async with httpx.AsyncClient(verify=trust, base_url=f"https://{HOST}:{port}") as client:
            assert (await client.get("/api/v1/health")).status_code == 200
            files[1].write_text("half a key")
            assert await shown(port) == first
            for turn in range(8):  # whoever comes in the middle of a change is served as well
                (place := new / str(turn)).mkdir()
                before = await shown(port)
                for file, other in zip(files, made(place), strict=True):
                    await asyncio.to_thread(shutil.copy, other, file)
                async with asyncio.timeout(20):
                    while await shown(port) == before:
                        pass  # each asking is a connection, and lets the server go on
            # Who was there stays.
            assert (await client.get("/api/v1/health")).status_code == 200


async def test_browsers_are_held_to_https(house: House, tmp_path: Path) -> None:
    files = made(tmp_path)
    async with served(house, files) as (port, plain):
        trust = ssl.create_default_context(cafile=str(files[0]))
        base = f"https://{HOST}:{port}"
        async with httpx.AsyncClient(verify=trust, base_url=base) as client:
            client.headers["origin"] = base
            body = {"username": "alice", "password": PASSWORD}
            answer = await client.post("/api/v1/login", json=body)
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Host-tws_session=") and "Path=/" in cookie
            assert {"Secure", "HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
            token = client.cookies.pop("__Host-tws_session")
            client.cookies.clear()
            # A name that a neighbour's page could set is not believed.
            theirs = {"cookie": f"tws_session={token}"}
            assert (await client.get("/api/v1/session", headers=theirs)).status_code == 401
            ours = {"cookie": f"__Host-tws_session={token}"}
            assert (await client.get("/api/v1/session", headers=ours)).status_code == 200
        async with httpx.AsyncClient(base_url=f"http://{HOST}:{plain}") as client:
            sent = await client.get("/admin/users?q=a%20b")
            assert sent.status_code == 308 and not sent.content
            assert sent.headers["location"] == f"{base}/admin/users?q=a%20b"
            assert (await client.post("/api/v1/login", json=body)).status_code == 403
            foreign = await client.get("/", headers={"host": "evil.example"})
            assert foreign.status_code == 421 and "location" not in foreign.headers
            aside = await client.get("//evil.example/x")
            assert aside.headers["location"].startswith(base)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
async def test_old_versions_of_tls_are_refused(
    house: House, tmp_path: Path, version: ssl.TLSVersion
) -> None:
    async with served(house, made(tmp_path)) as (port, _):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        with pytest.raises(REFUSED):
            await asyncio.open_connection(HOST, port, ssl=context)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("AES128-SHA:AES256-SHA:@SECLEVEL=0")
        with pytest.raises(REFUSED):
            await asyncio.open_connection(HOST, port, ssl=context)


async def test_http_alone_promises_nothing(house: House) -> None:
    answer = await (await house.client()).get("health")
    assert "strict-transport-security" not in answer.headers


async def test_what_a_proxy_says_is_believed_of_a_named_one_alone(house: House) -> None:
    for proxies, believed in (((), False), ((HOST,), True)):
        stop, bound = asyncio.Event(), asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(
            serve(house.app, HOST, 0, proxies=proxies, ready=bound.set_result, stop=stop)
        )
        address = f"http://{HOST}:{await bound}/api/v1/health"
        async with httpx.AsyncClient() as client:
            answer = await client.get(address, headers={"x-forwarded-proto": "https"})
        assert ("strict-transport-security" in answer.headers) is believed
        stop.set()
        await serving

"""NTLM, where this machine has joined the domain: curl and Samba's own program, and conversations
that go wrong."""

import asyncio
import base64
import json
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import spnego
from starlette.requests import HTTPConnection
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tests.peers import require_peer
from tests.peers.krb5_kdc import curl as curl_program
from tests.peers.ntlm_auth import DOMAIN, program
from tests.web.house import House, running_house
from tests.web.problems import problem
from tests.web.test_doctor import examined
from tests.web.test_windows import LOGIN, Way
from tws.access import conversations
from tws.connectors.windows import ntlm_auth
from tws.organisation.parameters.catalogue.server import AUTH_METHODS, AUTH_WINDOWS_REALM
from tws.web.negotiate import came_by

SECRET = "secret of the domain"
PROVEN = base64.b64encode(b"NTLMSSP\0\3\0\0\0" + bytes(64)).decode()
BEGUN = base64.b64encode(b"NTLMSSP\0\1\0\0\0\x07\x82\x08\xa2" + bytes(16)).decode()


@pytest.fixture
def helper(tmp_path: Path) -> Path:
    require_peer("ntlm_auth")
    folder = tmp_path / "samba"
    folder.mkdir()
    return program(folder, "alice", SECRET)


@pytest.fixture
async def way(database: Path, helper: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Way]:
    """The users of SSDEI may come by NTLM."""
    monkeypatch.setenv("TWS_NTLM_AUTH", str(helper))
    async with running_house(database) as house:
        way = Way(house)
        await way.set(AUTH_METHODS, "WindowsSecurity")
        await way.set(AUTH_WINDOWS_REALM, DOMAIN)
        yield way


async def curl(house: House, account: str, password: str, path: str = LOGIN) -> Any:
    require_peer("krb5_kdc")
    words = ["--ntlm", "-u", f"{account}:{password}", "--json", "{}"]
    command = [*curl_program(), *words, f"{house.url}/api/v1/{path}"]
    done = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


async def test_curl_signs_in_by_ntlm(way: Way) -> None:
    assert (await curl(way.house, "LAB\\alice", SECRET))["user"]["username"] == "alice"
    refused = await curl(way.house, "LAB\\alice", "wrong")
    assert refused["why"] == "ticketRefused" and "NT_STATUS_LOGON_FAILURE" in refused["detail"]
    await way.set(AUTH_WINDOWS_REALM, "OTHER")
    assert (await curl(way.house, "LAB\\alice", SECRET))["why"] == "unknownUser"
    targets = [row.target for row in await way.audited("sign-in refused")]
    assert targets == ["", "alice@LAB"]


async def test_a_browser_shows_ntlm_under_negotiate_too(way: Way) -> None:
    browser = await way.house.client(Origin=way.house.url)
    asked = await browser.post(LOGIN, json={})
    assert asked.headers["www-authenticate"] == "NTLM"
    client = spnego.client("LAB\\alice", SECRET, "localhost", "HTTP", protocol="ntlm")
    first = await shows(browser, client.step(), "Negotiate")
    scheme, _, challenge = first.headers["www-authenticate"].partition(" ")
    assert first.status_code == 401 and scheme == "Negotiate"
    second = await shows(browser, client.step(base64.b64decode(challenge)), "Negotiate")
    assert second.status_code == 200 and second.json()["user"]["username"] == "alice"
    again = await shows(browser, b"NTLMSSP\0\3\0\0\0" + bytes(64), "Negotiate")
    assert "nobody has begun that" in problem(again, 401, "loginRefused")["detail"]


async def shows(
    browser: httpx.AsyncClient, token: bytes | None, scheme: str = "NTLM"
) -> httpx.Response:
    shown = base64.b64encode(token or b"").decode()
    return await browser.post(LOGIN, json={}, headers={"Authorization": f"{scheme} {shown}"})


async def test_what_one_connection_began_no_other_ends(way: Way) -> None:
    """Whoever sees the messages of somebody else sends the last one first."""
    client = spnego.client("LAB\\alice", SECRET, "localhost", "HTTP", protocol="ntlm")
    browser, thief = [await way.house.client(Origin=way.house.url) for _ in range(2)]
    first = await shows(browser, client.step())
    last = client.step(base64.b64decode(first.headers["www-authenticate"].partition(" ")[2]))
    stolen = problem(await shows(thief, last), 401, "loginRefused")
    assert "nobody has begun that" in stolen["detail"]
    assert (await shows(browser, last)).status_code == 200
    problem(await shows(browser, last), 401, "loginRefused")


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (PROVEN, "nobody has begun"),
        (base64.b64encode(b"NTLMSSP\0\2\0\0\0" + bytes(40)).decode(), "no message of NTLM"),
        (base64.b64encode(b"NTLMSSP\0").decode(), "no message of NTLM"),
        (base64.b64encode(b"NTLMSSP\0" + bytes(20_000)).decode(), "too long"),
        (base64.b64encode(b"a ticket").decode(), "no keytab"),
    ],
)
async def test_what_is_no_message_of_ntlm(way: Way, token: str, words: str) -> None:
    answer = await way.shows(token, scheme="NTLM")
    assert words in problem(answer, 401, "loginRefused")["detail"]


async def test_no_other_operation_takes_ntlm(way: Way) -> None:
    answer = await way.house.client(Authorization=f"NTLM {BEGUN}")
    told = problem(await answer.get("session"), 401, "loginRefused")
    assert "none is known here" in told["detail"]


@pytest.mark.parametrize("told", ["10.1.2.3", "10.1.2.3:4711"])
async def test_behind_a_proxy_no_connection_is_known(told: str) -> None:
    """Its connections to us carry whoever's requests."""
    known: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        known.append(came_by(HTTPConnection(scope)))

    headers = [(b"x-forwarded-for", told.encode())]
    scope: Any = {"type": "http", "client": ("127.0.0.1", 5000), "headers": headers}
    await ProxyHeadersMiddleware(app, "127.0.0.1")(scope, _nothing, _nothing)
    assert known == [""]
    scope["headers"] = []
    scope["client"] = ("127.0.0.1", 5000)
    await ProxyHeadersMiddleware(app, "127.0.0.1")(scope, _nothing, _nothing)
    assert known == ["", "127.0.0.1 5000"]


async def _nothing(*_: Any) -> Any:
    raise AssertionError("nothing is read or sent")


async def test_conversations_are_few_and_end(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "LASTS", 5.0)
    windows = way.house.rooms.access.windows
    begun = [await way.shows(BEGUN, scheme="NTLM") for _ in range(6)]
    assert {answer.status_code for answer in begun} == {401}
    opened = windows._negotiator._ntlm._open  # type: ignore[union-attr]
    programs = [one.process for one in opened]
    assert len(programs) == ntlm_auth.OF_ADDRESS
    async with asyncio.timeout(30):
        for process in programs:
            assert process is not None
            await process.wait()
    assert not list(opened)


@pytest.mark.parametrize(
    ("does", "words"),
    [
        ("exit 1", "it ended"),
        ("read line; echo BH no winbind here", "no winbind here"),
        ("read line; echo TT ???", "it answers no challenge"),
        ("read line; read line; read line", "it does not answer"),
    ],
)
async def test_a_program_that_cannot_look_refuses_nobody(
    way: Way, helper: Path, monkeypatch: pytest.MonkeyPatch, does: str, words: str
) -> None:
    monkeypatch.setattr(ntlm_auth, "LASTS", 1.0)
    await asyncio.to_thread(helper.write_text, f"#!/bin/sh\n{does}\n")
    answer = await way.shows(BEGUN, scheme="NTLM")
    assert words in problem(answer, 503, "unavailable")["detail"]


async def test_a_program_that_is_not_there_is_told(way: Way, helper: Path) -> None:
    admin = await way.house.administrator("SSDEI")
    assert [one["outcome"] for one in (await examined(admin))["signingIn"]] == ["ok"]
    os.unlink(helper)
    answer = await way.shows(BEGUN, scheme="NTLM")
    assert "No such file" in problem(answer, 503, "unavailable")["detail"]
    [found] = (await examined(admin))["signingIn"]
    assert found["outcome"] == "failed" and "no program that TWS may run" in found["said"]["words"]

"""NTLM without a domain: for a user whose NT hash an administrator let TWS keep."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import spnego
from sqlalchemy import text

from tests.web.house import House, running_house
from tests.web.problems import problem
from tests.web.test_doctor import examined
from tests.web.test_ntlm import BEGUN, curl, shows
from tests.web.test_windows import LOGIN, Way
from tws.access.tries.throttle import FREE_TRIES
from tws.organisation.parameters.catalogue.server import AUTH_METHODS
from tws.protocols.ntlm import nt_hash

SECRET = "secret of the computer"
PARAMETER = "AuthNtlmPassword"


@pytest.fixture
async def way(database: Path) -> AsyncIterator[Way]:
    """Alice may come by NTLM; nobody else has a hash here."""
    async with running_house(database) as house:
        way = Way(house)
        await way.set(AUTH_METHODS, "WindowsSecurity|TWS")
        await keep(house, "alice")
        yield way


async def keep(house: House, user: str) -> None:
    admin = await house.administrator(None)
    body = {"parameter": PARAMETER, "value": SECRET, "user": house.users[user].id}
    assert (await admin.put("admin/parameter-values", json=body)).status_code == 200


async def test_curl_signs_in_without_a_domain(way: Way) -> None:
    browser = await way.house.client(Origin=way.house.url)
    assert (await browser.get(LOGIN)).json()["offered"] is True
    assert (await browser.post(LOGIN, json={})).headers["www-authenticate"] == "NTLM"
    assert (await curl(way.house, "PC7\\Alice", SECRET))["user"]["username"] == "alice"
    refused = await curl(way.house, "alice", "wrong")
    assert refused["why"] == "ticketRefused"
    assert (await curl(way.house, "bob", SECRET))["why"] == "ticketRefused"
    assert len(await way.audited("sign-in refused")) == 2
    await way.set(AUTH_METHODS, "TWS")
    assert (await curl(way.house, "alice", SECRET)).get("user") is None


async def test_a_challenge_is_good_once_and_on_its_connection(way: Way) -> None:
    browser, thief = [await way.house.client(Origin=way.house.url) for _ in range(2)]
    client = spnego.client("alice", SECRET, "localhost", "HTTP", protocol="ntlm")
    first = await shows(browser, client.step())
    last = client.step(base64.b64decode(first.headers["www-authenticate"].partition(" ")[2]))
    stolen = problem(await shows(thief, last), 401, "loginRefused")
    assert "nobody has begun that" in stolen["detail"]
    assert (await shows(browser, last)).status_code == 200
    problem(await shows(browser, last), 401, "loginRefused")


async def test_trying_passwords_is_slowed_down_as_in_the_form(way: Way) -> None:
    for _ in range(FREE_TRIES):
        assert (await curl(way.house, "alice", "wrong"))["why"] == "ticketRefused"
    assert (await curl(way.house, "alice", SECRET))["code"] == "tooMany"
    stranger = await way.house.client(Origin=way.house.url)
    account = {"username": "alice", "password": "wrong too"}
    problem(await stranger.post("login", json=account), 429, "tooMany")


async def test_the_hash_is_kept_sealed_and_told_to_nobody(way: Way) -> None:
    admin = await way.house.administrator("SSDEI")
    listed = (await admin.get("admin/parameter-values")).text
    async with way.house.storage.reading() as reader:
        stored = str((await reader.execute(text("select * from parameter_value"))).all())
    assert PARAMETER in listed and PARAMETER in stored
    for secret in (SECRET, nt_hash(SECRET).hex()):
        assert secret not in listed and secret not in stored


async def test_it_is_a_user_s_alone_and_the_doctor_says_so(way: Way) -> None:
    admin = await way.house.administrator("SSDEI")
    company = way.house.companies["SSDEI"].id
    body = {"parameter": PARAMETER, "value": SECRET, "company": company}
    problem(await admin.put("admin/parameter-values", json=body), 422, "invalid")
    found = (await examined(admin))["signingIn"]
    words = [one["said"]["words"] for one in found]
    assert any(said.startswith("1 users sign in by NTLM without a domain") for said in words)


async def test_many_challenges_push_out_their_own(way: Way) -> None:
    for _ in range(20):
        assert (await way.shows(BEGUN, scheme="NTLM")).status_code == 401
    assert (await curl(way.house, "alice", SECRET))["user"]["username"] == "alice"

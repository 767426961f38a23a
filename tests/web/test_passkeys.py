"""Passkeys by HTTP: at the server's own names only, of the right page, and never a fault."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fido2 import cbor
from fido2.utils import websafe_encode
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.access.authenticator import Authenticator, Json
from tests.web.house import House, running_house
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM
from tws.web.rooms import WebSettings

ORIGIN = "https://tws.company.example"
HOST = "tws.company.example"


@pytest.fixture
async def house(database: Path) -> AsyncIterator[House]:
    """Behind a proxy that ends https."""
    async with running_house(database, settings=WebSettings(public_url=ORIGIN)) as house:
        yield house


async def at(house: House, browser: httpx.AsyncClient, origin: str = ORIGIN) -> httpx.AsyncClient:
    """The same browser, on our page as people open it."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    host = origin.partition("://")[2]
    return await house.client(Origin=origin, Host=host, **({"Cookie": cookies} if cookies else {}))


async def made(
    browser: httpx.AsyncClient, origin: str = ORIGIN, name: str = "Telephone"
) -> tuple[Authenticator, Json]:
    key = Authenticator(origin)
    asked = await browser.post("passkeys/options", json={})
    assert asked.status_code == 200, asked.text
    answer = await browser.post("passkeys", json={"name": name, **key.create(asked.json())})
    assert answer.status_code == 201, answer.text
    return key, answer.json()


async def shown(
    browser: httpx.AsyncClient, key: Authenticator, path: str = "login/passkey"
) -> httpx.Response:
    asked = await browser.post("login/passkey/options")
    assert asked.status_code == 200, asked.text
    return await browser.post(path, json=key.get(asked.json()))


async def test_a_user_signs_in_and_keeps_a_list(house: House) -> None:
    nobody = await at(house, await house.client())
    offered = {"offered": False, "administrators": False}
    assert (await nobody.get("login/passkey")).json() == offered
    alice = await at(house, await house.sign_in("alice"))
    assert (await alice.get("passkeys")).json() == {"offered": True, "passkeys": []}
    key, one = await made(alice)
    assert (await nobody.get("login/passkey")).json() == {**offered, "offered": True}
    asked = (await alice.post("passkeys/options", json={})).json()
    assert [each["id"] for each in asked["excludeCredentials"]] == [websafe_encode(key.id)]
    assert asked["rp"] == {"id": HOST, "name": "TWS"} and asked["user"]["name"] == "alice"
    answer = await shown(nobody, key)
    assert answer.status_code == 200 and answer.json()["user"]["username"] == "alice"
    assert "Secure" in answer.headers["set-cookie"]
    (listed,) = (await alice.get("passkeys")).json()["passkeys"]
    assert listed["id"] == one["id"] and listed["seen"] and listed["place"] == HOST
    admin = await at(house, await house.administrator("SSDEI"))
    path = f"admin/users/{house.users['alice'].id}/passkeys"
    assert (await admin.get(path)).json() == [listed]
    assert (await admin.delete(f"passkeys/{one['id']}")).status_code == 204
    assert (await alice.get("passkeys")).json()["passkeys"] == []
    assert problem(await shown(nobody, key), 401, "loginRefused")["why"] == "unknownPasskey"


async def test_an_administrator_signs_in_on_the_other_page(house: House) -> None:
    chief = await at(house, await house.administrator())
    admin = await at(house, await house.administrator("SSDEI"))
    key, one = await made(admin)
    nobody = await at(house, await house.client())
    assert problem(await shown(nobody, key), 401, "loginRefused")["why"] == "otherPage"
    answer = await shown(nobody, key, "administrator/login/passkey")
    session = answer.json()["administrator"]
    assert session["username"] == "admin-SSDEI"
    path = f"admin/administrators/{session['id']}/passkeys"
    problem(await admin.get(path), 403, "notAllowed")
    assert [each["id"] for each in (await chief.get(path)).json()] == [one["id"]]
    assert (await chief.delete(f"passkeys/{one['id']}")).status_code == 204


@pytest.mark.parametrize("origin", ["https://evil.example", "http://tws.company.example"])
async def test_a_name_that_is_not_ours_has_none(house: House, origin: str) -> None:
    """Though it is the name by which we are asked."""
    nobody = await at(house, await house.client(), origin)
    problem(await nobody.post("login/passkey/options"), 404, "notFound")
    alice = await at(house, await house.sign_in("alice"), origin)
    problem(await alice.post("passkeys/options", json={}), 404, "notFound")
    if origin.endswith("evil.example"):
        # By its public name it is known to have them; a browser takes that name on no other page.
        nobody = await house.client(Origin=origin, Host=HOST)
        problem(await nobody.post("login/passkey/options"), 403, "foreignOrigin")


async def test_a_server_without_names_of_its_own_has_none_but_on_its_machine(
    database: Path,
) -> None:
    async with running_house(database) as house:
        alice = await at(house, await house.sign_in("alice"))
        assert (await alice.get("passkeys")).json()["offered"] is False
        problem(await alice.post("passkeys/options", json={}), 404, "notFound")
        here = house.url.replace("127.0.0.1", "localhost")
        alice = await at(house, await house.sign_in("alice"), here)
        assert (await alice.get("passkeys")).json()["offered"] is True
        key, _ = await made(alice, here)
        nobody = await at(house, await house.client(), here)
        assert (await shown(nobody, key)).status_code == 200


async def test_nothing_is_asked_or_answered_for_another_site(house: House) -> None:
    evil = await house.client(Origin="https://evil.example", Host=HOST)
    for path in ("login/passkey", "administrator/login/passkey", "login/passkey/options"):
        body: Any = {} if path.endswith("options") else Authenticator(ORIGIN).get(OPTIONS)
        problem(await evil.post(path, json=body), 403, "foreignOrigin")


async def test_who_may_not_sign_in_so_is_not_offered_one(house: House) -> None:
    alice = await at(house, await house.sign_in("alice"))
    key, _ = await made(alice)
    await house.rooms.organisation.parameters.set_parameter(
        SYSTEM, parameter="AuthMethods", value="LDAP", user=house.users["alice"].id
    )
    assert (await alice.get("passkeys")).json()["offered"] is False
    denied = problem(await alice.post("passkeys/options", json={}), 403, "notAllowed")
    assert denied["why"] == "methodNotAllowed"
    nobody = await at(house, await house.client())
    refused = problem(await shown(nobody, key), 401, "loginRefused")
    assert refused["why"] == "methodNotAllowed"


OPTIONS = {"rpId": HOST, "challenge": "AAAAAAAAAAAAAAAAAAAAAA"}
SCALARS = st.one_of(st.integers(-(2**40), 2**40), st.binary(max_size=40), st.text(max_size=20))
ITEMS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SCALARS, inner, max_size=4),
    max_leaves=12,
)
CBOR = st.one_of(
    st.binary(max_size=300),
    ITEMS.map(cbor.encode),
    st.fixed_dictionaries({"fmt": ITEMS, "authData": ITEMS, "attStmt": ITEMS}).map(cbor.encode),
    st.fixed_dictionaries(
        {"fmt": st.just("none"), "authData": st.binary(max_size=300), "attStmt": st.just({})}
    ).map(cbor.encode),
)
CLIENT_DATA = st.one_of(
    st.binary(max_size=100),
    st.sampled_from(
        [b"[]", b"null", b'{"type":1,"challenge":2,"origin":3}', b'{"challenge":"a"}']
    ),
)


async def test_garbage_is_refused_and_no_fault(house: House) -> None:
    alice = await at(house, await house.sign_in("alice"))
    nobody = await at(house, await house.client())
    tried: list[tuple[bytes, bytes, bytes]] = []

    @settings(max_examples=60, database=None)
    @given(CLIENT_DATA, CBOR, st.binary(max_size=80))
    def collect(client_data: bytes, object: bytes, signature: bytes) -> None:
        tried.append((client_data, object, signature))

    collect()
    key = Authenticator(ORIGIN)
    for client_data, object, signature in tried:
        asked = (await alice.post("passkeys/options", json={})).json()
        right = key.create(asked)
        for data in (right["clientData"], websafe_encode(client_data)):
            answer = await alice.post(
                "passkeys",
                json={
                    "name": "X",
                    "clientData": data,
                    "attestationObject": websafe_encode(object),
                },
            )
            problem(answer, 422, "invalid")
        asked = (await nobody.post("login/passkey/options")).json()
        right = key.get(asked)
        wrong = {
            "clientData": websafe_encode(client_data),
            "authenticatorData": websafe_encode(object),
            "signature": websafe_encode(signature),
        }
        for given_ in (right | {name: value} for name, value in wrong.items()):
            assert (await nobody.post("login/passkey", json=given_)).status_code in (401, 429)
    assert (await alice.get("passkeys")).json()["passkeys"] == []

"""Signing in and out, keys, the first start, and requests made by other sites."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.plain import PLAIN
from tests.web.house import PASSWORD, House, running_house
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM
from tws.web.rooms import WebSettings

FIRST = {
    "username": "chief",
    "password": "a long pass phrase",
    "company": "SSDEI",
    "domain": {"name": "Paris", "timeZone": "Europe/Paris", "internalLength": 3},
}


async def test_a_user_signs_in_and_out(house: House) -> None:
    browser = await house.client(Origin=house.url)
    problem(await browser.get("session"), 401, "notSignedIn")
    answer = await browser.post("login", json={"username": "ALICE", "password": PASSWORD})
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie  # plain http: the browser would not send it back
    session = (await browser.get("session")).json()
    assert session == answer.json()
    assert session["user"]["username"] == "alice" and session["administrator"] is None
    assert session["applications"] == ["TWS Caller"]
    old = dict(browser.cookies)
    assert (await browser.post("logout")).status_code == 204
    assert not browser.cookies
    again = await house.client(Cookie=f"tws_session={old['tws_session']}")
    problem(await again.get("session"), 401, "notSignedIn")


async def test_an_administrator_signs_in(house: House) -> None:
    admin = await house.administrator("SSDEI")
    session = (await admin.get("session")).json()
    assert session["user"] is None and session["applications"] == []
    assert session["administrator"]["username"] == "admin-SSDEI"
    assert session["administrator"]["companies"] == [house.companies["SSDEI"].id]
    assert session["administrator"]["superUser"] is False


async def test_wrong_names_and_wrong_passwords_are_refused_alike(house: House) -> None:
    browser = await house.client()
    refused = [
        problem(await browser.post("login", json=account), 401, "loginRefused")
        for account in (
            {"username": "alice", "password": "wrong"},
            {"username": "nobody", "password": "wrong"},
            {"username": "alice", "password": PASSWORD, "company": "Other"},
            {"username": "admin-all", "password": PASSWORD},
        )
    ]
    assert len({str(one) for one in refused}) == 1
    assert not browser.cookies


async def test_who_tries_too_often_has_to_wait(house: House) -> None:
    browser = await house.client()
    account = {"username": "alice", "password": "wrong"}
    while (answer := await browser.post("login", json=account)).status_code == 401:
        pass
    slow = problem(answer, 429, "tooMany")
    assert int(answer.headers["retry-after"]) >= 1 and slow["retryAfter"] >= 1


async def test_the_password_is_changed_by_who_knows_it(house: House) -> None:
    alice, elsewhere = await house.sign_in("alice"), await house.sign_in("alice")
    problem(
        await alice.post("password", json={"old": "wrong", "new": "another pass phrase"}),
        401,
        "loginRefused",
    )
    short = problem(
        await alice.post("password", json={"old": PASSWORD, "new": "x"}), 422, "invalid"
    )
    assert short["field"] == "new" and "x" != short["detail"]
    changed = await alice.post("password", json={"old": PASSWORD, "new": "another pass phrase"})
    assert changed.status_code == 204
    assert (await alice.get("session")).status_code == 200
    assert (await elsewhere.get("session")).status_code == 401


async def test_bad_bodies_never_repeat_what_was_sent(house: House) -> None:
    browser = await house.client()
    for body in (
        {"username": "alice", "password": ["s3cret"]},
        {"username": "alice", "passwort": "s3cret"},
        {"username": ["s3cret"], "password": "s3cret"},
        {"username": "alice", "password": "s3cret", "company": 3},
    ):
        answer = await browser.post("login", json=body)
        problem(answer, 422, "invalid")
        assert "s3cret" not in answer.text


# ---------------------------------------------------------------- keys


async def test_a_key_is_made_used_listed_and_revoked(house: House) -> None:
    alice = await house.sign_in("alice")
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = await alice.post("api-keys", json={"label": "CRM", "expires": tomorrow})
    assert made.status_code == 201
    key, secret = made.json()["key"], made.json()["secret"]
    assert key["label"] == "CRM" and key["user"] == house.users["alice"].id
    program = await house.client(Authorization=f"Bearer {secret}")
    assert (await program.get("session")).json()["user"]["username"] == "alice"
    listed = await alice.get("api-keys")
    assert [one["id"] for one in listed.json()] == [key["id"]]
    assert secret not in listed.text
    # A key that leaked must not be able to make others.
    more = await program.post("api-keys", json={"label": "more"})
    assert problem(more, 403, "notAllowed")["why"] == "sessionsOnly"
    assert (await alice.delete(f"api-keys/{key['id']}")).status_code == 204
    problem(await program.get("session"), 401, "notSignedIn")
    problem(await alice.delete(f"api-keys/{key['id']}"), 404, "notFound")


async def test_times_are_told_with_their_offset(house: House) -> None:
    alice = await house.sign_in("alice")
    for expires in ("2099-01-01T00:00:00", "tomorrow", 4070908800, "2020-01-01T00:00:00Z"):
        answer = await alice.post("api-keys", json={"label": "CRM", "expires": expires})
        assert problem(answer, 422, "invalid")["field"] == "expires", expires
    made = await alice.post(
        "api-keys", json={"label": "x", "expires": "2099-01-01T02:00:00+02:00"}
    )
    assert made.json()["key"]["expires"] == "2099-01-01T00:00:00Z"


async def test_keys_of_others_are_answered_as_unknown(house: House) -> None:
    bob, alice = await house.sign_in("bob"), await house.sign_in("alice")
    made = (await bob.post("api-keys", json={"label": "his"})).json()["key"]["id"]
    stranger = await house.administrator("Other")
    for client in (alice, stranger):
        theirs = problem(await client.delete(f"api-keys/{made}"), 404, "notFound")
        unknown = problem(await client.delete("api-keys/unknown"), 404, "notFound")
        assert theirs == unknown
    user = house.users["alice"].id
    theirs = problem(await stranger.get("api-keys", params={"user": user}), 404, "notFound")
    unknown = problem(await stranger.get("api-keys", params={"user": "unknown"}), 404, "notFound")
    assert theirs == unknown


async def test_an_administrator_makes_a_key_for_a_user(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {"label": "CRM", "user": house.users["alice"].id}
    made = (await admin.post("api-keys", json=body)).json()
    program = await house.client(Authorization=f"Bearer {made['secret']}")
    assert (await program.get("session")).json()["user"]["username"] == "alice"


# ---------------------------------------------------------------- the first start


async def test_the_first_start(tmp_path: Path) -> None:
    async with running_house(tmp_path / "new.db") as house:
        browser = await house.client(Origin=house.url)
        assert (await browser.get("initialisation")).json() == {"needed": True}
        problem(
            await browser.post("administrator/login", json={"username": "tws", "password": "tws"}),
            401,
            "loginRefused",
        )
        made = await browser.post("initialisation", json=FIRST)
        assert made.status_code == 201
        assert made.json()["administrator"]["superUser"] is True
        (domain,) = (await browser.get("admin/domains")).json()
        assert (domain["name"], domain["internalLength"]) == ("Paris", 3)
        assert domain["countryPrefix"] == "33"
        assert (await browser.get("initialisation")).json() == {"needed": False}
        second = await house.client()
        problem(await second.post("initialisation", json=FIRST), 409, "conflict")


async def test_a_first_start_that_cannot_be(tmp_path: Path) -> None:
    async with running_house(tmp_path / "new.db") as house:
        browser = await house.client()
        for change, field in (
            ({"password": "short"}, "password"),
            ({"username": ""}, "username"),
            ({"domain": {"name": "Paris"}}, "domain.timeZone"),
            ({"domain": {"name": "Paris", "timeZone": "Mars/Base"}}, "domain.timeZone"),
            ({"domain": {**FIRST["domain"], "countryPrefix": "+33"}}, "domain.countryPrefix"),  # type: ignore[dict-item]
        ):
            answer = await browser.post("initialisation", json={**FIRST, **change})
            assert problem(answer, 422, "invalid")["field"] == field
        assert (await browser.get("initialisation")).json() == {"needed": True}


# ---------------------------------------------------------------- other sites


@pytest.mark.parametrize(
    "forged",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "not an origin"},
        {"Origin": "http://[bad"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_cookie_sent_by_another_site_is_worth_nothing(
    house: House, forged: dict[str, str]
) -> None:
    alice = await house.sign_in("alice")
    if "Sec-Fetch-Site" in forged:
        del alice.headers["origin"]
    body = {"device": house.device("4001"), "called": "4003"}
    for path, sent in (
        ("telephony/makeCall", body),
        ("logout", None),
        ("login", {"username": "alice", "password": PASSWORD}),
    ):
        answer = await alice.post(path, json=sent, headers=forged)
        problem(answer, 403, "foreignOrigin")
    assert (await alice.get("session")).status_code == 200
    page = house.page(alice)
    page.headers |= {k.lower(): v for k, v in forged.items()}
    assert await refused(page.url, page.headers) == 403
    assert not house.pbx().open


async def refused(url: str, headers: dict[str, str]) -> int:
    """The status with which a WebSocket was refused."""
    asked = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    async with httpx.AsyncClient(verify=PLAIN) as client:
        return (
            await client.get(url.replace("ws", "http", 1), headers=asked | headers)
        ).status_code


async def test_a_key_needs_no_origin(house: House) -> None:
    program = await house.program("alice")
    headers = {"Origin": "https://crm.example"}
    answer = await program.post(
        "telephony/answerCall",
        json={"device": house.device("4001"), "connection": "unknown"},
        headers=headers,
    )
    problem(answer, 404, "notFound")


async def test_the_public_address_is_an_origin_of_ours(database: Path) -> None:
    settings = WebSettings(public_url="https://tws.company.example")
    async with running_house(database, settings=settings) as house:
        browser = await house.client(Origin="https://tws.company.example")
        account = {"username": "alice", "password": PASSWORD}
        answer = await browser.post("login", json=account)
        assert answer.status_code == 200 and "Secure" in answer.headers["set-cookie"]
        wrong = {"Origin": "http://tws.company.example"}
        problem(await browser.post("login", json=account, headers=wrong), 403, "foreignOrigin")


async def test_whose_it_is_that_a_user_names_does_not_matter(house: House) -> None:
    """Of another domain, of another company, or nobody's: that is for administrators."""
    carol = await house.sign_in("carol")
    others = [house.users[name].id for name in ("alice", "erin")] + ["nobody"]
    for method, path in (
        *(("GET", "api-keys"), ("GET", "sessions")),
        *(("PUT", "user-photo"), ("DELETE", "user-photo")),
    ):
        answers = [await carol.request(method, path, params={"user": id}) for id in others]
        assert len({answer.content for answer in answers}) == 1
        assert problem(answers[0], 403, "notAllowed")["why"] == "administratorsOnly"
    answers = [await carol.post("api-keys", json={"label": "x", "user": id}) for id in others]
    assert len({answer.content for answer in answers}) == 1
    assert problem(answers[0], 403, "notAllowed")["why"] == "administratorsOnly"
    own = {"user": house.users["carol"].id}
    assert (await carol.get("sessions", params=own)).status_code == 200
    assert (await carol.post("api-keys", json={"label": "x", **own})).status_code == 201


async def test_only_hosts_of_ours_are_answered(database: Path) -> None:
    settings = WebSettings(hosts=frozenset({"tws.company.example", "127.0.0.1"}))
    async with running_house(database, settings=settings) as house:
        client = await house.client()
        for host in ("TWS.company.example", "tws.company.example:8080", "tws.company.example."):
            assert (await client.get("health", headers={"Host": host})).status_code == 200
        for host in ("evil.example", "", "tws.company.example.evil.example", "[::1]:80"):
            answer = await client.get("health", headers={"Host": host})
            problem(answer, 400, "unknownHost")
            assert await refused(f"{house.url}/api/v1/live", {"Host": host}) == 400
        assert (
            await client.get(f"{house.url}/", headers={"Host": "x.example"})
        ).status_code == 400


async def test_a_user_who_may_no_longer_use_it_is_out(house: House) -> None:
    alice = await house.sign_in("alice")
    row = house.users["alice"]
    await house.rooms.organisation.users.update_user(SYSTEM, row.id, row.version, enabled=False)
    problem(await alice.get("session"), 401, "notSignedIn")
    account = {"username": "alice", "password": PASSWORD}
    problem(await alice.post("login", json=account), 401, "loginRefused")

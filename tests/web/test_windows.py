"""Signing in by the ticket of a Windows session, on the real way of HTTP: curl with tickets of a
real KDC, and what is shown and not believed."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from tests.peers import require_peer
from tests.web.house import PASSWORD, House, running_house
from tests.web.problems import problem
from tests.web.test_doctor import examined
from tests.web.test_openid import who
from tests.web.tickets import REALM, Domain, running_domain
from tws.access.login_method import Credentials
from tws.connectors.windows.keytab import Key, keys
from tws.organisation.actor import SYSTEM
from tws.organisation.parameters.catalogue.server import AUTH_METHODS, AUTH_WINDOWS_REALM
from tws.protocols import totp
from tws.storage.audit import audit

LOGIN = "login/windows"


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Domain]:
    require_peer("krb5_kdc")
    with running_domain(tmp_path_factory.mktemp("domain")) as running:
        yield running


class Way:
    """Into that house."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def set(self, parameter: str, value: str, company: str = "SSDEI") -> None:
        holder = self.house.companies[company].id
        known = self.house.rooms.registry.parameter_value(parameter, holder)
        await self.house.rooms.organisation.parameters.set_parameter(
            SYSTEM,
            parameter=parameter,
            value=value,
            company=holder,
            version=known.version if known else None,
        )

    async def shows(
        self, token: str, body: Any = None, scheme: str = "Negotiate", **headers: str
    ) -> httpx.Response:
        browser = await self.house.client(Origin=self.house.url)
        shown = {"Authorization": f"{scheme} {token}", **headers}
        return await browser.post(LOGIN, json=body or {}, headers=shown)

    async def refused(self, token: str, why: str) -> dict[str, Any]:
        """Nobody is asked for anything again: a browser would ask people."""
        answer = await self.shows(token)
        told = problem(answer, 401, "loginRefused")
        assert told["why"] == why, told
        assert "Negotiate" not in answer.headers["www-authenticate"]
        assert "set-cookie" not in answer.headers
        return told

    async def audited(self, action: str) -> list[Any]:
        async with self.house.storage.reading() as reader:
            found = select(audit).where(audit.c.action == action).order_by(audit.c.number)
            return list((await reader.execute(found)).all())


class ByTicket(Way):
    """By the tickets of that domain."""

    def __init__(self, house: House, domain: Domain) -> None:
        super().__init__(house)
        self.domain = domain

    async def curl(self, person: str, path: str, *words: str) -> Any:
        """With the tickets of that person, to whichever operation."""
        port = self.house.url.rpartition(":")[2]
        address = f"http://localhost:{port}/api/v1/{path}"
        said = await asyncio.to_thread(self.domain.curl, person, *words, address)
        return json.loads(said)


@pytest.fixture
async def way(
    database: Path, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ByTicket]:
    """The users of SSDEI may come by the tickets of the realm."""
    monkeypatch.setenv("TWS_KEYTAB", str(domain.keytab))
    async with running_house(database) as house:
        way = ByTicket(house, domain)
        await way.set(AUTH_METHODS, "WindowsSecurity|TWS")
        await way.set(AUTH_WINDOWS_REALM, f"OTHER.TEST, {REALM.lower()}")
        yield way


# ------------------------------------------------------------ who comes in


async def test_a_user_signs_in_by_the_session_of_windows(way: ByTicket) -> None:
    browser = await way.house.client(Origin=way.house.url)
    assert (await browser.get(LOGIN)).json() == {"offered": True, "administrators": False}
    asked = await browser.post(LOGIN, json={})
    assert problem(asked, 401, "loginRefused")["why"] == "ticketNeeded"
    assert asked.headers["www-authenticate"] == "Negotiate"
    shown = {"Authorization": f"Negotiate {way.domain.token('alice')}"}
    answer = await browser.post(LOGIN, json={}, headers=shown)
    assert answer.status_code == 200 and answer.json()["user"]["username"] == "alice"
    scheme, _, proof = answer.headers["www-authenticate"].partition(" ")
    assert scheme == "Negotiate" and base64.b64decode(proof)
    assert await who(browser) == "alice"
    row = (await way.audited("signed in"))[-1]
    assert row.actor == "alice" and row.after["method"] == "WindowsSecurity"


async def test_curl_asks_any_operation_with_a_ticket(way: ByTicket) -> None:
    assert (await way.curl("alice", "session"))["user"]["username"] == "alice"
    made = await way.curl(
        "bob", "api-keys", "--json", json.dumps({"label": "made by a program of Windows"})
    )
    assert made["key"]["label"] == "made by a program of Windows"
    jar = way.domain.folder / "jar"
    await way.curl("bob", LOGIN, "-c", str(jar), "--json", "{}")
    assert "tws_session" in jar.read_text()
    assert await way.audited("signed in") != []


async def test_a_ticket_counts_once(way: ByTicket) -> None:
    token = way.domain.token("alice")
    assert (await way.shows(token)).status_code == 200
    assert "Request is a replay" in (await way.refused(token, "ticketRefused"))["detail"]


async def test_passwords_are_good_beside_it_and_the_test_of_signing_in_says_what_is_there(
    way: ByTicket,
) -> None:
    await way.house.sign_in("alice")
    admin, alice = await way.house.administrator("SSDEI"), way.house.users["alice"].id
    tried = await admin.post(f"admin/users/{alice}/sign-in-test", json={"password": PASSWORD})
    ticket, password = tried.json()
    assert (ticket["method"], ticket["outcome"]) == ("WindowsSecurity", "elsewhere")
    assert f"HTTP/localhost@{REALM}, version" in ticket["words"]
    assert "aes256-cts-hmac-sha1-96" in ticket["words"]
    assert password["outcome"] == "accepted"


# ------------------------------------------------------------ who does not


async def test_people_of_the_domain_whom_nobody_let_in(way: ByTicket) -> None:
    token = way.domain.token
    assert "zoe@LAB.TEST" in (await way.refused(token("zoe"), "unknownUser"))["detail"]
    await way.set(AUTH_METHODS, "WindowsSecurity", "Other")
    await way.refused(token("erin"), "unknownUser")  # no realm is named there
    await way.set(AUTH_WINDOWS_REALM, REALM, "Other")
    assert (await way.shows(token("erin"))).status_code == 200
    await way.set(AUTH_METHODS, "TWS")
    await way.refused(token("alice"), "methodNotAllowed")
    told = await way.curl("alice", "session")
    assert (told["code"], told["why"]) == ("loginRefused", "methodNotAllowed")
    rows = await way.audited("sign-in refused")
    found = [(row.target, row.after["why"], row.company) for row in rows]
    ours = way.house.companies["SSDEI"].id
    assert found == [
        ("zoe@LAB.TEST", "unknownUser", None),
        ("erin@LAB.TEST", "unknownUser", None),
        ("alice@LAB.TEST", "methodNotAllowed", ours),
    ]


async def test_whoever_is_disabled_stays_outside(way: ByTicket) -> None:
    alice = way.house.users["alice"]
    await way.house.rooms.organisation.users.update_user(
        SYSTEM, alice.id, alice.version, enabled=False
    )
    await way.refused(way.domain.token("alice"), "accountDisabled")


async def test_a_name_of_two_companies_is_nobody_s(way: ByTicket) -> None:
    service = way.house.rooms.organisation
    await service.users.create_user(
        SYSTEM, domain=way.house.domains["Berlin"].id, username="Alice"
    )
    assert (await way.shows(way.domain.token("alice"))).status_code == 200
    await way.set(AUTH_WINDOWS_REALM, REALM, "Other")
    await way.refused(way.domain.token("alice"), "unknownUser")


async def test_people_of_a_realm_that_ours_trusts_are_not_ours(
    way: ByTicket, tmp_path: Path
) -> None:
    with running_domain(tmp_path, "PARTNER.TEST") as partner:
        way.domain.realm.trusts(partner.realm)
        token = await asyncio.to_thread(partner.token, "alice")
        told = await way.refused(token, "unknownUser")
        assert "alice@PARTNER.TEST" in told["detail"]
        await way.set(AUTH_WINDOWS_REALM, f"{REALM} PARTNER.TEST")
        assert (await way.shows(partner.token("alice"))).status_code == 200


async def test_tickets_of_another_kdc_that_calls_itself_ours(
    way: ByTicket, tmp_path: Path
) -> None:
    with running_domain(tmp_path) as forger:
        await way.refused(forger.token("alice"), "ticketRefused")


@pytest.mark.parametrize(
    ("clock", "words"), [("-2d", "Ticket expired"), ("-30m", "Clock skew too great")]
)
async def test_tickets_of_another_time(
    way: ByTicket, tmp_path: Path, clock: str, words: str
) -> None:
    with running_domain(tmp_path, clock=clock) as late, exchanged(way.domain.keytab, late.keytab):
        told = await way.refused(late.token("alice"), "ticketRefused")
        assert words in told["detail"]
        findings = (await examined(await way.house.administrator("SSDEI")))["signingIn"]
        assert any(words in one["said"]["words"] for one in findings)


@contextmanager
def exchanged(ours: Path, other: Path) -> Iterator[None]:
    """The other keytab in the place of ours."""
    kept = ours.read_bytes()
    ours.write_bytes(other.read_bytes())
    try:
        yield
    finally:
        ours.write_bytes(kept)


async def test_a_ticket_for_another_service(way: ByTicket) -> None:
    """Also where the keytab has that service's key."""
    domain = way.domain
    domain.realm.keytab(domain.keytab, "host/localhost")
    assert "host/localhost" in {key.principal.split("@")[0] for key in keys_of(domain)}
    await way.refused(domain.token("alice", "--service-name", "host"), "ticketRefused")


def keys_of(domain: Domain) -> list[Key]:
    return keys(domain.keytab.read_bytes())


async def test_services_are_no_people(way: ByTicket) -> None:
    service, user = way.house.rooms.organisation, "HTTP/localhost"
    await service.users.create_user(SYSTEM, domain=way.house.domains["Nice"].id, username=user)
    way.domain.serves(user)
    told = await way.refused(way.domain.token(user), "ticketRefused")
    assert "is no person" in told["detail"]


@pytest.mark.parametrize(
    "token",
    [
        "====",
        "not base64!",
        base64.b64encode(b"x" * 2000).decode(),
        base64.b64encode(b"NTLMSSP\0\1\0\0\0\7\x82\x08\xa2" + bytes(16)).decode(),
        base64.b64encode(b"\x60\x82\xff\xff\x06\x06\x2b\x06\x01\x05\x05\x02").decode(),
        base64.b64encode(bytes(60_000)).decode(),
    ],
)
async def test_what_is_no_ticket(way: ByTicket, token: str) -> None:
    await way.refused(token, "ticketRefused")
    assert await who(await way.house.client(Authorization=f"Negotiate {token}")) is None


async def test_an_endless_header(way: ByTicket) -> None:
    answer = await way.shows("A" * 100_000)
    assert answer.status_code in (400, 413, 431)
    assert (await way.shows(way.domain.token("alice"))).status_code == 200


async def test_a_ticket_cut_or_changed(way: ByTicket) -> None:
    whole = base64.b64decode(way.domain.token("alice"))
    for spoilt in (whole[:-40], whole[:300], whole[:-9] + b"123456789", whole + b"more"):
        await way.refused(base64.b64encode(spoilt).decode(), "ticketRefused")
    assert (await way.shows(base64.b64encode(whole).decode())).status_code == 200


async def test_another_site_s_page_signs_nobody_in(way: ByTicket) -> None:
    token = way.domain.token("alice")
    foreign = {"Origin": "https://elsewhere.example"}
    problem(await way.shows(token, **foreign), 403, "foreignOrigin")
    program = await way.house.client(Authorization=f"Negotiate {token}", **foreign)
    problem(await program.post("api-keys", json={"label": "x"}), 403, "foreignOrigin")
    assert (await way.shows(token)).status_code == 200  # nobody looked at it before


async def test_a_page_signed_in_must_be_ours_whatever_else_its_browser_shows(
    way: ByTicket,
) -> None:
    browser = await way.house.sign_in("alice")
    foreign = {"Origin": "https://elsewhere.example", "Authorization": "Negotiate AAAA"}
    answer = await browser.post("api-keys", json={"label": "x"}, headers=foreign)
    problem(answer, 403, "foreignOrigin")


async def test_a_second_factor_is_asked_for_here_too(way: ByTicket) -> None:
    access = way.house.rooms.access
    actor, _ = await access.signing.login(Credentials("bob", PASSWORD), agent="")
    enrolment = await access.second_factors.begin(actor)
    secret = base64.b32decode(enrolment.secret + "=" * (-len(enrolment.secret) % 8))
    step = int(time.time() // 30)
    recovery = await access.second_factors.confirm(actor, totp.code(secret, step))
    token = way.domain.token
    asked = await way.shows(token("bob"))
    problem(asked, 401, "secondFactorNeeded")
    assert "Negotiate" not in asked.headers["www-authenticate"]
    problem(await way.shows(token("bob"), {"code": "nonsense"}), 401, "loginRefused")
    assert (await way.shows(token("bob"), {"code": recovery[0]})).status_code == 200
    assert (await way.curl("bob", "session"))["code"] == "secondFactorNeeded"


async def test_administrators_of_the_realm_that_is_named(
    database: Path, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWS_KEYTAB", str(domain.keytab))
    monkeypatch.setenv("TWS_ADMINISTRATORS_REALM", REALM.lower())
    async with running_house(database) as house:
        browser = await house.client(Origin=house.url)
        assert (await browser.get(LOGIN)).json() == {"offered": False, "administrators": True}
        by_ticket = f"administrator/{LOGIN}"
        assert await asks(browser, by_ticket, domain.token("zoe")) == (401, "unknownUser")
        administrators = house.rooms.organisation.administrators
        await administrators.create_administrator(SYSTEM, username="Zoe", super_user=True)
        assert await asks(browser, LOGIN, domain.token("zoe")) == (404, None)
        assert await asks(browser, by_ticket, domain.token("zoe")) == (200, None)
        said = (await browser.get("session")).json()
        assert said["administrator"]["username"] == "Zoe" and said["user"] is None
        program = await house.client(Authorization=f"Negotiate {domain.token('zoe')}")
        problem(await program.get("admin/companies"), 401, "notSignedIn")
    monkeypatch.setenv("TWS_ADMINISTRATORS_REALM", "OTHER.TEST")
    async with running_house(database) as house:
        browser = await house.client(Origin=house.url)
        assert await asks(browser, by_ticket, domain.token("zoe")) == (401, "unknownUser")


async def asks(browser: httpx.AsyncClient, path: str, token: str) -> tuple[int, str | None]:
    """The status, and the reason."""
    shown = {"Authorization": f"Negotiate {token}"}
    answer = await browser.post(path, json={}, headers=shown)
    return answer.status_code, answer.json().get("why")


# ------------------------------------------------------------ what administrators are told


async def test_a_flood_of_refusals_does_not_fill_the_audit_log(way: ByTicket) -> None:
    for _ in range(5):
        await way.refused(base64.b64encode(b"x").decode(), "ticketRefused")
    assert len(await way.audited("sign-in refused")) == 1


async def test_a_keytab_that_is_gone_is_no_fault_of_the_ticket(way: ByTicket) -> None:
    away = way.domain.keytab.rename(way.domain.folder / "away")
    try:
        token = way.domain.token("alice")
        told = problem(await way.shows(token), 503, "unavailable")
        assert "No such file" in told["detail"]
        admin = await way.house.administrator("SSDEI")
        [found] = (await examined(admin))["signingIn"]
        assert found["outcome"] == "failed" and "No such file" in found["said"]["words"]
        alice = way.house.users["alice"].id
        tried = await admin.post(f"admin/users/{alice}/sign-in-test", json={"password": ""})
        assert tried.json()[0]["outcome"] == "notAsked"
    finally:
        away.rename(way.domain.keytab)
    assert (await way.shows(token)).status_code == 200


async def test_without_a_keytab_nobody_is_offered_it(house: House) -> None:
    browser = await house.client(Origin=house.url)
    assert (await browser.get(LOGIN)).json() == {"offered": False, "administrators": False}
    problem(await browser.post(LOGIN, json={}), 404, "notFound")
    program = await house.client(Authorization="Negotiate AAAA")
    problem(await program.get("session"), 401, "notSignedIn")

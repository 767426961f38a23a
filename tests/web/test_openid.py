"""Signing in by an OpenID Connect provider, on the real way of HTTP: who comes in, and what a
provider or a browser may show and is not believed."""

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from sqlalchemy import select

from tests.connectors.http_server import Reply, json_reply
from tests.contracts.far_ends import client_side, server_side
from tests.web.house import PASSWORD, House, running_house
from tests.web.openid_provider import CLIENT, SECRET, Provider, running_provider
from tests.web.problems import problem
from tws.access.login_method import Credentials
from tws.connectors.openid import asking
from tws.organisation.actor import SYSTEM
from tws.protocols import totp
from tws.storage.audit import audit
from tws.web.rooms import WebSettings

CALLBACK = "login/openid/callback"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture
async def way(house: House, provider: Provider) -> "Way":
    return await offered(house, provider)


async def offered(house: House, provider: Provider) -> "Way":
    """The users of SSDEI may come by it."""
    way = Way(house, provider)
    await way.set("AuthOidcIssuer", provider.url)
    await way.set("AuthOidcClientId", CLIENT)
    await way.set("AuthOidcClientSecret", SECRET)
    await way.set("AuthOidcLabel", "Staff portal")
    await way.set("AuthMethods", "TWS|OpenIDConnect")
    return way


class Way:
    """By the provider of SSDEI."""

    def __init__(self, house: House, provider: Provider) -> None:
        self.house, self.provider = house, provider

    async def set(self, parameter: str, value: str, company: str = "SSDEI") -> None:
        values = self.house.rooms.organisation.parameters
        holder = self.house.companies[company].id
        known = self.house.rooms.registry.parameter_value(parameter, holder)
        await values.set_parameter(
            SYSTEM,
            parameter=parameter,
            value=value,
            company=holder,
            version=known.version if known else None,
        )

    async def begin(self, browser: httpx.AsyncClient) -> httpx.Response:
        (offered,) = (await browser.get("login/providers")).json()
        assert offered["label"] == "Staff portal" and offered.keys() == {"id", "label"}
        return await browser.get(f"login/openid/{offered['id']}")

    async def back(self, browser: httpx.AsyncClient, **more: str) -> str:
        """Where a browser is sent after it went there and came back."""
        begun = await self.begin(browser)
        if begun.headers["location"].startswith("/"):
            return str(begun.headers["location"])
        return await self.callback(
            browser, self.provider.sends_back(begun.headers["location"], **more)
        )

    async def callback(self, browser: httpx.AsyncClient, query: Any) -> str:
        answer = await browser.get(CALLBACK, params=query)
        assert answer.status_code == 303 and "no-store" in answer.headers["cache-control"]
        return str(answer.headers["location"])

    async def comes(self, **more: str) -> tuple[str, httpx.AsyncClient]:
        browser = await self.house.client(Origin=self.house.url)
        return await self.back(browser, **more), browser


async def who(browser: httpx.AsyncClient) -> str | None:
    answer = await browser.get("session")
    return str(answer.json()["user"]["username"]) if answer.status_code == 200 else None


async def test_a_user_signs_in_by_the_provider_of_the_company(way: Way) -> None:
    browser = await way.house.client()
    begun = await way.begin(browser)
    assert begun.status_code == 303
    asked = dict(parse_qsl(urlsplit(begun.headers["location"]).query))
    assert asked["redirect_uri"] == f"{way.house.url}/api/v1/{CALLBACK}"
    assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
    assert asked["tenant"] == "1" and asked["scope"] == "openid profile email"
    cookie = begun.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert "Path=/api/v1/login/openid" in cookie
    back = way.provider.sends_back(begun.headers["location"])
    assert await way.callback(browser, back) == "/"
    assert await who(browser) == "alice"
    assert "tws_openid" not in browser.cookies
    async with way.house.storage.reading() as reader:
        rows = (await reader.execute(select(audit).where(audit.c.action == "signed in"))).all()
    assert rows[-1].after["method"] == "OpenIDConnect"


async def test_a_company_without_a_provider_offers_none(house: House) -> None:
    browser = await house.client()
    assert (await browser.get("login/providers")).json() == []
    problem(await browser.get(f"login/openid/{house.companies['SSDEI'].id}"), 404, "notFound")


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"])
async def test_id_tokens_are_signed_by_any_of_these(way: Way, algorithm: str) -> None:
    way.provider.turn_key("another", algorithm)
    location, browser = await way.comes()
    assert location == "/" and await who(browser) == "alice"


def _expired(provider: Provider) -> None:
    provider.claims["exp"] = int(time.time()) - 61


def _of_the_future(provider: Provider) -> None:
    provider.claims["iat"] = int(time.time()) + 120


def _claims(**claims: Any) -> Callable[[Provider], None]:
    return lambda provider: provider.claims.update(claims)


def _metadata(**metadata: Any) -> Callable[[Provider], None]:
    return lambda provider: provider.metadata.update(metadata)


def _answers(path: str, reply: Reply) -> Callable[[Provider], None]:
    return lambda provider: provider.answers.update({path: lambda: reply})


def _signed(algorithm: str) -> Callable[[Provider], None]:
    def by(provider: Provider) -> None:
        if algorithm != "none":
            provider.turn_key("first", algorithm, publish=False)
        provider.algorithm = algorithm

    return by


def _tampered(provider: Provider) -> None:
    provider.tampered = True


def _critical(provider: Provider) -> None:
    provider.headers |= {"crit": ["of-our-own"], "of-our-own": True}


def _another_key(provider: Provider) -> None:
    provider.turn_key("first", publish=False)


def _never_published(provider: Provider) -> None:
    provider.turn_key("second", publish=False)


def _userinfo_of_another(provider: Provider) -> None:
    provider.claims["preferred_username"] = None
    provider.metadata["userinfo_endpoint"] = f"{provider.url}/userinfo"
    provider.userinfo |= {"sub": "two", "preferred_username": "alice"}


def _elsewhere(provider: Provider) -> None:
    """Where all would be right."""
    moved = Reply(302, b"{}", {"Location": f"{provider.url}/moved"})
    provider.answers |= {DISCOVERY: lambda: moved, "/moved": lambda: json_reply(provider.told())}


DISCOVERY = "/.well-known/openid-configuration"
EVIL: dict[str, tuple[Callable[[Provider], None], str]] = {
    "wrong nonce": (_claims(nonce="another"), "untrusted"),
    "no nonce": (_claims(nonce=None), "untrusted"),
    "wrong audience": (_claims(aud="another"), "untrusted"),
    "several audiences": (_claims(aud=[CLIENT, "another"]), "untrusted"),
    "another party": (_claims(azp="another"), "untrusted"),
    "wrong issuer": (_claims(iss="https://id.example"), "untrusted"),
    "expired": (_expired, "untrusted"),
    "never expires": (_claims(exp=None), "untrusted"),
    "expires some day": (_claims(exp="tomorrow"), "untrusted"),
    "of the future": (_of_the_future, "untrusted"),
    "another's access token": (_claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), "untrusted"),
    "about nobody": (_claims(sub=None), "untrusted"),
    "unsigned": (_signed("none"), "untrusted"),
    "signed with our secret": (_signed("HS256"), "untrusted"),
    "tampered with": (_tampered, "untrusted"),
    "critical header": (_critical, "untrusted"),
    "another's key of that name": (_another_key, "untrusted"),
    "a key that is nowhere": (_never_published, "untrusted"),
    "userinfo of another": (_userinfo_of_another, "untrusted"),
    "discovery of another issuer": (_metadata(issuer="https://id.example"), "untrusted"),
    "an endpoint in the clear": (
        _metadata(token_endpoint="http://id.example/token"),
        "untrusted",
    ),
    "a place that is none": (
        _metadata(authorization_endpoint="javascript:alert(1)"),
        "untrusted",
    ),
    "no ID token": (_answers("/token", json_reply({"access_token": "access"})), "untrusted"),
    "no tokens": (
        _answers("/token", json_reply({"error": "invalid_client"}, 401)),
        "providerAway",
    ),
    "huge": (_metadata(padding="x" * asking.LARGEST_ANSWER), "providerAway"),
    "packed": (
        _answers(DISCOVERY, Reply(200, b"x", {"Content-Encoding": "gzip"})),
        "providerAway",
    ),
    "elsewhere": (_elsewhere, "providerAway"),
    "no JSON": (_answers("/jwks", Reply(200, b"<html>")), "providerAway"),
    "no keys": (_answers("/jwks", json_reply({})), "providerAway"),
    "cut off": (_answers("/token", Reply(200, b"{}" * 99, torn=5)), "providerAway"),
}


@pytest.mark.parametrize("what", EVIL)
async def test_what_cannot_be_believed_lets_nobody_in(way: Way, what: str) -> None:
    spoil, why = EVIL[what]
    spoil(way.provider)
    location, browser = await way.comes()
    assert location == f"/?signIn={why}"
    assert await who(browser) is None


async def test_a_provider_that_stalls_is_not_waited_for(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ANSWERS_WITHIN", 0.2)
    way.provider.service.hold()
    location, _ = await way.comes()
    assert location == "/?signIn=providerAway"
    way.provider.service.let_go()
    monkeypatch.setattr(asking, "ANSWERS_WITHIN", 10.0)
    assert (await way.comes())[0] == "/"


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_provider_has_a_certificate_that_is_trusted(
    house: House, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    if trusted:
        monkeypatch.setattr(asking, "trusting", client_side)
    with running_provider(server_side()) as provider:
        way = await offered(house, provider)
        assert (await way.comes())[0] == ("/" if trusted else "/?signIn=providerAway")
        assert bool(provider.service.requests) == trusted


async def test_a_key_that_is_new_is_looked_for_once(way: Way) -> None:
    assert (await way.comes())[0] == "/"
    way.provider.turn_key("second")
    assert (await way.comes())[0] == "/"
    assert len(way.provider.service.asked("/jwks")) == 2
    way.provider.turn_key("third", publish=False)
    assert (await way.comes())[0] == "/?signIn=untrusted"
    assert len(way.provider.service.asked("/jwks")) == 3
    assert len(way.provider.service.asked(DISCOVERY)) == 1


async def test_a_browser_comes_back_to_what_it_began_and_once(way: Way) -> None:
    house, mine = way.house, await way.house.client()
    begun = (await way.begin(mine)).headers["location"]
    back = way.provider.sends_back(begun)
    stranger = await house.client()
    assert await way.callback(stranger, back) == "/?signIn=late"
    await way.begin(stranger)
    assert await way.callback(stranger, back) == "/?signIn=late"
    assert await way.callback(mine, back | {"state": "another"}) == "/?signIn=late"
    assert await way.callback(mine, {}) == "/?signIn=late"
    way.provider.sends_back(begun)
    cookie = dict(mine.cookies)
    assert await way.callback(mine, back) == "/"
    again = await house.client(Cookie=f"tws_openid={cookie['tws_openid']}")
    assert await way.callback(again, back) == "/?signIn=late"
    assert await who(again) is None


async def test_the_answer_names_who_answers_where_it_does_so(way: Way) -> None:
    assert (await way.comes(iss="https://id.example"))[0] == "/?signIn=untrusted"
    assert (await way.comes(iss=way.provider.url))[0] == "/"


async def test_a_provider_that_names_itself_must(way: Way) -> None:
    way.provider.metadata["authorization_response_iss_parameter_supported"] = True
    assert (await way.comes())[0] == "/?signIn=untrusted"
    assert (await way.comes(iss=way.provider.url))[0] == "/"


async def test_a_refusal_of_the_provider_is_said(way: Way) -> None:
    assert (await way.comes(error="access_denied"))[0] == "/?signIn=refusedThere"


async def test_a_parameter_twice_counts_as_none(way: Way) -> None:
    browser = await way.house.client()
    back = way.provider.sends_back((await way.begin(browser)).headers["location"])
    twice = [*back.items(), ("state", back["state"])]
    assert await way.callback(browser, twice) == "/?signIn=late"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"preferred_username": "ALICE"}, None),
        ({"preferred_username": "ａlice"}, "unknownUser"),  # looks like her
        ({"preferred_username": "nobody"}, "unknownUser"),
        ({"preferred_username": None}, "unknownUser"),
        ({"preferred_username": ["alice"]}, "unknownUser"),
        ({"preferred_username": "erin"}, "unknownUser"),  # of another company
        ({"preferred_username": "admin-all"}, "unknownUser"),
    ],
)
async def test_users_are_those_of_the_company(
    way: Way, claims: dict[str, Any], why: str | None
) -> None:
    await way.set("AuthMethods", "OpenIDConnect", "Other")
    way.provider.claims |= claims
    location, _ = await way.comes()
    assert location == (f"/?signIn={why}" if why else "/")


@pytest.mark.parametrize(
    ("verified", "why"),
    [(True, None), (False, "unknownUser"), ("true", "unknownUser"), (None, "unknownUser")],
)
async def test_an_e_mail_address_counts_once_it_was_verified(
    way: Way, verified: object, why: str | None
) -> None:
    await email(way.house, "alice", "Alice.Martin@ssdei.example")
    await way.set("AuthOidcClaim", "email")
    way.provider.claims |= {"email": "alice.martin@SSDEI.example", "email_verified": verified}
    assert (await way.comes())[0] == (f"/?signIn={why}" if why else "/")


async def test_an_e_mail_address_of_two_is_nobody_s(way: Way) -> None:
    for username in ("alice", "bob"):
        await email(way.house, username, "desk@ssdei.example")
    await way.set("AuthOidcClaim", "email")
    way.provider.claims |= {"email": "desk@ssdei.example", "email_verified": True}
    assert (await way.comes())[0] == "/?signIn=unknownUser"


async def email(house: House, username: str, address: str) -> None:
    user = house.rooms.registry.users[house.users[username].id]
    await house.rooms.organisation.users.update_user(SYSTEM, user.id, user.version, email=address)


async def test_what_the_id_token_lacks_is_asked_for(way: Way) -> None:
    way.provider.claims["preferred_username"] = None
    way.provider.metadata["userinfo_endpoint"] = f"{way.provider.url}/userinfo"
    way.provider.userinfo |= {"sub": "one", "preferred_username": "bob"}
    location, browser = await way.comes()
    assert location == "/" and await who(browser) == "bob"


async def test_only_whose_methods_have_it(way: Way) -> None:
    await way.set("AuthMethods", "TWS")
    assert (await way.comes())[0] == "/?signIn=methodNotAllowed"
    await way.set("AuthMethods", "OpenIDConnect")
    location, browser = await way.comes()
    assert location == "/"
    await browser.post("logout")
    account = {"username": "alice", "password": PASSWORD}
    problem(await browser.post("login", json=account), 401, "loginRefused")


async def test_neither_the_disabled_nor_the_unauthorised(way: Way) -> None:
    users = way.house.rooms.organisation.users
    dave = await users.create_user(SYSTEM, domain=way.house.domains["Paris"].id, username="dave")
    way.provider.claims["preferred_username"] = "dave"
    assert (await way.comes())[0] == "/?signIn=applicationNotGranted"
    await users.update_user(SYSTEM, dave.id, dave.version, enabled=False)
    assert (await way.comes())[0] == "/?signIn=accountDisabled"


async def test_a_provider_changed_meanwhile_is_begun_with_again(way: Way) -> None:
    browser = await way.house.client()
    back = way.provider.sends_back((await way.begin(browser)).headers["location"])
    await way.set("AuthOidcClientId", "another")
    assert await way.callback(browser, back) == "/?signIn=late"


async def test_a_client_may_say_who_it_is_in_the_body(way: Way) -> None:
    way.provider.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert (await way.comes())[0] == "/"
    (asked,) = way.provider.service.asked("/token")
    assert asked.form()["client_secret"] == SECRET and "authorization" not in asked.headers


async def test_the_secret_is_kept_sealed_and_told_to_nobody(way: Way) -> None:
    admin = await way.house.administrator("SSDEI")
    values = (await admin.get("admin/parameter-values")).text
    assert "AuthOidcClientSecret" in values and SECRET not in values


async def test_a_second_factor_is_asked_for_here_too(way: Way) -> None:
    access, bob = way.house.rooms.access, way.house.users["bob"]
    actor, _ = await access.signing.login(Credentials("bob", PASSWORD), agent="")
    enrolment = await access.second_factors.begin(actor)
    secret = base64.b32decode(enrolment.secret + "=" * (-len(enrolment.secret) % 8))
    step = int(time.time() // 30)
    recovery = await access.second_factors.confirm(actor, totp.code(secret, step))
    way.provider.claims["preferred_username"] = bob.username
    location, browser = await way.comes()
    assert location == "/?signIn=secondFactorNeeded" and await who(browser) is None
    stranger = await way.house.client(Origin=way.house.url)
    shown = {"code": recovery[0]}
    refused = problem(await stranger.post("login/openid/code", json=shown), 401, "loginRefused")
    assert refused["why"] == "signInOver"
    wrong = await browser.post("login/openid/code", json={"code": "nonsense"})
    assert "why" not in problem(wrong, 401, "loginRefused")
    foreign = {"Origin": "https://elsewhere.example"}
    answer = await browser.post("login/openid/code", json=shown, headers=foreign)
    problem(answer, 403, "foreignOrigin")
    answer = await browser.post("login/openid/code", json=shown)
    assert answer.status_code == 200 and answer.json()["user"]["username"] == "bob"
    assert await who(browser) == "bob"
    problem(await browser.post("login/openid/code", json=shown), 401, "loginRefused")


async def test_the_public_address_is_where_browsers_come_back(
    database: Path, provider: Provider
) -> None:
    settings = WebSettings(public_url="https://tws.company.example")
    async with running_house(database, settings=settings) as house:
        way = Way(house, provider)
        for name, value in (
            ("AuthOidcIssuer", provider.url),
            ("AuthOidcClientId", CLIENT),
            ("AuthOidcLabel", "Staff portal"),
        ):
            await way.set(name, value)
        begun = await way.begin(await house.client(Host="forged.example"))
        asked = dict(parse_qsl(urlsplit(begun.headers["location"]).query))
        assert asked["redirect_uri"] == f"https://tws.company.example/api/v1/{CALLBACK}"
        assert "Secure" in begun.headers["set-cookie"]

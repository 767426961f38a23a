"""Whether a provider of identities answers is said by the doctor and by the sign-in test, before
anybody stands before its door."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.connectors.http_server import Reply, json_reply
from tests.web.house import PASSWORD, House
from tests.web.openid_provider import Provider, running_provider
from tests.web.test_doctor import examined
from tests.web.test_openid import DISCOVERY, Way, offered
from tws.access import elsewhere
from tws.connectors.openid import asking


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture
async def way(house: House, provider: Provider) -> Way:
    return await offered(house, provider)


async def told(house: House) -> list[dict[str, Any]]:
    """What the doctor says of the provider."""
    found = (await examined(await house.administrator("SSDEI")))["signingIn"]
    return [one for one in found if one["said"]["words"].startswith("OpenIDConnect: ")]


async def tried(house: House, password: str = PASSWORD) -> dict[str, tuple[str, str]]:
    admin = await house.administrator("SSDEI")
    path = f"admin/users/{house.users['alice'].id}/sign-in-test"
    answer = await admin.post(path, json={"password": password})
    assert answer.status_code == 200, answer.text
    return {one["method"]: (one["outcome"], one["words"]) for one in answer.json()}


async def test_a_provider_that_answers_is_well(way: Way) -> None:
    [one] = await told(way.house)
    issuer = way.provider.url
    assert one["outcome"] == "ok" and one["todo"] is None
    assert one["said"]["words"] == f"OpenIDConnect: {issuer} answers, with 1 keys."
    assert one["company"] == way.house.companies["SSDEI"].id
    assert (await tried(way.house))["OpenIDConnect"] == (
        "elsewhere",
        f"{issuer} answers, with 1 keys.",
    )
    foreign = (await examined(await way.house.administrator("Other")))["signingIn"]
    assert issuer not in str(foreign)


async def test_of_nobody_who_comes_by_it_nothing_is_asked(way: Way) -> None:
    await way.set("AuthMethods", "TWS")
    before = len(way.provider.service.requests)
    assert await told(way.house) == []
    assert len(way.provider.service.requests) == before


WRONG: dict[str, tuple[Callable[[], Reply], str, str]] = {
    "no keys": (lambda: json_reply({}), "/jwks", "/jwks has no keys."),
    "none to check by": (
        lambda: json_reply({"keys": [{"kty": "oct", "k": "AAAA"}]}),
        "/jwks",
        "has no key by which TWS can check.",
    ),
    "gone": (lambda: json_reply({}, 404), DISCOVERY, f"{DISCOVERY} answers 404."),
    "no JSON": (lambda: Reply(200, b"<html>"), DISCOVERY, "answers with no JSON object."),
    "another": (
        lambda: json_reply({"issuer": "https://id.example"}),
        DISCOVERY,
        "calls itself https://id.example.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_is_wrong_with_a_provider_is_said(way: Way, case: str) -> None:
    assert (await told(way.house))[0]["outcome"] == "ok"  # what is kept of it counts for nothing
    reply, path, words = WRONG[case]
    way.provider.answers[path] = reply
    [one] = await told(way.house)
    assert (one["outcome"], one["page"], one["row"]) == ("failed", "parameters", "AuthOidcIssuer")
    assert one["said"]["words"].endswith(words) and one["todo"] is not None
    outcome, said = (await tried(way.house))["OpenIDConnect"]
    assert outcome == "notAsked" and said.endswith(words)


async def test_nobody_is_there(way: Way) -> None:
    await way.set("AuthOidcIssuer", "https://127.0.0.1:1")
    [one] = await told(way.house)
    assert one["outcome"] == "failed"
    assert "127.0.0.1 takes no connections at port 1" in one["said"]["words"]


@pytest.mark.parametrize("limit", ["of the provider", "of the doctor"])
async def test_a_provider_that_stalls_is_not_waited_for(
    way: Way, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    module, name = (
        (asking, "ANSWERS_WITHIN") if limit == "of the provider" else (elsewhere, "WITHIN")
    )
    monkeypatch.setattr(module, name, 0.2)
    way.provider.service.hold()
    [one] = await told(way.house)
    way.provider.service.let_go()
    assert one["outcome"] == "failed" and "more than 0 seconds" in one["said"]["words"]

"""Browsers are told of calls while their page is hidden or closed: by a push service of the tests,
which decrypts what it is given as a browser does."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from tests.connectors.http_server import Reply
from tests.push.push_service import Browser, PushService, running_push_service, trust
from tests.web.calls import answered, at, ends, rings
from tests.web.house import DEADLINE, PAPER, House, running_house, with_connectors
from tests.web.problems import problem
from tests.web.test_services import open_incidents
from tests.web.test_synchronisations import ONE, Shelf
from tws.connectors.web_push import WebPush
from tws.organisation.actor import SYSTEM
from tws.push.events import SubscriptionChanged
from tws.push.model import MOST_OF_A_USER
from tws.push.sending import OVER_TTL, RINGING_TTL
from tws.storage import Storage
from tws.telephony.event_reports import ConnectionCleared
from tws.telephony.model import Cause

SHOWN = "01 55 17 18 89"
ALL_DAY = {"days": [1, 2, 3, 4, 5, 6, 7], "start": "00:00", "end": "00:00"}


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    with running_push_service() as service:
        yield service


@pytest.fixture
def outside(service: PushService) -> Any:
    postman = partial(WebPush, trust=trust)
    return replace(with_connectors(), postman=lambda subject, _: postman(subject, True))


@pytest.fixture
async def house(database: Path, outside: Any) -> AsyncIterator[House]:
    async with running_house(database, outside=outside) as house:
        yield house


async def subscribed(service: PushService, client: httpx.AsyncClient) -> Browser:
    """The browser of whoever has signed in with that client."""
    key = (await client.get("push-subscription")).json()["key"]
    browser = service.browser(key)
    answer = await client.put("push-subscription", json=browser.subscription)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"key": key, "subscribed": True}
    return browser


async def stored(storage: Storage) -> int:
    async with storage.reading() as reader:
        return int(
            (await reader.execute(text("SELECT count(*) FROM push_subscription"))).scalar_one()
        )


async def none_stored(house: House) -> None:
    """Once what was published has been done."""
    await house.rooms.bus.settle()
    assert await stored(house.storage) == 0


async def test_a_call_is_told_and_taken_back(house: House, service: PushService) -> None:
    alice = await house.sign_in("alice")
    browser = await subscribed(service, alice)
    with capture_logs() as told:
        house.report(rings("1", "4001"))
        message = await browser.message()
        await house.rooms.bus.settle()
    (leg,) = house.legs("4001")
    (step,) = (line for line in told if line["event"] == "call step")
    (pushed,) = (line for line in told if line["event"] == "call pushed")
    assert pushed["thread"] == step["thread"]
    assert message.content == {
        "leg": leg,
        "device": house.device("4001"),
        "state": "ringing",
        "name": None,
        "number": SHOWN,
        "company": None,
        "by": None,
        "culture": "Auto",
        "operations": ["answerCall", "clearConnection"],
    }
    headers = message.headers
    assert (headers["urgency"], headers["topic"]) == ("high", uuid.UUID(leg).hex)
    assert 0 < int(headers["ttl"]) <= RINGING_TTL

    house.report(answered("1", "4001"))
    message = await browser.message()
    assert (message.content["leg"], message.content["state"]) == (leg, "answered")
    assert message.content["operations"] == [] and message.headers["topic"] == headers["topic"]
    assert RINGING_TTL < int(message.headers["ttl"]) <= OVER_TTL

    # An answered call ends without a word; one that nobody took is missed.
    house.report(ends("1", "4001"), rings("2", "4001"))
    assert (await browser.message()).content["state"] == "ringing"
    house.report(ends("2", "4001"))
    assert (await browser.message()).content["state"] == "missed"
    house.report(rings("3", "4001"))
    assert (await browser.message()).content["state"] == "ringing"
    picked = ConnectionCleared(connection=at("3", "4001"), cause=Cause.CALL_PICKUP)
    house.report(picked)
    assert (await browser.message()).content["state"] == "answered"
    assert browser.arrived.empty()


async def test_who_subscribes_again_is_told_how_a_call_ends(
    house: House, service: PushService
) -> None:
    """A page that is opened while its telephone rings says once more that it wants to be told."""
    alice = await house.sign_in("alice")
    browser = await subscribed(service, alice)
    house.report(rings("1", "4001"))
    assert (await browser.message()).content["state"] == "ringing"
    answer = await alice.put("push-subscription", json=browser.subscription)
    assert answer.json()["subscribed"] is True
    house.report(ends("1", "4001"))
    assert (await browser.message()).content["state"] == "missed"
    assert await stored(house.storage) == 1


async def test_what_is_told_is_what_its_user_may_see(house: House, service: PushService) -> None:
    alice = await house.sign_in("alice")
    browser = await subscribed(service, alice)
    made = await alice.post(
        "contacts",
        json={
            "lastName": "Martin",
            "firstName": "Paul",
            "company": "ARDA",
            "private": True,
            "numbers": [{"kind": "work", "number": SHOWN}],
        },
    )
    assert made.status_code == 201, made.text
    house.report(rings("1", "4001"))
    told = (await browser.message()).content
    if told["name"] is None:  # it is told before it is looked up, and again then
        told = (await browser.message()).content
    assert (told["name"], told["number"], told["company"]) == ("Paul Martin", SHOWN, "ARDA")

    # Bob has no such contact; who withholds the number is nobody to anyone.
    bob = await house.sign_in("bob")
    other = await subscribed(service, bob)
    house.report(rings("2", "4003"))
    told = (await other.message()).content
    assert (told["name"], told["number"]) == (None, SHOWN)
    house.report(rings("3", "4003", restricted=True))
    told = (await other.message()).content
    assert (told["name"], told["number"], told["company"]) == (None, None, None)


async def test_the_red_list_is_told_by_name_alone(
    house: House, service: PushService, database: Path
) -> None:
    browser = await subscribed(service, await house.sign_in("alice"))
    shelf = Shelf(house, await house.administrator("SSDEI"), database.parent)
    await shelf.made()
    async with house.page(shelf.admin) as page:
        await shelf.run(page, ONE.replace("89;", "89;LR"))
    house.report(rings("1", "4001"))
    told = (await browser.message()).content
    if told["name"] is None:
        told = (await browser.message()).content
    assert (told["name"], told["number"]) == ("Marie Lemaire", None)


async def test_quiet_is_silence_here_too(house: House, service: PushService) -> None:
    alice = await house.sign_in("alice")
    browser = await subscribed(service, alice)
    choices: list[dict[str, Any]] = [{"quiet": True}, {"quiet": False, "quietHours": ALL_DAY}]
    for n, quiet in enumerate(choices):
        done = await alice.patch("preferences", json={"version": n, **quiet})
        assert done.status_code == 200, done.text
        house.report(rings(f"{n}", "4001"), ends(f"{n}", "4001"))
    done = await alice.patch("preferences", json={"version": 2, "quietHours": None})
    house.report(rings("2", "4002"))
    assert (await browser.message()).content["device"] == house.device("4002")
    assert browser.arrived.empty()


async def test_a_page_that_is_looked_at_tells_it_itself(
    house: House, service: PushService
) -> None:
    alice, elsewhere = await house.sign_in("alice"), await house.sign_in("alice")
    browser, other = await subscribed(service, alice), await subscribed(service, elsewhere)
    async with house.page(alice) as page:
        await page.look(True)
        # What is asked next is answered when that has been heard.
        await page.watch("nobody")
        async with house.page(elsewhere):
            await house.rooms.bus.settle()
            house.report(rings("1", "4001"))
            assert (await other.message()).content["state"] == "ringing"
            assert browser.arrived.empty()
        # It is looked at no more, and still it rings.
        await page.look(False)
        assert (await browser.message()).content["state"] == "ringing"
        await page.look(True)
    house.report(answered("1", "4001"))
    assert (await browser.message()).content["state"] == "answered"
    house.report(rings("2", "4002"))  # and the page is closed
    assert (await browser.message()).content["device"] == house.device("4002")


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(
    house: House, service: PushService, status: int
) -> None:
    alice = await house.sign_in("alice")
    browser = await subscribed(service, alice)
    service.answers[browser.name] = [Reply(status)]
    forgotten = asyncio.Event()
    house.rooms.bus.follow(SubscriptionChanged, lambda _: forgotten.set())
    house.report(rings("1", "4001"))
    async with asyncio.timeout(DEADLINE):
        await forgotten.wait()
    assert await stored(house.storage) == 0
    assert (await alice.get("push-subscription")).json()["subscribed"] is False


async def test_a_push_service_that_is_away_is_asked_again(
    house: House, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tws.push.sending.PAUSES", (0.0, 0.0, 0.0))
    alice = await house.sign_in("alice")
    browser = await subscribed(service, alice)
    service.answers[browser.name] = [Reply(503), Reply(429, headers={"Retry-After": "0"})]
    house.report(rings("1", "4001"))
    assert (await browser.message()).content["state"] == "ringing"
    # What it refuses, and what comes too late, is not.
    service.answers[browser.name] = [Reply(413), Reply(503, headers={"Retry-After": "9999"})]
    house.report(answered("1", "4001"), rings("2", "4002"))
    await house.rooms.bus.settle()
    assert service.answers[browser.name] == []
    house.report(answered("2", "4002"))
    message = await browser.message()
    assert (message.content["leg"], message.content["state"]) == (
        house.legs("4002")[0],
        "answered",
    )
    assert await stored(house.storage) == 1


async def test_it_ends_with_its_session(house: House, service: PushService) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    browser, other = await subscribed(service, alice), await subscribed(service, bob)
    assert (await alice.post("logout")).status_code == 204
    house.report(rings("1", "4001"), rings("2", "4003"))
    assert (await other.message()).content["device"] == house.device("4003")
    assert not house.rooms.push.subscriptions.any_of(house.users["alice"].id)
    grants = house.rooms.registry.grants.values()
    (grant,) = [one for one in grants if one.grantee == house.users["bob"].id]
    await house.rooms.organisation.grants.delete_grant(SYSTEM, grant.id, grant.version)
    await none_stored(house)
    house.report(answered("2", "4003"))
    await house.rooms.bus.settle()
    assert browser.arrived.empty() and other.arrived.empty()


async def test_a_browser_is_told_of_one_user_alone(house: House, service: PushService) -> None:
    """Somebody else signs in there, without the one before having signed out."""
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    browser = await subscribed(service, alice)
    answer = await bob.put("push-subscription", json=browser.subscription)
    assert answer.status_code == 200
    assert (await alice.get("push-subscription")).json()["subscribed"] is False
    house.report(rings("1", "4001"), rings("2", "4003"))
    assert (await browser.message()).content["device"] == house.device("4003")
    assert (await bob.delete("push-subscription")).status_code == 204
    assert await stored(house.storage) == 0


async def test_a_user_has_some_browsers_and_no_more(house: House, service: PushService) -> None:
    clients = [await house.sign_in("alice") for _ in range(MOST_OF_A_USER + 1)]
    for client in clients:
        await subscribed(service, client)
    told = [(await client.get("push-subscription")).json()["subscribed"] for client in clients]
    assert told == [False, *[True] * MOST_OF_A_USER]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "http://push.example/1"),
        ("endpoint", "https://user@push.example/1"),
        ("endpoint", "https:///1"),
        ("endpoint", "https://push.example:99999/1"),
        ("endpoint", "https://push.example/\x01"),
        ("endpoint", "https://push.example/1\n"),
        ("endpoint", "https://püsh.example/1"),
        ("key", "AAAA"),
        ("key", "no base64!"),
        ("auth", "AAAA"),
        ("auth", "no base64!"),
    ],
)
async def test_what_is_no_subscription_is_refused(
    house: House, service: PushService, field: str, value: str
) -> None:
    alice = await house.sign_in("alice")
    body = {**service.browser().subscription, field: value}
    refused = await alice.put("push-subscription", json=body)
    assert problem(refused, 422, "invalid")["field"] == field
    assert await stored(house.storage) == 0


async def test_a_program_and_an_administrator_have_no_browser(
    house: House, service: PushService
) -> None:
    body = service.browser().subscription
    program = await house.program("alice")
    refused = await program.put("push-subscription", json=body)
    assert problem(refused, 403, "notAllowed")["why"] == "sessionsOnly"
    admin = await house.administrator("SSDEI")
    assert (await admin.put("push-subscription", json=body)).status_code == 403


async def test_the_key_outlives_a_restart_and_is_kept_sealed(
    database: Path, outside: Any, service: PushService
) -> None:
    async with running_house(database, outside=outside) as house:
        alice = await house.sign_in("alice")
        browser = await subscribed(service, alice)
        cookies = alice.cookies
        private = house.rooms.push.keys.private
        async with house.storage.reading() as reader:
            key = (await reader.execute(text("SELECT sealed FROM push_key"))).scalar_one()
            row = (await reader.execute(text("SELECT * FROM push_subscription"))).mappings().one()
    assert private is not None and private not in key
    assert not any(browser.endpoint in str(value) for value in row.values())
    async with running_house(database, outside=outside) as house:
        again = await house.client(Origin=house.url)
        again.cookies.update(cookies)
        known = (await again.get("push-subscription")).json()
        assert known == {"key": browser.key, "subscribed": True}
        house.report(rings("1", "4001"))
        assert (await browser.message()).content["number"] == SHOWN


async def findings(admin: httpx.AsyncClient) -> list[str]:
    """Of its secrets, what the doctor finds wrong."""
    found = (await admin.get("admin/doctor")).json()
    return [
        one["page"]
        for one in found["findings"]
        if one["check"] == "secrets" and one["outcome"] == "failed"
    ]


async def test_a_lost_key_is_found_and_made_anew_on_purpose(
    database: Path, outside: Any, service: PushService
) -> None:
    async with running_house(database, outside=outside) as house:
        await subscribed(service, await house.sign_in("alice"))
        async with house.storage.transaction() as tx:
            await tx.execute(text("UPDATE push_key SET sealed = 'sealed:1:AAAA'"))
    async with running_house(database, outside=outside) as house:
        everybody, alice = await house.administrator("all"), await house.sign_in("alice")
        assert await findings(everybody) == ["services"]
        assert (await open_incidents(everybody))["secretLost"] == "push"
        ours = await house.administrator("SSDEI")
        assert await findings(ours) == []
        problem(await ours.post("admin/push-key/renew"), 403, "notAllowed")
        assert (await alice.get("push-subscription")).json()["key"] is None

        assert (await everybody.post("admin/push-key/renew")).status_code == 204
        assert await findings(everybody) == []
        await none_stored(house)
        browser = await subscribed(service, alice)
        house.report(rings("1", "4001"))
        assert (await browser.message()).content["number"] == SHOWN
        page = (await everybody.get("admin/audit", params={"action": "push key"})).json()
        assert [one["action"] for one in page["entries"]] == ["push key renewed"]


async def test_who_rings_while_it_is_stopped_is_told_to_nobody(
    house: House, service: PushService
) -> None:
    everybody, alice = await house.administrator("all"), await house.sign_in("alice")
    browser = await subscribed(service, alice)
    assert (await everybody.post("admin/services/push/stop")).status_code == 200
    house.report(rings("1", "4001"))
    await house.rooms.bus.settle()
    assert (await everybody.post("admin/services/push/start")).status_code == 200
    house.report(ends("1", "4001"), rings("2", "4001"))
    states = [(await browser.message()).content["state"] for _ in range(2)]
    assert states == ["missed", "ringing"]


async def test_who_is_erased_leaves_no_browser(house: House, service: PushService) -> None:
    await subscribed(service, await house.sign_in("alice"))
    admin = await house.administrator("SSDEI")
    user = house.users["alice"].id
    held = (await admin.get(f"admin/users/{user}/erasure")).json()
    assert "push_subscription" in str(held)
    done = await admin.post(f"admin/users/{user}/erasure", json={"name": "alice"})
    assert done.status_code == 200, done.text
    assert await stored(house.storage) == 0


async def test_without_a_postman_nobody_is_told(database: Path, service: PushService) -> None:
    none = replace(PAPER, postman=lambda subject, local: None)
    async with running_house(database, outside=none) as house:
        alice = await house.sign_in("alice")
        assert (await alice.get("push-subscription")).json() == {"key": None, "subscribed": False}
        refused = await alice.put("push-subscription", json=service.browser().subscription)
        assert problem(refused, 503, "unavailable")["why"] == "pushNotOffered"

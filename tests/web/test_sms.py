"""Text messages through the whole house, by a gateway over HTTP: who may, what is sent once, and
how far a message has come."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from tests.connectors.http_server import Reply, json_reply
from tests.web.house import House, running_house
from tests.web.problems import problem
from tests.web.texting import KEY, Gateway, come_to, once, send, set_up, tell
from tws.messaging.sms import store
from tws.messaging.sms.cleaning import Cleaning
from tws.messaging.sms.model import Sms
from tws.schedule import Schedule
from tws.sources.errors import Misconfigured

Client = httpx.AsyncClient


def raising(error: Exception) -> Callable[..., Any]:
    def raises(*given: object) -> None:
        raise error

    return raises


# ---------------------------------------------------------------- sent


async def test_a_message_is_sent_and_its_delivery_seen(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        assert page.state["sms"]["mostParts"] == 10
        sent = await send(alice, "À bientôt €")
        assert (sent["state"], sent["number"], sent["parts"]) == ("waiting", "+33612345678", 1)
        taken = await come_to(page, alice, sent["id"], "sent")
        (message,) = gateway.messages
        assert message == {
            "to": "+33612345678",
            "from": "SSDEI",
            "text": "À bientôt €",
            "ref": sent["id"],
        }
        (request,) = gateway.service.requests
        assert request.headers["authorization"] == "Bearer secret of the gateway"
        assert (await tell(house, row, id="g-1", status="delivered")).text == "OK"
        there = await come_to(page, alice, sent["id"], "delivered")
        assert there["changed"] > taken["changed"]
        # What is told of yesterday changes nothing any more.
        assert (await tell(house, row, id="g-1", status="failed")).status_code == 200
        gateway.say = json_reply({"id": "g-2"})
        second = await send(alice)
        await come_to(page, alice, second["id"], "sent")
        await tell(house, row, id="g-2", status="delivered")
        last = await come_to(page, alice, second["id"], "delivered")
        assert (await alice.get("sms")).json()["messages"] == [last, there]


async def test_a_message_that_never_arrives_says_why(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        sent = await send(alice)
        await come_to(page, alice, sent["id"], "sent")
        await tell(house, row, id="g-1", status="UNDELIV")
        lost = await come_to(page, alice, sent["id"], "failed")
        assert "UNDELIV" in lost["words"]


async def test_a_delivery_told_before_the_answer_counts(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        gateway.service.hold()
        sent = await send(alice)
        await come_to(page, alice, sent["id"], "sending")
        assert (await tell(house, row, id="g-1", status="delivered")).status_code == 200
        gateway.service.let_go()
        await come_to(page, alice, sent["id"], "delivered")


async def test_the_same_message_twice_is_one(house: House, gateway: Gateway) -> None:
    await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        both = await asyncio.gather(*(send(alice, key="k1") for _ in range(2)))
        again = await send(alice, key="k1")
        assert {one["id"] for one in (*both, again)} == {again["id"]}
        await come_to(page, alice, again["id"], "sent")
        other = await alice.post("sms", json={"number": "0612345678", "text": "X", "key": "k1"})
        assert problem(other, 409, "conflict")["why"] == "keyReused"
        assert len(gateway.messages) == 1


async def test_a_gateway_that_is_away_is_asked_again(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    gateway.say = Reply(503)
    async with house.page(alice) as page:
        sent = await send(alice)
        found = await once(page, alice, sent["id"], lambda found: bool(found["words"]))
        assert found["state"] == "waiting" and "127.0.0.1" not in found["words"]
        admin = await house.administrator("SSDEI")
        (state,) = (await admin.get("admin/sms-provider-states")).json()
        assert (state["state"], state["active"]) == ("failing", True)
        # Hosts and accounts are for administrators.
        assert "127.0.0.1" in state["words"] and "503" in state["words"]
        gateway.say = json_reply({"id": "g-2"})
        # Whoever mends the provider need not wait for the next try.
        async with house.storage.transaction() as tx:
            past = datetime.now(UTC) - timedelta(seconds=1)
            await tx.execute(update(store.message).values(due=past))
        change = {"version": row["version"], "name": "Ecosms 2"}
        assert (await admin.patch(f"admin/sms-providers/{row['id']}", json=change)).is_success
        await come_to(page, alice, sent["id"], "sent")
        assert len(gateway.messages) == 2


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(400, b'{"error": "no such number"}'), "failed"),
        (Reply(200, b'{"id": "g-1"}', torn=3), "unknown"),
        (Reply(502), "unknown"),
    ],
)
async def test_what_is_refused_or_not_known_is_not_sent_again(
    house: House, gateway: Gateway, reply: Reply, state: str
) -> None:
    await set_up(house, gateway)
    alice = await house.sign_in("alice")
    gateway.say = reply
    async with house.page(alice) as page:
        sent = await send(alice)
        found = await come_to(page, alice, sent["id"], state)
        host = "127.0.0.1"
        assert found["words"] and host not in found["words"] + json.dumps(found["parameters"])
        admin = await house.administrator("SSDEI")
        (told,) = (await admin.get("admin/sms-provider-states")).json()
        assert told["state"] == ("working" if state == "failed" else "failing")
        assert host in told["words"]
        gateway.say = json_reply({"id": "g-2"})
        await come_to(page, alice, (await send(alice, "Next"))["id"], "sent")
        assert len(gateway.messages) == 2


async def test_a_restart_loses_nothing_and_sends_nothing_twice(
    database: Path, gateway: Gateway
) -> None:
    async with running_house(database) as house:
        await set_up(house, gateway)
        alice = await house.sign_in("alice")
        gateway.service.hold()
        async with house.page(alice) as page:
            begun = await send(alice, "Begun")
            await come_to(page, alice, begun["id"], "sending")
            waiting = await send(alice, "Waiting")
    gateway.service.let_go()
    async with running_house(database) as house:
        alice = await house.sign_in("alice")
        async with house.page(alice) as page:
            unknown = await come_to(page, alice, begun["id"], "unknown")
            assert "interrupted" in unknown["words"]
            await come_to(page, alice, waiting["id"], "sent")
    assert [one["text"] for one in gateway.messages] == ["Begun", "Waiting"]


# ---------------------------------------------------------------- who may


async def test_the_parameter_and_a_provider_are_needed(house: House, gateway: Gateway) -> None:
    alice = await house.sign_in("alice")
    body = {"number": "0612345678", "text": "Hello"}
    async with house.page(alice) as page:
        refused = problem(await alice.post("sms", json=body), 403, "notAllowed")
        assert refused["why"] == "parameterForbids"
        await house.parameter("AuthorizeSms", True, "alice")
        nobody = problem(await alice.post("sms", json=body), 409, "conflict")
        assert nobody["why"] == "smsNoProvider"
        assert "sms" not in page.state
        row = await set_up(house, gateway, None)
        await page.until(lambda page: "sms" in page.state)
        admin = await house.administrator("SSDEI")
        where = f"admin/sms-providers/{row['id']}"
        off = await admin.patch(where, json={"version": row["version"], "enabled": False})
        assert off.is_success
        await page.until(lambda page: "sms" not in page.state)
        assert problem(await alice.post("sms", json=body), 409, "conflict")
        on = await admin.patch(where, json={"version": off.json()["version"], "enabled": True})
        assert on.is_success
        await page.until(lambda page: "sms" in page.state)
        await house.parameter("AuthorizeSms", False, "alice")
        await page.until(lambda page: "sms" not in page.state)
        assert problem(await alice.post("sms", json=body), 403, "notAllowed")
    assert gateway.messages == []


async def test_a_contact_is_sent_to_his_mobile(house: House, gateway: Gateway) -> None:
    await set_up(house, gateway)
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    for last, numbers in (
        ("Roux", [{"number": "+33 1 55 17 18 89"}, {"kind": "mobile", "number": "0698765432"}]),
        ("Blanc", [{"number": "+33 1 55 17 18 89"}]),
    ):
        made = await alice.post("contacts", json={"lastName": last, "numbers": numbers})
        assert made.status_code == 201, made.text
        answer = await alice.post("sms", json={"contact": made.json()["id"], "text": "Hello"})
        if last == "Roux":
            assert answer.status_code == 202, answer.text
            assert (answer.json()["number"], answer.json()["name"]) == ("+33698765432", "Roux")
        else:
            assert problem(answer, 422, "invalid")["why"] == "smsNoMobile"
        others = {"contact": made.json()["id"], "number": "0612345678", "text": "Hello"}
        assert problem(await alice.post("sms", json=others), 422, "invalid")["field"] == "number"
        await house.parameter("AuthorizeSms", True, "bob")
        theirs = await bob.post("sms", json={"contact": made.json()["id"], "text": "Hello"})
        problem(theirs, 404, "notFound")


@pytest.mark.parametrize(
    ("body", "field", "why"),
    [
        ({"text": "x"}, "number", "needed"),
        ({"number": "4003", "text": "x"}, "number", "smsNumber"),
        ({"number": "Paul", "text": "x"}, "number", "smsNumber"),
        ({"number": "0612345678", "text": " \n"}, "text", "needed"),
        ({"number": "0612345678", "text": "x" * 1531}, "text", "smsTooLong"),
        ({"number": "0612345678", "text": "д" * 671}, "text", "smsTooLong"),
        ({"number": "0612345678", "text": "a\u0085"}, "text", "controlCharacters"),
    ],
)
async def test_what_cannot_be_sent(
    house: House, gateway: Gateway, body: dict[str, str], field: str, why: str
) -> None:
    await set_up(house, gateway)
    alice = await house.sign_in("alice")
    found = problem(await alice.post("sms", json=body), 422, "invalid")
    assert (found["field"], found["why"]) == (field, why)


# ---------------------------------------------------------------- told by gateways


async def test_only_who_knows_the_key_tells(
    house: House, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await set_up(house, gateway, None)
    nobody = await house.client()
    wrong = [
        await nobody.get(f"sms-reports/{row['id']}/{'x' * 20}", params={"id": "1"}),
        await nobody.get(f"sms-reports/{house.users['alice'].id}/{KEY}", params={"id": "1"}),
        await nobody.get(f"sms-reports/{row['id']}/{'é' * 20}", params={"id": "1"}),
    ]
    with monkeypatch.context() as broken:
        broken.setattr(house.rooms.sms.providers, "of", raising(Misconfigured("A secret path.")))
        wrong.append(await nobody.get(f"sms-reports/{row['id']}/{KEY}", params={"id": "1"}))
    assert len({answer.text for answer in wrong}) == 1
    problem(wrong[0], 404, "notFound")
    problem(await nobody.post(f"sms-reports/{row['id']}/{KEY}", json={"x": 1}), 422, "invalid")
    torn = await nobody.post(
        f"sms-reports/{row['id']}/{KEY}",
        content=b"{",
        headers={"Content-Type": "application/json"},
    )
    problem(torn, 400, "badRequest")
    large = await nobody.post(f"sms-reports/{row['id']}/{KEY}", data={"id": "x" * 70_000})
    problem(large, 413, "tooLarge")


# ---------------------------------------------------------------- administrators


async def test_secrets_are_never_shown(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway, None)
    assert row["isSet"] == {"key": True, "report_key": True}
    assert row["settings"]["key"] is None
    admin = await house.administrator("SSDEI")
    everything = [
        (await admin.get(where)).text
        for where in ("admin/sms-providers", f"admin/sms-providers/{row['id']}", "admin/audit")
    ]
    assert "secret of the gateway" not in " ".join(everything) and KEY not in everything[0]
    moved = {"version": 1, "settings": {**row["settings"], "url": "http://other.example/send"}}
    refused = await admin.patch(f"admin/sms-providers/{row['id']}", json=moved)
    assert problem(refused, 422, "invalid")["why"] == "secretOfAddress"


async def test_a_form_is_tried(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway, None)
    admin = await house.administrator("SSDEI")
    form = {
        "domain": row["domain"],
        "provider": row["id"],
        "connector": "http",
        "sender": "+33123456789",
        "settings": row["settings"],
        "number": "0612345678",
        "text": "A trial",
    }
    tried = (await admin.post("admin/sms-providers/try", json=form)).json()
    assert (tried["problem"], tried["number"], tried["asked"]) == (None, "+33612345678", True)
    (message,) = gateway.messages
    assert (message["from"], message["text"]) == ("+33123456789", "A trial")
    alone = (await admin.post("admin/sms-providers/try", json={**form, "number": ""})).json()
    assert (alone["problem"], alone["asked"]) == (None, False)
    assert len(gateway.messages) == 1
    gateway.say = Reply(401)
    tried = (await admin.post("admin/sms-providers/try", json=form)).json()
    assert tried["problem"] == "refused" and tried["words"]
    wrong = await admin.post("admin/sms-providers/try", json={**form, "sender": "much too long x"})
    assert problem(wrong, 422, "invalid")["why"] == "smsSender"


# ---------------------------------------------------------------- kept


async def test_messages_leave_as_calls_leave_their_log(house: House, gateway: Gateway) -> None:
    await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        for text in ("Old", "New"):
            await come_to(page, alice, (await send(alice, text))["id"], "sent")
    admin = await house.administrator("SSDEI")
    for name, value in (("CallLog-NumberDaysOfStorage", 30), ("CallLog-NumberToKeepInStorage", 0)):
        body = {"parameter": name, "value": value, "domain": house.domains["Paris"].id}
        assert (await admin.put("admin/parameter-values", json=body)).is_success
    async with house.storage.transaction() as tx:
        past = datetime.now(UTC) - timedelta(days=31)
        old = store.message.c.text == "Old"
        await tx.execute(update(store.message).where(old).values(created=past))
    rooms = house.rooms
    later, flood = datetime.now(UTC) + timedelta(minutes=1), rooms.sms.flood
    assert flood.watched == 1
    cleaning = Cleaning(house.storage, rooms.registry, rooms.bus, Schedule(), lambda: later, flood)
    await cleaning.clean(house.domains["Paris"])
    assert flood.watched == 0
    kept = (await alice.get("sms")).json()["messages"]
    assert [one["text"] for one in kept] == ["New"]
    async with house.storage.reading() as reader:
        parts = (await reader.execute(select(store.part.c.message))).scalars().all()
    assert list(parts) == [kept[0]["id"]]
    row = house.rooms.registry.users[house.users["alice"].id]
    erased = await admin.post(f"admin/users/{row.id}/erasure", json={"name": "alice"})
    assert erased.is_success, erased.text
    async with house.storage.reading() as reader:
        left: list[Sms] = await store.listed(reader, row.id, None, None, 10)
    assert left == []

"""Text messages: what goes wrong with one stops no other, and nobody's are sent who may not."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.connectors.http_server import Reply, json_reply
from tests.connectors.smsc import ACCOUNT, PASSWORD, running_centre
from tests.web.house import House
from tests.web.texting import Gateway, come_to, once, send, set_up, tell
from tws.incidents.looking import look
from tws.incidents.model import IncidentKind
from tws.maintenance.findings import Check
from tws.maintenance.part import PartState
from tws.messaging.sms import store
from tws.messaging.sms.events import SmsChanged
from tws.messaging.sms.model import Sms, SmsId, SmsState
from tws.organisation.actor import SYSTEM, SmsProviderId
from tws.sources.errors import Misconfigured, Unreachable


async def stored(house: House, id: str) -> Sms:
    async with house.storage.reading() as reader:
        found = await store.found(reader, SmsId(id))
    assert found is not None
    return found


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, refused: object) -> None:
    """As a database that does not take this, whenever it comes."""
    real = getattr(store, name)

    async def taking(*given: Any) -> Any:
        if refused in given:
            raise ValueError("a text with a sign that is none")
        return await real(*given)

    monkeypatch.setattr(store, name, taking)


async def test_two_domains_at_once_write_each_their_own(house: House, gateway: Gateway) -> None:
    await set_up(house, gateway)
    await set_up(house, gateway, "carol", domain="Nice")
    alice, carol = await house.sign_in("alice"), await house.sign_in("carol")
    async with house.page(alice) as hers, house.page(carol) as theirs:
        for _ in range(3):
            gateway.service.hold()
            one, other = await asyncio.gather(send(alice), send(carol))
            await come_to(hers, alice, one["id"], "sending")
            await come_to(theirs, carol, other["id"], "sending")
            gateway.service.let_go()
            await come_to(hers, alice, one["id"], "sent")
            await come_to(theirs, carol, other["id"], "sent")
            conditions = await house.rooms.services.look()
            assert conditions["sms"].state is PartState.RUNNING


async def test_what_is_written_twice_changes_nothing(house: House, gateway: Gateway) -> None:
    """As after a commit of which nobody heard whether it was one."""
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        sent = await send(alice)
        await come_to(page, alice, sent["id"], "sent")
        written = await stored(house, sent["id"])
        await tell(house, row, id="g-1", status="delivered")
        await come_to(page, alice, sent["id"], "delivered")
    async with house.storage.transaction() as tx:
        assert not await store.advance(tx, written)
        await store.put_parts(tx, written.id, SmsProviderId(row["id"]), ["g-1"])
    assert (await stored(house, sent["id"])).state is SmsState.DELIVERED


async def test_an_outcome_that_cannot_be_written_stops_no_other(
    house: House, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        refusing(monkeypatch, "put_parts", ("g-1",))

        lost = await send(alice, "Lost")
        await come_to(page, alice, lost["id"], "unknown")
        gateway.say = json_reply({"id": "g-2"})
        await come_to(page, alice, (await send(alice, "Next"))["id"], "sent")
    assert [one["text"] for one in gateway.messages] == ["Lost", "Next"]


async def test_a_receipt_that_cannot_be_written_stops_no_other(
    house: House, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        sent = await send(alice)
        await come_to(page, alice, sent["id"], "sent")
        refusing(monkeypatch, "part_of", "other")
        await tell(house, row, id="other", status="delivered")
        await tell(house, row, id="g-1", status="delivered")
        await come_to(page, alice, sent["id"], "delivered")


async def test_what_waits_of_who_may_not_any_more_is_not_sent(
    house: House, gateway: Gateway
) -> None:
    row = await set_up(house, gateway)
    alice = await house.sign_in("alice")
    gateway.say = Reply(503)
    async with house.page(alice) as page:
        waiting = await send(alice)
        await once(page, alice, waiting["id"], lambda found: bool(found["words"]))
        asked = len(gateway.messages)
        await house.parameter("AuthorizeSms", False, "alice")
        async with house.storage.transaction() as tx:
            past = datetime.now(UTC) - timedelta(seconds=1)
            await tx.execute(update(store.message).values(due=past))
        changed = asyncio.Event()
        house.rooms.bus.follow(SmsChanged, lambda event: changed.set())
        admin = await house.administrator("SSDEI")
        change = {"version": row["version"], "name": "Ecosms 2"}
        assert (await admin.patch(f"admin/sms-providers/{row['id']}", json=change)).is_success
        async with asyncio.timeout(20):
            while (found := await stored(house, waiting["id"])).state is not SmsState.FAILED:
                await changed.wait()
                changed.clear()
    assert str(found.reason) and len(gateway.messages) == asked


async def test_whoever_is_disabled_sends_nothing(house: House) -> None:
    await house.parameter("AuthorizeSms", True, "alice")
    user = house.users["alice"]
    assert house.rooms.sms.authorised(user.id)
    admin = await house.administrator("SSDEI")
    version = house.rooms.registry.users[user.id].version
    body = {"version": version, "enabled": False}
    assert (await admin.patch(f"admin/users/{user.id}", json=body)).is_success
    assert not house.rooms.sms.authorised(user.id)


async def test_a_provider_that_is_silent_holds_up_no_other(house: House) -> None:
    """Also where it is reached first."""
    admin = await house.administrator("SSDEI")

    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with running_centre() as centre:
            made = []
            for domain, port in (
                ("Paris", silent.getsockname()[1]),
                ("Nice", centre.port),
            ):
                body = {
                    "domain": house.domains[domain].id,
                    "name": "SMSC",
                    "connector": "smpp",
                    "settings": {
                        "host": "127.0.0.1",
                        "port": port,
                        "system_id": ACCOUNT,
                        "password": PASSWORD,
                    },
                }
                answer = await admin.post("admin/sms-providers", json=body)
                assert answer.status_code == 201, answer.text
                made.append(SmsProviderId(answer.json()["id"]))
            await centre.until(lambda centre: centre.enquired > 0)
            assert house.rooms.sms.providers.state(made[0]) is None
            for id in made:
                version = house.rooms.registry.sms_providers[id].version
                gone = await admin.delete(f"admin/sms-providers/{id}", params={"version": version})
                assert gone.is_success, gone.text


async def test_a_provider_that_fails_is_an_incident(house: House, gateway: Gateway) -> None:
    row = await set_up(house, gateway)
    id, providers = SmsProviderId(row["id"]), house.rooms.sms.providers

    def seen() -> tuple[list[str], int]:
        found = look(Check.SMS_PROVIDERS, house.rooms.doctor.sight(SYSTEM))
        assert found.kinds == {IncidentKind.SMS_PROVIDER_FAILED}
        return [str(trouble.said) for trouble in found.troubles], len(found.unsure)

    assert seen() == ([], 0)
    # For a while a gateway may be away.
    providers.went(id, Unreachable("{host} is away.", host="sms.example"))
    assert seen() == ([], 1)
    providers.went(id, Misconfigured("The address is wrong."))
    words = "The SMS provider Ecosms does not work: The address is wrong."
    assert seen() == ([words], 0)
    admin = await house.administrator("SSDEI")
    told = (await admin.get("admin/incidents")).json()["entries"]
    assert [(one["kind"], one["name"]) for one in told] == [("smsProviderFailed", "Ecosms")]
    providers.went(id)
    assert seen() == ([], 0)

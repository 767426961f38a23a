"""Who may chat with people outside, and what waits while nobody is connected."""

import asyncio
import ssl
from pathlib import Path

from tests.peers.prosody import DOMAIN, Prosody
from tests.web.outside import (
    PASSWORD,
    Scene,
    came,
    connected,
    contact,
    fates,
    known,
    numbers,
    scene,
    state,
    texts,
    write,
)
from tests.web.problems import problem
from tests.web.test_chat import BINARY, unread

# ---------------------------------------------------------------- who may


async def test_with_the_right_it_goes_at_once(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        friend.write(there.own, "Before")
        await page.until(lambda page: unread(page) == {"A friend": 1})
        friend.present(there.own, "subscribe")
        await page.until(lambda page: contact(page, friend.own)["asks"] is True)
        await alice.put(f"external-chat/contacts/{id}/answer", json={"yes": True})
        await friend.heard(lambda one: one.kind == "available" and one.sender == there.own)
        await there.house.parameter("AuthorizedExternalChat", False, "alice")
        await friend.heard(lambda one: one.kind == "unavailable" and one.sender == there.own)
        await page.until(lambda page: "external" not in page.state and unread(page) == {})
        for refused in (
            await alice.get("external-chat"),
            await alice.put("external-chat/account", json=there.body()),
            await alice.post("external-chat/contacts", json={"address": "a@b.example"}),
            await alice.delete(f"external-chat/contacts/{id}"),
        ):
            found = problem(refused, 403, "notAllowed")
            assert found["parameters"] == {"parameter": "AuthorizedExternalChat"}
        problem(await write(alice, id, "x"), 404, "notFound")
        problem(await alice.get(f"chats/{id}/messages"), 404, "notFound")
        assert (await alice.get("chats")).json() == []
        friend.write(there.own, "Meanwhile")
        await there.house.parameter("AuthorizedExternalChat", True, "alice")
        await page.until(lambda page: unread(page) == {"A friend": 2})
        assert await texts(alice, id) == ["Before", "Meanwhile"]
        await there.house.parameter("AuthorizeChat", False, "alice")
        await page.until(lambda page: "external" not in page.state)
        # It is one's own: it can be taken away without the right.
        assert (await alice.delete("external-chat/account")).status_code == 204
        problem(await alice.delete("external-chat/account"), 404, "notFound")


async def test_nobody_else_sees_anything_of_it(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        await write(alice, id, "Between us")
        await friend.heard(lambda one: one.text == "Between us")
        for name in ("bob", "erin"):
            company = "SSDEI" if name == "bob" else "Other"
            admin = await there.house.administrator(company)
            user = there.house.users[name].id
            body = {"parameter": "AuthorizedExternalChat", "value": True, "user": user}
            assert (await admin.put("admin/parameter-values", json=body)).status_code in (200, 201)
            other = await there.house.sign_in(name)
            assert (await other.get("external-chat")).json() == {"account": None, "contacts": []}
            for each in (id, "nobody"):
                problem(await write(other, each, "x"), 404, "notFound")
                problem(await other.get(f"chats/{each}/messages"), 404, "notFound")
                problem(await other.delete(f"external-chat/contacts/{each}"), 404, "notFound")
            assert (await other.get("chats")).json() == []
        admin = await there.house.administrator()
        problem(await admin.get("external-chat"), 403, "notAllowed")
        named = {"user": id, "name": "a.txt"}
        file = await alice.post("chat-files", params=named, content=b"x", headers=BINARY)
        assert problem(file, 409, "conflict")["why"] == "chatNoFiles"


async def test_messages_go_with_the_contact_and_with_the_user(there: Scene) -> None:
    house, alice = there.house, await there.house.sign_in("alice")
    admin = await house.administrator()

    async def rows() -> dict[str, int]:
        place = f"admin/companies/{house.companies['SSDEI'].id}/erasure"
        (held,) = (await admin.get(place)).json().values()
        return {k: n for k, n in held.items() if k.startswith(("chat_", "external_"))}

    async with house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        for text in ("One", "Two"):
            friend.write(there.own, text)
        await page.until(lambda page: came(page) == ["One", "Two"])
        assert await rows() == {"chat_message": 2, "external_account": 1, "external_contact": 1}
        export = await admin.get(f"admin/users/{house.users['alice'].id}/export")
        assert export.status_code == 200 and PASSWORD.encode() not in export.content
        assert (await alice.delete(f"external-chat/contacts/{id}")).status_code == 204
        await page.until(lambda page: unread(page) == {} and not contact(page, friend.own))
        async with asyncio.timeout(20):
            while await rows() != {"external_account": 1}:
                pass
        friend.write(there.own, "Again")
        await page.until(lambda page: unread(page) == {friend.own: 1})
        row = house.users["alice"]
        gone = await admin.delete(f"admin/users/{row.id}", params={"version": row.version})
        assert gone.status_code == 204, gone.text
        async with asyncio.timeout(20):
            while await rows():
                pass


# ---------------------------------------------------------------- what waits


async def test_all_that_waited_at_the_server_comes_in_its_order(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        await there.house.parameter("AuthorizedExternalChat", False, "alice")
        await page.until(lambda page: "external" not in page.state)
        async with asyncio.timeout(20):
            await there.house.rooms.external.lines.connecting.closed()
        many = [f"{at}" for at in range(500)]
        for text in many:
            friend.write(there.own, text)
        await friend.plugin["xep_0199"].ping(DOMAIN)  # behind them: the server has them all
        await there.house.parameter("AuthorizedExternalChat", True, "alice")
        await page.until(lambda page: came(page)[-1:] == many[-1:])
        assert came(page) == many
        (listed,) = (await alice.get("chats")).json()
        assert (listed["user"], listed["unread"]) == (id, 500)


async def test_what_is_not_kept_waits_at_the_server(there: Scene, database: Path) -> None:
    house, alice = there.house, await there.house.sign_in("alice")
    await house.parameter("AuthorizedSaveChat", False, "alice")
    async with there.outside() as friend:
        async with house.page(alice) as page:
            await connected(there, page, alice)
            id = await known(there, page, alice, friend)
            friend.present(there.own, "subscribe")
            await page.until(lambda page: contact(page, friend.own)["asks"] is True)
            await alice.put(f"external-chat/contacts/{id}/answer", json={"yes": True})
            await friend.heard(lambda one: one.kind == "available")
            sent = (await write(alice, id, "abracadabra")).json()
            assert sent["kept"] is False
            await page.until(lambda page: "sent" in fates(page, sent["id"]))
        house.rooms.presence.page_closed(house.users["alice"].id)  # as after its time of grace
        await friend.heard(lambda one: one.kind == "unavailable" and one.sender == there.own)
        lost = problem(await write(alice, id, "Lost?"), 409, "conflict")
        assert lost["why"] == "chatNotConnected"
        friend.write(there.own, "simsalabim")
        house.rooms.presence.page_opened(house.users["alice"].id)
        async with house.page(alice) as page:
            await page.until(lambda page: unread(page) == {"A friend": 1})
        assert await texts(alice, id) == ["abracadabra", "simsalabim"]
    for file in database.parent.iterdir():
        if file.name.startswith("tws.db"):
            content = file.read_bytes()
            assert b"simsalabim" not in content and b"abracadabra" not in content


async def test_what_is_written_while_the_service_is_stopped_waits(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        admin = await there.house.administrator()
        stopped = await admin.post("admin/services/externalChat/stop")
        assert stopped.status_code == 200, stopped.text
        await page.until(lambda page: state(page) == "off")
        for text in ("One", "Two"):
            assert (await write(alice, id, text)).json()["delivery"] == "waiting"
        await admin.post("admin/services/externalChat/start")
        await friend.heard(lambda one: one.text == "Two")
        said = [one.text for one in friend.came if one.text]
        assert said == ["One", "Two"]


async def test_a_server_that_comes_back_and_a_restart_lose_nothing(
    database: Path, prosody: Prosody, trust: ssl.SSLContext
) -> None:
    n = next(numbers)
    async with scene(database, prosody, trust, n) as there:
        await there.house.parameter("AuthorizedExternalChat", True, "alice")
        alice = await there.house.sign_in("alice")
        async with there.house.page(alice) as page:
            await connected(there, page, alice)
            async with there.outside() as friend:
                id = await known(there, page, alice, friend)
            prosody.stop()
            await page.until(lambda page: state(page) == "away")
            assert page.state["external"]["account"]["why"]["words"]
            sent = (await write(alice, id, "Written meanwhile")).json()
            assert sent["delivery"] == "waiting"
            prosody.start()
            await page.until(lambda page: "sent" in fates(page, sent["id"]))
            async with there.outside() as friend:
                await friend.heard(lambda one: one.text == "Written meanwhile")
            prosody.stop()
            await page.until(lambda page: state(page) == "away")
            await write(alice, id, "Before the restart")
    prosody.start()
    async with there.outside() as friend:
        friend.write(there.own, "While you were away")
        async with scene(database, prosody, trust, n) as there:
            alice = await there.house.sign_in("alice")
            async with there.house.page(alice) as page:
                await page.until(lambda page: unread(page) == {"A friend": 1})
                await friend.heard(lambda one: one.text == "Before the restart")
                assert await texts(alice, id) == [
                    "Written meanwhile",
                    "Before the restart",
                    "While you were away",
                ]

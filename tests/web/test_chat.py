"""What colleagues write to each other: what is kept, what is refused, who may."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.house import House, running_house
from tests.web.page import Page
from tests.web.pictures import picture
from tests.web.problems import problem
from tws.messaging.chat.forgetting import Forgetting
from tws.schedule import Schedule

BINARY = {"Content-Type": "application/octet-stream"}
Client = httpx.AsyncClient


async def write(house: House, client: Client, to: str, text: str, **more: Any) -> httpx.Response:
    body = {"text": text, **more}
    return await client.post(f"chats/{house.users[to].id}/messages", json=body)


async def wrote(house: House, client: Client, to: str, text: str, **more: Any) -> dict[str, Any]:
    answer = await write(house, client, to, text, **more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def history(house: House, client: Client, other: str, **query: Any) -> dict[str, Any]:
    answer = await client.get(f"chats/{house.users[other].id}/messages", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def texts(house: House, client: Client, other: str) -> list[str]:
    return [one["text"] for one in (await history(house, client, other))["messages"]]


async def send_file(
    house: House, client: Client, to: str, name: str, content: bytes
) -> httpx.Response:
    return await client.post(
        "chat-files",
        params={"user": house.users[to].id, "name": name},
        content=content,
        headers=BINARY,
    )


async def fetch(client: Client, file: dict[str, Any]) -> httpx.Response:
    return await client.get(file["address"].removeprefix("/api/v1/"))


def unread(page: Page) -> dict[str, int] | None:
    """By the name of who wrote; None = there is no chat."""
    if (chats := page.state.get("chats")) is None:
        return None
    return {one["displayName"]: one["messages"] for one in chats["unread"]}


# ---------------------------------------------------------------- written and read


async def test_a_message_comes_at_once_and_is_marked_as_read(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    async with house.page(alice, "bob") as hers, house.page(bob) as his, house.page(bob) as second:
        assert hers.state[f"presence/{house.users['bob'].id}"]["chat"] is True
        sent = await wrote(house, alice, "bob", "Lunch at noon?\nHere.", key="k1")
        told = {"kind": "chat", "message": sent, "senderName": "Alice Martin"}
        await his.until(lambda page: page.moments == [told])
        await hers.until(lambda page: page.moments == [told])
        for page in (his, second):
            await page.until(lambda page: unread(page) == {"Alice Martin": 1})
        (listed,) = (await bob.get("chats")).json()
        assert listed["user"] == house.users["alice"].id
        assert (listed["last"], listed["unread"], listed["kept"]) == (sent, 1, True)
        read = await bob.put(f"chats/{house.users['alice'].id}/read", json={"upto": sent["id"]})
        assert read.status_code == 204, read.text
        for page in (his, second):
            await page.until(lambda page: unread(page) == {})
        await hers.until(lambda page: page.moments[-1]["kind"] == "chatRead")
        mark = hers.moments[-1]
        assert mark["user"] == house.users["bob"].id and mark["read"]["upto"] == sent["id"]
        assert (await history(house, alice, "bob"))["read"] == mark["read"]
        typing = await bob.post(f"chats/{house.users['alice'].id}/typing")
        assert typing.status_code == 204
        await hers.until(
            lambda page: page.moments[-1] == {"kind": "typing", "user": house.users["bob"].id}
        )


async def test_the_same_message_twice_is_one(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    for kept in (True, False):
        await house.parameter("AuthorizedSaveChat", kept, "bob")
        async with house.page(bob) as his:
            key = f"same {kept}"
            both = await asyncio.gather(
                *(wrote(house, alice, "bob", f"Once {kept}", key=key) for _ in range(2))
            )
            third = await wrote(house, alice, "bob", f"Once {kept}", key=key)
            assert both == [third, third]
            other = problem(await write(house, alice, "bob", "x", key=key), 409, "conflict")
            assert other["why"] == "keyReused"
            await wrote(house, alice, "bob", "Then")
            await his.until(lambda page: len(page.moments) == 2)
    assert await texts(house, alice, "bob") == ["Then", "Once False", "Then", "Once True"]


async def test_pages_of_a_long_conversation(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    for at in range(10):
        await wrote(house, alice, "bob", f"a {at}")
        await wrote(house, bob, "alice", f"b {at}")
    first = await history(house, alice, "bob", limit=15)
    rest = await history(house, alice, "bob", limit=15, before=first["before"])
    found = [one["text"] for one in (*first["messages"], *rest["messages"])]
    assert found == [f"{who} {at}" for at in reversed(range(10)) for who in "ba"]
    assert rest["before"] is None


# ---------------------------------------------------------------- kept


@pytest.mark.parametrize("hers", [True, False])
@pytest.mark.parametrize("his", [True, False])
async def test_kept_is_what_both_allow_to_be_kept(database: Path, hers: bool, his: bool) -> None:
    kept = hers and his
    async with running_house(database) as house:
        await house.parameter("AuthorizedSaveChat", hers, "alice")
        await house.parameter("AuthorizedSaveChat", his, "bob")
        alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
        if not kept:
            refused = problem(await write(house, alice, "bob", "Lost?"), 409, "conflict")
            assert refused["why"] == "chatNotDelivered"
            lost = await send_file(house, alice, "bob", "a.txt", b"x")
            assert problem(lost, 409, "conflict")["why"] == "chatNotDelivered"
        async with house.page(bob):
            sent = await wrote(house, alice, "bob", "A secret word: abracadabra")
            assert sent["kept"] is kept
            file = (await send_file(house, alice, "bob", "a.txt", b"simsalabim")).json()["file"]
            assert (await fetch(bob, file)).content == b"simsalabim"
        assert len(await texts(house, bob, "alice")) == 2
        assert (await history(house, bob, "alice"))["kept"] is kept
    for word in (b"abracadabra", b"simsalabim"):
        files = [one for one in database.parent.iterdir() if one.name.startswith("tws.db")]
        assert any(word in one.read_bytes() for one in files) is kept
    async with running_house(database) as house:
        bob = await house.sign_in("bob")
        assert len(await texts(house, bob, "alice")) == (2 if kept else 0)
        async with house.page(bob) as page:
            assert unread(page) == ({"Alice Martin": 2} if kept else {})
        assert (await fetch(bob, file)).status_code == (200 if kept else 404)


async def test_what_is_read_in_part_waits_in_part(database: Path) -> None:
    """What came before a start, and what is in memory only, is counted with the rest."""
    async with running_house(database) as house:
        alice = await house.sign_in("alice")
        ids = [(await wrote(house, alice, "bob", str(number)))["id"] for number in range(4)]
    async with running_house(database) as house:
        alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
        place = f"chats/{house.users['alice'].id}/read"
        async with house.page(bob) as page:
            assert unread(page) == {"Alice Martin": 4}
            await house.parameter("AuthorizedSaveChat", False, "bob")
            ids += [(await wrote(house, alice, "bob", str(number)))["id"] for number in (4, 5)]
            await page.until(lambda page: unread(page) == {"Alice Martin": 6})
            for upto, left in ((0, 5), (0, 5), (2, 3), (1, 3), (4, 1), (5, 0)):
                await bob.put(place, json={"upto": ids[upto]})
                (listed,) = (await bob.get("chats")).json()
                assert listed["unread"] == left
            await page.until(lambda page: unread(page) == {})


# ---------------------------------------------------------------- bad input


async def test_a_flood_is_stopped(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    for at in range(20):
        await wrote(house, alice, "bob", f"{at}")
    late = await write(house, alice, "bob", "one more")
    assert problem(late, 429, "tooMany")["why"] == "chatFlood"
    assert 1 <= int(late.headers["Retry-After"]) <= 10
    problem(await send_file(house, alice, "bob", "a", b"a"), 429, "tooMany")
    await wrote(house, bob, "alice", "Stop it.")
    assert len(await texts(house, bob, "alice")) == 21


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "javascript:alert(1) &amp; ' \" --; DROP TABLE chat_message",
        "𝄞 é\u0301 漢字 \u202eabc",
        "x" * 5000,
    ],
)
async def test_text_is_text(house: House, text: str) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    assert (await wrote(house, alice, "bob", text))["text"] == text
    assert await texts(house, bob, "alice") == [text]


async def test_what_is_no_message_is_refused(house: House) -> None:
    alice = await house.sign_in("alice")
    for text in ("", " \n ", "x" * 5001, "a\x00b", "a\x1b[31mb"):
        problem(await write(house, alice, "bob", text), 422, "invalid")
    problem(await write(house, alice, "bob", "x" * 900_000), 422, "invalid")
    problem(await write(house, alice, "bob", "x" * 1024 * 1024), 413, "tooLarge")
    problem(await write(house, alice, "bob", "x", key="k" * 64), 422, "invalid")
    assert await texts(house, alice, "bob") == []


async def test_files_are_what_their_content_is(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    for name, content, shown, kind in (
        ("../../etc/été\u202egnp.exe", b"MZ\x90", "étégnp.exe", "application/octet-stream"),
        ("C:\\page.html", b"<script>", "page.html", "application/octet-stream"),
        ("a.txt", picture(), "a.txt", "image/png"),
        ("b.png", b"<svg/>", "b.png", "application/octet-stream"),
        ("large", bytes(range(256)) * 40 * 1024, "large", "application/octet-stream"),
    ):
        sent = await send_file(house, alice, "bob", name, content)
        assert sent.status_code == 200, sent.text
        file = sent.json()["file"]
        assert (file["name"], file["type"], file["size"]) == (shown, kind, len(content))
        got = await fetch(bob, file)
        assert got.content == content and got.headers["content-type"].split(";")[0] == kind
        assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
    large = await send_file(house, alice, "bob", "too large", bytes(10 * 1024 * 1024 + 1))
    problem(large, 413, "tooLarge")
    for name, content in (("", b"x"), ("..", b"x"), ("a/", b"x"), ("a", b"")):
        problem(await send_file(house, alice, "bob", name, content), 422, "invalid")
    assert len((await history(house, bob, "alice"))["messages"]) == 5


# ---------------------------------------------------------------- who may


async def as_nobody(house: House, client: Client, other: str) -> None:
    """What is answered of somebody is what is answered of an id that nothing has."""
    for id in (house.users[other].id, "nobody"):
        problem(await client.post(f"chats/{id}/messages", json={"text": "x"}), 404, "notFound")
        problem(await client.get(f"chats/{id}/messages"), 404, "notFound")
        problem(await client.post(f"chats/{id}/typing"), 404, "notFound")
        problem(await client.put(f"chats/{id}/read", json={"upto": "x"}), 404, "notFound")
        params = {"user": id, "name": "x"}
        sent = await client.post("chat-files", params=params, content=b"x", headers=BINARY)
        problem(sent, 404, "notFound")


async def test_strangers_are_not_there(house: House) -> None:
    alice, erin = await house.sign_in("alice"), await house.sign_in("erin")
    await wrote(house, alice, "bob", "Between us")
    file = (await send_file(house, alice, "bob", "a.txt", b"x")).json()["file"]
    await as_nobody(house, alice, "erin")
    await as_nobody(house, erin, "alice")
    await as_nobody(house, alice, "alice")
    problem(await fetch(erin, file), 404, "notFound")
    carol = await house.sign_in("carol")
    problem(await fetch(carol, file), 404, "notFound")
    assert (await erin.get("chats")).json() == []
    admin = await house.administrator()
    problem(await admin.get("chats"), 403, "notAllowed")


@pytest.mark.parametrize("loser", ["alice", "bob"])
async def test_with_the_right_conversations_go_at_once(house: House, loser: str) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    await wrote(house, alice, "bob", "Before")
    file = (await send_file(house, alice, "bob", "a.txt", b"x")).json()["file"]
    async with house.page(bob, "alice") as his:
        assert unread(his) == {"Alice Martin": 2}
        await house.parameter("AuthorizeChat", False, loser)
        gone: dict[str, int] | None = None if loser == "bob" else {}
        await his.until(lambda page: unread(page) == gone)
        alices = f"presence/{house.users['alice'].id}"
        await his.until(lambda page: page.state[alices]["chat"] is False)
        if loser == "alice":
            await as_nobody(house, bob, "alice")
            assert (await bob.get("chats")).json() == []
            problem(await fetch(bob, file), 404, "notFound")
        else:
            refused = problem(await write(house, bob, "alice", "x"), 403, "notAllowed")
            assert refused["why"] == "parameterForbids"
            problem(await bob.get("chats"), 403, "notAllowed")
            problem(await fetch(bob, file), 403, "notAllowed")
        await house.parameter("AuthorizeChat", True, loser)
        await his.until(lambda page: unread(page) == {"Alice Martin": 2})
    assert len(await texts(house, bob, "alice")) == 2


async def chat_rows(house: House, admin: Client) -> dict[str, int]:
    """How many rows the company has of chats, by table."""
    place = f"admin/companies/{house.companies['SSDEI'].id}/erasure"
    (held,) = (await admin.get(place)).json().values()
    return {table: number for table, number in held.items() if table.startswith("chat_")}


async def test_what_a_user_wrote_goes_with_him(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    sent = await wrote(house, bob, "alice", "Farewell")
    await send_file(house, bob, "alice", "a.txt", b"x")
    await alice.put(f"chats/{house.users['bob'].id}/read", json={"upto": sent["id"]})
    async with house.page(alice) as hers:
        assert unread(hers) == {"Bob Durand": 1}
        admin, every = await house.administrator("SSDEI"), await house.administrator()
        assert await chat_rows(house, every) == {
            "chat_message": 2,
            "chat_file": 1,
            "chat_piece": 1,
            "chat_read": 1,
        }
        row = house.users["bob"]
        gone = await admin.delete(f"admin/users/{row.id}", params={"version": row.version})
        assert gone.status_code == 204, gone.text
        await hers.until(lambda page: unread(page) == {})
        async with asyncio.timeout(20):
            while await chat_rows(house, every):
                pass


async def test_what_is_too_old_goes_with_its_files(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    chats, now = house.rooms.chats, datetime.now(UTC)
    await wrote(house, alice, "bob", "Old")
    await send_file(house, alice, "bob", "a.txt", b"x")
    await house.parameter("AuthorizedSaveChat", False, "bob")
    async with house.page(bob) as his:
        await wrote(house, alice, "bob", "Kept nowhere")

        async def clean_at(later: timedelta) -> None:
            forgetting = Forgetting(
                house.storage,
                house.rooms.registry,
                house.rooms.bus,
                Schedule(),
                lambda: now + later,
                chats,
            )
            await forgetting.clean()

        await clean_at(timedelta(hours=11))
        assert await texts(house, bob, "alice") == ["Kept nowhere", "", "Old"]
        await clean_at(timedelta(hours=13))
        await his.until(lambda page: unread(page) == {"Alice Martin": 2})
        assert await texts(house, bob, "alice") == ["", "Old"]
        await clean_at(timedelta(days=364))
        assert await texts(house, bob, "alice") == ["", "Old"]
        await clean_at(timedelta(days=366))
        await his.until(lambda page: unread(page) == {})
        assert await texts(house, bob, "alice") == []
    assert await chat_rows(house, await house.administrator()) == {}

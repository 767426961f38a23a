"""Chat with people outside, by a real XMPP server: what comes, what leaves, who may."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace as replace_struct

from tests.peers import require_peer
from tests.peers.prosody import CERTIFICATE, DOMAIN, Prosody, running_prosody
from tests.peers.xmpp_client import Stanza, XmppClient, xmpp_client
from tests.web.house import PAPER, House, open_rooms, serving
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.test_chat import BINARY, unread
from tests.web.test_presence import set_parameter
from tws.connectors.xmpp.line import XmppLine
from tws.messaging.external.holding import Holding
from tws.messaging.external.model import OpenedAccount
from tws.messaging.external.network import Arrived, Dial, Heard, Hearer, Line
from tws.messaging.external.receiving import Receiving
from tws.register import NotInstalled
from tws.schedule import Retry
from tws.storage import StorageUnavailable
from tws.storage.secrets import SEAL

PASSWORD = "sesame0outside"
RECEIPTS, MARKERS = "urn:xmpp:receipts", "urn:xmpp:chat-markers:0"
STATES = "http://jabber.org/protocol/chatstates"
Client = httpx.AsyncClient
PAIRS = 30
numbers = count()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prosody]:
    require_peer("prosody")
    people = {f"{who}{n}": PASSWORD for n in range(PAIRS) for who in ("inside", "outside")}
    with running_prosody(tmp_path_factory.mktemp("prosody"), people) as server:
        yield server


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@dataclass
class Scene:
    """Alice has the account `own` with the server; `friend` is somebody outside."""

    house: House
    server: Prosody
    n: int

    @property
    def own(self) -> str:
        return f"inside{self.n}@{DOMAIN}"

    def body(self, **more: Any) -> dict[str, Any]:
        account = {"address": self.own, "password": PASSWORD, "host": "127.0.0.1"}
        return {**account, "port": self.server.port, **more}

    def outside(self, resource: str = "outside") -> Any:
        return xmpp_client(f"outside{self.n}", PASSWORD, self.server.port, resource)

    def elsewhere(self) -> Any:
        """Another program of Alice."""
        return xmpp_client(f"inside{self.n}", PASSWORD, self.server.port, "elsewhere")


@asynccontextmanager
async def scene(
    database: Path,
    server: Prosody,
    context: ssl.SSLContext,
    n: int,
    dial: Dial | None = None,
) -> Any:
    dial = dial or partial(XmppLine, context=context, loopback=True)
    outside = replace(PAPER, external_chat=dial)
    async with open_rooms(database, outside=outside) as opened, serving(*opened) as house:
        yield Scene(house, server, n)


@pytest.fixture
async def there(database: Path, server: Prosody, context: ssl.SSLContext) -> AsyncIterator[Scene]:
    async with scene(database, server, context, next(numbers)) as found:
        await set_parameter(found.house, "AuthorizedExternalChat", True, "alice")
        yield found


async def connected(there: Scene, page: Page, alice: Client, **more: Any) -> None:
    set_ = await alice.put("external-chat/account", json=there.body(**more))
    assert set_.status_code == 200, set_.text
    assert PASSWORD not in set_.text
    await page.until(lambda page: state(page) == "connected")


def state(page: Page) -> str | None:
    account = page.state["external"]["account"]
    return None if account is None else str(account["state"])


def contact(page: Page, address: str) -> dict[str, Any]:
    found = page.state.get("external", {}).get("contacts", [])
    return next((one for one in found if one["address"] == address), {})


async def known(there: Scene, page: Page, alice: Client, friend: XmppClient) -> str:
    """Both have added each other; the id of the contact."""
    added = await alice.post(
        "external-chat/contacts", json={"address": friend.own, "name": "A friend"}
    )
    assert added.status_code == 201, added.text
    await friend.heard(lambda one: one.kind == "subscribe" and one.sender == there.own)
    friend.present(there.own, "subscribed")
    await page.until(lambda page: contact(page, friend.own).get("availability") == "online")
    return str(added.json()["id"])


async def write(client: Client, to: str, text: str, **more: Any) -> httpx.Response:
    return await client.post(f"chats/{to}/messages", json={"text": text, **more})


async def texts(client: Client, other: str) -> list[str]:
    answer = await client.get(f"chats/{other}/messages", params={"limit": 200})
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in reversed(answer.json()["messages"])]


def moments(page: Page, kind: str) -> list[dict[str, Any]]:
    return [one for one in page.moments if one["kind"] == kind]


def came(page: Page) -> list[str]:
    """Texts of messages, in the order in which the page was told."""
    return [one["message"]["text"] for one in moments(page, "chat")]


def fates(page: Page, message: str) -> list[str]:
    told = moments(page, "chatDelivery")
    return [one["delivery"] for one in told if one["message"] == message]


def about(stanza: Stanza, name: str) -> str | None:
    """The id of the message about which it is."""
    element = stanza.xml.find(name)
    return None if element is None else element.get("id")


# ---------------------------------------------------------------- written and read


async def test_two_write_to_each_other(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        sent = (await write(alice, id, "Lunch? <b>12:30</b>", key="k1")).json()
        assert (sent["recipient"], sent["delivery"], sent["kept"]) == (id, "waiting", True)
        taken = await friend.heard(lambda one: one.text == "Lunch? <b>12:30</b>")
        assert taken.id == sent["id"] and taken.has(f"{{{RECEIPTS}}}request")
        friend.sign(there.own, f"{{{RECEIPTS}}}received", taken.id)
        await page.until(lambda page: "delivered" in fates(page, sent["id"]))
        friend.sign(there.own, f"{{{MARKERS}}}displayed", taken.id)
        await page.until(lambda page: bool(moments(page, "chatRead")))
        assert moments(page, "chatRead")[0]["read"]["upto"] == sent["id"]
        friend.write(there.own, None, composing=STATES)
        await page.until(lambda page: moments(page, "typing") == [{"kind": "typing", "user": id}])
        key = friend.write(there.own, "Gladly & soon", request=RECEIPTS, markable=MARKERS)
        await page.until(lambda page: came(page)[-1:] == ["Gladly & soon"])
        assert moments(page, "chat")[-1]["senderName"] == "A friend"
        await page.until(lambda page: unread(page) == {"A friend": 1})
        receipt = await friend.heard(lambda one: one.has(f"{{{RECEIPTS}}}received"))
        assert about(receipt, f"{{{RECEIPTS}}}received") == key
        (listed,) = (await alice.get("chats")).json()
        assert (listed["user"], listed["external"], listed["unread"]) == (id, True, 1)
        last = listed["last"]["id"]
        assert (await alice.put(f"chats/{id}/read", json={"upto": last})).status_code == 204
        await page.until(lambda page: unread(page) == {})
        shown = await friend.heard(lambda one: one.has(f"{{{MARKERS}}}displayed"))
        assert about(shown, f"{{{MARKERS}}}displayed") == key
        assert (await alice.post(f"chats/{id}/typing")).status_code == 204
        await friend.heard(lambda one: one.has(f"{{{STATES}}}composing"))
        again = (await write(alice, id, "Lunch? <b>12:30</b>", key="k1")).json()
        assert again["id"] == sent["id"] and again["delivery"] == "delivered"
        assert await texts(alice, id) == ["Lunch? <b>12:30</b>", "Gladly & soon"]
        friend.present(show="dnd")
        await page.until(lambda page: contact(page, friend.own).get("availability") == "busy")


async def test_all_of_ones_programs_show_the_same(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with (
        there.house.page(alice) as page,
        there.outside() as friend,
        there.elsewhere() as other,
    ):
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        other.write(friend.own, "From my telephone")
        await page.until(lambda page: came(page) == ["From my telephone"])
        written = moments(page, "chat")[0]["message"]
        assert (written["recipient"], written["delivery"]) == (id, "sent")
        key = friend.write(there.own, "Answer", markable=MARKERS)
        await page.until(lambda page: unread(page) == {"A friend": 1})
        other.sign(friend.own, f"{{{MARKERS}}}displayed", key)
        await page.until(lambda page: unread(page) == {})
        assert await texts(alice, id) == ["From my telephone", "Answer"]


async def test_text_is_text_and_comes_once(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        for text in (
            "<script>alert(1)</script>",
            "𝄞 é\u0301 漢字 \u202eabc",
            "a\r\nb\tc",
            "x" * 5000,
        ):
            friend.write(there.own, text, html="http://jabber.org/protocol/xhtml-im")
        friend.write(there.own, "once", id="same")
        friend.write(there.own, "once", id="same")
        friend.write(there.own, "another", id="same")
        friend.write(there.own, "end")
        await page.until(lambda page: came(page)[-1:] == ["end"])
        taken = ["<script>alert(1)</script>", "𝄞 é\u0301 漢字 \u202eabc", "a\nb\tc", "x" * 5000]
        assert came(page) == [*taken, "once", "another", "end"]
        assert await texts(alice, id) == came(page)


async def test_what_nobody_takes_comes_back(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page:
        await connected(there, page, alice)
        body = {"address": f"nobody@{DOMAIN}"}
        id = (await alice.post("external-chat/contacts", json=body)).json()["id"]
        sent = (await write(alice, id, "Hello?")).json()
        await page.until(lambda page: fates(page, sent["id"])[-1:] == ["failed"])
        (message,) = (await alice.get(f"chats/{id}/messages")).json()["messages"]
        assert message["delivery"] == "failed"


# ---------------------------------------------------------------- who is known


async def test_nobody_is_shown_how_one_is_unasked(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        friend.present(there.own, "subscribe")
        await page.until(lambda page: contact(page, friend.own).get("asks") is True)
        id = contact(page, friend.own)["id"]
        assert not [one for one in friend.came if one.kind == "subscribed"]
        place = f"external-chat/contacts/{id}/answer"
        assert (await alice.put(place, json={"yes": False})).status_code == 204
        await friend.heard(lambda one: one.kind == "unsubscribed")
        await page.until(lambda page: contact(page, friend.own)["asks"] is False)
        again = problem(await alice.put(place, json={"yes": True}), 409, "conflict")
        assert again["why"] == "externalNotAsked"
        friend.present(there.own, "subscribe")
        await page.until(lambda page: contact(page, friend.own).get("asks") is True)
        assert (await alice.put(place, json={"yes": True})).status_code == 204
        await friend.heard(lambda one: one.kind == "subscribed")
        await friend.heard(lambda one: one.kind == "subscribe")
        friend.present(there.own, "subscribed")
        await page.until(lambda page: contact(page, friend.own)["availability"] == "online")
        assert contact(page, friend.own)["stranger"] is False
        twice = await alice.post("external-chat/contacts", json={"address": friend.own.upper()})
        assert problem(twice, 409, "conflict")["why"] == "externalKnown"


async def test_a_stranger_may_leave_a_few_messages(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        for at in range(30):
            friend.write(there.own, f"{at}", request=RECEIPTS)
        back = await friend.heard(lambda one: one.xml.get("type") == "error")
        assert back.sender == there.own
        assert "wait" in str(back.xml.findtext(".//{urn:ietf:params:xml:ns:xmpp-stanzas}text"))
        await page.until(lambda page: unread(page) == {friend.own: 20})
        stranger = contact(page, friend.own)
        assert stranger["stranger"] is True
        assert await texts(alice, stranger["id"]) == [f"{at}" for at in range(20)]
        assert not [one for one in friend.came if one.has(f"{{{RECEIPTS}}}received")]
        (listed,) = (await alice.get("chats")).json()
        last = listed["last"]["id"]
        done = await alice.put(f"chats/{stranger['id']}/read", json={"upto": last})
        assert done.status_code == 204, done.text
        await page.until(lambda page: unread(page) == {})


# ---------------------------------------------------------------- bad input


async def test_a_flood_and_large_messages_are_sent_back(there: Scene) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        id = await known(there, page, alice, friend)
        large = friend.write(there.own, "x" * 1_000_000)
        back = await friend.heard(lambda one: one.id == large)
        assert back.xml.get("type") == "error" and back.text is None
        sent = [friend.write(there.own, f"{at}") for at in range(200)]
        await friend.heard(lambda one: one.id == sent[-1] and one.xml.get("type") == "error")
        assert len(await texts(alice, id)) == 20
        assert state(page) == "connected"
        assert (await write(alice, id, "Stop it.")).status_code == 200
        await friend.heard(lambda one: one.text == "Stop it.")
        await page.until(lambda page: came(page)[-1:] == ["Stop it."])


async def test_what_we_cannot_take_holds_up_nothing(
    there: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = Receiving.take

    async def fails(self: Receiving, holding: Holding, what: Heard) -> None:
        if isinstance(what, Arrived) and what.text == "the database is away":
            what = replace_struct(what, text="was away")
            holding.queue[0] = what
            raise StorageUnavailable("away")
        if isinstance(what, Arrived) and what.text == "a fault":
            raise ZeroDivisionError
        await taking(self, holding, what)

    monkeypatch.setattr(Receiving, "take", fails)
    monkeypatch.setattr("tws.messaging.external.lines.AGAIN", Retry(0.05, 0.05))
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page, there.outside() as friend:
        await connected(there, page, alice)
        await known(there, page, alice, friend)
        for text in ("before", "a fault", "the database is away", "behind"):
            friend.write(there.own, text)
        await page.until(lambda page: came(page)[-1:] == ["behind"])
        assert came(page) == ["before", "was away", "behind"]


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("address", "no address", "externalAddress"),
        ("address", "@localhost", "externalAddress"),
        ("address", "a@b@c<d", "externalAddress"),
        ("host", "a b", "externalHost"),
        ("port", 0, None),
        ("port", 65536, None),
        ("password", "", None),
        ("address", "x" * 321, None),
    ],
)
async def test_what_is_no_account_is_refused(
    there: Scene, field: str, value: object, why: str | None
) -> None:
    alice = await there.house.sign_in("alice")
    answer = await alice.put("external-chat/account", json=there.body(**{field: value}))
    found = problem(answer, 422, "invalid")
    assert why is None or (found["why"], found["field"]) == (why, field)
    assert (await alice.get("external-chat")).json()["account"] is None


async def test_a_wrong_password_is_told_and_kept_secret(there: Scene, database: Path) -> None:
    alice = await there.house.sign_in("alice")
    async with there.house.page(alice) as page:
        set_ = await alice.put("external-chat/account", json=there.body(password="wrong0word"))
        assert set_.status_code == 200, set_.text
        await page.until(lambda page: state(page) == "refused")
        why = page.state["external"]["account"]["why"]
        assert why["template"] == "{host} refuses the address or the password."
        # The password is told to no other server.
        place = there.body(host="other.example")
        del place["password"]
        other = await alice.put("external-chat/account", json=place)
        assert problem(other, 422, "invalid")["field"] == "password"
        await connected(there, page, alice)
        kept = there.body()
        del kept["password"]
        assert (await alice.put("external-chat/account", json=kept)).status_code == 200
        await page.until(lambda page: state(page) == "connecting")
        await page.until(lambda page: state(page) == "connected")
    for file in database.parent.iterdir():
        if file.name.startswith("tws.db"):
            assert PASSWORD.encode() not in file.read_bytes()
    (row,) = there.house.rooms.external.book.accounts()
    assert row.password.startswith(SEAL) and PASSWORD not in row.password
    admin = await there.house.administrator("SSDEI")
    assert PASSWORD not in (await admin.get("admin/audit")).text


def not_installed(account: OpenedAccount, hearer: Hearer) -> Line:
    raise NotInstalled("Not installed: install tws[xmpp].")


@pytest.mark.parametrize(
    ("dial", "words"),
    [
        (not_installed, "install tws[xmpp]"),
        (partial(XmppLine, context=ssl.create_default_context(), loopback=True), "certificate"),
        (partial(XmppLine, context=ssl.create_default_context()), "no server outside"),
    ],
)
async def test_why_there_is_no_connection_is_told(
    database: Path, server: Prosody, context: ssl.SSLContext, dial: Dial, words: str
) -> None:
    async with scene(database, server, context, 0, dial) as there:
        await set_parameter(there.house, "AuthorizedExternalChat", True, "alice")
        alice = await there.house.sign_in("alice")
        async with there.house.page(alice) as page:
            await alice.put("external-chat/account", json=there.body())
            await page.until(lambda page: state(page) == "refused")
            assert words in page.state["external"]["account"]["why"]["words"]
        refused = await alice.post("external-chat/contacts", json={"address": "a@b.example"})
        assert problem(refused, 409, "conflict")["why"] == "externalNotConnected"


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
        await set_parameter(there.house, "AuthorizedExternalChat", False, "alice")
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
        await set_parameter(there.house, "AuthorizedExternalChat", True, "alice")
        await page.until(lambda page: unread(page) == {"A friend": 2})
        assert await texts(alice, id) == ["Before", "Meanwhile"]
        await set_parameter(there.house, "AuthorizeChat", False, "alice")
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
        await set_parameter(there.house, "AuthorizedExternalChat", False, "alice")
        await page.until(lambda page: "external" not in page.state)
        line = there.house.rooms.external.lines
        async with asyncio.timeout(20):
            while line._closing:
                await line._tidy()
        many = [f"{at}" for at in range(500)]
        for text in many:
            friend.write(there.own, text)
        await friend.plugin["xep_0199"].ping(DOMAIN)  # behind them: the server has them all
        await set_parameter(there.house, "AuthorizedExternalChat", True, "alice")
        await page.until(lambda page: came(page)[-1:] == many[-1:])
        assert came(page) == many
        (listed,) = (await alice.get("chats")).json()
        assert (listed["user"], listed["unread"]) == (id, 500)


async def test_what_is_not_kept_waits_at_the_server(there: Scene, database: Path) -> None:
    house, alice = there.house, await there.house.sign_in("alice")
    await set_parameter(house, "AuthorizedSaveChat", False, "alice")
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
    database: Path, server: Prosody, context: ssl.SSLContext
) -> None:
    n = next(numbers)
    async with scene(database, server, context, n) as there:
        await set_parameter(there.house, "AuthorizedExternalChat", True, "alice")
        alice = await there.house.sign_in("alice")
        async with there.house.page(alice) as page:
            await connected(there, page, alice)
            async with there.outside() as friend:
                id = await known(there, page, alice, friend)
            server.stop()
            await page.until(lambda page: state(page) == "away")
            assert page.state["external"]["account"]["why"]["words"]
            sent = (await write(alice, id, "Written meanwhile")).json()
            assert sent["delivery"] == "waiting"
            server.start()
            await page.until(lambda page: "sent" in fates(page, sent["id"]))
            async with there.outside() as friend:
                await friend.heard(lambda one: one.text == "Written meanwhile")
            server.stop()
            await page.until(lambda page: state(page) == "away")
            await write(alice, id, "Before the restart")
    server.start()
    async with there.outside() as friend:
        friend.write(there.own, "While you were away")
        async with scene(database, server, context, n) as there:
            alice = await there.house.sign_in("alice")
            async with there.house.page(alice) as page:
                await page.until(lambda page: unread(page) == {"A friend": 1})
                await friend.heard(lambda one: one.text == "Before the restart")
                assert await texts(alice, id) == [
                    "Written meanwhile",
                    "Before the restart",
                    "While you were away",
                ]

"""Chat with people outside, by a real XMPP server: what comes, what leaves, who may."""

import ssl
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace as replace_struct

from tests.peers.prosody import DOMAIN, Prosody
from tests.web.outside import (
    MARKERS,
    PASSWORD,
    RECEIPTS,
    STATES,
    Scene,
    about,
    came,
    connected,
    contact,
    fates,
    known,
    moments,
    scene,
    state,
    texts,
    write,
)
from tests.web.problems import problem
from tests.web.test_chat import unread
from tws.connectors.xmpp.line import XmppLine
from tws.messaging.external.holding import Holding
from tws.messaging.external.model import OpenedAccount
from tws.messaging.external.network import Arrived, Dial, Heard, Hearer, Line
from tws.messaging.external.receiving import Receiving
from tws.register import NotInstalled
from tws.schedule import Retry
from tws.storage import StorageUnavailable
from tws.storage.secrets import SEAL

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
    monkeypatch.setattr("tws.messaging.external.traffic.AGAIN", Retry(0.05, 0.05))
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
    database: Path, prosody: Prosody, trust: ssl.SSLContext, dial: Dial, words: str
) -> None:
    async with scene(database, prosody, trust, 0, dial) as there:
        await there.house.parameter("AuthorizedExternalChat", True, "alice")
        alice = await there.house.sign_in("alice")
        async with there.house.page(alice) as page:
            await alice.put("external-chat/account", json=there.body())
            await page.until(lambda page: state(page) == "refused")
            assert words in page.state["external"]["account"]["why"]["words"]
        refused = await alice.post("external-chat/contacts", json={"address": "a@b.example"})
        assert problem(refused, 409, "conflict")["why"] == "externalNotConnected"

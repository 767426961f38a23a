"""People outside, by a real XMPP server: a house whose Alice has an account with it, and what its
tests ask."""

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

from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE
from tests.peers.prosody import DOMAIN, Prosody, running_prosody
from tests.peers.xmpp_client import Stanza, XmppClient, xmpp_client
from tests.web.house import PAPER, House, open_rooms, serving
from tests.web.page import Page
from tws.connectors.xmpp.line import XmppLine
from tws.messaging.external.network import Dial

PASSWORD = "sesame0outside"
RECEIPTS, MARKERS = "urn:xmpp:receipts", "urn:xmpp:chat-markers:0"
STATES = "http://jabber.org/protocol/chatstates"
Client = httpx.AsyncClient
PAIRS = 30
numbers = count()


@pytest.fixture(scope="session")
def prosody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prosody]:
    require_peer("prosody")
    people = {f"{who}{n}": PASSWORD for n in range(PAIRS) for who in ("inside", "outside")}
    with running_prosody(tmp_path_factory.mktemp("prosody"), people) as server:
        yield server


@pytest.fixture(scope="session")
def trust() -> ssl.SSLContext:
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
async def there(database: Path, prosody: Prosody, trust: ssl.SSLContext) -> AsyncIterator[Scene]:
    async with scene(database, prosody, trust, next(numbers)) as found:
        await found.house.parameter("AuthorizedExternalChat", True, "alice")
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

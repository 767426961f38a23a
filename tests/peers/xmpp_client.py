"""Somebody outside, with a program for XMPP of his own: a client of slixmpp, which is not ours.

async with xmpp_client("bob", "password", port) as bob:
    bob.write("alice@localhost", "Hello")
    message = await bob.heard(lambda stanza: stanza.text == "Hello")
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from slixmpp import ClientXMPP
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from slixmpp.xmlstream.stanzabase import StanzaBase

from tests.peers.answering import CERTIFICATE
from tests.peers.prosody import DOMAIN

DEADLINE = 20.0
CLIENT = "{jabber:client}"
Kind = Literal["subscribe", "subscribed", "unsubscribe", "unsubscribed", "unavailable"]


class Stanza:
    """One message or presence that came."""

    def __init__(self, xml: Element) -> None:
        self.xml = xml

    @property
    def kind(self) -> str:
        """`message`, or the type of a presence."""
        if self.xml.tag == f"{CLIENT}message":
            return "message"
        return self.xml.get("type") or self.xml.findtext(f"{CLIENT}show") or "available"

    @property
    def text(self) -> str | None:
        return self.xml.findtext(f"{CLIENT}body")

    @property
    def id(self) -> str:
        return self.xml.get("id", "")

    @property
    def sender(self) -> str:
        return self.xml.get("from", "").partition("/")[0]

    def has(self, name: str) -> bool:
        return self.xml.find(name) is not None


class XmppClient(ClientXMPP):
    def __init__(self, name: str, password: str, resource: str) -> None:
        context = ssl.create_default_context(cafile=str(CERTIFICATE))
        super().__init__(f"{name}@{DOMAIN}/{resource}", password, ssl_context=context)
        self.own = f"{name}@{DOMAIN}"
        self.came: list[Stanza] = []
        self._news = asyncio.Condition()
        self.remove_handler("Presence")
        self.enable_direct_tls = False
        for name in ("message", "presence"):
            path = MatchXPath(f"{CLIENT}{name}")
            self.register_handler(Callback(f"test {name}", path, self._came))

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _came(self, stanza: StanzaBase) -> None:
        self.came.append(Stanza(stanza.xml))
        self.wrap(self._tell())

    async def heard(self, fits: Callable[[Stanza], bool]) -> Stanza:
        """The first such that came, or comes."""
        async with asyncio.timeout(DEADLINE), self._news:
            while not (found := [one for one in self.came if fits(one)]):
                await self._news.wait()
        return found[0]

    def write(self, to: str, text: str | None, id: str = "", **more: str) -> str:
        """A message; `more`: elements in it, each by its namespace. Its id."""
        message = self.make_message(mto=to, mtype="chat")
        message["id"] = id = id or self.new_id()
        if text is not None:
            message["body"] = text
        for name, place in more.items():
            SubElement(message.xml, f"{{{place}}}{name}")
        message.send()
        return id

    def sign(self, to: str, name: str, id: str) -> None:
        """A message without text, about another one."""
        message = self.make_message(mto=to, mtype="chat")
        SubElement(message.xml, name, id=id)
        message.send()

    def present(self, to: str | None = None, kind: Kind | None = None, show: str = "") -> None:
        presence = self.make_presence(pto=to, ptype=kind)
        if show:
            SubElement(presence.xml, f"{CLIENT}show").text = show
        presence.send()


@asynccontextmanager
async def xmpp_client(
    name: str, password: str, port: int, resource: str = "outside"
) -> AsyncIterator[XmppClient]:
    """Signed in, and available; with copies of what other programs of his write (XEP-0280)."""
    client = XmppClient(name, password, resource)
    client.register_plugin("xep_0280")
    client.register_plugin("xep_0199")
    started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    client.add_event_handler("session_start", lambda _: started.set_result(None), disposable=True)
    client.connect("127.0.0.1", port)
    try:
        async with asyncio.timeout(DEADLINE):
            await started
            await client.plugin["xep_0280"].enable()
            await client.get_roster()  # without it nobody is told of subscriptions
        client.present()
        yield client
    finally:
        client.cancel_connection_attempt()
        await client.disconnect(1.0)

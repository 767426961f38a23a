"""The connection of one account, as the room of messages has it (`messaging.external.network`)."""

import asyncio
import ssl
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from slixmpp import Message
from slixmpp.plugins.xep_0198 import stanza as management
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from slixmpp.xmlstream.stanzabase import StanzaBase

from tws.connectors.xmpp import stanzas
from tws.connectors.xmpp.resources import Resources
from tws.connectors.xmpp.stanzas import CARBONS, CLIENT, MARKERS, PING, RECEIPTS, ROSTER, STATES
from tws.connectors.xmpp.stream import Stream
from tws.messaging.external.model import OpenedAccount
from tws.messaging.external.network import Hearer, Taken, Until
from tws.sources.errors import ConnectorError, Unreachable

SIGN_IN = 30.0
"Seconds in which a connection has to stand."
BEAT, SILENCE = 60.0, 150.0
"Seconds after which the server is asked whether it is there, and after which it is not."
GOODBYE = 2.0
NEVER = 2**31
"Stanzas after which slixmpp asks for an acknowledgement: it would ask before it sends the last."


class XmppLine:
    def __init__(
        self,
        account: OpenedAccount,
        hearer: Hearer,
        *,
        context: ssl.SSLContext | None = None,
        loopback: bool = False,
    ) -> None:
        """`context`: whom to trust instead of this computer's authorities; `loopback`: the server
        may be this computer."""
        self._hearer, self._own = hearer, account.address
        self._resources = Resources()
        self._here: bool | None = None
        self._ours: set[str] = set()
        "Ids of what was sent and not taken yet."
        self._end: asyncio.Task[None] | None = None
        self._over = False
        self._stream = stream = Stream(account, self._lost, context, loopback)
        stream.register_plugin("xep_0030")
        stream.register_plugin("xep_0199", {"keepalive": False})
        stream.register_plugin("xep_0198", {"allow_resume": False, "window": NEVER})
        for feature in stanzas.FEATURES:
            stream.plugin["xep_0030"].add_feature(feature)
        stream.remove_handler("Stream Management Request Ack")
        for name, path, take in (
            ("message", f"{CLIENT}message", self._message),
            ("presence", f"{CLIENT}presence", self._presence),
            ("roster", f"{CLIENT}iq/{ROSTER}query", self._roster),
            ("asked", management.RequestAck.tag_name(), self._asked),
        ):
            stream.register_handler(Callback(f"TWS {name}", MatchXPath(path), take))
        stream.add_event_handler("stream_negotiated", self._negotiated)
        stream.add_event_handler("stanza_acked", self._acked)
        self._timer = stream.loop.call_later(SIGN_IN, self._too_late)
        stream.begin()

    # ------------------------------------------------------------ its life

    def _negotiated(self, _: object) -> None:
        if not self._stream.bound or self._over:
            return
        self._timer.cancel()
        self._timer = self._stream.loop.call_later(BEAT, self._beat)
        if not self._stream.sessionstarted:
            self._stream.sessionstarted = True
        self._request("set", Element(f"{CARBONS}enable"))
        self._request("get", Element(f"{ROSTER}query"))
        self._hearer.connected()

    def _lost(self, why: ConnectorError) -> None:
        if not self._over:
            self._over = True
            self._timer.cancel()
            self._hearer.lost(why)

    def _too_late(self) -> None:
        self._lost(Unreachable("{host} does not answer.", host=self._stream.asked))

    def _beat(self) -> None:
        if self._stream.loop.time() - self._stream.heard > SILENCE:
            self._too_late()
            return
        self._timer = self._stream.loop.call_later(BEAT, self._beat)
        self._request("get", Element(f"{PING}ping"), to=self._own.rpartition("@")[2])

    def close(self) -> None:
        self._over = True
        self._timer.cancel()
        if self._end is None:
            self._end = self._stream.loop.create_task(self._stream.end(GOODBYE))

    async def closed(self) -> None:
        if self._end is not None:
            await self._end

    def pause(self) -> None:
        if self._stream.transport is not None:
            self._stream.transport.pause_reading()

    def resume(self) -> None:
        if self._stream.transport is not None:
            self._stream.transport.resume_reading()

    # ------------------------------------------------------------ what comes

    def _message(self, stanza: StanzaBase) -> None:
        for what in stanzas.of_message(stanza.xml, self._own, datetime.now(UTC)):
            self._hearer.hear(what)

    def _presence(self, stanza: StanzaBase) -> None:
        what = stanzas.asks(stanza.xml, self._own) or self._resources.present(stanza.xml)
        if what is not None:
            self._hearer.hear(what)

    def _roster(self, stanza: StanzaBase) -> None:
        """The list, or a change of it: from one's own server only (RFC 6121, 2.1.6)."""
        sender = stanza.xml.get("from", "")
        if sender and sender.partition("/")[0].casefold() != self._own:
            return
        for what in stanzas.of_roster(stanza.xml):
            self._resources.listed(what)
            self._hearer.hear(what)
        if stanza.xml.get("type") == "set":
            self._request("result", None, id=stanza.xml.get("id", ""))

    def _asked(self, _: StanzaBase) -> None:
        """The server asks how much came: it is told once that is kept."""
        handled = self._stream.plugin["xep_0198"].handled
        self._hearer.hear(Until(lambda: self._acknowledge(handled)))

    def _acknowledge(self, handled: int) -> None:
        if self._stream.transport is not None:
            ack = management.Ack(self._stream)
            ack["h"] = handled
            self._stream.send_raw(str(ack))

    def _acked(self, stanza: StanzaBase) -> None:
        id = stanza.xml.get("id", "")
        if id in self._ours:
            self._ours.discard(id)
            self._hearer.hear(Taken(stanza.xml.get("to", ""), id))

    # ------------------------------------------------------------ what leaves

    def send(self, to: str, id: str, text: str) -> None:
        message = self._new_message(to, "chat", id)
        message["body"] = stanzas.plain(text)
        stanzas.fill_message(message.xml, id)
        managed = "stream_management" in self._stream.features
        if managed:
            self._ours.add(id)
        message.send()
        if managed:
            self._stream.send(str(management.RequestAck(self._stream)))  # behind the message
        else:
            self._hearer.hear(Taken(to, id))

    def refuse(self, to: str, id: str, words: str) -> None:
        message = self._new_message(to, "error", id)
        stanzas.fill_error(message.xml, words)
        message.send()

    def tell_received(self, to: str, id: str) -> None:
        self._sign(to, f"{RECEIPTS}received", id=id)

    def tell_typing(self, to: str) -> None:
        self._sign(to, f"{STATES}composing")

    def tell_read(self, to: str, id: str) -> None:
        self._sign(to, f"{MARKERS}displayed", id=id)

    def tell_here(self, here: bool) -> None:
        # The first time behind the question for the list: of others nothing is taken.
        if here == self._here:
            return
        self._here = here
        self._stream.send_presence(pshow="" if here else "away")

    def add(self, address: str, name: str) -> None:
        named = {"name": name} if name else {}
        self._request("set", stanzas.roster_item(address, **named))
        self._stream.send_presence(pto=address, ptype="subscribe")

    def remove(self, address: str) -> None:
        self._request("set", stanzas.roster_item(address, subscription="remove"))

    def answer(self, address: str, yes: bool) -> None:
        self._stream.send_presence(pto=address, ptype="subscribed" if yes else "unsubscribed")

    def _sign(self, to: str, name: str, **attributes: str) -> None:
        message = self._new_message(to, "chat", "")
        stanzas.sign(message.xml, name, **attributes)
        message.send()

    def _new_message(self, to: str, kind: str, id: str) -> Message:
        message = self._stream.make_message(mto=to)
        message["type"] = kind
        message["id"] = id or self._stream.new_id()
        return message

    def _request(
        self, kind: str, content: Element | None, to: str = "", id: str | None = None
    ) -> None:
        """Nobody waits for its answer."""
        iq = self._stream.Iq()
        iq["type"], iq["id"] = kind, id or self._stream.new_id()
        if to:
            iq["to"] = to
        if content is not None:
            iq.xml.append(content)
        self._stream.send(iq)

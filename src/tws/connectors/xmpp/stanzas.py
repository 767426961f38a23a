"""Stanzas that come, as what the room of messages hears of them; and those that leave. Pure.

What is not understood is nothing: of messages the plain text counts, whatever markup is beside it
(XHTML-IM, XEP-0071, is dropped).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from xml.etree.ElementTree import Element, SubElement

from tws.messaging.external.addresses import bare
from tws.messaging.external.network import (
    Arrived,
    Asks,
    Composing,
    Delivered,
    Displayed,
    Heard,
    Listed,
    Returned,
    Unlisted,
)

CLIENT = "{jabber:client}"
ROSTER = "{jabber:iq:roster}"
CARBONS, FORWARD = "{urn:xmpp:carbons:2}", "{urn:xmpp:forward:0}"
RECEIPTS, MARKERS = "{urn:xmpp:receipts}", "{urn:xmpp:chat-markers:0}"
STATES, DELAY = "{http://jabber.org/protocol/chatstates}", "{urn:xmpp:delay}"
PING = "{urn:xmpp:ping}"
STANZA_ERRORS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"
FEATURES = (
    "urn:xmpp:receipts",
    "urn:xmpp:chat-markers:0",
    "http://jabber.org/protocol/chatstates",
)
"What programs of others are told that this one understands (XEP-0030)."
MOST_LISTED = 5000
"People of one list: more than anybody can have here, so that those are found in it."
NO_MESSAGES = ("groupchat", "headline")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"What no text has, and XML may not have (XML 1.0, 2.2)."


def plain(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# ---------------------------------------------------------------- what comes


def of_message(xml: Element, own: str, now: datetime) -> Iterator[Heard]:
    """`own`: the bare address of the account. Copies (XEP-0280) are those of one's own server:
    who else sends such a thing would put words into the mouths of others (its section 11)."""
    sender = bare(xml.get("from", "")) or own
    for way in ("sent", "received"):
        inner = xml.find(f"{CARBONS}{way}/{FORWARD}forwarded/{CLIENT}message")
        if inner is None:
            continue
        if sender == own:
            yield from _message(inner, own, now, copied=True)
        return
    yield from _message(xml, own, now)


def _message(xml: Element, own: str, now: datetime, *, copied: bool = False) -> Iterator[Heard]:
    sender, recipient = bare(xml.get("from", "")), bare(xml.get("to", ""))
    mine = copied and sender == own
    address = recipient if mine else sender
    if address is None or address == own:
        return
    kind, id = xml.get("type", "normal"), xml.get("id", "")
    if kind == "error":
        if id and not mine:
            yield Returned(address, id)
        return
    if kind in NO_MESSAGES:
        return
    yield from _signs(xml, address, mine)
    text = plain(xml.findtext(f"{CLIENT}body") or "")
    if text.strip():
        delay = xml.find(f"{DELAY}delay")
        yield Arrived(
            address=address,
            program=xml.get("from", address),
            id=id,
            text=text,
            sent=now if delay is None else _time(delay.get("stamp", ""), now),
            delayed=delay is not None or copied,
            receipt=bool(id) and not copied and xml.find(f"{RECEIPTS}request") is not None,
            own=mine,
        )


def _signs(xml: Element, address: str, mine: bool) -> Iterator[Heard]:
    """Of reading and writing."""
    displayed = xml.find(f"{MARKERS}displayed")
    if displayed is not None and (id := displayed.get("id")):
        yield Displayed(address, id, own=mine)
    if mine:
        return
    for name in (f"{RECEIPTS}received", f"{MARKERS}received"):
        received = xml.find(name)
        if received is not None and (id := received.get("id")):
            yield Delivered(address, id)
    if xml.find(f"{STATES}composing") is not None:
        yield Composing(address)


def _time(stamp: str, now: datetime) -> datetime:
    """XEP-0082; what is none, or is to come, is now."""
    try:
        found = datetime.fromisoformat(stamp)
        return min(found.astimezone(UTC), now) if found.tzinfo is not None else now
    except (ValueError, OverflowError):
        return now


def of_roster(xml: Element) -> Iterator[Listed | Unlisted]:
    """The list of contacts, or what changed in it (RFC 6121, 2.1)."""
    for item in islice(xml.iterfind(f"{ROSTER}query/{ROSTER}item"), MOST_LISTED):
        address, subscription = bare(item.get("jid", "")), item.get("subscription", "none")
        if address is None:
            continue
        if subscription == "remove":
            yield Unlisted(address)
            continue
        yield Listed(
            address=address,
            name=" ".join(plain(item.get("name", "")).split()),
            shown=subscription in ("to", "both"),
            asked=item.get("ask") == "subscribe",
        )


def asks(xml: Element, own: str) -> Asks | None:
    """Of a presence: whether somebody asks to see how the account's owner is."""
    address = bare(xml.get("from", ""))
    if xml.get("type") != "subscribe" or address is None or address == own:
        return None
    return Asks(address)


# ---------------------------------------------------------------- what leaves


def fill_message(xml: Element, id: str) -> None:
    """What is asked of the program that takes it: to say that it came, and was read."""
    SubElement(xml, f"{RECEIPTS}request")
    SubElement(xml, f"{MARKERS}markable")
    SubElement(xml, f"{STATES}active")
    SubElement(xml, "{urn:xmpp:sid:0}origin-id", id=id)


def sign(xml: Element, name: str, **attributes: str) -> None:
    """A message without text, which no server keeps (XEP-0334)."""
    SubElement(xml, name, attributes)
    if name != f"{RECEIPTS}received" and name != f"{MARKERS}displayed":
        SubElement(xml, "{urn:xmpp:hints}no-store")


def fill_error(xml: Element, words: str) -> None:
    """RFC 6120, 8.3: it may be tried again later, or otherwise."""
    error = SubElement(xml, f"{CLIENT}error", type="wait")
    SubElement(error, f"{STANZA_ERRORS}resource-constraint")
    SubElement(error, f"{STANZA_ERRORS}text").text = words


def roster_item(address: str, **attributes: str) -> Element:
    query = Element(f"{ROSTER}query")
    SubElement(query, f"{ROSTER}item", {"jid": address, **attributes})
    return query

"""XMPP servers that are not as they should be, and what is heard of stanzas."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.peers.answering import CERTIFICATE, KEY
from tws.connectors.xmpp import stanzas
from tws.connectors.xmpp.line import XmppLine
from tws.connectors.xmpp.resources import MOST_PROGRAMS, Resources
from tws.connectors.xmpp.stanzas import MOST_LISTED
from tws.messaging.external.model import MOST_CONTACTS, Availability, OpenedAccount
from tws.messaging.external.network import (
    Arrived,
    Available,
    Composing,
    Delivered,
    Displayed,
    Heard,
    Listed,
    Returned,
    Unlisted,
)
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

DEADLINE = 20.0
OWN = "me@here.example"
NOW = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
HEADER = (
    b"<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='1' from='localhost'"
    b" version='1.0' xmlns:stream='http://etherx.jabber.org/streams'>"
)
BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a;" * 10) for n in range(9))
    + b"]>"
)
Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter
Behaviour = Callable[[Reader, Writer], Awaitable[None]]


class Ear:
    """Hears one connection."""

    def __init__(self) -> None:
        self.why: asyncio.Future[ConnectorError] = asyncio.get_running_loop().create_future()
        self.heard: list[Heard] = []

    def connected(self) -> None:
        pass

    def lost(self, why: ConnectorError) -> None:
        self.why.set_result(why)  # a second time would raise

    def hear(self, what: Heard) -> None:
        self.heard.append(what)


@asynccontextmanager
async def server(
    behaviour: Behaviour, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[Ear, int]]:
    """One that behaves like this to whoever comes; with TLS from the first byte, or without."""

    async def serve(reader: Reader, writer: Writer) -> None:
        try:
            await behaviour(reader, writer)
            await reader.read()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    serving = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with serving:
        yield Ear(), serving.sockets[0].getsockname()[1]


async def why_not(
    ear: Ear, port: int, context: ssl.SSLContext | None = None, *, loopback: bool = True
) -> ConnectorError:
    """What is told of a connection to that port."""
    account = OpenedAccount(
        address="me@localhost", password="pw", resource="TWS", host="127.0.0.1", port=port
    )
    line = XmppLine(account, ear, context=context, loopback=loopback)
    try:
        async with asyncio.timeout(DEADLINE):
            return await ear.why
    finally:
        line.close()
        await line.closed()


async def test_without_encryption_no_password_is_said() -> None:
    said = bytearray()

    async def plain(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b">")
        writer.write(HEADER + b"<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:")
        writer.write(b"xmpp-sasl'><mechanism>PLAIN</mechanism><mechanism>SCRAM-SHA-1</mechanism>")
        writer.write(b"</mechanisms></stream:features>")
        said.extend(await reader.read())

    async with server(plain) as (ear, port):
        why = await why_not(ear, port)
    assert isinstance(why, Refused) and "encryption" in str(why)
    assert b"<auth" not in said


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (BOMB + HEADER[21:], "which XMPP forbids"),
        (HEADER + b"<message><body>" + b"x" * 5_000_000, "too much at once"),
        (HEADER + b"<message>" + b"<a/>" * 200_000, "too much at once"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "broke off"),
        (b"", "broke off"),
    ],
)
async def test_what_is_no_xmpp_ends_the_connection(sent: bytes, words: str) -> None:
    async def hostile(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b">")
        for at in range(0, len(sent), 65_536):
            writer.write(sent[at : at + 65_536])
            await writer.drain()
        if not sent or b"HTTP" in sent:
            writer.close()

    async with server(hostile) as (ear, port):
        why = await why_not(ear, port)
    assert isinstance(why, Unreachable) and words in str(why)


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    async def starts_tls(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b">")
        writer.write(HEADER + b"<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls")
        writer.write(b"'/></stream:features>")
        await reader.readuntil(b"/>")
        writer.write(b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
        await writer.drain()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE, KEY)
        await writer.start_tls(context)

    async with server(starts_tls) as (ear, port):
        why = await why_not(ear, port)
    assert isinstance(why, Misconfigured) and "certificate" in str(why)


async def test_this_computer_is_no_server_outside() -> None:
    came = asyncio.Event()

    async def touched(reader: Reader, writer: Writer) -> None:
        came.set()

    async with server(touched) as (ear, port):
        why = await why_not(ear, port, loopback=False)
    assert isinstance(why, Misconfigured) and not came.is_set()


async def test_where_nobody_listens_it_is_tried_again() -> None:
    async def nobody(reader: Reader, writer: Writer) -> None:
        pass

    async with server(nobody) as (ear, port):
        pass
    assert isinstance(await why_not(ear, port), Unreachable)


# ---------------------------------------------------------------- stanzas


def heard(text: str) -> list[Heard]:
    return list(stanzas.of_message(fromstring(text), OWN, NOW))  # noqa: S314 - ours


def message(inside: str, **attributes: str) -> str:
    named = {"from": "you@there.example/home", "to": OWN, "type": "chat", "id": "1"} | attributes
    words = " ".join(f'{name}="{value}"' for name, value in named.items() if value)
    return f'<message xmlns="jabber:client" {words}>{inside}</message>'


def copied(way: str, inside: str) -> str:
    return (
        f'<{way} xmlns="urn:xmpp:carbons:2"><forwarded xmlns="urn:xmpp:forward:0">{inside}'
        f"</forwarded></{way}>"
    )


YOU = "you@there.example"


def test_only_ones_own_server_brings_copies() -> None:
    written = message("<body>Yes</body>", **{"from": f"{OWN}/mobile", "to": YOU})
    for sender in (f"{YOU}/home", f"{OWN}.example", "here.example"):
        assert heard(message(copied("sent", written), **{"from": sender})) == []
        assert (
            heard(message(copied("received", message("<body>x</body>")), **{"from": sender})) == []
        )
    (one,) = heard(message(copied("sent", written), **{"from": OWN}))
    assert isinstance(one, Arrived) and (one.address, one.own, one.text) == (YOU, True, "Yes")
    forged = message(copied("sent", message("<body>x</body>")), **{"from": OWN})
    assert all(isinstance(one, Arrived) and not one.own for one in heard(forged))


def test_what_is_heard_of_messages() -> None:
    body = "<body>Hi\x09you</body><html xmlns='http://jabber.org/protocol/xhtml-im'>x</html>"
    delay = "<delay xmlns='urn:xmpp:delay' stamp='2026-10-24T20:00:00Z'/>"
    (one,) = heard(message(body + delay + "<request xmlns='urn:xmpp:receipts'/>"))
    assert one == Arrived(
        address=YOU,
        program=f"{YOU}/home",
        id="1",
        text="Hi\tyou",
        sent=datetime(2026, 10, 24, 20, tzinfo=UTC),
        delayed=True,
        receipt=True,
    )
    assert heard(message("<received xmlns='urn:xmpp:receipts' id='7'/>")) == [Delivered(YOU, "7")]
    displayed = "<displayed xmlns='urn:xmpp:chat-markers:0' id='7'/>"
    assert heard(message(displayed)) == [Displayed(YOU, "7")]
    states = "<composing xmlns='http://jabber.org/protocol/chatstates'/>"
    assert heard(message(states)) == [Composing(YOU)]
    assert heard(message("<body>x</body>", type="error")) == [Returned(YOU, "1")]
    for nothing in (
        message("<body>x</body>", type="groupchat"),
        message("<body>x</body>", type="headline"),
        message("<body> \n</body>"),
        message("<body>x</body>", **{"from": "a b@c"}),
        message("<body>x</body>", **{"from": f"{OWN}/other"}),
        message(""),
    ):
        assert heard(nothing) == []


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "x",
        "2026-10-24",
        "2026-10-24T20:00:00",
        "9999-12-31T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_times_that_are_none_or_to_come_are_now(stamp: str) -> None:
    delay = f"<delay xmlns='urn:xmpp:delay' stamp='{stamp}'/>"
    (one,) = heard(message(f"<body>x</body>{delay}"))
    assert isinstance(one, Arrived) and one.sent == NOW


TAGS = [
    *("{jabber:client}message", "{jabber:client}body", f"{stanzas.CARBONS}sent"),
    *(f"{stanzas.FORWARD}forwarded", f"{stanzas.DELAY}delay", f"{stanzas.RECEIPTS}received"),
    *(f"{stanzas.MARKERS}displayed", f"{stanzas.ROSTER}query", f"{stanzas.ROSTER}item"),
]
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["from", "to", "type", "id", "stamp", "jid", "name", "subscription", "ask"]),
    st.text(max_size=20) | st.sampled_from([OWN, YOU, "error", "remove", "subscribe"]),
)


def element(tag: str, attributes: dict[str, str], text: str, inside: list[Element]) -> Element:
    made = Element(tag, attributes)
    made.text = text
    made.extend(inside)
    return made


STANZAS = st.recursive(
    st.builds(element, st.sampled_from(TAGS), ATTRIBUTES, st.text(), st.just([])),
    lambda inside: st.builds(
        element, st.sampled_from(TAGS), ATTRIBUTES, st.text(), st.lists(inside, max_size=3)
    ),
    max_leaves=8,
)


def test_of_a_list_no_more_is_read_than_is_of_use() -> None:
    items = "".join(f"<item jid='{n}@a.example'/>" for n in range(MOST_LISTED + 1))
    text = f"<iq><query xmlns='jabber:iq:roster'>{items}</query></iq>"
    found = list(stanzas.of_roster(fromstring(text)))  # noqa: S314 - ours
    assert len(found) == MOST_LISTED > MOST_CONTACTS


@given(STANZAS)
def test_whatever_comes_raises_nothing(xml: Element) -> None:
    for one in (*stanzas.of_message(xml, OWN, NOW), *stanzas.of_roster(xml)):
        assert not isinstance(one, Arrived) or (one.text.strip() and one.sent <= NOW)
    stanzas.asks(xml, OWN)
    Resources().present(xml)


def test_somebody_is_as_his_best_program_is() -> None:
    def present(name: str, show: str = "", kind: str = "") -> Availability | None:
        shown = f"<show>{show}</show>" if show else ""
        typed = f' type="{kind}"' if kind else ""
        xml = f'<presence xmlns="jabber:client" from="{YOU}{name}"{typed}>{shown}</presence>'
        found = resources.present(fromstring(xml))  # noqa: S314 - ours
        assert found is None or found == Available(YOU, found.availability)
        return None if found is None else found.availability

    resources = Resources()
    assert present("/a") is None  # nobody whom one knows
    resources.listed(Listed(YOU, "", shown=True, asked=False))
    assert present("/a", "away") is Availability.AWAY
    assert present("/b", "dnd") is Availability.BUSY
    assert present("/c", "chat") is Availability.ONLINE
    assert present("/c", kind="unavailable") is Availability.BUSY
    assert present("", kind="unavailable") is Availability.OFFLINE
    for at in range(MOST_PROGRAMS + 5):
        present(f"/{at}", "away")
    assert present("/one more") is Availability.AWAY
    assert present("/0", kind="error") is None
    resources.listed(Unlisted(YOU))
    assert present("/a") is None

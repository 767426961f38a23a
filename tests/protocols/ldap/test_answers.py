"""Answers to a search, as ldap3 writes them, however they come; and what is not LDAP."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ldap3.protocol.controls import build_control
from ldap3.protocol.rfc2696 import Cookie, RealSearchControlValue, Size
from ldap3.protocol.rfc4511 import (
    Controls,
    LDAPMessage,
    MessageID,
    ProtocolOp,
    SearchResultDone,
    SearchResultEntry,
)
from ldap3.utils.asn1 import encode

from tws.protocols.ldap.answers import LONGEST, Answer, Answers, Elsewhere, Ended, Found
from tws.protocols.ldap.ber import Malformed
from tws.protocols.ldap.requests import SEARCH_DONE, Request

NUMBER = 7
Attributes = list[tuple[bytes, list[bytes]]]


def message(kind: str, operation: object, controls: object = None, number: int = NUMBER) -> bytes:
    made = LDAPMessage()
    made["messageID"] = MessageID(number)
    made["protocolOp"] = ProtocolOp().setComponentByName(kind, operation)
    if controls is not None:
        made["controls"] = controls
    return bytes(encode(made))


def entry(dn: str, attributes: Attributes, number: int = NUMBER) -> bytes:
    made = SearchResultEntry()
    made["object"] = dn.encode()
    made["attributes"].clear()
    for at, (name, values) in enumerate(attributes):
        attribute = made["attributes"].getComponentByPosition(at)
        attribute["type"] = name
        attribute["vals"].clear()
        for place, value in enumerate(values):
            attribute["vals"][place] = value
    return message("searchResEntry", made, number=number)


def done(code: int = 0, words: str = "", cookie: bytes | None = None) -> bytes:
    made = SearchResultDone()
    made["resultCode"] = code
    made["matchedDN"] = b"o=x"
    made["diagnosticMessage"] = words.encode()
    controls = None
    if cookie is not None:
        value = RealSearchControlValue()
        value["size"], value["cookie"] = Size(3), Cookie(cookie)
        controls = Controls()
        controls[0] = build_control("1.2.3.4", False, None)
        controls[1] = build_control("1.2.840.113556.1.4.319", False, value)
    return message("searchResDone", made, controls)


def answers(data: bytes, pieces: Iterable[int] = ()) -> list[Answer]:
    """`pieces`: where the bytes are cut."""
    reading, start = Answers(Request(NUMBER, b"", SEARCH_DONE)), 0
    found: list[Answer] = []
    for end in (*sorted(pieces), len(data)):
        reading.receive_data(data[start:end])
        found += reading.answers()
        start = end
    return found


values = st.lists(st.binary(max_size=300), max_size=3)
many = st.lists(st.tuples(st.binary(min_size=1, max_size=20), values), max_size=6)


@given(st.lists(st.tuples(st.text(max_size=40), many), max_size=4), st.binary(), st.data())
def test_what_was_written_is_read(
    entries: list[tuple[str, Attributes]], cookie: bytes, data: st.DataObject
) -> None:
    entries = [(dn.encode(errors="ignore").decode(), found) for dn, found in entries]
    written = b"".join(entry(*each) for each in entries) + done(cookie=cookie)
    pieces = data.draw(st.lists(st.integers(0, len(written)), max_size=8))
    *found, end = answers(written, pieces)
    assert found == [Found(dn, attributes) for dn, attributes in entries]
    assert end == Ended(0, "o=x", "", (), cookie)


def test_byte_after_byte() -> None:
    written = entry("cn=Zoé", [(b"cn", ["Zoé".encode()]), (b"photo", [bytes(70_000)])]) + done()
    assert answers(written, range(len(written))) == answers(written)


def test_an_end_in_words() -> None:
    assert answers(done(32, "nö")) == [Ended(32, "o=x", "nö")]


def test_other_servers() -> None:
    reference = bytes.fromhex("300f020107730a0408") + b"ldap://x"
    assert answers(reference + done()) == [Elsewhere(), Ended(0, "o=x", "")]
    referral = b"\x30\x18\x02\x01\x07\x65\x13\x0a\x01\x0a\x04\x00\x04\x00\xa3\x0a\x04\x08ldap://x"
    assert answers(referral) == [Ended(10, "", "", ("ldap://x",))]


def test_a_good_bye() -> None:
    notice = bytes.fromhex("300c02010078070a013404000400")
    assert answers(notice) == [Ended(52, "", "", asked=False)]


@pytest.mark.parametrize(
    "wrong",
    [
        b"HTTP/1.1 200 OK",
        entry("o=x", [], number=8),
        bytes.fromhex("300c02010761070a010004000400"),  # an answer to a bind
        b"\x30\x80",  # indefinite
        b"\x30\x85\x01\x00\x00\x00\x00",
        b"\x30\x84" + (LONGEST + 1).to_bytes(4),
        b"\x30\x00",
        b"\x30\x03\x02\x01\x07",
        b"\x30\x07\x02\x01\x07\x64\x02\x04\x10",
    ],
)
def test_what_is_no_answer(wrong: bytes) -> None:
    with pytest.raises(Malformed):
        answers(wrong)


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_nothing_else_is_raised(noise: bytes, at: int, octet: int) -> None:
    good = bytearray(entry("o=x", [(b"cn", [b"x", noise])]) + done(4, cookie=b"more"))
    good[at % len(good)] = octet
    for written in (noise, b"\x30" + bytes([len(noise) % 128]) + noise, bytes(good)):
        try:
            answers(written)
        except Malformed:
            continue

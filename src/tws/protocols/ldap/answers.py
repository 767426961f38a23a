"""What an LDAP server answers to one request (RFC 4511), as it comes.

An entry is given as soon as its own bytes are there, and they are all that is kept: a page is as
large as the pictures of a thousand people.
"""

from collections.abc import Iterator

from msgspec import Struct

from tws.protocols.ldap.ber import ENUMERATED, INTEGER, OCTETS, SEQUENCE, SET, Malformed
from tws.protocols.ldap.ber import at as _element
from tws.protocols.ldap.requests import EXTENDED_RESPONSE, PAGED_RESULTS, Request

LONGEST = 64 * 1024 * 1024
"Bytes of one message: an entry with several large pictures."
NOTHING = 0
"The message id of what nobody asked for: a notice of disconnection (4.4.1)."

_ENTRY, _REFERENCE, _INTERMEDIATE = 0x64, 0x73, 0x79
_CONTROLS, _REFERRALS = 0xA0, 0xA3
_PAGED_RESULTS = PAGED_RESULTS.encode()


class Found(Struct, frozen=True):
    """One entry."""

    dn: str
    attributes: list[tuple[bytes, list[bytes]]]
    "Description (RFC 4512, 2.5) and values, as the server has them."


class Elsewhere(Struct, frozen=True):
    """A part of the tree is on other servers (4.5.3)."""


class Ended(Struct, frozen=True):
    """All has been answered; or, where nobody asked (`asked`), the connection will end."""

    code: int
    matched: str
    words: str
    referrals: tuple[str, ...] = ()
    cookie: bytes = b""
    "Not empty: there is another page (RFC 2696)."
    asked: bool = True


Answer = Found | Elsewhere | Ended


class Answers:
    """The answers to one request, the last of them Ended."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._received = bytearray()

    def receive_data(self, data: bytes) -> None:
        self._received += data

    def answers(self) -> Iterator[Answer]:
        """Those that are complete; raises Malformed."""
        received, at = self._received, 0
        try:
            while (end := _end(received, at)) is not None:
                message = bytes(memoryview(received)[at:end])
                at = end
                yield self._answer(message)
        except IndexError as error:
            raise Malformed("an element ends too early") from error
        finally:
            del received[:at]

    def _answer(self, message: bytes) -> Answer:
        _, start, stop = _element(message, 0)
        tag, start, end = _element(message, start)
        if tag != INTEGER:
            raise Malformed("a message without its number")
        number = int.from_bytes(message[start:end])
        tag, start, end = _element(message, end)
        if number == NOTHING and tag == EXTENDED_RESPONSE:
            return _ended(message, start, end, b"", asked=False)
        if number != self._request.number:
            raise Malformed("an answer to another request")
        if tag == _ENTRY:
            return _entry(message, start, end)
        if tag == self._request.ends:
            return _ended(message, start, end, _cookie(message, end, stop))
        if tag in (_REFERENCE, _INTERMEDIATE):
            return Elsewhere()
        raise Malformed(f"an answer of another kind ({tag:#x})")


def _end(data: bytearray, at: int) -> int | None:
    """Where the message that begins at `at` ends; None while that is not there."""
    there = len(data) - at
    if there < 2:
        return None
    if data[at] != SEQUENCE:
        raise Malformed("not LDAP")
    length, start = data[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            raise Malformed("a length that LDAP does not have")
        if there < 2 + count:
            return None
        start += count
        length = int.from_bytes(data[at + 2 : start])
    if length > LONGEST:
        raise Malformed(f"a message of {length} bytes")
    end = start + length
    return end if end <= len(data) else None


def _entry(message: bytes, at: int, stop: int) -> Found:
    _, start, at = _element(message, at)
    dn = _text(message[start:at])
    _, at, end = _element(message, at)
    if end != stop:
        raise Malformed("an entry of the wrong length")
    attributes = []
    while at < stop:
        _, start, at = _element(message, at)
        _, start, end = _element(message, start)
        name = message[start:end]
        tag, start, end = _element(message, end)
        if tag != SET or end != at:
            raise Malformed("an attribute without its values")
        values = []
        while start < end:
            length = message[start + 1]
            if length < 0x80:
                first, start = start + 2, start + 2 + length
            else:
                _, first, start = _element(message, start)
            values.append(message[first:start])
        if start != end:
            raise Malformed("values of the wrong length")
        attributes.append((name, values))
    if at != stop:
        raise Malformed("attributes of the wrong length")
    return Found(dn, attributes)


def _ended(message: bytes, at: int, stop: int, cookie: bytes, asked: bool = True) -> Ended:
    """LDAPResult (4.1.9)."""
    tag, start, at = _element(message, at)
    if tag != ENUMERATED:
        raise Malformed("a result without its code")
    code = int.from_bytes(message[start:at])
    _, start, at = _element(message, at)
    matched = _text(message[start:at])
    _, start, at = _element(message, at)
    words = _text(message[start:at])
    referrals = []
    if at < stop:
        tag, start, at = _element(message, at)
        while tag == _REFERRALS and start < at:
            _, first, start = _element(message, start)
            referrals.append(_text(message[first:start]))
    return Ended(code, matched, words, tuple(referrals), cookie, asked)


def _cookie(message: bytes, at: int, stop: int) -> bytes:
    """Of the paged results control (RFC 2696), if it is there."""
    if at >= stop:
        return b""
    tag, at, stop = _element(message, at)
    while tag == _CONTROLS and at < stop:
        _, start, at = _element(message, at)
        _, start, end = _element(message, start)
        if message[start:end] != _PAGED_RESULTS:
            continue
        kind = 0
        while end < at and kind != OCTETS:  # criticality may stand in front
            kind, start, end = _element(message, end)
        _, start, _ = _element(message, start)
        _, _, end = _element(message, start)
        _, start, end = _element(message, end)
        return message[start:end]
    return b""


def _text(octets: bytes) -> str:
    return octets.decode(errors="replace")

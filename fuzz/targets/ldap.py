"""LDAP: what a server answers, what its entries become, and the filters of administrators."""

from collections.abc import Iterator

from fuzz.choices import Choices
from fuzz.mutation import ByTokens, ByUnits
from fuzz.target import Target, holds
from tws.connectors.ldap.values import SECRETS, Values
from tws.protocols.ldap import ber, filters
from tws.protocols.ldap.answers import Answer, Answers, Found
from tws.protocols.ldap.requests import SEARCH_DONE, search

ENTRY, NUMBER = 0x64, 7
REQUEST = search(NUMBER, "dc=example", filters.encoded("(cn=*)"), ["cn"], page=100)
NAMES = (b"cn", b"objectGUID", b"objectSid", b"userPassword;binary", b"jpegPhoto", b"member")


def _message(operation: bytes, number: int = NUMBER, controls: bytes = b"") -> bytes:
    return ber.element(ber.SEQUENCE, ber.integer(number), operation, controls)


def _entry(name: bytes, *values: bytes) -> bytes:
    attribute = ber.element(
        ber.SEQUENCE, ber.octets(name), ber.element(ber.SET, *map(ber.octets, values))
    )
    dn = ber.octets(b"cn=a,dc=example")
    return _message(ber.element(ENTRY, dn, ber.element(ber.SEQUENCE, attribute)))


def _done(code: int, *more: bytes, number: int = NUMBER, controls: bytes = b"") -> bytes:
    result = (ber.integer(code, ber.ENUMERATED), ber.octets(b""), ber.octets(b"no"))
    return _message(ber.element(SEARCH_DONE, *result, *more), number, controls)


def _cookie(cookie: bytes) -> bytes:
    value = ber.element(ber.SEQUENCE, ber.integer(0), ber.octets(cookie))
    oid = ber.octets(b"1.2.840.113556.1.4.319")
    critical = ber.element(ber.BOOLEAN, ber.TRUE)
    return ber.element(0xA0, ber.element(ber.SEQUENCE, oid, critical, ber.octets(value)))


REFERRAL = ber.element(0xA3, ber.octets(b"ldap://other.example/"))
SEEDS = (
    *(_entry(name, b"Jean", b"\xff\x00" * 8) for name in NAMES),
    _entry(b"objectSid", b"\x01\x05" + bytes(6) + b"\x15\0\0\0" * 5),
    _entry(b"cn", b"x" * 200) + _done(0),
    _done(0, controls=_cookie(b"next")),
    _done(10, REFERRAL),
    _message(ber.element(0x73, ber.octets(b"ldap://other.example/"))),
    _message(ber.element(0x78, ber.integer(52, ber.ENUMERATED), *[ber.octets(b"")] * 2), 0),
    b"\x30\x84\x7f\xff\xff\xff",
)


def _answers(pieces: list[bytes]) -> tuple[list[Answer], bool]:
    """Of a server that sends this, and whether it stopped making sense."""
    reader, found = Answers(REQUEST), list[Answer]()
    for piece in pieces:
        reader.receive_data(piece)
        try:
            for answer in reader.answers():
                found.append(answer)
        except ber.Malformed:
            return found, True
    return found, False


def _feed_answers(data: bytes) -> None:
    cut = list(Choices(data).pieces())
    found, broken = _answers([b"".join(cut)])
    holds((found, broken) == _answers(cut), "other answers in pieces")
    values = Values()
    for answer in found:
        if isinstance(answer, Found):
            entry = values.entry(answer)
            holds(not SECRETS & entry.values.keys(), "a password is read")
            holds(values.entry(answer) == entry, "another entry the second time")
            holds(_size(answer) <= len(data), "more than came")


def _size(found: Found) -> int:
    return sum(len(value) for _, values in found.attributes for value in values)


def _contents(data: bytes) -> list[bytes]:
    """The contents of the elements that stand in a row."""
    found, at = [], 0
    try:
        while at < len(data):
            _, start, at = ber.at(data, at)
            found.append(data[start:at])
    except (ber.Malformed, IndexError):
        pass
    return found


def _joined(contents: list[bytes]) -> bytes:
    return b"".join(ber.element(ber.SEQUENCE, content) for content in contents)


class _Deeper:
    """Changes one element somewhere within, and makes the lengths around it right again."""

    def __init__(self) -> None:
        self._vocabulary = ByTokens(rb".{1,4}", SEEDS, (*NAMES, b"\xff" * 16, b""))

    def __call__(self, data: bytes, most: int, seed: int) -> bytes:
        parts = list(_elements(data))
        if seed % 4 == 0 or not parts:
            return self._vocabulary(data, most, seed // 4)
        at = seed // 4 % len(parts)
        tag, content = parts[at]
        if seed % 4 == 1:
            parts.insert(at, (tag, content))
        else:
            parts[at] = tag, self(content, most, seed // 4)
        return b"".join(ber.element(tag, content) for tag, content in parts)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        try:
            tag, start, end = ber.at(data, at)
        except (ber.Malformed, IndexError):
            return
        yield tag, data[start:end]
        at = end


LDAP_ANSWERS = Target(
    feed=_feed_answers,
    seeds=SEEDS,
    words=(*NAMES, b"\x30\x80", b"\x30\x84", b"\x02\x01\x07", b"\xa0", b"\xa3", b"\x31"),
    mutate=ByUnits(_contents, _joined, _Deeper()),
)


# ---------------------------------------------------------------- filters


def _filter(data: bytes) -> None:
    text = data.decode(errors="replace")
    try:
        made = filters.encoded(text)
    except filters.NoFilter as error:
        holds(bool(str(error)), "no words")
        return
    _, start, end = ber.at(made, 0)
    holds(start <= end == len(made), "it is more than one element")
    holds(len(made) <= 16 + 8 * len(text.encode()), "much more than was written")
    sent = search(1, "", made, ["cn"])
    holds(made in sent.data, "the request holds another filter")
    holds(filters.encoded(f"  ({text.strip()})" if text.strip()[:1] != "(" else text) == made, "?")


WRITTEN = (
    b"(&(objectClass=person)(|(telephoneNumber=*)(mobile=*)))",
    b"(!(cn=a*b*c))",
    rb"(cn=\28\2a\29\5c\c3\a9)",
    b"(memberOf:1.2.840.113556.1.4.1941:=cn=g,dc=example)",
    b"(sn:dn:2.4.6.8.10:=x)",
    b"givenName>=a",
    b"(&)",
    b"(" * 60 + b"cn=a" + b")" * 60,
)
LDAP_FILTER = Target(
    feed=_filter,
    seeds=WRITTEN,
    words=(b"(&", b"(|", b"(!", b")", b":dn:", b":=", b"~=", b"=*", rb"\2a", b"\\", "é".encode()),
    mutate=ByTokens(rb"\([&|!]|[()]|[\w.;-]+|[~<>:]?=|\\..|.", WRITTEN, ()),
    longest=2048,
)

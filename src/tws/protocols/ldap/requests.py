"""Requests to an LDAP server (RFC 4511), each with its number and the tag of its last answer."""

from collections.abc import Sequence

from msgspec import Struct

from tws.protocols.ldap.ber import (
    BOOLEAN,
    ENUMERATED,
    FALSE,
    SEQUENCE,
    element,
    integer,
    octets,
)

PAGED_RESULTS = "1.2.840.113556.1.4.319"
START_TLS = "1.3.6.1.4.1.1466.20037"
BIND_RESPONSE, SEARCH_DONE, EXTENDED_RESPONSE = 0x61, 0x65, 0x78
_BIND, _SIMPLE, _UNBIND, _SEARCH, _EXTENDED, _NAME = 0x60, 0x80, 0x42, 0x63, 0x77, 0x80
_CONTROLS = 0xA0
_VERSION = 3
_WHOLE_SUBTREE, _NEVER_DEREFERENCE = 2, 0


class Request(Struct, frozen=True):
    number: int
    data: bytes
    ends: int
    "The tag of the answer that is the last."


def bind(number: int, user: str, password: str) -> Request:
    """Simple; both empty: anonymous (RFC 4513, 5.1)."""
    content = (integer(_VERSION), octets(user), octets(password, _SIMPLE))
    return _request(number, element(_BIND, *content), BIND_RESPONSE)


def start_tls(number: int) -> Request:
    """RFC 4511, 4.14."""
    return _request(number, element(_EXTENDED, octets(START_TLS, _NAME)), EXTENDED_RESPONSE)


def unbind(number: int) -> bytes:
    """Nothing answers it."""
    return element(SEQUENCE, integer(number), element(_UNBIND))


def search(
    number: int,
    base: str,
    filter_: bytes,
    attributes: Sequence[str],
    *,
    size_limit: int = 0,
    page: int = 0,
    cookie: bytes = b"",
) -> Request:
    """Everything below `base`. `filter_`: encoded. `page`: entries of one page (RFC 2696), 0:
    without pages; `cookie`: of the page before."""
    content = (
        octets(base),
        integer(_WHOLE_SUBTREE, ENUMERATED),
        integer(_NEVER_DEREFERENCE, ENUMERATED),
        integer(size_limit),
        integer(0),  # no limit of time
        element(BOOLEAN, FALSE),  # values too
        filter_,
        element(SEQUENCE, *map(octets, attributes)),
    )
    controls = b""
    if page:
        value = element(SEQUENCE, integer(page), octets(cookie))
        control = element(SEQUENCE, octets(PAGED_RESULTS), octets(value))
        controls = element(_CONTROLS, control)
    return _request(number, element(_SEARCH, *content) + controls, SEARCH_DONE)


def _request(number: int, operation: bytes, ends: int) -> Request:
    return Request(number, element(SEQUENCE, integer(number), operation), ends)

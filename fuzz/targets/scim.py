"""SCIM: filters, paths and changes that identity providers send (RFC 7644)."""

from typing import Any

import msgspec

from fuzz.mutation import ByTokens
from fuzz.seeds import JSON_PARTS, JSON_WORDS, NESTED_JSON
from fuzz.target import Target, holds
from tws.protocols.scim.asking import MOST, asked
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.filters import demanded, matches, parse
from tws.protocols.scim.patching import operations, parse_path, patched

RESOURCE: dict[str, Any] = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "id": "1",
    "userName": "jean.dupont",
    "active": True,
    "name": {"familyName": "Dupont", "givenName": "Jean"},
    "emails": [{"type": "work", "value": "jean@example.org", "primary": True}, {"value": 7}],
    "phoneNumbers": [{"type": "work", "value": "4001"}],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "R&D"},
}
FOLDED = {name.lower() for name in RESOURCE}
FILTERS = (
    b'userName eq "jean.dupont"',
    b'emails[type eq "work" and value co "@"].value sw "j" or not (active eq true)',
    b"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr",
    b'name.familyName ge "D" and meta.lastModified lt "2026-03-02T09:00:00Z"',
    b"(" * 25 + b"a pr" + b")" * 25,
    b'a eq "\\u00e9\\n" or a eq -1.5e3 or a ne null',
)
WORDS = (
    *(b" eq ", b" ne ", b" co ", b" sw ", b" ew ", b" gt ", b" pr", b" and ", b" or ", b"not ("),
    *(b'"\\ud800"', b'"a"', b"true", b"null", b"1e999", b"members", b"emails", b"urn:a:2.0:B:c"),
)


def _filter(data: bytes) -> None:
    text = data.decode(errors="replace")
    try:
        found = parse(text)
    except ScimError as error:
        holds(error.status == 400 and bool(error.detail), "no words")
        return
    if matches(found, RESOURCE):
        # By these a resource is found before it is looked at: it must have them.
        for name in demanded(found):
            holds(name.partition(".")[0] in FOLDED, "it asks for what the resource has not")


SCIM_FILTER = Target(
    feed=_filter,
    seeds=FILTERS,
    words=WORDS,
    mutate=ByTokens(rb'"(?:[^"\\]|\\.)*"|[\w$.:-]+|\s+|.', FILTERS, WORDS),
)


def _patch(data: bytes) -> None:
    before = msgspec.json.encode(RESOURCE)
    try:
        body = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    try:
        if isinstance(body, dict):
            found = asked(body)
            holds(found.start >= 1 and 0 <= found.count <= MOST, "no such page")
            found.shown.of(RESOURCE)
        after = patched(RESOURCE, operations(body))
    except ScimError as error:
        holds(400 <= error.status < 500, "no refusal")
        return
    finally:
        holds(msgspec.json.encode(RESOURCE) == before, "it was changed in its place")
    holds(after["id"] == "1", "another resource")
    msgspec.json.encode(after)


def _change(*changes: bytes) -> bytes:
    return b'{"Operations":[' + b",".join(changes) + b"]}"


PATCHES = (
    _change(b'{"op":"replace","path":"active","value":"False"}'),
    _change(b'{"op":"Add","path":"emails[type eq \\"home\\"].value","value":"a@b"}'),
    _change(b'{"op":"remove","path":"members","value":[{"value":"1"}]}'),
    _change(b'{"op":"add","value":{"name.givenName":"A","emails":[{"value":"x"}]}}'),
    _change(b'{"op":"replace","value":{"urn:a:b:User":{"department":"x","manager":{"v":1}}}}'),
    b'{"filter":"a pr","startIndex":0,"count":-1,"attributes":["name","emails.value"]}',
    b'{"excludedAttributes":"name.givenName, emails","count":"5"}',
)
SCIM_PATCH = Target(
    feed=_patch,
    seeds=(*PATCHES, *NESTED_JSON),
    words=(*JSON_WORDS, b'"op"', b'"path"', b'"value"', b'"Operations"', b'"emails"', b'"name"'),
    mutate=ByTokens(JSON_PARTS, PATCHES, JSON_WORDS),
)


def _path(data: bytes) -> None:
    try:
        found = parse_path(data.decode(errors="replace"))
    except ScimError:
        return
    holds(bool(found.attribute.name), "a path to nothing")


SCIM_PATH = Target(
    feed=_path,
    seeds=(b"name.givenName", b'emails[type eq "work"].value', b"urn:a:2.0:User:a.b", b"a[b pr]"),
    words=WORDS,
)

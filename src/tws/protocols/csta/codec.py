"""Messages from and to XML documents (ECMA-323 clauses 8 to 10, ECMA-354)."""

import re

from lxml import etree

from tws.protocols.csta.document import Malformed, parse
from tws.protocols.csta.message import Message, Unknown
from tws.protocols.csta.messages import BY_NAME
from tws.protocols.csta.namespaces import (
    APPLICATION_SESSION,
    EDITIONS,
    edition_of,
    name_of,
    namespace,
)
from tws.protocols.csta.shapes import Shape, Unreadable, shape
from tws.protocols.csta.values import Opaque

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unwritable(ValueError):
    """A message that XML cannot carry, such as a number with a control character in it."""


def read(xml: bytes) -> Message:
    """The message in `xml`, of any edition; raises `Malformed`, the only error.

    Elements are known by their local names, in any order: vendors mix up namespaces. A root
    element without meaning to us gives `Unknown`.
    """
    root = parse(xml)
    kind, own, edition, note = _ROOTS.get(root.tag) or _root(root)
    if kind is None:
        return Unknown(root=Opaque(root), edition=edition)
    notes = list(note)
    try:
        values = own.read(root, notes)
    except Unreadable as error:
        raise Malformed(str(error)) from None
    return kind(edition=edition, notes=tuple(notes), **values)


_Root = tuple[type[Message] | None, Shape, int | None, tuple[str, ...]]
_MOST_ROOTS = 4096
_ROOTS: dict[object, _Root] = {}
"By the full name of a root element: what it is, its edition, what is wrong with its namespace."


def _root(root: etree._Element) -> _Root:
    name, uri = name_of(root)
    edition = edition_of(uri)
    kind = BY_NAME.get(name)
    strange = edition is None and uri != APPLICATION_SESSION
    note = (f"namespace {uri or 'none'}",) if strange else ()
    found = (kind, shape(kind or Unknown), edition, note)
    if kind is not None and not strange and len(_ROOTS) < _MOST_ROOTS and len(uri or "") < 200:
        _ROOTS[root.tag] = found
    return found


def write(message: Message, edition: int) -> bytes:
    """`message` as edition 3, 4, 5 or 6 has it, in UTF-8; raises `Unwritable`."""
    if edition not in EDITIONS:
        raise Unwritable(f"edition {edition} of ECMA-323: 3 to 6 expected")
    if isinstance(message, Unknown):
        raise Unwritable(f"{message.name} is a message that we only read")
    name = type(message).__name__
    uri = APPLICATION_SESSION if message.SESSION else namespace(edition)
    content = shape(type(message)).write(message, edition)
    if (bad := _NOT_XML.search(content)) is not None:
        raise Unwritable(f"character {bad.group()!r} in {name}")
    start = f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{uri}"'
    return (f"{start}>{content}</{name}>" if content else f"{start}/>").encode()

"""Messages from and to XML documents (ECMA-323 clauses 8 to 10, ECMA-354)."""

from collections.abc import Callable

from lxml import etree

from tws.protocols.csta.document import NOT_XML, Malformed
from tws.protocols.csta.message import Message, Unknown
from tws.protocols.csta.messages import BY_NAME
from tws.protocols.csta.namespaces import (
    APPLICATION_SESSION,
    EDITIONS,
    edition_of,
    name_of,
    namespace,
)
from tws.protocols.csta.outlines import Outlines
from tws.protocols.csta.reading import Places, Texts, Unreadable
from tws.protocols.csta.shapes import shape


class Unwritable(ValueError):
    """A message that XML cannot carry, such as a number with a control character in it."""


def read(xml: bytes) -> Message:
    """The message in `xml`, of any edition; raises `Malformed`, the only error.

    Elements are known by their local names, in any order: vendors mix up namespaces. A root
    element without meaning to us gives `Unknown`.
    """
    return _OUTLINES.read(xml)


def plan(root: etree._Element, places: Places) -> Callable[[Texts], Message]:
    name, uri = name_of(root)
    edition, kind = edition_of(uri), BY_NAME.get(name)
    if kind is None:
        whole = places.opaque(root)
        return lambda texts: Unknown(root=whole(texts, []), edition=edition)
    strange = edition is None and uri != APPLICATION_SESSION
    first_notes = [f"namespace {uri or 'none'}"] if strange else []
    values = shape(kind).plan(root, places)

    def message(texts: Texts) -> Message:
        notes = first_notes.copy()
        try:
            found = values(texts, notes)
        except Unreadable as error:
            raise Malformed(str(error)) from None
        found["edition"] = edition
        found["notes"] = tuple(notes)
        return kind(**found)

    return message


_OUTLINES = Outlines(plan)


def write(message: Message, edition: int) -> bytes:
    """`message` as edition 3, 4, 5 or 6 has it, in UTF-8; raises `Unwritable`."""
    if edition not in EDITIONS:
        raise Unwritable(f"edition {edition} of ECMA-323: 3 to 6 expected")
    if isinstance(message, Unknown):
        raise Unwritable(f"{message.name} is a message that we only read")
    name = type(message).__name__
    uri = APPLICATION_SESSION if message.SESSION else namespace(edition)
    content = shape(type(message)).write(message, edition)
    if (bad := NOT_XML.search(content)) is not None:
        raise Unwritable(f"character {bad.group()!r} in {name}")
    start = f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{uri}"'
    return (f"{start}>{content}</{name}>" if content else f"{start}/>").encode()

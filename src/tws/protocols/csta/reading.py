"""Reading in two steps: the elements of a document say where its texts stand and what they are
for; then the texts give the values.

Documents that differ in nothing but their texts have the first step in common, and
`tws.protocols.csta.outlines` keeps it. Here are the plans of elements that hold a text.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from lxml import etree

from tws.protocols.csta.namespaces import name_of
from tws.protocols.csta.values import DeviceID, Opaque

Texts = Sequence[str]
Take = Callable[[Texts, list[str]], Any]
"Texts of a document -> a value; appends what is irregular to the notes. Raises `Unreadable`."
_TRUE = {"true": True, "1": True, "false": False, "0": False}


class Unreadable(ValueError):
    """An element whose content is not what its type asks for."""


class Places(Protocol):
    """What is remembered of a document's elements."""

    def text(self, element: etree._Element) -> int:
        """Where among the texts that of `element` will be, the part before its first child."""

    def opaque(self, element: etree._Element) -> Take:
        """How the whole `element` will be had."""


Plan = Callable[[etree._Element, Places], Take]
"The first step, for one element."


class Here:
    """`Places` of a document that is read once: `texts` are its own."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def text(self, element: etree._Element) -> int:
        self.texts.append(element.text or "")
        return len(self.texts) - 1

    def opaque(self, element: etree._Element) -> Take:
        return always(Opaque(lambda: element))


def always(value: object) -> Take:
    """Whatever the texts are."""
    return lambda texts, notes: value


def nothing(texts: Texts, notes: list[str]) -> object:
    """Of an element that we do not know."""
    raise Unreadable


# ---------------------------------------------------------------- simple content


def text(element: etree._Element, places: Places) -> Take:
    at = places.text(element)
    return lambda texts, notes: texts[at].strip()


def integer(element: etree._Element, places: Places) -> Take:
    at = places.text(element)
    return lambda texts, notes: _integer(texts[at].strip())


def _integer(text: str) -> int:
    try:
        # Python would take 1_000 and other scripts' digits too.
        if len(text) > 20 or not text.isascii() or "_" in text:
            raise ValueError
        return int(text)
    except ValueError:
        raise Unreadable from None


def boolean(element: etree._Element, places: Places) -> Take:
    at = places.text(element)
    return lambda texts, notes: _boolean(texts[at].strip())


def _boolean(text: str) -> bool:
    value = _TRUE.get(text.lower())
    if value is None:
        raise Unreadable
    return value


def octets(element: etree._Element, places: Places) -> Take:
    at = places.text(element)
    return lambda texts, notes: _octets(texts[at])


def _octets(text: str) -> bytes:
    try:
        # Some switches break and indent their hexadecimal digits.
        return bytes.fromhex("".join(text.split()))
    except ValueError:
        raise Unreadable from None


def device(element: etree._Element, places: Places) -> Take:
    at = places.text(element)
    attributes = element.items()
    if not attributes:
        return lambda texts, notes: DeviceID(texts[at].strip())
    known = dict(attributes)
    kind = str(known.get("typeOfNumber", "dialingNumber"))
    number = known.get("privateNumber") in ("true", "1")
    name = known.get("privateName") in ("true", "1")
    return lambda texts, notes: DeviceID(texts[at].strip(), kind, number, name)


def opaque(element: etree._Element, places: Places) -> Take:
    return places.opaque(element)


def empty(element: etree._Element, places: Places) -> Take:
    return always(True)


def names(element: etree._Element, places: Places) -> Take:
    return always(tuple(name_of(child)[0] for child in element))

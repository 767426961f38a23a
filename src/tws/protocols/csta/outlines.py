"""Documents with the same elements, attributes and white space around them, but other texts.

A switch sends few kinds of documents, each many times. What is left of one without its texts is
its *outline*. When an outline comes for the second time its elements are looked at with numbers
in place of the texts, and remembered; from then on a document with that outline is not parsed any
more: its texts are cut out and go where those numbers went. An XML parser would say nothing else
of it: elements and attributes are the same to the letter, and all that stands in the texts is
characters that XML allows and references to them. Everything else is parsed as ever.
"""

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from lxml import etree

from tws.protocols.csta.document import LARGEST, NOT_XML, parse
from tws.protocols.csta.reading import Here, Places, Take, Texts
from tws.protocols.csta.values import Opaque

MOST_REMEMBERED = 512
MOST_SEEN = 4096
"Outlines that came once; what a peer can make us keep is bounded."
LONGEST = 8192
"Characters of an outline that is remembered."

T = TypeVar("T")
# After `?>` comes no text: it ends the XML declaration.
_TEXT = re.compile(">(?<!\\?>)([^<>\0-\x08\x0b-\x1f\ufffe\uffff]+)<")
_DECLARATION = re.compile(
    r"""\A<\?xml\s+version=["']1\.0["']"""
    r"""(\s+encoding=["'](?P<encoding>utf-8|us-ascii|iso-8859-1)["'])?"""
    r"""(\s+standalone=["']\w+["'])?\s*\?>""",
    re.IGNORECASE,
)
_REFERENCE = re.compile("&(?:#([0-9]{1,7});|#x([0-9a-fA-F]{1,6});|([a-z]+);)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NO_TEXT, _WHOLE = -2, -1
"After the texts of a document stand an empty one, for elements without, and the document itself."


class Outlines(Generic[T]):
    """`plan` is the first step of reading a root element; the second gives a T, or raises."""

    def __init__(self, plan: Callable[[etree._Element, Places], Callable[[Texts], T]]) -> None:
        self._plan = plan
        self._plans: dict[tuple[str, ...], Callable[[Texts], T]] = {}
        self._seen: set[int] = set()

    def read(self, document: bytes) -> T:
        """Raises `Malformed`, and what the second step raises."""
        try:
            text = _decoded(document)
        except ValueError:
            return self._parse(document)
        texts = _TEXT.split(text)
        outline = tuple(texts[::2])
        found = self._plans.get(outline)
        if found is None:
            value = self._parse(document)
            self._remember(outline, text)
            return value
        del texts[::2]
        if "&" in text:
            try:
                texts = [_REFERENCE.sub(_character, one) for one in texts]
            except ValueError:
                return self._parse(document)
        if len(document) > LARGEST:
            return self._parse(document)
        texts += "", text
        return found(texts)

    def _parse(self, document: bytes) -> T:
        here = Here()
        return self._plan(parse(document), here)(here.texts)

    def _remember(self, outline: tuple[str, ...], text: str) -> None:
        key = hash(outline)
        if key not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen.add(key)
        elif _certain(text):
            numbered = outline[0] + "".join(
                f">{number}<{piece}" for number, piece in enumerate(outline[1:])
            )
            if len(numbered) <= LONGEST:
                if len(self._plans) >= MOST_REMEMBERED:
                    del self._plans[next(iter(self._plans))]
                self._plans[outline] = self._plan(_root(numbered), _Numbered())


def _decoded(document: bytes) -> str:
    """Its text, with the ends of lines that XML makes of others (XML 1.0 section 2.11). Raises
    ValueError when it is in another encoding than it says, or than we know.
    """
    if document.isascii():
        text = document.decode("ascii")
    else:
        declared = _DECLARATION.match(document[:100].decode("iso-8859-1"))
        text = document.decode((declared and declared["encoding"]) or "utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(reference: re.Match[str]) -> str:
    """ValueError when it is none of XML's own, or no reference at all."""
    decimal, hexadecimal, name = reference.groups()
    if name is not None:
        character = _ENTITIES.get(name, "")
    else:
        code = int(decimal) if decimal else int(hexadecimal or "0", 16)
        character = chr(code) if code < 0x110000 else ""
    if not character or NOT_XML.match(character):
        raise ValueError
    return character


def _certain(text: str) -> bool:
    """Whether each `<` and `>` of a well-formed document begins and ends a tag: no comments, no
    CDATA, no processing instructions, no `>` in a text or in an attribute.
    """
    content = _DECLARATION.sub("", text)
    return not ("<!" in content or "<?" in content) and text.count("<") == text.count(">")


def _root(text: str) -> etree._Element:
    """Of a document that is `_certain`, whatever encoding it came in."""
    return parse(_DECLARATION.sub("", text).encode())


class _Numbered:
    """`Places` of a document whose texts are their own numbers."""

    def text(self, element: etree._Element) -> int:
        return int(element.text) if element.text else _NO_TEXT

    def opaque(self, element: etree._Element) -> Take:
        path = []
        inner: etree._Element | None = element
        while inner is not None and (outer := inner.getparent()) is not None:
            path.append(outer.index(inner))
            inner = outer
        path.reverse()

        def find(text: str) -> etree._Element:
            found = _root(text)
            for place in path:
                found = found[place]
            return found

        return lambda texts, notes: Opaque(lambda: find(texts[_WHOLE]))

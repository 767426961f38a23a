"""What a template holds, what is known of a caller, and what is shown of both."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from tws.sentences import Sentence

NOBODY = "none"
"In `directory=`: the caller is in no directory."


class AlerterMode(StrEnum):
    """`AlerterMode`."""

    XML = "XML"
    URL = "URL"


class Element(Struct, frozen=True, kw_only=True):
    x: int = 0
    y: int = 0
    "Pixels from the upper left corner."
    directories: tuple[str, ...] = ()
    "Shown only where the caller is in one of them, or in `NOBODY`; empty = always."


class Text(Element, frozen=True, kw_only=True, tag="text"):
    text: str


class Image(Element, frozen=True, kw_only=True, tag="image"):
    address: str


class Button(Element, frozen=True, kw_only=True, tag="button"):
    label: str
    url: str = ""
    "Opened in the browser; empty = nothing."
    exe: str = ""
    "A command line of Windows; empty = none."


AnyElement = Text | Image | Button


class Template(Struct, frozen=True, kw_only=True):
    vip: bool = False
    "The background has the user's colour where the caller is a VIP (8.2.3)."
    elements: tuple[AnyElement, ...] = ()


class Mistake(Struct, frozen=True):
    """Why a text is no template."""

    line: int
    "The first is 1."
    column: int
    "The first is 1."
    said: Sentence


class Caller(Struct, frozen=True, kw_only=True):
    """All that a template may ask about one call."""

    values: Mapping[str, str]
    "By token, folded (`tokens.fold`)."
    shown: Mapping[str, str] = {}
    "Of those that people read in another way: numbers in groups."
    directories: frozenset[str] = frozenset()
    "Names, folded, of those that the caller was found in."
    vip: bool = False
    settled: bool = True
    "Whether it has been looked up: before that nobody knows whether the caller is known."


class Drawn(Struct, frozen=True, kw_only=True):
    """An element with the caller's values in it."""

    kind: str
    "text, image or button."
    x: int
    y: int
    text: str = ""
    "Of a button its label."
    address: str = ""
    "Of an image; or what a button opens, empty = nothing."
    command: tuple[str, ...] = ()
    "What a button runs: the program and its arguments."


class Pop(Struct, frozen=True, kw_only=True):
    """What is shown of one call."""

    mode: AlerterMode
    width: int
    height: int
    "Pixels."
    vip: bool = False
    "The background is in the user's colour."
    elements: tuple[Drawn, ...] = ()
    "In mode XML."
    address: str = ""
    "In mode URL; empty = there is none, or not yet."
    settled: bool = True
    mistaken: bool = False
    "Its template cannot be used: TWS's own is drawn."

"""What a gateway is asked with the values of a message in it: `{to}`, `{text}`... Pure.

Each value is written as the place takes it: percent-encoded in an address and in a form, with the
escapes of JSON or XML in those. What stands in braces and is none of the names stays as it is.
"""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote
from xml.sax.saxutils import escape

NAMES = ("to", "number", "text", "from", "id", "user", "key", "report")
_PLACE = re.compile(r"\{(" + "|".join(NAMES) + r")\}")
Escape = Callable[[str], str]


def in_address(value: str) -> str:
    return quote(value, safe="")


def in_json(value: str) -> str:
    """Between the quotes that the template has."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def in_xml(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})


def as_it_is(value: str) -> str:
    return value


def one_line(value: str) -> str:
    """In a header: what would end it is left out."""
    return "".join(sign for sign in value if sign.isprintable())


def filled(template: str, values: Mapping[str, str], escape: Escape) -> str:
    return _PLACE.sub(lambda place: escape(values.get(place[1], "")), template)


def names_in(template: str) -> set[str]:
    return set(_PLACE.findall(template))

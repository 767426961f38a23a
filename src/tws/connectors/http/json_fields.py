"""Fields of a JSON object by dotted names. Pure.

    {"name": {"first": "Marie"}, "phones": [{"type": "mobile", "number": "06"}, {"number": "01"}]}

has `name.first`, and of a list: all its values (`phones.number`), those of the first places
(`phones.0.number`), and where its objects say their type those of a type (`phones.mobile.number`).
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tws.sources.values import Value

DEEPEST = 8
MOST = 10_000
"Values of one object, by all their names: those of lists in lists have many."
NUMBERED = 3
"Places of a list that have names of their own."
TYPES = ("type", "label", "kind")
"What an object of a list says its type in."


def fields(item: Mapping[str, Any]) -> dict[str, Value]:
    """Those that hold something; a number as its digits, a truth as true or false."""
    found: dict[str, list[str]] = {}
    for name, text in islice(_texts("", item, 0), MOST):
        found.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else tuple(texts) for name, texts in found.items()}


def at(value: Any, path: str) -> Any:
    """What stands at a dotted path; None where nothing does. An empty path: the value itself."""
    for name in filter(None, path.split(".")):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _texts(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth >= DEEPEST and isinstance(value, dict | list):
        return
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from _texts(f"{name}.{part}" if name else part, inner, depth + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(name, inner, depth + 1)
            if place < NUMBERED:
                yield from _texts(f"{name}.{place}", inner, depth + 1)
            for type_ in _types(inner):
                yield from _texts(f"{name}.{type_}", inner, depth + 1)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif value is not None and name and (text := str(value).strip()):
        yield name, text


def _types(item: Any) -> list[str]:
    """At most one; a type that is a number is a place in disguise."""
    if not isinstance(item, dict):
        return []
    said = (item.get(name) for name in TYPES)
    return [text for text in said if isinstance(text, str) and text and not text.isdigit()][:1]

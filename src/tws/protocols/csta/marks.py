"""How a field of a message is written in XML, where its name and type do not say all.

A mark stands in the field's annotation: `device: Annotated[ExtendedDeviceID, tag("queue")]`.
"""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields


class Mark(Struct, frozen=True):
    tag: str | None = None
    "The element's name; None: the field's name in camel case."
    since: int = 3
    "The first edition that has it; messages of an older one leave it out."
    item: str | None = None
    "Of a tuple: the element wraps elements of this name."
    flat_before: int = 0
    "Of a tuple: in editions older than this the element holds the one item itself."
    names: tuple[str, ...] = ()
    "Of a tuple: the element holds some of these, empty, in this order."
    empty: bool = False
    "Of a bool: an element without content, which is there or is not."
    wire: bool = True
    "False: no element at all."


def tag(name: str, *, since: int = 3) -> Mark:
    return Mark(tag=name, since=since)


def since(edition: int) -> Mark:
    return Mark(since=edition)


def listing(item: str, *, name: str | None = None, since: int = 3, flat_before: int = 0) -> Mark:
    return Mark(tag=name, since=since, item=item, flat_before=flat_before)


def listed(*names: str) -> Mark:
    return Mark(names=names)


EMPTY = Mark(empty=True)
NOT_ON_THE_WIRE = Mark(wire=False)
_PLAIN = Mark()


class Field(Struct, frozen=True):
    name: str
    hint: Any
    "Its type, without None and the mark."
    mark: Mark
    required: bool


def marked(kind: type[Struct]) -> Iterator[Field]:
    """The fields of `kind` that are written, in the order of the schema."""
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        hint, mark = hints[each.name], _PLAIN
        if get_origin(hint) is Annotated:
            hint, mark = get_args(hint)
        if type(None) in get_args(hint):
            (hint,) = (h for h in get_args(hint) if h is not type(None))
        if mark.wire:
            required = each.default is NODEFAULT and each.default_factory is NODEFAULT
            yield Field(each.name, hint, mark, required)

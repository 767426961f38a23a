"""How each struct is written in XML, worked out once per class from its fields."""

import typing
from collections.abc import Callable

from lxml import etree
from msgspec import Struct

from tws.protocols.csta import reading, writing
from tws.protocols.csta.marks import Field, Mark, marked
from tws.protocols.csta.message import Message
from tws.protocols.csta.namespaces import name_of
from tws.protocols.csta.reading import Places, Plan, Take, Texts, Unreadable, nothing
from tws.protocols.csta.values import Choice, DeviceID, Opaque
from tws.protocols.csta.writing import Write, wrapped

_CAPITALS = {"id", "nid", "dn", "csta"}


class Part(Struct, frozen=True):
    """One element of a shape."""

    field: str
    tag: str
    since: int
    required: bool
    empty: bool
    plan: Plan
    write: Write


class Shape:
    """The elements of one class: by name for reading, in order of the schema for writing."""

    def __init__(self, kind: type[typing.Any]) -> None:
        # Vendors' additions stand last in every message.
        fields = sorted(marked(kind), key=lambda f: f.name == "extensions")
        self.parts = [_part(field) for field in fields]
        self.by_name = {part.tag: part for part in self.parts}
        self._required = {part.field: part.tag for part in self.parts if part.required}

    def plan(
        self, element: etree._Element, places: Places
    ) -> Callable[[Texts, list[str]], dict[str, typing.Any]]:
        """What will give the fields found in `element`; raises `Unreadable` then when a required
        one is missing. Elements may be in any order; the last of several is taken.
        """
        plain: list[tuple[str, int]] = []  # most are: those that can't go wrong
        takes: list[tuple[str, Take, str]] = []
        for child in element:
            name = name_of(child)[0]
            part = self.by_name.get(name)
            if part is None:
                takes.append(("", nothing, name))
            elif part.plan is reading.text:
                plain.append((part.field, places.text(child)))
            else:
                takes.append((part.field, part.plan(child, places), name))
        required, own_name = self._required, name_of(element)[0]
        fields = {field for field, _ in plain} | {field for field, _, _ in takes if field}
        # So many are found when nothing is wrong; else it is looked at more closely.
        complete = len(fields) if fields >= required.keys() else len(fields) + 1

        def values(texts: Texts, notes: list[str]) -> dict[str, typing.Any]:
            found: dict[str, typing.Any] = {field: texts[at].strip() for field, at in plain}
            for field, take, child in takes:
                try:
                    found[field] = take(texts, notes)
                except Unreadable:
                    notes.append(f"{'unreadable' if field else 'unknown'}Element {child}")
            if len(found) < complete:
                for field, tag in required.items():
                    if field not in found:
                        raise Unreadable(f"{own_name} without {tag}")
            return found

        return values

    def write(self, value: object, edition: int) -> str:
        """The text of all elements of `value`."""
        text = ""
        for part in self.parts:
            item = getattr(value, part.field)
            if item is not None and item is not False and edition >= part.since:
                text += part.write(part.tag, item, edition)
            elif item is False and not part.empty:
                text += f"<{part.tag}>false</{part.tag}>"
        return text


_SHAPES: dict[type[typing.Any], Shape] = {}


def shape(kind: type[typing.Any]) -> Shape:
    found = _SHAPES.get(kind)
    if found is None:
        found = _SHAPES[kind] = Shape(kind)
    return found


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(w.upper() if w in _CAPITALS else w.capitalize() for w in rest)


def _part(field: Field) -> Part:
    mark = field.mark
    plan, write = _converters(field.hint, mark)
    return Part(
        field=field.name,
        tag=mark.tag or _camel(field.name),
        since=mark.since,
        required=field.required,
        empty=mark.empty,
        plan=plan,
        write=write,
    )


def _converters(hint: typing.Any, mark: Mark) -> tuple[Plan, Write]:
    if mark.empty:
        return reading.empty, writing.empty
    if mark.names:
        return reading.names, writing.names(mark.names)
    if mark.item is not None:
        (kind, _) = typing.get_args(hint)
        return _list_converters(kind, mark.item, mark.flat_before)
    return _simple(hint)


_SIMPLE: dict[typing.Any, tuple[Plan, Write]] = {
    str: (reading.text, writing.text),
    int: (reading.integer, writing.integer),
    bool: (reading.boolean, writing.boolean),
    bytes: (reading.octets, writing.octets),
    Opaque: (reading.opaque, writing.opaque),
    DeviceID: (reading.device, writing.device),
}


def _simple(hint: typing.Any) -> tuple[Plan, Write]:
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if not issubclass(hint, Struct) or issubclass(hint, Message):
        raise TypeError(f"no way to write a {hint} in XML")
    return _struct_converters(hint)


# ---------------------------------------------------------------- content made of elements


def _struct_converters(kind: type[typing.Any]) -> tuple[Plan, Write]:
    own = shape(kind)

    def plan(element: etree._Element, places: Places) -> Take:
        values = own.plan(element, places)
        return lambda texts, notes: kind(**values(texts, notes))

    def write(tag: str, value: typing.Any, edition: int) -> str:
        return wrapped(tag, own.write(value, edition))

    return _choice_plan(kind, own) if issubclass(kind, Choice) else plan, write


def _choice_plan(kind: type[typing.Any], own: Shape) -> Plan:
    """The first element that we know is taken."""

    def plan(element: etree._Element, places: Places) -> Take:
        unknown = []
        choose = reading.always(kind())
        for child in element:
            name = name_of(child)[0]
            part = own.by_name.get(name)
            if part is not None:
                choose = chosen(part, child, places)
                break
            unknown.append(f"unknownElement {name}")
        if not unknown:
            return choose

        def take(texts: Texts, notes: list[str]) -> typing.Any:
            notes.extend(unknown)
            return choose(texts, notes)

        return take

    def chosen(part: Part, child: etree._Element, places: Places) -> Take:
        if part.empty:
            return reading.always(kind(**{part.field: True}))
        value = part.plan(child, places)
        if part is own.parts[0]:
            return lambda texts, notes: kind(value(texts, notes))
        return lambda texts, notes: kind(**{part.field: value(texts, notes)})

    return plan


def _list_converters(kind: typing.Any, item: str, flat_before: int) -> tuple[Plan, Write]:
    plan_item, write_item = _simple(kind)

    def plan(element: etree._Element, places: Places) -> Take:
        if flat_before and not len(element):
            only = plan_item(element, places)
            return lambda texts, notes: (only(texts, notes),)
        takes: list[tuple[Take, str]] = []
        for child in element:
            name = name_of(child)[0]
            if name == item:
                takes.append((plan_item(child, places), f"unreadableElement {item}"))
            else:
                takes.append((nothing, f"unknownElement {name}"))

        def items(texts: Texts, notes: list[str]) -> tuple[typing.Any, ...]:
            values = []
            for take, irregularity in takes:
                try:
                    values.append(take(texts, notes))
                except Unreadable:
                    notes.append(irregularity)
            return tuple(values)

        return items

    def write(tag: str, values: tuple[typing.Any, ...], edition: int) -> str:
        if edition < flat_before:
            return write_item(tag, values[0], edition) if values else ""
        return wrapped(tag, "".join(write_item(item, value, edition) for value in values))

    return plan, write

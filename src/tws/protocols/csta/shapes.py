"""How each struct is written in XML, worked out once per class from its fields."""

import typing
from collections.abc import Callable
from functools import lru_cache

from lxml import etree
from msgspec import Struct

from tws.protocols.csta.marks import Field, Mark, marked
from tws.protocols.csta.message import Message
from tws.protocols.csta.namespaces import name_of, split_name
from tws.protocols.csta.values import Choice, DeviceID, Opaque, quote

Read = Callable[[etree._Element, list[str]], typing.Any]
"Element -> value; appends what is irregular. Raises `Unreadable`."
Write = Callable[[str, typing.Any, int], str]
"Element name, value, edition -> text."

_CAPITALS = {"id", "nid", "dn", "csta"}
_TRUE = {"true": True, "1": True, "false": False, "0": False}
# The same few devices and element names come again and again; what a peer can make us keep is
# bounded.
_MOST_REMEMBERED = 4096
_LONGEST_REMEMBERED = 128


class Unreadable(ValueError):
    """An element whose content is not what its type asks for."""


class Shape:
    """The elements of one class: by name for reading, in order of the schema for writing."""

    def __init__(self, kind: type[typing.Any]) -> None:
        self.kind = kind
        # Vendors' additions stand last in every message.
        fields = sorted(marked(kind), key=lambda f: f.name == "extensions")
        self.parts = [_part(field) for field in fields]
        self.required = frozenset(part.field for part in self.parts if part.required)
        self._slots = {part.tag: (part.field, part.read) for part in self.parts}
        self.slots: dict[typing.Any, tuple[str, Read]] = dict(self._slots)
        "By the element's name with its namespace too, as these are met."

    def slot(self, name: object) -> tuple[str, Read] | None:
        """The part for an element whose full name was not met before; None if there is none."""
        if not isinstance(name, str):
            return None
        found = self._slots.get(split_name(name)[0])
        if (
            found is not None
            and len(self.slots) < _MOST_REMEMBERED
            and len(name) <= _LONGEST_REMEMBERED
        ):
            self.slots[name] = found
        return found

    def read(self, element: etree._Element, notes: list[str]) -> dict[str, typing.Any]:
        """The fields found in `element`. Raises `Unreadable` when a required one is missing."""
        values: dict[str, typing.Any] = {}
        slots = self.slots
        for child in element:
            slot = slots.get(child.tag) or self.slot(child.tag)
            if slot is None:
                notes.append(f"unknownElement {name_of(child)[0]}")
                continue
            name, read = slot
            try:
                values[name] = read(child, notes)
            except Unreadable:
                notes.append(f"unreadableElement {name_of(child)[0]}")
        if not self.required <= values.keys():
            missing = next(p.tag for p in self.parts if p.field in self.required - values.keys())
            raise Unreadable(f"{name_of(element)[0]} without {missing}")
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


class Part(Struct, frozen=True):
    """One element of a shape."""

    field: str
    tag: str
    since: int
    required: bool
    empty: bool
    read: Read
    write: Write


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
    read, write = _converters(field.hint, mark)
    return Part(
        field=field.name,
        tag=mark.tag or _camel(field.name),
        since=mark.since,
        required=field.required,
        empty=mark.empty,
        read=read,
        write=write,
    )


def _converters(hint: typing.Any, mark: Mark) -> tuple[Read, Write]:
    if mark.empty:
        return _read_empty, _write_empty
    if mark.names:
        return _read_names, _name_writer(mark.names)
    if mark.item is not None:
        (kind, _) = typing.get_args(hint)
        return _list_converters(kind, mark.item, mark.flat_before)
    return _simple(hint)


def _simple(hint: typing.Any) -> tuple[Read, Write]:
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if not issubclass(hint, Struct) or issubclass(hint, Message):
        raise TypeError(f"no way to write a {hint} in XML")
    return _struct_converters(hint)


# ---------------------------------------------------------------- simple content


def _text(element: etree._Element) -> str:
    text = element.text
    return text.strip() if text else ""


def _read_text(element: etree._Element, notes: list[str]) -> str:
    text = element.text
    return text.strip() if text else ""


def _write_text(tag: str, value: str, edition: int) -> str:
    return f"<{tag}>{quote(value)}</{tag}>"


def _read_integer(element: etree._Element, notes: list[str]) -> int:
    text = _text(element)
    try:
        # Python would take 1_000 and other scripts' digits too.
        if len(text) > 20 or not text.isascii() or "_" in text:
            raise ValueError
        return int(text)
    except ValueError:
        raise Unreadable from None


def _write_integer(tag: str, value: int, edition: int) -> str:
    return f"<{tag}>{value}</{tag}>"


def _read_boolean(element: etree._Element, notes: list[str]) -> bool:
    value = _TRUE.get(_text(element).lower())
    if value is None:
        raise Unreadable
    return value


def _write_boolean(tag: str, value: bool, edition: int) -> str:
    return f"<{tag}>true</{tag}>"


def _read_octets(element: etree._Element, notes: list[str]) -> bytes:
    try:
        # Some switches break and indent their hexadecimal digits.
        return bytes.fromhex("".join(_text(element).split()))
    except ValueError:
        raise Unreadable from None


def _write_octets(tag: str, value: bytes, edition: int) -> str:
    return f"<{tag}>{value.hex().upper()}</{tag}>"


def _read_opaque(element: etree._Element, notes: list[str]) -> Opaque:
    return Opaque(element)


def _write_opaque(tag: str, value: Opaque, edition: int) -> str:
    content = value.content
    return f"<{tag}>{content}</{tag}>" if content else f"<{tag}/>"


def _read_empty(element: etree._Element, notes: list[str]) -> bool:
    return True


def _write_empty(tag: str, value: bool, edition: int) -> str:
    return f"<{tag}/>"


_plain_device = lru_cache(maxsize=_MOST_REMEMBERED)(DeviceID)


def _read_device(element: etree._Element, notes: list[str]) -> DeviceID:
    text = element.text
    text = text.strip() if text else ""
    attributes = element.items()
    if not attributes:
        return _plain_device(text) if len(text) <= _LONGEST_REMEMBERED else DeviceID(text)
    known = dict(attributes)
    return DeviceID(
        text,
        known.get("typeOfNumber", "dialingNumber"),
        known.get("privateNumber") in ("true", "1"),
        known.get("privateName") in ("true", "1"),
    )


def _write_device(tag: str, value: DeviceID, edition: int) -> str:
    attributes = ""
    if value.type_of_number != "dialingNumber":
        attributes += f' typeOfNumber="{quote(value.type_of_number)}"'
    if value.private_number and edition >= 5:
        attributes += ' privateNumber="true"'
    if value.private_name and edition >= 5:
        attributes += ' privateName="true"'
    return f"<{tag}{attributes}>{quote(value.text)}</{tag}>"


_SIMPLE: dict[typing.Any, tuple[Read, Write]] = {
    str: (_read_text, _write_text),
    int: (_read_integer, _write_integer),
    bool: (_read_boolean, _write_boolean),
    bytes: (_read_octets, _write_octets),
    Opaque: (_read_opaque, _write_opaque),
    DeviceID: (_read_device, _write_device),
}


# ---------------------------------------------------------------- content made of elements


def _struct_converters(kind: type[typing.Any]) -> tuple[Read, Write]:
    own = shape(kind)
    read_one = _choice_reader(kind, own) if issubclass(kind, Choice) else None

    def read(element: etree._Element, notes: list[str]) -> typing.Any:
        return kind(**own.read(element, notes))

    def write(tag: str, value: typing.Any, edition: int) -> str:
        content = own.write(value, edition)
        return f"<{tag}>{content}</{tag}>" if content else f"<{tag}/>"

    return read_one or read, write


def _choice_reader(kind: type[typing.Any], own: Shape) -> Read:
    """Parties make most of an event: the same ones are made once."""

    @lru_cache(maxsize=_MOST_REMEMBERED)
    def plain(name: str, text: str) -> typing.Any:
        return kind(**{name: _plain_device(text)})

    flags = {part.field: kind(**{part.field: True}) for part in own.parts if part.empty}

    def read(element: etree._Element, notes: list[str]) -> typing.Any:
        for child in element:
            slot = own.slots.get(child.tag) or own.slot(child.tag)
            if slot is None:
                notes.append(f"unknownElement {name_of(child)[0]}")
                continue
            name, read_child = slot
            if read_child is _read_empty:
                return flags[name]
            text = child.text
            if text and len(text) <= _LONGEST_REMEMBERED and not child.items():
                return plain(name, text.strip())
            return kind(**{name: read_child(child, notes)})
        return kind()

    return read


def _list_converters(kind: typing.Any, item: str, flat_before: int) -> tuple[Read, Write]:
    read_item, write_item = _simple(kind)

    def read(element: etree._Element, notes: list[str]) -> tuple[typing.Any, ...]:
        if flat_before and not len(element):
            return (read_item(element, notes),)
        values = []
        for child in element:
            if name_of(child)[0] != item:
                notes.append(f"unknownElement {name_of(child)[0]}")
                continue
            try:
                values.append(read_item(child, notes))
            except Unreadable:
                notes.append(f"unreadableElement {item}")
        return tuple(values)

    def write(tag: str, values: tuple[typing.Any, ...], edition: int) -> str:
        if edition < flat_before:
            return write_item(tag, values[0], edition) if values else ""
        content = "".join(write_item(item, value, edition) for value in values)
        return f"<{tag}>{content}</{tag}>" if content else f"<{tag}/>"

    return read, write


def _read_names(element: etree._Element, notes: list[str]) -> tuple[str, ...]:
    return tuple(name_of(child)[0] for child in element)


def _name_writer(order: tuple[str, ...]) -> Write:
    def write(tag: str, names: tuple[str, ...], edition: int) -> str:
        return f"<{tag}>{''.join(f'<{name}/>' for name in order if name in names)}</{tag}>"

    return write

"""Elements without elements of ours in them, as text."""

from collections.abc import Callable
from typing import Any

from tws.protocols.csta.values import DeviceID, Opaque, quote

Write = Callable[[str, Any, int], str]
"Element name, value, edition -> text."


def text(tag: str, value: str, edition: int) -> str:
    return f"<{tag}>{quote(value)}</{tag}>"


def integer(tag: str, value: int, edition: int) -> str:
    return f"<{tag}>{value}</{tag}>"


def boolean(tag: str, value: bool, edition: int) -> str:
    return f"<{tag}>true</{tag}>"


def octets(tag: str, value: bytes, edition: int) -> str:
    return f"<{tag}>{value.hex().upper()}</{tag}>"


def opaque(tag: str, value: Opaque, edition: int) -> str:
    return wrapped(tag, value.content)


def empty(tag: str, value: bool, edition: int) -> str:
    return f"<{tag}/>"


def device(tag: str, value: DeviceID, edition: int) -> str:
    attributes = ""
    if value.type_of_number != "dialingNumber":
        attributes += f' typeOfNumber="{quote(value.type_of_number)}"'
    if value.private_number and edition >= 5:
        attributes += ' privateNumber="true"'
    if value.private_name and edition >= 5:
        attributes += ' privateName="true"'
    return f"<{tag}{attributes}>{quote(value.text)}</{tag}>"


def names(order: tuple[str, ...]) -> Write:
    def write(tag: str, names: tuple[str, ...], edition: int) -> str:
        return f"<{tag}>{''.join(f'<{name}/>' for name in order if name in names)}</{tag}>"

    return write


def wrapped(tag: str, content: str) -> str:
    """`content` is XML."""
    return f"<{tag}>{content}</{tag}>" if content else f"<{tag}/>"

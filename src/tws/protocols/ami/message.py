"""One AMI message: lines `Key: value`, each ended by CR LF, and an empty line.

A key may come several times (ChanVariable, Variable, Output of a command). Keys are compared
case-blind, because Asterisk itself writes Uniqueid, UniqueID and UniqueId.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
FORBIDDEN = re.compile(r"[\r\n\0]")
MAX_SENT_LINE = 1000
"Bytes: Asterisk reads a line into 1,025 and takes what is over for another line."


class Unwritable(ValueError):
    """A field that would not arrive as it was meant: a line break, a null, too long."""


@dataclass(frozen=True, slots=True)
class Message:
    """What Asterisk sent: the fields in their order."""

    fields: tuple[tuple[str, str], ...]
    _first: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first: dict[str, str] = {}
        for key, value in self.fields:
            first.setdefault(key.lower(), value)
        object.__setattr__(self, "_first", first)

    def __getitem__(self, key: str) -> str:
        """The first value of `key`; empty when it is absent."""
        return self._first.get(key.lower(), "")

    def __contains__(self, key: str) -> bool:
        return key.lower() in self._first

    def all(self, key: str) -> Iterator[str]:
        wanted = key.lower()
        return (value for name, value in self.fields if name.lower() == wanted)

    def variables(self, key: str) -> dict[str, str]:
        """Of `ChanVariable: NAME=value` and its like."""
        pairs = (value.partition("=") for value in self.all(key))
        return {name: value for name, equals, value in pairs if equals}

    @property
    def event(self) -> str:
        return self["Event"]

    @property
    def response(self) -> str:
        return self["Response"]

    @property
    def ok(self) -> bool:
        return self.response in ("Success", "Goodbye", "Follows")


def encode(action: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """The bytes of an action. Raises Unwritable: nothing that a user typed may add a line."""
    lines = []
    for key, value in (("Action", action), *fields):
        if not KEY.fullmatch(key):
            raise Unwritable(f"not a field name: {key!r}")
        if FORBIDDEN.search(value):
            raise Unwritable(f"{key}: line breaks and nulls cannot be sent")
        try:
            line = f"{key}: {value}\r\n".encode()
        except UnicodeEncodeError as error:
            raise Unwritable(f"{key}: not text") from error
        if len(line) > MAX_SENT_LINE:
            raise Unwritable(f"{key}: too long ({len(line)} bytes)")
        lines.append(line)
    return b"".join(lines) + b"\r\n"

"""Connection strings as Windows programs write them, of ODBC and of OLE DB. Pure.

    Driver= {Microsoft Excel Driver (*.xls)};Dbq=C:\\Annuaire\\Annuaire.xls;
    Provider=SQLOLEDB;Data Source="a;b";Password='it''s'

Keys are case-blind, blanks in them do not count. In ODBC a value may stand in braces, `}}` is one;
in OLE DB also in quotes, doubled inside. Nothing of a string is repeated in words: a password may
stand anywhere in one that is wrong.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tws.forms import WrongValue
from tws.sources.errors import Misconfigured

NAME = "connection_string"
"The field of a form that holds one."
LONGEST = 4000
"Characters."
_KEY = re.compile(r"[\s;]*(?P<key>(?:[^=;]|==)+?)\s*=\s*")
_BRACED = re.compile(r"\{((?:[^}]|\}\})*)\}\s*(;|$)")
_QUOTED = re.compile(r"""(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)')\s*(;|$)""")
_PLAIN = re.compile(r"([^;]*)(;|$)")
_SECRET = re.compile(r"pwd|passw|passphrase|secret|token|accesskey|apikey")
PASSWORD = ("pwd", "password", "passwd")
USER = ("uid", "userid", "user", "username")


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    "Lower case, without blanks."
    value: str
    begin: int
    end: int


class ConnectionString:
    """One string, read. WrongValue says what is wrong with it."""

    def __init__(self, text: str, quotes: bool = False, lenient: bool = False) -> None:
        """`quotes`: whether values may stand in them (OLE DB). `lenient`: words without a value,
        such as `Excel 8.0`, are passed over."""
        if len(text) > LONGEST:
            raise WrongValue(
                NAME, "a connection string has {most} characters at most", most=LONGEST
            )
        self.text = text
        self.parts = tuple(_parts(text, quotes, lenient))
        self._quotes = quotes

    def __repr__(self) -> str:
        return f"ConnectionString({', '.join(part.key for part in self.parts)})"

    def get(self, *keys: str) -> str:
        """The first that is there and not empty."""
        for key in keys:
            for part in self.parts:
                if part.key == key and part.value:
                    return part.value
        return ""

    def keys(self) -> tuple[str, ...]:
        return tuple(part.key for part in self.parts)

    def inner(self) -> "ConnectionString":
        """What stands in Extended Properties, a connection string itself (OLE DB)."""
        return ConnectionString(self.get("extendedproperties"), self._quotes, lenient=True)

    def password(self) -> str:
        return self.get(*PASSWORD) or self.inner().get(*PASSWORD)

    def without_secrets(self) -> str:
        """The string as it may be shown and stored: all else stays as it was written."""
        kept, at = [], 0
        for part in self.parts:
            if _SECRET.search(part.key):
                kept.append(self.text[at : part.begin])
            elif part.key == "extendedproperties" and _SECRET.search(part.value.lower()):
                escaped = self._inner_without_secrets().replace('"', '""')
                kept += self.text[at : part.begin], f'Extended Properties="{escaped}";'
            else:
                continue
            at = part.end
        return ("".join(kept) + self.text[at:]).strip()

    def _inner_without_secrets(self) -> str:
        try:
            return self.inner().without_secrets()
        except WrongValue:
            return ""  # there is a secret in it, and nobody can tell where


def braced(value: str) -> str:
    """A value as ODBC has it, whatever is in it."""
    return "{" + value.replace("}", "}}") + "}"


def written(values: Mapping[str, str]) -> str:
    """A string of ODBC for a driver. Braces only where they are needed: not every driver knows
    them. What such a one would take for another key is refused (Misconfigured)."""
    parts = []
    for key, value in values.items():
        if re.search(r";[^;]*=|[\x00-\x1f]", value):
            raise Misconfigured("{key}: a ; with a = behind it is not accepted here.", key=key)
        plain = re.fullmatch(
            r"[^\s\[\]{}(),;?*=!@](?:[^\[\]{}(),;?*=!@]*[^\s\[\]{}(),;?*=!@])?", value
        )
        parts.append(f"{key}={value if plain else braced(value)}")
    return ";".join(parts)


def _parts(text: str, quotes: bool, lenient: bool) -> Iterator[Part]:
    at = 0
    while text[at:].strip("; \t\r\n"):
        found = _KEY.match(text, at)
        key = "" if found is None else _squeezed(found["key"])
        if found is None or not key:
            if not lenient:
                raise WrongValue(NAME, "a connection string is made of key=value; this one is not")
            at = text.find(";", at) + 1 or len(text)
            continue
        begin = found.start("key")
        value, at = _value(text, found.end(), quotes)
        yield Part(key, value, begin, at)


def _value(text: str, at: int, quotes: bool) -> tuple[str, int]:
    first = text[at : at + 1]
    if first == "{":
        if braces := _BRACED.match(text, at):
            return braces[1].replace("}}", "}"), braces.end()
        raise WrongValue(NAME, "a { in the connection string is never closed by a } before a ;")
    if quotes and first in ("'", '"'):
        if quoted := _QUOTED.match(text, at):
            inside = quoted[1] if quoted[1] is not None else quoted[2]
            return inside.replace(first * 2, first), quoted.end()
        raise WrongValue(NAME, "a quote in the connection string is never closed before a ;")
    plain = _PLAIN.match(text, at)
    assert plain is not None  # it matches an empty text too
    return plain[1].strip(), plain.end()


def _squeezed(key: str) -> str:
    return "".join(key.replace("==", "=").lower().split()).replace("_", "")

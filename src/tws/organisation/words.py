"""Comparing and checking what people type. Invalid says in words what is wrong, and with which
field."""

import ipaddress
import re
import unicodedata
import zoneinfo
from functools import cache

from tws.errors import Invalid

NAME_LENGTH = 100
KEY_LENGTH = 300
"Of a folded name: a few characters fold into many."
_DEVICE_NUMBER = re.compile(r"[0-9*#A-D+]{1,32}")
_PREFIX = re.compile(r"[0-9]{0,8}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST_ADDRESS = 500
SECRET_LENGTH = 128
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
"Not that of a host, which a port follows."
_WEBSITE = re.compile(r"https?://[^\s/?#@:]+(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)


def fold(text: str) -> str:
    """The form in which names are compared: case-blind, and blind to how a keyboard composes
    accents."""
    if text.isascii():  # as most are: it is composed already
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def name(value: str, field: str = "name", *, words: str = "a name") -> str:
    """1 to 100 characters, none of them a control character, without blanks around it."""
    text = optional(value, field)
    if not text:
        raise Invalid(f"{words} is needed", field=field, why="needed")
    if len(fold(text)) > KEY_LENGTH:
        raise Invalid("this is too long", field=field, why="tooLong")
    return text


def optional(value: str, field: str, *, longest: int = NAME_LENGTH) -> str:
    """Text that may be empty."""
    text = unicodedata.normalize("NFC", value).strip()
    not_longer(text, field, longest)
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise Invalid(
            "line breaks and control characters cannot be part of this",
            field=field,
            why="controlCharacters",
        )
    return text


def not_longer(text: str, field: str, longest: int) -> None:
    if len(text) > longest:
        raise Invalid(
            f"this is longer than {longest} characters",
            field=field,
            why="longerThan",
            parameters={"most": longest},
        )


def username(value: str, field: str = "username") -> str:
    """A name without blanks inside: it is typed at every login."""
    text = name(value, field, words="a user name")
    if any(c.isspace() for c in text):
        raise Invalid("a user name has no blanks", field=field, why="noBlanks")
    return text


def email(value: str, field: str = "email") -> str:
    text = optional(value, field, longest=254)
    if text and not _EMAIL.fullmatch(text):
        raise Invalid(
            "an e-mail address looks like name@company.example", field=field, why="email"
        )
    return text


def secret(value: str, field: str) -> str:
    """As it was typed, blanks and all; may be empty."""
    not_longer(value, field, SECRET_LENGTH)
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
        raise Invalid(
            "line breaks and control characters cannot be part of this",
            field=field,
            why="controlCharacters",
        )
    return value


def website(value: str, field: str = "website") -> str:
    """Of http or https, which is added where nothing is said."""
    text = optional(value, field, longest=LONGEST_ADDRESS)
    if text and not _SCHEME.match(text):
        text = f"https://{text}"
    if text and not _WEBSITE.fullmatch(text):
        raise Invalid(
            "the address of a web site begins with http:// or https://",
            field=field,
            why="website",
        )
    not_longer(text, field, LONGEST_ADDRESS)
    return text


def ip_address(value: str, field: str) -> str:
    """As everybody writes it: without leading zeros."""
    text = optional(value, field, longest=45)
    try:
        return text and str(ipaddress.ip_address(text))
    except ValueError as error:
        raise Invalid(
            "an IP address looks like 192.168.0.12", field=field, why="ipAddress"
        ) from error


def prefix(value: str, field: str, *, may_be_empty: bool = True) -> str:
    """Digits of a dial plan."""
    if not _PREFIX.fullmatch(value):
        raise Invalid("a prefix is up to 8 digits, nothing else", field=field, why="prefix")
    if not value and not may_be_empty:
        raise Invalid("this prefix is needed", field=field, why="needed")
    return value


def whole(value: int, field: str, lowest: int, highest: int) -> int:
    """A number of that range; True is none."""
    if isinstance(value, bool) or not lowest <= value <= highest:
        raise Invalid(
            f"a whole number from {lowest} to {highest} is needed",
            field=field,
            why="range",
            parameters={"least": lowest, "most": highest},
        )
    return value


def device_number(value: str, field: str = "number") -> str:
    """An extension as the PBX knows it."""
    if not _DEVICE_NUMBER.fullmatch(value):
        raise Invalid(
            "a device number is 1 to 32 of the digits 0-9 * # A-D +",
            field=field,
            why="deviceNumber",
        )
    return value


def time_zone(value: str, field: str = "time_zone") -> str:
    """An IANA name."""
    if value not in _time_zones():
        raise Invalid(
            "this is no IANA time zone, such as Europe/Paris", field=field, why="timeZone"
        )
    return value


def one_of(value: str, field: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise Invalid(
            f"this must be one of: {', '.join(choices)}",
            field=field,
            why="oneOf",
            parameters={"choices": ", ".join(choices)},
        )
    return value


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())

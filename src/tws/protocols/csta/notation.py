"""How a device is written in a DeviceID: digits, the textual notation of ECMA-269
(clause 12.3.13), or a URI.

    2098
    N<+17867100001>Line 1;displayNumber=00001      number, name, parameters
    N<123!98>                                      number, sub-address
    sip:2098@pbx.example   tel:+3314001;phone-context=x   2098@pbx.example
    12345:CM:192.0.2.1:0                           extension, switch, address, instance
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

LONGEST = 512
"Characters of a device identifier that are looked at."
_TEXTUAL = re.compile(r"[A-Z]<([^>]*)>(.*)", re.DOTALL)
_URI = re.compile(r"(sips?|tel):(.*)", re.IGNORECASE | re.DOTALL)
_INSTANCE = re.compile(r"([^:]+):[^:]*:[^:]*:\d+")


@dataclass(frozen=True, slots=True)
class Notation:
    """What a device identifier says; `number` may be empty."""

    number: str
    name: str | None = None


@lru_cache(maxsize=8192)
def understand(text: str) -> Notation:
    """Never fails: what follows none of the forms is a number as it stands."""
    text = text[:LONGEST]
    if (textual := _TEXTUAL.fullmatch(text)) is not None:
        number = re.split("[!;&]", textual[1], maxsplit=1)[0]
        name = textual[2].partition(";")[0].strip()
        return Notation(number.strip(), name or None)
    if (uri := _URI.fullmatch(text)) is not None:
        scheme, rest = uri[1].lower(), uri[2]
        user = re.split("[;?]" if scheme == "tel" else "[@;?]", rest, maxsplit=1)[0]
        if scheme == "tel":
            user = re.sub(r"[-.()\s]", "", user)
        return Notation(unquote(user.strip()))
    if (instance := _INSTANCE.fullmatch(text)) is not None:
        return Notation(instance[1].strip())
    return Notation(text.partition("@")[0].strip())


def is_number(text: str) -> bool:
    """Whether `text` is neither textual notation nor a URI: it may be put into a template."""
    return _TEXTUAL.fullmatch(text) is None and _URI.fullmatch(text) is None and "@" not in text

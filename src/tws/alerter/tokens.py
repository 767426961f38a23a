"""The tokens `[-Name-]` of templates, and what stands in their places (9.2.1). Pure.

A value is never read again: a token inside a caller's name stays as it is. In an address a value
is percent-encoded, but where the address begins with it: there it is an address itself, and is
looked at as one. In a command line it is one argument, or a part of one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote

from tws.alerter.addresses import DRAWN, is_good, scheme_of
from tws.alerter.model import Caller

CALLER = (
    *("Lastname", "Firstname", "DisplayName", "CompanyName", "Picture"),
    *("AssistantPhone", "StandardPhone", "WorkPhone", "MobilePhone", "HomePhone"),
    *("Email1", "Email2", "Url", "PhoneNumber", "ServerName", "PersonGuid"),
    *("Contact2DisplayName", "Contact2PhoneNumber", "VIP"),
)
"As the guide spells them; they are read whatever their case."
CUSTOM = tuple(f"Custom{n}" for n in range(10))
"The private fields by their places; their labels say more."
CALLED = (
    *("MyFirstname", "MyLastname", "MyUsername", "MyCompany", "MyDevice", "MyGsmPhone"),
    *("MyEmail", "MyExternalKey", "MyCustom0", "MyCustom1"),
)
ALL = (*CALLER, *CUSTOM, *CALLED)
PICTURE = "Picture"
_TOKEN = re.compile(r"\[-([^\[\]]{1,100}?|\[[^\[\]]{1,98}\])-\]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"A line that ends in a value would end it for some programs."
_OPTION = " -/@\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""With these an option begins, or the name of a file of them: no argument that begins with a value
does (decision 0097)."""
_OPAQUE = frozenset({"mailto", "tel", "sip"})


def fold(name: str) -> str:
    """By which a token is known; `[VIP]`, the label, is the token VIP."""
    bare = name.strip()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    return bare.casefold()


NAMES = frozenset(map(fold, ALL))


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Literals and names of tokens in their order, and whether it is a token."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found[1], True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def unknown(text: str, labels: Collection[str] = ()) -> list[str]:
    """Tokens that are neither the guide's nor a label of a private field: they stay empty."""
    known = NAMES | set(map(fold, labels))
    names = dict.fromkeys(name for name, token in parts(text) if token)
    return [name for name in names if fold(name) not in known]


def is_token(text: str, name: str) -> bool:
    """Whether it is that token and nothing else."""
    found = list(parts(text))
    return len(found) == 1 and found[0][1] and fold(found[0][0]) == fold(name)


def in_text(text: str, caller: Caller) -> str:
    """As people read it."""
    values = {**caller.values, **caller.shown}
    return "".join(values.get(fold(part), "") if token else part for part, token in parts(text))


def in_address(text: str, caller: Caller, schemes: frozenset[str]) -> str:
    """An address that is_good; empty where none comes of it."""
    safe = "+@" if scheme_of(text) in _OPAQUE else ""
    filled = ""
    for part, token in parts(text):
        if not token:
            filled += part.replace(" ", "%20")
        elif filled:
            filled += quote(_value(caller.values, part), safe=safe)
        else:
            filled = _own_address(_value(caller.values, part))
    return filled if is_good(filled, schemes) else ""


def _own_address(value: str) -> str:
    """A value that is an address: people write them without `https://`."""
    bare = value.strip()
    return f"https://{bare}" if bare and not scheme_of(bare) else bare


def picture(text: str, caller: Caller) -> str:
    """Where an image is: the caller's photo here, or an address."""
    if is_token(text, PICTURE):
        return _value(caller.values, PICTURE)
    return in_address(text, caller, DRAWN)


def command(exe: str, caller: Caller) -> tuple[str, ...]:
    """The program and its arguments. Quotes keep together what has blanks in it, as on Windows;
    a backslash is no sign of its own. No value makes an argument more, nor an option of one."""
    found: list[str] = []
    current: str | None = None
    quoted = False
    for part, token in parts(exe):
        if token:
            value = _UNSEEN.sub(" ", _value(caller.values, part))
            current = current + value if current else value.lstrip(_OPTION)
            continue
        for sign in part:
            if sign == '"':
                quoted = not quoted
                current = current or ""
            elif sign.isspace() and not quoted:
                if current is not None:
                    found.append(current)
                current = None
            else:
                current = (current or "") + sign
    return tuple(found if current is None else [*found, current])


def program_of(exe: str) -> str:
    """The program of a command line, which no value is a part of; empty where there is none."""
    return next(iter(command(exe, Caller(values={}))), "")


def _value(values: Mapping[str, str], name: str) -> str:
    return values.get(fold(name), "")

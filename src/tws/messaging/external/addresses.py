"""Addresses of people outside: bare JIDs (RFC 7622), as people write them."""

import re
import unicodedata

from tws.errors import Invalid
from tws.messaging.external.model import LONGEST_ADDRESS

_LOCAL = re.compile(r"[^\s\"&'/:<>@\x00-\x1f\x7f]{1,255}")
"RFC 7622, 3.3: what a local part cannot have."
_DOMAIN = re.compile(r"(?=.{1,253}\Z)[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*")
_HOST = re.compile(r"(?=.{1,253}\Z)[0-9A-Za-z]([0-9A-Za-z.:-]*[0-9A-Za-z])?")


def bare(text: str) -> str | None:
    """The address without its resource, as addresses are compared; None where it is none."""
    whole, _, _ = unicodedata.normalize("NFC", text.strip()).partition("/")
    local, at, domain = whole.rpartition("@")
    local, domain = local.casefold(), domain.casefold().rstrip(".")
    if at and not _LOCAL.fullmatch(local):
        return None
    if not _DOMAIN.fullmatch(domain) or len(whole) > LONGEST_ADDRESS:
        return None
    return f"{local}{at}{domain}"


def address(text: str, field: str = "address") -> str:
    """Of a person: it has a local part. Invalid."""
    found = bare(text)
    if found is None or "@" not in found:
        raise Invalid(
            "An address is written as name@server.example.", field=field, why="externalAddress"
        )
    return found


def host(text: str) -> str:
    """A name or an address of a server, or nothing; Invalid."""
    wanted = text.strip()
    if wanted and not _HOST.fullmatch(wanted):
        raise Invalid("This is no name of a server.", field="host", why="externalHost")
    return wanted

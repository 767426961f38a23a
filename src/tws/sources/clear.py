"""A source that would be read in clear text where that is not allowed: its form must be mended."""

from tws.net.encryption import InClear, refuse, refuse_address
from tws.sources.errors import Misconfigured


def refuse_clear(host: str, port: int, *, encrypted: bool = False, verified: bool = True) -> None:
    """Misconfigured; `verified`: it is known by its certificate."""
    try:
        refuse(host, port, encrypted=encrypted, verified=verified)
    except InClear as error:
        raise Misconfigured(error.said) from error


def refuse_clear_address(url: str) -> None:
    """The same of an address of the web."""
    try:
        refuse_address(url)
    except InClear as error:
        raise Misconfigured(error.said) from error

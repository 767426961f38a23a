"""What may be said in clear text (decision 0102).

The rule is the process's own, and stands in its environment (`TWS_TLS`, `TWS_TLS_EXCEPT`), where
the processes that it starts find it too. It is asked where a connection is opened, so that nobody
has to hand it on.
"""

import ipaddress
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from tws.sentences import Sentence, sentence

STRICT = "strict"
TLS, EXCEPT = "TWS_TLS", "TWS_TLS_EXCEPT"
ODBC = "odbc"
"What stands for the host of a driver that says to nobody whether it encrypts."
PORTS: Mapping[str, int] = {"http": 80, "https": 443}
IN_CLEAR_TEXT: tuple[object, ...] = (None, False, "none", "preferred")
"What forms call a connection that is not encrypted, or not for sure."
UNVERIFIED = "required"
"What forms call one that is encrypted for whoever it is."


class InClear(OSError):
    """A connection that is not opened, since it would not be encrypted."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is spoken to. `verified`: he is known by his certificate."""

    host: str
    port: int
    encrypted: bool
    verified: bool = True

    @property
    def safe(self) -> bool:
        return is_own(self.host) or (self.encrypted and self.verified)

    @property
    def where(self) -> str:
        if not self.port:
            return self.host
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def refused(self) -> Sentence | None:
        """Why it is not to be gone; None: it may."""
        if self.safe or not strict() or not excepted().isdisjoint((self.host, self.where)):
            return None
        if self.encrypted:
            return sentence(
                "{where} would be believed without its certificate, which TWS_TLS=strict does not"
                " allow: let it be checked, or name it in TWS_TLS_EXCEPT",
                where=self.where,
            )
        return sentence(
            "{where} would be spoken to in clear text, which TWS_TLS=strict does not allow:"
            " encrypt the connection, or name it in TWS_TLS_EXCEPT",
            where=self.where,
        )


def refuse(host: str, port: int, *, encrypted: bool = False, verified: bool = True) -> None:
    """InClear where such a connection is not to be opened."""
    if said := Way(host.strip().lower(), port, encrypted, verified).refused():
        raise InClear(said)


def refuse_address(url: str) -> None:
    """The same of an address of the web, whose certificate is looked at."""
    parts = urlsplit(url)
    encrypted = parts.scheme.lower() in ("https", "wss")
    refuse(parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0), encrypted=encrypted)


def strict() -> bool:
    return os.environ.get(TLS) == STRICT


def excepted() -> frozenset[str]:
    """Hosts, or hosts with a port, that may be spoken to all the same."""
    names = os.environ.get(EXCEPT, "").split(",")
    return frozenset(name.strip().lower() for name in names if name.strip())


def is_own(host: str) -> bool:
    """Whether what is said to it does not leave this machine."""
    if host in ("localhost", "") or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def in_environment(values: Mapping[str, str | None]) -> Iterator[None]:
    """For this process and those it starts; None: taken away."""
    before = {name: os.environ.get(name) for name in values}
    put(values)
    try:
        yield
    finally:
        put(before)


def put(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def ways(settings: object) -> Iterator[Way]:
    """Of what a form says: by `url` or `wsdl`, or by `host` and `tls`, with `verify`; by a
    `connection_string`. What has none of them reads files, or speaks to a service of the web by
    TLS alone."""
    tls, verify = getattr(settings, "tls", None), getattr(settings, "verify", True)
    for name in ("url", "wsdl", "endpoint"):
        if not isinstance(url := getattr(settings, name, None), str) or not url:
            continue
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        if parts.scheme in PORTS:
            yield Way(parts.hostname or "", port, parts.scheme == "https", verify)
        elif parts.hostname:  # of a database
            verified = verify and tls != UNVERIFIED
            yield Way(parts.hostname, port, tls not in IN_CLEAR_TEXT, verified)
    if isinstance(host := getattr(settings, "host", None), str):
        port = getattr(settings, "actual_port", None) or getattr(settings, "port", None) or 0
        yield Way(host.strip().lower(), port, tls not in IN_CLEAR_TEXT, verify)
    if hasattr(settings, "connection_string"):
        yield Way(ODBC, 0, encrypted=False)

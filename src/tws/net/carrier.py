"""What every carrier does: opens, sends, closes, and tells its user what came. Dialled, listening
or datagram.

All calls, both ways, happen on the event loop's thread and return at once. A carrier never lets an
exception of its user stop it: it is logged and that connection is closed. Sending to an unknown or
closing peer is ignored (the user hears `disconnected`, or has heard it).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from tws.sentences import Words, sentence

STOPPED = sentence("stopped")
"Why a connection ended that was let go of."


@dataclass(frozen=True, slots=True)
class Tls:
    """How to check the certificate of a peer that we dial."""

    server_name: str | None = None
    ca_file: str | None = None
    verify: bool = True


@dataclass(frozen=True, slots=True)
class ServerTls:
    """Our own certificate chain and its key, files in PEM form."""

    certificate: str
    key: str


@dataclass(frozen=True, slots=True)
class Dials:
    """We call the peers, over TCP or TLS: `Stream`."""


@dataclass(frozen=True, slots=True)
class Listens:
    """The peers call us at this address, over TCP or TLS: `Listener`. Port 0 = a free one."""

    host: str
    port: int
    tls: ServerTls | None = None


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Datagrams from and to this address: `Datagram`. Port 0 = a free one."""

    host: str
    port: int


Carriage = Dials | Listens | Exchanges
"How the bytes of a link come and go; `tws.net.carriers` makes the carrier."


class CarrierUser(Protocol):
    """Who is told what happens on the network. `peer` is the carrier user's own name for a
    connection.
    """

    def connected(self, peer: str) -> None: ...

    def received(self, peer: str, data: bytes) -> None: ...

    def disconnected(self, peer: str, why: Words) -> None:
        """Once for each `connected`, and once for each attempt that failed. `why` is in words."""


class Carrier(Protocol):
    """`Stream` dials, `Listener` is called, `Datagram` does both without connections."""

    async def start(self) -> None:
        """Bind what must be bound; raises OSError with words when the address can't be had."""

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None:
        """Dial, and dial again with back-off (1 s doubling to 60 s, with jitter) until
        `close(stop=True)`.
        """

    def send(self, peer: str, data: bytes) -> None:
        """Queue bytes in order. A peer that reads too slowly (more than `max_unsent` bytes wait)
        is closed.
        """

    def close(self, peer: str, why: Words, stop: bool) -> None:
        """Close; a dialled peer is dialled again unless `stop`."""

    @property
    def counters(self) -> Counter[str]:
        """What it survived: attempts that failed, connections lost, mistakes of its user; by
        name.
        """

    async def stop(self) -> None:
        """Close everything and forget it; no callback follows."""

"""One TCP or TLS connection of a `Stream` or a `Listener`: bounded, and ended exactly once.

The end is told as soon as it is decided. What was queued before a `close` is still sent, for at
most `LINGER` seconds; nothing received after it is passed on. TLS is above: a half-closed peer has
said its last word and is closed, since no protocol carried here goes on after that.
"""

import asyncio
import socket
from collections.abc import Callable, Collection
from typing import Protocol, cast

from tws.net.failures import CLOSED, why
from tws.sentences import Words

MAX_UNSENT = 4 * 1024 * 1024
"Bytes that may wait for a slow peer."
LINGER = 2.0
"Seconds that a closing connection gets to send what was queued."

_KEEPALIVE = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    # A peer that vanished is noticed after 20 + 3 * 5 s of silence, or 30 s of unanswered data.
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 20),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 30_000),
)


class Owner(Protocol):
    """The carrier of a connection. None of these is called within `send` or `end`."""

    def made(self, connection: "Connection") -> None: ...

    def heard(self, connection: "Connection", data: bytes) -> None: ...

    def ended(self, connection: "Connection", why: Words) -> None:
        """Once for each `made`."""

    def gone(self, connection: "Connection") -> None:
        """The socket is closed. Comes after `ended`; alone if it was abandoned before `made`."""


class Connection(asyncio.Protocol):
    """`max_unsent`: bytes that may wait before the peer counts as too slow."""

    def __init__(self, owner: Owner, max_unsent: int = MAX_UNSENT) -> None:
        self._owner = owner
        self._max_unsent = max_unsent
        self._loop = asyncio.get_running_loop()
        self._linger: asyncio.TimerHandle | None = None
        self.transport: asyncio.Transport | None = None
        self.closed = asyncio.Event()
        self.over = False
        "No more is passed on, either way."

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self.over:
            self.transport.abort()
            return
        tune(self.transport)
        self._owner.made(self)

    def data_received(self, data: bytes) -> None:
        if not self.over:
            self._owner.heard(self, data)

    def eof_received(self) -> bool:
        self.end(CLOSED)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if self._linger is not None:
            self._linger.cancel()
        if not self.over:
            self.over = True
            self._owner.ended(self, why(exc))
        self.closed.set()
        self._owner.gone(self)

    def send(self, data: bytes) -> None:
        """Queue bytes; a peer with more than `max_unsent` waiting is ended at once."""
        if self.over or self.transport is None:
            return
        self.transport.write(data)
        unsent = self.transport.get_write_buffer_size()
        if unsent > self._max_unsent:
            self.end(f"the peer reads too slowly: {unsent} bytes wait", flush=False)

    def end(self, why: Words, *, flush: bool = True) -> None:
        """Close, telling `why` soon; a second call does nothing."""
        if self.over:
            return
        self.over = True
        self._soon(self._owner.ended, why)
        if self.transport is None:
            return
        if flush:
            self.transport.close()
            self._linger = self._loop.call_later(LINGER, self.transport.abort)
        else:
            self.transport.abort()

    def abandon(self) -> None:
        """Close at once and tell nothing more than `gone`."""
        self.over = True
        if self.transport is None:
            self.closed.set()
        else:
            self.transport.abort()

    def _soon(self, tell: Callable[["Connection", Words], None], why: Words) -> None:
        self._loop.call_soon(tell, self, why)


async def all_gone(connections: Collection[Connection]) -> None:
    """Wait until those that are being ended are closed; cut them off after `LINGER`."""
    closing = [connection.closed.wait() for connection in connections]
    if not closing:
        return
    everything = asyncio.gather(*closing)
    try:
        await asyncio.wait_for(asyncio.shield(everything), LINGER)
    except TimeoutError:
        for connection in tuple(connections):
            connection.abandon()
        await everything


def tune(transport: asyncio.Transport) -> None:
    """No delay for small messages; a peer that vanished is noticed."""
    sock = transport.get_extra_info("socket")
    if sock is None or sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    for level, option, value in _KEEPALIVE:
        sock.setsockopt(level, option, value)


def talks_to_itself(transport: asyncio.Transport) -> bool:
    """Whether we dialled a free local port and the kernel joined our socket to itself."""
    own: object = transport.get_extra_info("sockname")
    return own is not None and own == transport.get_extra_info("peername")

"""Listens for TCP and TLS peers that call us: one peer for each connection, named `host:port`.

Bounded: so many connections at once, TLS handshakes under way included, and so long for the first
byte. What is over the cap is closed at once and counted; peers already there keep their places.
"""

import asyncio
import ssl
from collections import Counter
from dataclasses import dataclass

import structlog

from tws.net.carrier import CarrierUser, Tls
from tws.net.connection import LINGER, MAX_UNSENT, Connection
from tws.net.telling import USER_FAILED, Telling
from tws.net.words import where, why, why_not

MAX_CONNECTIONS = 10_000
FIRST_BYTE = 30.0
"Seconds that a new connection gets until its first byte, TLS handshake included."
DIALS_NOT = "this carrier does not dial: its peers call it"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ServerTls:
    """Our own certificate chain and its key, files in PEM form."""

    certificate: str
    key: str


class Listener:
    """Carrier of accepted connections on `host`:`port`; port 0 takes a free one (see `port`)."""

    def __init__(
        self,
        user: CarrierUser,
        host: str,
        port: int,
        *,
        tls: ServerTls | None = None,
        max_connections: int = MAX_CONNECTIONS,
        first_byte: float = FIRST_BYTE,
        max_unsent: int = MAX_UNSENT,
    ) -> None:
        self._user = user
        self._host = host
        self.port = port
        self._tls = tls
        self._max_connections = max_connections
        self._first_byte = first_byte
        self._max_unsent = max_unsent
        self._context: ssl.SSLContext | None = None
        self._server: asyncio.Server | None = None
        self._telling = Telling()
        self._accepted: dict[Connection, _Accepted] = {}
        self._peers: dict[str, Connection] = {}
        self._handshakes: set[asyncio.Task[None]] = set()
        self._all_gone = asyncio.Event()

    @property
    def counters(self) -> Counter[str]:
        """Connections refused or silent, handshakes failed, mistakes of the user; by name."""
        return self._telling.counters

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            if self._tls is not None:
                self._context = await asyncio.to_thread(server_context, self._tls)
            self._server = await loop.create_server(self._accept, self._host, self.port)
        except (OSError, OverflowError, UnicodeError) as error:
            words = f"can't listen on {why_not(error, self._host, self.port)}"
            raise OSError(words) from error
        self.port = self._server.sockets[0].getsockname()[1]

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(self._telling.tell, self._user.disconnected, peer, DIALS_NOT)

    def send(self, peer: str, data: bytes) -> None:
        connection = self._peers.get(peer)
        if connection is not None:
            connection.send(data)

    def close(self, peer: str, why: str, stop: bool) -> None:
        connection = self._peers.get(peer)
        if connection is not None:
            connection.end(why)

    async def stop(self) -> None:
        self._telling.silent = True
        if self._server is not None:
            self._server.close()
        for task in tuple(self._handshakes):
            task.cancel()
        if self._handshakes:
            await asyncio.wait(self._handshakes)
        for connection, accepted in tuple(self._accepted.items()):
            if accepted.peer is None:
                connection.abandon()
            else:
                connection.end("stopped")
        while self._accepted:
            self._all_gone.clear()
            try:
                async with asyncio.timeout(LINGER):
                    await self._all_gone.wait()
            except TimeoutError:
                for connection in tuple(self._accepted):
                    connection.abandon()

    # ------------------------------------------------------------ accepting

    def _accept(self) -> asyncio.Protocol:
        accepted = _Accepted(self)
        self._accepted[accepted.connection] = accepted
        return accepted if self._context is not None else accepted.connection

    def shake_hands(self, accepted: "_Accepted", transport: asyncio.Transport) -> None:
        """Start TLS on a connection just accepted, if there is a place for it."""
        if self._telling.silent or self._full():
            accepted.connection.over = True
            transport.abort()
            self.gone(accepted.connection)
            return
        coroutine = self._handshake(accepted, transport)
        task = asyncio.get_running_loop().create_task(coroutine)
        self._handshakes.add(task)
        task.add_done_callback(self._handshakes.discard)

    async def _handshake(self, accepted: "_Accepted", transport: asyncio.Transport) -> None:
        loop = asyncio.get_running_loop()
        assert self._context is not None
        try:
            async with asyncio.timeout(self._first_byte):
                tls = await loop.start_tls(
                    transport, accepted.connection, self._context, server_side=True
                )
        except (OSError, asyncio.CancelledError) as error:
            transport.abort()
            accepted.connection.over = True
            self.gone(accepted.connection)
            if isinstance(error, asyncio.CancelledError):
                raise
            self.counters["handshakes_failed"] += 1
            log.info("handshake failed", address=accepted.address, why=why(error))
            return
        if tls is not None:
            accepted.connection.connection_made(tls)

    def _full(self) -> bool:
        if len(self._accepted) <= self._max_connections:
            return False
        self.counters["refused_full"] += 1
        log.warning("connection refused: too many", limit=self._max_connections)
        return True

    # ------------------------------------------------------------ what its connections tell

    def made(self, connection: Connection) -> None:
        accepted = self._accepted.get(connection)
        if accepted is None or self._telling.silent or (self._context is None and self._full()):
            connection.abandon()
            return
        assert connection.transport is not None
        accepted.peer = peer = address_of(connection.transport)
        self._peers[peer] = connection
        loop = asyncio.get_running_loop()
        accepted.waiting = loop.call_later(self._first_byte, self._silent, connection)
        if not self._telling.tell(self._user.connected, peer):
            connection.end(USER_FAILED)

    def _silent(self, connection: Connection) -> None:
        self.counters["silent_closed"] += 1
        connection.end(f"said nothing for {self._first_byte:g} s")

    def heard(self, connection: Connection, data: bytes) -> None:
        accepted = self._accepted[connection]
        accepted.heard()
        if accepted.peer is None:
            return
        if not self._telling.tell(self._user.received, accepted.peer, data):
            connection.end(USER_FAILED)

    def ended(self, connection: Connection, why: str) -> None:
        accepted = self._accepted[connection]
        accepted.heard()
        if accepted.peer is None:
            return
        if self._peers.get(accepted.peer) is connection:
            del self._peers[accepted.peer]
        self._telling.tell(self._user.disconnected, accepted.peer, why)

    def gone(self, connection: Connection) -> None:
        self._accepted.pop(connection, None)
        if not self._accepted:
            self._all_gone.set()


class _Accepted(asyncio.Protocol):
    """A connection from its first moment; the protocol of its socket until TLS takes over."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self.connection = Connection(listener, listener._max_unsent)
        self.peer: str | None = None
        "Set once its user heard of it."
        self.address = ""
        self.waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()  # the first bytes belong to the handshake
        self.address = address_of(transport)
        self._listener.shake_hands(self, transport)

    def heard(self) -> None:
        """It need not be waited for any more."""
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None


def address_of(transport: asyncio.BaseTransport) -> str:
    """`host:port` of the other end."""
    name = transport.get_extra_info("peername")
    return where(name[0], name[1]) if name else "unknown"


def server_context(tls: ServerTls) -> ssl.SSLContext:
    """TLS 1.2 and later. Blocks while it reads; raises OSError in words."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(tls.certificate, tls.key)
    except ssl.SSLError as error:
        words = f"certificate {tls.certificate} and key {tls.key} do not fit: {why(error)}"
        raise OSError(words) from error
    except OSError as error:
        raise OSError(f"certificate {tls.certificate}, key {tls.key}: {error.strerror}") from error
    return context

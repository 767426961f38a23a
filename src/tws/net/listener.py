"""Listens for TCP and TLS peers that call us: one peer for each connection, named `host:port`.

Bounded: so many connections at once, TLS handshakes under way included, and so long for the first
byte. What is over the cap is closed at once and counted; peers already there keep their places.
"""

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass

import structlog

from tws.net.carrier import CarrierUser, ServerTls, Tls
from tws.net.connection import MAX_UNSENT, Connection, all_gone
from tws.net.encryption import InClear, refuse
from tws.net.failures import where, why, why_not
from tws.net.telling import USER_FAILED, Telling
from tws.sentences import Words

MAX_CONNECTIONS = 10_000
FIRST_BYTE = 30.0
"Seconds that a new connection gets until its first byte; as many for its TLS handshake."
BACKLOG = 1024
REST = 1.0
"Seconds without accepting when the system has no more sockets to give."
DIALS_NOT = "this carrier does not dial: its peers call it"

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class _Accepted:
    address: str
    socket: socket.socket | None
    "Until the event loop owns it: closing it then would close another's."
    peer: str | None = None
    "Set once its user heard of it: `address`."
    waiting: asyncio.TimerHandle | None = None
    "For its first byte."

    def heard(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None


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
        self._sockets: list[socket.socket] = []
        self._telling = Telling()
        self._accepted: dict[Connection, _Accepted] = {}
        self._peers: dict[str, Connection] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        "One accepts on each socket; one lives for the start of each connection."

    @property
    def counters(self) -> Counter[str]:
        """Connections refused or silent, handshakes failed, mistakes of the user; by name."""
        return self._telling.counters

    async def start(self) -> None:
        try:
            refuse(self._host or "0.0.0.0", self.port, encrypted=self._tls is not None)  # noqa: S104
            if self._tls is not None:
                self._context = await asyncio.to_thread(server_context, self._tls)
            await self._listen()
        except InClear:
            raise
        except (OSError, OverflowError, UnicodeError) as error:
            words = f"can't listen on {why_not(error, self._host, self.port)}"
            raise OSError(words) from error
        for sock in self._sockets:
            self._run(self._accept_on(sock))

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(self._telling.tell, self._user.disconnected, peer, DIALS_NOT)

    def send(self, peer: str, data: bytes) -> None:
        connection = self._peers.get(peer)
        if connection is not None:
            connection.send(data)

    def close(self, peer: str, why: Words, stop: bool) -> None:
        connection = self._peers.get(peer)
        if connection is not None:
            connection.end(why)

    async def stop(self) -> None:
        self._telling.silent = True
        for task in tuple(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        for sock in self._sockets:
            sock.close()
        for connection, accepted in tuple(self._accepted.items()):
            if accepted.socket is not None:  # its task was cancelled before it began
                accepted.socket.close()
                self.gone(connection)
        for connection in tuple(self._accepted):
            connection.end("stopped")
        await all_gone(self._accepted)

    # ------------------------------------------------------------ accepting

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(
            self._host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        try:
            for family, _, _, _, address in dict.fromkeys(found):
                sock = socket.socket(family, socket.SOCK_STREAM)
                self._sockets.append(sock)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                sock.bind((address[0], self.port, *address[2:]))
                self.port = sock.getsockname()[1]
                sock.listen(BACKLOG)
                sock.setblocking(False)
        except OSError:
            for sock in self._sockets:
                sock.close()
            raise

    async def _accept_on(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, address = await loop.sock_accept(sock)
            except ConnectionError:
                continue  # it left before it was accepted
            except OSError as error:
                self.counters["accept_failed"] += 1
                log.error("connection not accepted", port=self.port, why=str(why(error)))
                await asyncio.sleep(REST)
                continue
            if len(self._accepted) >= self._max_connections:
                accepted.close()
                self.counters["refused_full"] += 1
                log.warning("connection refused: too many", limit=self._max_connections)
                continue
            connection = Connection(self, self._max_unsent)
            started = _Accepted(where(address[0], address[1]), accepted)
            self._accepted[connection] = started
            self._run(self._begin(connection, started, accepted))

    async def _begin(
        self, connection: Connection, accepted: _Accepted, sock: socket.socket
    ) -> None:
        loop = asyncio.get_running_loop()
        accepted.socket = None
        try:
            await loop.connect_accepted_socket(
                lambda: connection,
                sock,
                ssl=self._context,
                ssl_handshake_timeout=self._first_byte if self._context else None,
            )
        except (OSError, asyncio.CancelledError) as error:
            connection.abandon()  # the event loop closes it too, and uvloop tells nothing of that
            self.gone(connection)
            if isinstance(error, asyncio.CancelledError):
                raise
            self.counters["handshakes_failed"] += 1
            log.info("handshake failed", address=accepted.address, why=str(why(error)))

    def _run(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ------------------------------------------------------------ what its connections tell

    def made(self, connection: Connection) -> None:
        accepted = self._accepted.get(connection)
        if accepted is None or self._telling.silent:
            connection.abandon()
            return
        accepted.peer = accepted.address
        self._peers[accepted.peer] = connection
        loop = asyncio.get_running_loop()
        accepted.waiting = loop.call_later(self._first_byte, self._silent, connection)
        if not self._telling.tell(self._user.connected, accepted.peer):
            connection.end(USER_FAILED)

    def _silent(self, connection: Connection) -> None:
        self.counters["silent_closed"] += 1
        connection.end(f"said nothing for {self._first_byte:g} s")

    def heard(self, connection: Connection, data: bytes) -> None:
        accepted = self._accepted[connection]
        accepted.heard()
        if not self._telling.tell(self._user.received, accepted.address, data):
            connection.end(USER_FAILED)

    def ended(self, connection: Connection, why: Words) -> None:
        accepted = self._accepted[connection]
        accepted.heard()
        if accepted.peer is None:
            return
        if self._peers.get(accepted.peer) is connection:
            del self._peers[accepted.peer]
        self._telling.tell(self._user.disconnected, accepted.peer, why)

    def gone(self, connection: Connection) -> None:
        self._accepted.pop(connection, None)


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

"""UDP: one peer for each address that sends or that we open; silence ends it.

Bounded: so many peers at once, and so long without a word from them. A datagram of a new address
that finds no place is dropped and counted, so that a flood of forged addresses takes no place from
the peers already there.
"""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

import structlog

from tws.net.carrier import CarrierUser, Tls
from tws.net.connection import MAX_UNSENT
from tws.net.encryption import refuse
from tws.net.failures import where, why, why_not
from tws.net.stream import backoff as stream_backoff
from tws.net.telling import USER_FAILED, Telling
from tws.sentences import Words

MAX_PEERS = 10_000
IDLE = 600.0
"Seconds without a datagram after which a peer is forgotten: twice what phones let pass."
NO_TLS = "UDP carries no TLS"

Address = tuple[str, int]
log = structlog.get_logger(__name__)


class _Transport(Protocol):
    """What both event loops offer; the abstract class leaves out the size of the queue."""

    def sendto(self, data: bytes, addr: Address) -> None: ...

    def abort(self) -> None: ...

    def get_write_buffer_size(self) -> int: ...

    def get_extra_info(self, name: str) -> Any: ...


@dataclass(eq=False)
class _Peer:
    name: str
    address: Address | None = None
    "None while its host name is being looked up, and while it waits to be opened again."
    heard: float = 0.0
    opened: tuple[str, int] | None = None
    "Host and port, where we opened it: it stays until `close`, however silent."
    over: bool = False
    failures: int = 0
    retry: asyncio.TimerHandle | None = None
    lookup: asyncio.Task[None] | None = None


class Datagram:
    """Carrier of datagrams on `host`:`port`; port 0 takes a free one (see `port`)."""

    def __init__(
        self,
        user: CarrierUser,
        host: str,
        port: int,
        *,
        max_peers: int = MAX_PEERS,
        idle: float = IDLE,
        max_unsent: int = MAX_UNSENT,
        backoff: Callable[[int], float] = stream_backoff,
    ) -> None:
        self._user = user
        self._host = host
        self.port = port
        self._max_peers = max_peers
        self._idle = idle
        self._max_unsent = max_unsent
        self._backoff = backoff
        self._telling = Telling()
        self._peers: dict[str, _Peer] = {}
        self._by_address: dict[Address, _Peer] = {}
        "Called peers, least recently heard first; opened ones in between."
        self._transport: _Transport | None = None
        self._sweep: asyncio.TimerHandle | None = None
        self._lookups: set[asyncio.Task[None]] = set()
        self._gone = asyncio.Event()

    @property
    def counters(self) -> Counter[str]:
        """Datagrams dropped either way, peers forgotten, mistakes of the user; by name."""
        return self._telling.counters

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        refuse(self._host or "0.0.0.0", self.port)  # noqa: S104
        try:
            sock = await self._bound()
            transport, _ = await loop.create_datagram_endpoint(lambda: _Endpoint(self), sock=sock)
        except (OSError, OverflowError, UnicodeError) as error:
            words = f"can't listen on UDP {why_not(error, self._host, self.port)}"
            raise OSError(words) from error
        self._transport = cast(_Transport, transport)
        self.port = self._transport.get_extra_info("sockname")[1]

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None:
        """Name an address, looked up until it is found; `connected` does not mean it is there."""
        if self._telling.silent or peer in self._peers:
            return
        if tls is not None:
            self._soon(self._telling.tell, self._user.disconnected, peer, NO_TLS)
            return
        self._peers[peer] = opened = _Peer(peer, opened=(host, port))
        self._look_up(opened, host, port)

    def send(self, peer: str, data: bytes) -> None:
        known = self._peers.get(peer)
        if known is None or known.address is None or known.over or self._transport is None:
            return
        if self._transport.get_write_buffer_size() > self._max_unsent:
            self.counters["dropped_unsent"] += 1
            return
        self._transport.sendto(data, known.address)

    def close(self, peer: str, why: Words, stop: bool) -> None:
        """Forget the address; its next datagram makes a new peer of it. One that we opened is
        opened again after its back-off, unless `stop`.
        """
        known = self._peers.get(peer)
        if known is None:
            return
        self._forget(known)
        if not stop:
            self._open_again(known)
        if known.retry is None:  # else nothing was begun, since it was last told
            self._soon(self._telling.tell, self._user.disconnected, peer, why)

    async def stop(self) -> None:
        self._telling.silent = True
        for peer in tuple(self._peers.values()):
            self._forget(peer)
        if self._sweep is not None:
            self._sweep.cancel()
        if self._lookups:
            await asyncio.wait(self._lookups)
        if self._transport is not None:
            self._transport.abort()
            await self._gone.wait()

    async def _bound(self) -> socket.socket:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(
            self._host, self.port, type=socket.SOCK_DGRAM, flags=socket.AI_PASSIVE
        )
        family, _, _, _, address = found[0]
        sock = socket.socket(family, socket.SOCK_DGRAM)
        try:
            sock.bind(address)
        except OSError:
            sock.close()
            raise
        sock.setblocking(False)
        return sock

    # ------------------------------------------------------------ peers

    def _look_up(self, peer: _Peer, host: str, port: int) -> None:
        peer.retry = None
        task = asyncio.get_running_loop().create_task(self._resolve(peer, host, port))
        peer.lookup = task
        self._lookups.add(task)
        task.add_done_callback(self._lookups.discard)

    async def _resolve(self, peer: _Peer, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        assert self._transport is not None
        family = self._transport.get_extra_info("socket").family
        try:
            found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_DGRAM)
        except (OSError, OverflowError, UnicodeError) as error:
            if not peer.over:
                self._not_found(peer, host, port, why_not(error, host, port))
            return
        if not peer.over:
            self._found(peer, (str(found[0][4][0]), int(found[0][4][1])))

    def _not_found(self, peer: _Peer, host: str, port: int, why: Words) -> None:
        self._look_up_later(peer, host, port)
        self._telling.tell(self._user.disconnected, peer.name, why)

    def _look_up_later(self, peer: _Peer, host: str, port: int) -> None:
        peer.failures += 1
        delay = self._backoff(peer.failures)
        loop = asyncio.get_running_loop()
        peer.retry = loop.call_later(delay, self._look_up, peer, host, port)

    def _open_again(self, ended: _Peer) -> None:
        """One that has answered begins with the shortest delay."""
        if ended.opened is None or self._transport is None or self._telling.silent:
            return
        failures = 0 if ended.heard else ended.failures
        again = _Peer(ended.name, opened=ended.opened, failures=failures)
        self._peers[again.name] = again
        self._look_up_later(again, *ended.opened)

    def _found(self, peer: _Peer, address: Address) -> None:
        stranger = self._by_address.get(address)
        if stranger is not None:  # it called before we named it: one peer for each address
            self._forget(stranger)
            self._telling.tell(self._user.disconnected, stranger.name, f"now called {peer.name}")
        peer.address = address
        self._by_address[address] = peer
        if not self._telling.tell(self._user.connected, peer.name):
            self._end(peer, USER_FAILED)

    def _forget(self, peer: _Peer) -> None:
        peer.over = True
        self._peers.pop(peer.name, None)
        if peer.address is not None:
            self._by_address.pop(peer.address, None)
        if peer.retry is not None:
            peer.retry.cancel()
        if peer.lookup is not None:
            peer.lookup.cancel()

    def _end(self, peer: _Peer, why: Words) -> None:
        if not peer.over:
            self._forget(peer)
            self._open_again(peer)
            self._telling.tell(self._user.disconnected, peer.name, why)

    # ------------------------------------------------------------ what comes

    def heard(self, data: bytes, address: Address) -> None:
        """A datagram came."""
        if self._telling.silent:
            return
        peer = self._by_address.get(address) or self._newcomer(address)
        if peer is None:
            return
        peer.heard = asyncio.get_running_loop().time()
        self._by_address[address] = self._by_address.pop(address)
        if not self._telling.tell(self._user.received, peer.name, data):
            self._end(peer, USER_FAILED)

    def _newcomer(self, address: Address) -> _Peer | None:
        if len(self._by_address) >= self._max_peers:
            self.counters["dropped_full"] += 1
            return None
        peer = _Peer(where(*address), address)
        self._peers[peer.name] = peer
        self._by_address[address] = peer
        self._expect_silence(self._idle)
        if not self._telling.tell(self._user.connected, peer.name):
            self._end(peer, USER_FAILED)
        return None if peer.over else peer

    def _expect_silence(self, seconds: float) -> None:
        if self._sweep is None:
            loop = asyncio.get_running_loop()
            self._sweep = loop.call_later(seconds, self._sweep_silent)

    def _sweep_silent(self) -> None:
        self._sweep = None
        now = asyncio.get_running_loop().time()
        for peer in [p for p in self._by_address.values() if not p.opened]:
            rest = peer.heard + self._idle - now
            if rest > 0:
                self._expect_silence(rest)
                return
            self.counters["silent_forgotten"] += 1
            self._end(peer, f"nothing heard for {self._idle:g} s")

    def lost(self, error: Exception | None) -> None:
        """The socket is closed."""
        self._transport = None
        if error is not None:
            log.error("UDP socket closed", why=str(why(error)))
        for peer in tuple(self._peers.values()):
            self._end(peer, why(error))
        self._gone.set()

    @staticmethod
    def _soon(callback: Callable[..., object], *args: object) -> None:
        asyncio.get_running_loop().call_soon(callback, *args)


class _Endpoint(asyncio.DatagramProtocol):
    """The protocol of the one socket."""

    def __init__(self, owner: Datagram) -> None:
        self._owner = owner

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        self._owner.heard(data, (str(addr[0]), addr[1]))

    def error_received(self, exc: Exception) -> None:
        """An earlier datagram could not be delivered; who it was for is not told."""
        self._owner.counters["undelivered"] += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._owner.lost(exc)

"""Dials TCP and TLS peers, and dials again: 1 s after a failure, doubling to 60 s, with jitter.

A connection that lived `LIVED` seconds makes the next delay 1 s again: a peer that accepts and
then throws us out at once is not hammered. No callback happens within a call of `open`, `send` or
`close`.
"""

import asyncio
import random
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from tws.net.carrier import STOPPED, CarrierUser, Tls
from tws.net.connection import MAX_UNSENT, Connection, all_gone, talks_to_itself
from tws.net.encryption import refuse
from tws.net.failures import where, why_not
from tws.net.telling import USER_FAILED, Telling
from tws.sentences import Sentence, Words, sentence

CONNECT_TIMEOUT = 10.0
"Seconds for the name, the connection and the TLS handshake together."
LIVED = 30.0
"Seconds after which a connection counts as one that worked."
LONGEST_DELAY = 60.0
JITTER = 0.25

_random = random.SystemRandom()
log = structlog.get_logger(__name__)


def backoff(failures: int) -> float:
    """Seconds before the next attempt after so many failures in a row (at least 1)."""
    delay = min(2.0 ** min(failures - 1, 10), LONGEST_DELAY)
    return delay * _random.uniform(1 - JITTER, 1 + JITTER)


@dataclass(eq=False)
class _Dial:
    """One peer that we want to be connected to."""

    peer: str
    host: str
    port: int
    tls: Tls | None
    failures: int = 0
    connection: Connection | None = None
    "Set while an attempt is under way and while it is connected."
    attempt: asyncio.Task[None] | None = None
    since: float = 0.0
    "Loop time at which it was connected; 0 before."
    retry: asyncio.TimerHandle | None = None
    dropped: bool = False
    "No longer wanted: what its connection still tells is about the past."
    talking: bool = False
    "`connected` was told and `disconnected` was not."


class Stream:
    """Carrier of dialled connections; the arguments after `user` are there for tests."""

    def __init__(
        self,
        user: CarrierUser,
        *,
        max_unsent: int = MAX_UNSENT,
        backoff: Callable[[int], float] = backoff,
        connect_timeout: float = CONNECT_TIMEOUT,
        lived: float = LIVED,
    ) -> None:
        self._user = user
        self._max_unsent = max_unsent
        self._backoff = backoff
        self._connect_timeout = connect_timeout
        self._lived = lived
        self._telling = Telling()
        self._dials: dict[str, _Dial] = {}
        self._owners: dict[Connection, _Dial] = {}
        "Every connection that has a socket or may still get one."
        self._attempts: set[asyncio.Task[None]] = set()

    @property
    def counters(self) -> Counter[str]:
        """Attempts that failed, slow peers closed, mistakes of the user survived; by name."""
        return self._telling.counters

    async def start(self) -> None:
        """Nothing to bind."""

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None:
        """Dial until `close(stop=True)`. A known peer with another address is dialled there."""
        if self._telling.silent:
            return
        known = self._dials.get(peer)
        if known is not None:
            if (known.host, known.port, known.tls) == (host, port, tls):
                return
            self.close(peer, sentence("its address was changed"), stop=True)
        self._dials[peer] = dial = _Dial(peer, host, port, tls)
        self._try(dial)

    def send(self, peer: str, data: bytes) -> None:
        dial = self._dials.get(peer)
        if dial is not None and dial.talking and dial.connection is not None:
            dial.connection.send(data)

    def close(self, peer: str, why: Words, stop: bool) -> None:
        dial = self._dials.get(peer)
        if dial is None:
            return
        if stop:
            dial.dropped = True
            del self._dials[peer]
            if dial.retry is not None:
                dial.retry.cancel()
        if dial.talking and dial.connection is not None:
            dial.connection.end(why)
        elif dial.attempt is not None:
            self._give_up(dial)
            asyncio.get_running_loop().call_soon(self._failed, dial, why)

    async def stop(self) -> None:
        self._telling.silent = True
        for peer in tuple(self._dials):
            self.close(peer, STOPPED, stop=True)
        if self._attempts:
            await asyncio.wait(self._attempts)
        await all_gone(self._owners)

    # ------------------------------------------------------------ attempts

    def _try(self, dial: _Dial) -> None:
        dial.retry = None
        if dial.dropped or self._telling.silent:
            return
        dial.connection = connection = Connection(self, self._max_unsent)
        self._owners[connection] = dial
        task = asyncio.get_running_loop().create_task(self._connect(dial, connection))
        dial.attempt = task
        self._attempts.add(task)
        task.add_done_callback(self._attempts.discard)

    async def _connect(self, dial: _Dial, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        try:
            if not 0 < dial.port < 65536:
                raise OverflowError  # uvloop takes it modulo 65536
            verified = dial.tls is None or dial.tls.verify
            refuse(dial.host, dial.port, encrypted=dial.tls is not None, verified=verified)
            async with asyncio.timeout(self._connect_timeout):
                context = await asyncio.to_thread(client_context, dial.tls) if dial.tls else None
                await loop.create_connection(
                    lambda: connection,
                    dial.host,
                    dial.port,
                    ssl=context,
                    server_hostname=(dial.tls.server_name or dial.host) if dial.tls else None,
                )
        except (OSError, OverflowError, UnicodeError) as error:
            self._not_connected(dial, connection, self._words(dial, error))
        except asyncio.CancelledError:
            self._owners.pop(connection, None)
            raise

    def _words(self, dial: _Dial, error: BaseException) -> Sentence:
        if isinstance(error, TimeoutError) and not error.errno:
            at, spent = where(dial.host, dial.port), f"{self._connect_timeout:g}"
            return sentence("{address}: no answer within {seconds} s", address=at, seconds=spent)
        words = why_not(error, dial.host, dial.port)
        if dial.tls and isinstance(error, ConnectionResetError | ConnectionAbortedError):
            # It was there, and did not like our first words.
            return sentence("{why} (does the peer speak TLS on this port?)", why=words)
        return words

    def _not_connected(self, dial: _Dial, connection: Connection, why: Words) -> None:
        # The event loop closed its socket, and uvloop tells it nothing of that.
        self._owners.pop(connection, None)
        if connection.over or dial.connection is not connection:
            return  # given up meanwhile, or it was up for a moment: told already
        connection.abandon()
        self._clear(dial)
        self.counters["attempts_failed"] += 1
        self._failed(dial, why)

    def _give_up(self, dial: _Dial) -> None:
        if dial.connection is not None:
            dial.connection.abandon()
            self._owners.pop(dial.connection, None)
        if dial.attempt is not None:
            dial.attempt.cancel()
        self._clear(dial)

    @staticmethod
    def _clear(dial: _Dial) -> None:
        dial.connection = dial.attempt = None
        dial.talking = False

    def _failed(self, dial: _Dial, why: Words) -> None:
        """An attempt came to nothing, or a connection ended: tell, and dial again later."""
        self._again(dial)
        self._telling.tell(self._user.disconnected, dial.peer, why)

    def _again(self, dial: _Dial) -> None:
        if dial.dropped or self._telling.silent:
            return
        dial.failures += 1
        delay = self._backoff(dial.failures)
        dial.retry = asyncio.get_running_loop().call_later(delay, self._try, dial)

    # ------------------------------------------------------------ what its connections tell

    def made(self, connection: Connection) -> None:
        dial = self._owners.get(connection)
        transport = connection.transport
        if dial is None or transport is None or dial.connection is not connection:
            connection.abandon()
        elif talks_to_itself(transport):
            connection.abandon()
            self._clear(dial)
            refused = ConnectionRefusedError()
            self._failed(dial, why_not(refused, dial.host, dial.port))
        else:
            dial.attempt = None
            dial.talking = True
            dial.since = asyncio.get_running_loop().time()
            if not self._telling.tell(self._user.connected, dial.peer):
                connection.end(USER_FAILED)

    def heard(self, connection: Connection, data: bytes) -> None:
        if not self._telling.tell(self._user.received, self._owners[connection].peer, data):
            connection.end(USER_FAILED)

    def ended(self, connection: Connection, why: Words) -> None:
        self.counters["disconnected"] += 1
        dial = self._owners[connection]
        lived = asyncio.get_running_loop().time() - dial.since
        if lived >= self._lived:
            dial.failures = 0
        self._clear(dial)
        self._failed(dial, why)

    def gone(self, connection: Connection) -> None:
        self._owners.pop(connection, None)


def client_context(tls: Tls) -> ssl.SSLContext:
    """TLS 1.2 and later. Blocks while it reads; raises OSError when the CA file is no good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not tls.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    try:
        if tls.ca_file:
            context.load_verify_locations(tls.ca_file)
        else:
            context.load_default_certs()
    except OSError as error:
        # The same words whether it is there or not: who may name a file is not to learn which
        # files this machine has.
        raise OSError(
            f"CA file {tls.ca_file}: no certificate in PEM form is read there"
        ) from error
    return context

"""Lines for a syslog collector: UDP (RFC 5426), TCP (RFC 6587, octet counting), TLS (RFC 5425).

A thread sends them: whoever has a line never waits, and what does not fit into the queue is
counted and left out. A connection that is lost is dialled again, 1 s to 60 s later.
"""

import os
import select
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tws.net import failures
from tws.net.encryption import refuse
from tws.sentences import Sentence

PATIENCE = 10.0
"Seconds for a connection, and for a line that nobody reads."
FIRST, LONGEST = 1.0, 60.0
"Seconds until it is dialled again."
LAST_WORDS = 2.0
"Seconds that a stop waits for what is still to be sent."
MOST_WAITING = 10_000
ICMP = 0.3
"Seconds within which a machine says that nobody listens at a UDP port."
LOOKS = 5.0
"Seconds after which it is looked whether a quiet connection is still there."


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


LARGEST = {Transport.UDP: 2048, Transport.TCP: 8192, Transport.TLS: 8192}
"Bytes of a line that collectors are sure to take (RFC 5426, 5425)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Where lines go. `ca_file`: who signed its certificate; None = those of this machine."""

    transport: Transport
    host: str
    port: int
    ca_file: str | None = None
    verify: bool = True


def framed(collector: Collector, line: bytes) -> bytes:
    """With what tells a stream where it ends; cut to what is sure to be taken."""
    line = _cut(line, LARGEST[collector.transport])
    if collector.transport == Transport.UDP:
        return line
    return b"%d %b" % (len(line), line)


def _cut(line: bytes, most: int) -> bytes:
    """Between two characters."""
    return line if len(line) <= most else line[:most].decode("utf-8", "ignore").encode()


def connected(collector: Collector) -> socket.socket:
    """OSError, with words in `tws.net.failures`."""
    refuse(
        collector.host,
        collector.port,
        encrypted=collector.transport == Transport.TLS,
        verified=collector.verify,
    )
    if collector.transport == Transport.UDP:
        family, kind, proto, _, address = socket.getaddrinfo(
            collector.host, collector.port, type=socket.SOCK_DGRAM
        )[0]
        datagrams = socket.socket(family, kind, proto)
        datagrams.connect(address)
        return datagrams
    plain = socket.create_connection((collector.host, collector.port), PATIENCE)
    if collector.transport == Transport.TCP:
        return plain
    try:
        context = ssl.create_default_context(cafile=collector.ca_file)
        context.check_hostname = collector.verify
        context.verify_mode = ssl.CERT_REQUIRED if collector.verify else ssl.CERT_NONE
        return context.wrap_socket(plain, server_hostname=collector.host)
    except BaseException:
        plain.close()
        raise


def try_out(collector: Collector, line: bytes) -> Sentence | None:
    """Send one line; why it could not be, as far as the transport tells. It blocks."""
    try:
        with connected(collector) as connection:
            connection.sendall(framed(collector, line))
            if collector.transport == Transport.UDP:
                # A closed port is told of by ICMP.
                select.select([connection], [], [], ICMP)
                if error := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError(error, os.strerror(error))
            else:
                connection.settimeout(ICMP)
                try:
                    if not connection.recv(1):
                        return failures.CLOSED
                except TimeoutError:
                    pass  # it listens, and says nothing: as it should
    except (OSError, UnicodeError, OverflowError) as error:
        return failures.why_not(error, collector.host, collector.port)
    return None


class Sender:
    """The lines of one collector, from `start` to `stop`."""

    def __init__(self, collector: Collector, lost: Callable[[int], bytes]) -> None:
        """`lost`: a line that says how many lines have been left out so far."""
        self.collector = collector
        self.sent = self.dropped = 0
        self.up = False
        self.why: Sentence | None = None
        "Why there is no connection."
        self._lost_line = lost
        self._told = 0
        "Of `dropped`, what was said on this connection; what was said on one before may be lost."
        self._waiting: deque[bytes] = deque()
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._until = 0.0
        self._thread = threading.Thread(target=self._run, name="syslog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What waits is sent if that takes no longer than a moment. It blocks so long."""
        self._until = time.monotonic() + LAST_WORDS
        self._stopping.set()
        self._news.set()
        self._thread.join(LAST_WORDS + 1.0)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def put(self, line: bytes) -> None:
        """From any thread; never waits."""
        if len(self._waiting) >= MOST_WAITING:
            self.dropped += 1
            return
        self._waiting.append(line)
        self._news.set()

    # ---------------------------------------------------------------- the thread

    def _run(self) -> None:
        pause = FIRST
        while not self._over():
            try:
                with connected(self.collector) as connection:
                    connection.settimeout(PATIENCE)
                    self.up, self.why, pause = True, None, FIRST
                    self._serve(connection)
            except (OSError, UnicodeError, OverflowError) as error:
                self.why = failures.why(error)
            self.up = False
            if self._stopping.wait(pause):
                return
            pause = min(2 * pause, LONGEST)

    def _over(self) -> bool:
        if not self._stopping.is_set():
            return False
        return not self._waiting or time.monotonic() >= self._until

    def _serve(self, connection: socket.socket) -> None:
        """Until it is stopped, or OSError."""
        self._told = 0
        while not self._over():
            if not self._waiting:
                self._news.wait(LOOKS)
                self._news.clear()
            if self.collector.transport != Transport.UDP and _closed(connection):
                raise ConnectionResetError
            if not self._waiting:
                continue
            if self.dropped > self._told:
                dropped = self.dropped
                connection.sendall(framed(self.collector, self._lost_line(dropped)))
                self._told = dropped
            # It stays in the queue until it is gone: a lost connection loses no more than
            # what the system had taken already.
            connection.sendall(framed(self.collector, self._waiting[0]))
            self._waiting.popleft()
            self.sent += 1


def _closed(connection: socket.socket) -> bool:
    """A collector says nothing: what can be read is the end, or words that nobody needs."""
    connection.settimeout(0)
    try:
        return not connection.recv(4096)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        connection.settimeout(PATIENCE)

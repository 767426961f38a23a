"""A private NATS server with JetStream, on a port of its own.

    with running_nats(folder) as server:
        ... server.url

`stop` and `start` are a restart on the same port with the same store. Three that are one:

    with running_cluster(folder) as servers:
        ... servers.urls, servers.named("b").stop(signal.SIGKILL)
"""

import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import which

from tests.peers.answering import BOOT, until_it_answers
from tests.peers.debian import unpacked
from tests.peers.ports import block_of_ports

MOST = 1024 * 1024
"Bytes of a message, as where nobody told it otherwise."
NAMES = ("a", "b", "c")
"Of three that are one."
SUITES = ("bookworm", "trixie", "sid")


def prepare() -> None:
    """For `require_peer("nats")`."""
    program()


@cache
def program() -> tuple[str, ...]:
    """This machine's own nats-server, else Debian's. Raises PeerMissing."""
    if own := which("nats-server") or which("/usr/sbin/nats-server"):
        return (own,)
    return tuple(unpacked(["nats-server"], SUITES).command("usr/sbin/nats-server"))


class Nats:
    def __init__(self, port: int, folder: Path, settings: str) -> None:
        self.port, self.folder = port, folder
        self._settings = folder / "nats.conf"
        self._settings.write_text(settings)
        self._store = folder / "store"
        self.url = f"nats://127.0.0.1:{port}"
        self.urls = [self.url]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = self.folder / "nats.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *program(),
                    *("--config", str(self._settings)),
                    *("--addr", "127.0.0.1", "--port", str(self.port)),
                    *("--jetstream", "--store_dir", str(self._store)),
                ],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until_it_answers(self._process, log, self.port)

    def send(self, number: signal.Signals) -> None:
        """SIGSTOP: it takes connections, and says nothing."""
        if self._process is not None:
            self._process.send_signal(number)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(BOOT)
            self._process = None

    def lose(self) -> None:
        """What it kept; it does not run."""
        shutil.rmtree(self._store)

    def until(self, monitor: int) -> None:
        """It says there, by HTTP, that JetStream serves."""
        assert self._process is not None
        deadline = time.monotonic() + BOOT
        while not _well(monitor):
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
            if self._process.returncode is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "nats.log").read_text()[-4000:])


class Servers:
    """Three that are one, each with a store of its own."""

    def __init__(self, ports: Sequence[int], folder: Path) -> None:
        clients, routes, self._monitors = ports[:3], ports[3:6], ports[6:9]
        others = ", ".join(f'"nats-route://127.0.0.1:{route}"' for route in routes)
        self.all: list[Nats] = []
        for name, port, route, monitor in zip(NAMES, clients, routes, self._monitors, strict=True):
            own = folder / name
            own.mkdir()
            settings = (
                f"server_name: {name}\nhttp: 127.0.0.1:{monitor}\n"
                f"cluster {{ name: tws, listen: 127.0.0.1:{route}, routes: [{others}] }}\n"
            )
            self.all.append(Nats(port, own, settings))
        self.urls = [server.url for server in self.all]

    def named(self, name: str) -> Nats:
        return self.all[NAMES.index(name)]

    def start(self, *names: str) -> None:
        """These, of which two at least run then; they have agreed who leads."""
        for name in names:
            self.named(name).start()
        for name in names:
            self.named(name).until(self._monitors[NAMES.index(name)])

    def stop(self) -> None:
        for server in self.all:
            server.stop(signal.SIGKILL)


def _well(monitor: int) -> bool:
    with (
        suppress(OSError),
        urllib.request.urlopen(f"http://127.0.0.1:{monitor}/healthz", timeout=1),
    ):
        return True
    return False


@contextmanager
def running_nats(folder: Path, most: int = MOST) -> Iterator[Nats]:
    """`most`: bytes of a message."""
    with block_of_ports() as ports:
        server = Nats(ports[0], folder, f"max_payload: {most}\n")
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)


@contextmanager
def running_cluster(folder: Path, names: Sequence[str] = NAMES) -> Iterator[Servers]:
    """`names`: of those that run at first."""
    with block_of_ports() as ports:
        servers = Servers(ports, folder)
        try:
            servers.start(*names)
            yield servers
        finally:
            servers.stop()

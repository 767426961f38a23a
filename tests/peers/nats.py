"""A private NATS server with JetStream, on a port of its own.

    with running_nats(folder) as server:
        ... server.url

`stop` and `start` are a restart on the same port with the same store.
"""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import which

from tests.peers.answering import BOOT, until_it_answers
from tests.peers.debian import unpacked
from tests.peers.ports import block_of_ports

MOST = 1024 * 1024
"Bytes of a message, as where nobody told it otherwise."
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
    def __init__(self, port: int, folder: Path, most: int) -> None:
        self.port, self.folder = port, folder
        self._settings = folder / "nats.conf"
        self._settings.write_text(f"max_payload: {most}\n")
        self.url = f"nats://127.0.0.1:{port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = self.folder / "nats.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *program(),
                    *("--config", str(self._settings)),
                    *("--addr", "127.0.0.1", "--port", str(self.port)),
                    *("--jetstream", "--store_dir", str(self.folder / "store")),
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


@contextmanager
def running_nats(folder: Path, most: int = MOST) -> Iterator[Nats]:
    """`most`: bytes of a message."""
    with block_of_ports() as ports:
        server = Nats(ports[0], folder, most)
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)

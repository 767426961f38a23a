"""Three NATS that are one, with the configuration that is delivered and its lines on TLS, which
are comments, on loopback.

    with three_nats(folder) as servers:
        ... servers.url(0), servers.refused()
"""

import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.peers.answering import BOOT, CERTIFICATE, KEY, until_it_answers
from tests.peers.nats import program
from tests.peers.ports import block_of_ports

DELIVERED = Path(__file__).parents[2] / "packaging" / "nats" / "nats.conf"
HOST = "127.0.0.1"
PASSWORD = "of-the-tests"
NAMES = ("nats1", "nats2", "nats3")


@dataclass(frozen=True)
class Servers:
    ports: tuple[int, ...]
    logs: tuple[Path, ...]

    def url(self, number: int, account: str = f"tws:{PASSWORD}@") -> str:
        return f"tls://{account}localhost:{self.ports[number]}"

    def refused(self) -> list[str]:
        """What somebody was not allowed to say or to hear."""
        lines = [line for log in self.logs for line in log.read_text().splitlines()]
        return [line for line in lines if "Violation" in line]


def _configuration(name: str, folder: Path, ports: Sequence[int]) -> str:
    """`ports`: a client's, of routes and to be looked after, of each in turn."""
    at = 3 * NAMES.index(name)
    places = {
        "server_name: nats1": f"server_name: {name}",
        "0.0.0.0:4222": f"{HOST}:{ports[at]}",
        "0.0.0.0:6222": f"{HOST}:{ports[at + 1]}",
        "http: 127.0.0.1:8222": f"http: {HOST}:{ports[at + 2]}",
        "/var/lib/nats": str(folder / name),
        "CHANGE_ME": PASSWORD,
        "CHANGE_THE_ROUTES": "between",
        "/etc/nats/server.pem": str(CERTIFICATE),
        "/etc/nats/server.key": str(KEY),
        "/etc/nats/ca.pem": str(CERTIFICATE),
    }
    places |= {f"{one}:6222": f"localhost:{ports[3 * n + 1]}" for n, one in enumerate(NAMES)}
    delivered = DELIVERED.read_text()
    for what, here in places.items():
        assert what in delivered, what
        delivered = delivered.replace(what, here)
    return re.sub(r"^( *)#(?=tls )", r"\1", delivered, flags=re.M)


@contextmanager
def three_nats(folder: Path) -> Iterator[Servers]:
    with block_of_ports() as ports, ExitStack() as stack:
        logs = []
        started = []
        for name in NAMES:
            file, log = folder / f"{name}.conf", folder / f"{name}.log"
            file.write_text(_configuration(name, folder, ports))
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [*program(), "--config", str(file)], stdout=output, stderr=subprocess.STDOUT
                )
            stack.callback(_stop, process)
            logs.append(log)
            started.append(process)
        for n, (process, log) in enumerate(zip(started, logs, strict=True)):
            until_it_answers(process, log, *ports[3 * n : 3 * n + 3])
        yield Servers(tuple(ports[: 3 * len(NAMES) : 3]), tuple(logs))


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(BOOT)

"""Programs of a peer in the foreground, on loopback: waited for until they answer."""

import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

BOOT = 30.0
"Seconds within which a program answers, or ends."
CERTIFICATE = Path(__file__).parents[1] / "contracts" / "localhost.pem"
KEY = Path(__file__).parents[1] / "contracts" / "localhost.key"
"For those that encrypt."


def until_it_answers(process: subprocess.Popen[bytes], log: Path, *ports: int) -> None:
    """At all of these ports. RuntimeError, with the end of its log, where it does not."""
    deadline = time.monotonic() + BOOT
    while not all(map(answers, ports)):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
        if process.returncode is not None or time.monotonic() > deadline:
            raise RuntimeError(log.read_text()[-4000:])


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False

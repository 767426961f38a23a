"""A network of its own for a PBX, whose link can be cut: what is sent is dropped without a word.

Two wires lead there, since whoever moves its telephones must reach it while its link is cut.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from drills.outcome import CannotRun

LINK, HANDS = "198.18.77.1/30", "198.18.77.5/30"
LINK_PBX, HANDS_PBX = "198.18.77.2/30", "198.18.77.6/30"
"Addresses for measuring (RFC 2544): nobody's."


@dataclass(frozen=True, slots=True)
class Wires:
    space: str
    link: str
    "The name of our end of the link's wire; the other end's is that and `p`."

    @property
    def prefix(self) -> tuple[str, ...]:
        """What starts a program there."""
        return ("ip", "netns", "exec", self.space)

    def cut(self) -> None:
        """Both ends drop what they are to send."""
        _run("tc", "qdisc", "replace", "dev", self.link, "root", "blackhole")
        _run(*self._there("tc"), "qdisc", "replace", "dev", f"{self.link}p", "root", "blackhole")

    def mend(self) -> None:
        _run("tc", "qdisc", "del", "dev", self.link, "root")
        _run(*self._there("tc"), "qdisc", "del", "dev", f"{self.link}p", "root")

    def _there(self, program: str) -> tuple[str, ...]:
        return (program, "-n", self.space)


@contextlib.contextmanager
def wires() -> Iterator[Wires]:
    """CannotRun, where networks may not be made."""
    if shutil.which("ip") is None or shutil.which("tc") is None:
        raise CannotRun("it needs ip and tc (Debian's iproute2)")
    space = f"tws-drill-{os.getpid()}"
    end = f"tws{os.getpid() % 100_000}"
    with contextlib.ExitStack() as stack:
        _run("ip", "netns", "add", space)
        stack.callback(_run, "ip", "netns", "del", space)
        _run("ip", "-n", space, "link", "set", "lo", "up")
        for name, ours, theirs in (
            (f"{end}a", LINK, LINK_PBX),
            (f"{end}b", HANDS, HANDS_PBX),
        ):
            there = f"{name}p"
            _run("ip", "link", "add", name, "type", "veth", "peer", "name", there, "netns", space)
            _run("ip", "addr", "add", ours, "dev", name)
            _run("ip", "link", "set", name, "up")
            _run("ip", "-n", space, "addr", "add", theirs, "dev", there)
            _run("ip", "-n", space, "link", "set", there, "up")
        _know_each_other(space, f"{end}a")
        yield Wires(space, f"{end}a")


def _know_each_other(space: str, name: str) -> None:
    """Hardware addresses for good: in a real network the next router stays there, and nobody says
    that the host behind it cannot be reached."""
    ours = _run("cat", f"/sys/class/net/{name}/address").strip()
    theirs = _run("ip", "netns", "exec", space, "cat", f"/sys/class/net/{name}p/address").strip()
    _neighbour(("ip",), LINK_PBX, theirs, name)
    _neighbour(("ip", "-n", space), LINK, ours, f"{name}p")


def _neighbour(ip: tuple[str, ...], address: str, hardware: str, device: str) -> None:
    at = address.partition("/")[0]
    _run(*ip, "neigh", "replace", at, "lladdr", hardware, "dev", device, "nud", "permanent")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise CannotRun(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout

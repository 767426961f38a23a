"""Ports for programs that can't take port 0 and say which they got.

A port that was free a moment ago may be given to somebody else before the program takes it. These
lie below those that the kernel gives out by itself (`net.ipv4.ip_local_port_range`), and a lock
keeps a block of them from every other test run of this user.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from tests.peers import PeerMissing
from tests.peers.debian import cache_folder
from tests.peers.locks import taken

BLOCKS = range(12_000, 32_000, 500)


@contextmanager
def block_of_ports() -> Iterator[range]:
    """500 ports of one's own on loopback; of the first ten it has been tried that they are free.

    Raises PeerMissing when every block is taken.
    """
    for first in BLOCKS:
        with ExitStack() as stack:
            lock = cache_folder() / "ports" / str(first)
            if stack.enter_context(taken(lock)) and all(map(_free, range(first, first + 10))):
                yield range(first, first + BLOCKS.step)
                return
    raise PeerMissing("no block of ports is free")


def _free(port: int) -> bool:
    """For TCP (where connections of yesterday's program may still linger) and for UDP."""
    with (
        suppress(OSError),
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tcp.bind(("127.0.0.1", port))
        udp.bind(("127.0.0.1", port))
        return True
    return False

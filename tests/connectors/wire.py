"""Wires that fail: to a real server, and cut after so many bytes of its answers."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal


@contextmanager
def cut_wire(port: int, after: int, then: Literal["close", "stall"]) -> Iterator[int]:
    """The port of a wire to `port` of this machine, for one connection at a time."""
    stop, stopped = socket.socketpair()
    with stop, stopped, socket.create_server(("127.0.0.1", 0)) as door:
        wire = threading.Thread(target=_carry, args=(door, stopped, port, after, then))
        wire.start()
        try:
            yield door.getsockname()[1]
        finally:
            stop.close()
            wire.join()


def _carry(door: socket.socket, stopped: socket.socket, port: int, after: int, then: str) -> None:
    while door in select.select([door, stopped], [], [])[0]:
        client, _ = door.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            left = after
            while left > 0:
                readable = select.select([client, server, stopped], [], [])[0]
                if stopped in readable:
                    return
                if client in readable:
                    if not (data := client.recv(65536)):
                        break
                    server.sendall(data)
                if server in readable:
                    data = server.recv(min(65536, left))
                    client.sendall(data)
                    left -= len(data) or left
            if left <= 0 and then == "stall":
                select.select([client, stopped], [], [])

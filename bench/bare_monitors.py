"""The bare limit of hearing many devices: write each request, parse each answer with lxml."""

import asyncio
import sys
import time
from collections import deque
from typing import cast

import uvloop
from lxml import etree

from tws.protocols.csta import J2Framer, frame

NAMESPACE = "http://www.ecma-international.org/standards/ecma-323/csta/ed5"
QUESTIONS = (
    "<MonitorStart xmlns='{ns}'><monitorObject><deviceObject>{n}</deviceObject></monitorObject>"
    "</MonitorStart>",
    "<SnapshotDevice xmlns='{ns}'><snapshotObject>{n}</snapshotObject></SnapshotDevice>",
    "<GetForwarding xmlns='{ns}'><device>{n}</device></GetForwarding>",
    "<GetDoNotDisturb xmlns='{ns}'><device>{n}</device></GetDoNotDisturb>",
    "<GetMessageWaitingIndicator xmlns='{ns}'><device>{n}</device></GetMessageWaitingIndicator>",
)
WINDOW = 32


class Client(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, first: int, devices: int, done: asyncio.Event) -> None:
        self._left = deque(
            question.format(ns=NAMESPACE, n=first + n).encode()
            for n in range(devices)
            for question in QUESTIONS
        )
        self._open = 0
        self._id = 0
        self._framer = J2Framer()
        self._done = done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        for answer in self._framer.receive(data):
            etree.fromstring(answer.body)
            self._open -= 1
        self._ask()

    def _ask(self) -> None:
        while self._left and self._open < WINDOW:
            self._id = (self._id + 1) % 9999
            self.transport.write(frame(self._id, self._left.popleft()))
            self._open += 1
        if not self._left and not self._open:
            self._done.set()


async def main(port: int, first: int, devices: int) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    begun = time.process_time()
    await loop.create_connection(lambda: Client(first, devices, done), "127.0.0.1", port)
    await done.wait()
    print("Processor time", time.process_time() - begun, flush=True)


if __name__ == "__main__":
    uvloop.run(main(*(int(each) for each in sys.argv[1:])))

"""The bare limit of hearing many devices: write each request, parse each answer with lxml.

Of each device it keeps the least that there is to know: in a dict, what the switch answered.
"""

import asyncio
import os
import sys
import time
from collections import deque
from typing import cast

import uvloop
from lxml import etree

from bench.processes import resident
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
            (str(first + n), question) for n in range(devices) for question in QUESTIONS
        )
        self.known: dict[str, dict[str, dict[str, str | None]]] = {}
        "Of each device, by the name of the answer: its elements and their texts."
        self._open: dict[int, str] = {}
        self._id = 0
        self._framer = J2Framer()
        self._done = done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        for answer in self._framer.receive(data):
            root = etree.fromstring(answer.body)
            device = self._open.pop(answer.invoke_id or 0)
            name, *elements = (etree.QName(each).localname for each in root.iter())
            texts = (each.text for each in root.iterdescendants())
            known = dict(zip(elements, texts, strict=True))
            self.known.setdefault(device, {})[name] = known
        self._ask()

    def _ask(self) -> None:
        while self._left and len(self._open) < WINDOW:
            self._id = (self._id + 1) % 9999
            self._open[self._id], question = self._left.popleft()
            body = question.format(ns=NAMESPACE, n=self._open[self._id]).encode()
            self.transport.write(frame(self._id, body))
        if not self._left and not self._open:
            self._done.set()


async def main(port: int, first: int, devices: int) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    begun = time.process_time()
    _, client = await loop.create_connection(
        lambda: Client(first, devices, done), "127.0.0.1", port
    )
    await done.wait()
    seconds = time.process_time() - begun
    assert len(client.known) == devices
    print("Seconds and megabytes", seconds, resident(os.getpid()), flush=True)


if __name__ == "__main__":
    uvloop.run(main(*(int(each) for each in sys.argv[1:])))

"""The bare limit of the live stream: parse each CSTA event with lxml, write its frame to pages.

No rooms, no rights, no journal, no bus: a process that dials the switch, reads of each event what
a page shows, and writes the same frame to the sockets of the device's owner. Its pages say whose
they are: `Authorization: Bearer NUMBER`.
"""

import asyncio
import base64
import hashlib
import re
import sys
from collections import defaultdict
from typing import ClassVar, cast

import msgspec
import uvloop
from lxml import etree

from tws.protocols.csta import J2Framer

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
STATES = {
    "DeliveredEvent": "alerting",
    "EstablishedEvent": "connected",
    "HeldEvent": "hold",
    "RetrievedEvent": "connected",
    "ConnectionClearedEvent": None,
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_encode = msgspec.json.Encoder().encode


class Server(asyncio.Protocol):
    """One page."""

    transport: asyncio.Transport
    by_number: ClassVar[defaultdict[str, list["Server"]]] = defaultdict(list)
    n = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if not data.startswith(b"GET "):
            self.push(b'{"type":"snapshot","state":{}}')  # its hello
            return
        key = re.search(rb"Sec-WebSocket-Key: (\S+)", data)
        number = re.search(rb"Bearer (\S+)", data)
        assert key and number
        accept = base64.b64encode(hashlib.sha1(key[1] + GUID, usedforsecurity=False).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self.by_number[number[1].decode()].append(self)

    def push(self, text: bytes) -> None:
        length = len(text)
        if length < 126:
            head = bytes((0x81, length))
        else:
            head = b"\x81\x7e" + length.to_bytes(2, "big")
        self.transport.write(head + text)


class Link(asyncio.Protocol):
    """The connection to the switch. `sample` is the value of a call as TWS writes it."""

    def __init__(self, sample: dict[str, object]) -> None:
        self._framer = J2Framer()
        self._sample = sample

    def data_received(self, data: bytes) -> None:
        for frame in self._framer.receive(data):
            self._event(frame.body)

    def _event(self, body: bytes) -> None:
        root = etree.fromstring(body, _PARSER)
        name = str(root.tag).rpartition("}")[2]
        connection = root[1]
        call, number = str(connection[0].text), str(connection[1].text)
        state = STATES[name]
        key = f"call/{call}"
        for page in Server.by_number[number]:
            page.n += 1
            if state is None:
                page.push(_encode({"type": "change", "n": page.n, "set": {}, "gone": [key]}))
            else:
                value = {**self._sample, "state": state, "callId": call}
                page.push(
                    _encode({"type": "change", "n": page.n, "set": {key: value}, "gone": []})
                )


async def main(switch: int, sample: dict[str, object]) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0)
    await loop.create_connection(lambda: Link(sample), "127.0.0.1", switch)
    print("Listening on port", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), msgspec.json.decode(sys.argv[2])))

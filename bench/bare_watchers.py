"""The bare limit of a fan-out: an event is parsed with lxml, and told to every page there is.

No rooms, no rights, no journal, no bus: a process that dials the switch, makes the value that TWS
would tell, once, and gives it to each page by the same bounded queue (`Outbox`): numbered, the
newest of each key, and kept for whoever comes back.
"""

import asyncio
import base64
import hashlib
import re
import sys
from typing import ClassVar, cast

import msgspec
import uvloop
from lxml import etree

from bench.bare_fanout import GUID
from tws.protocols.csta import J2Framer
from tws.web.live.frames import Change
from tws.web.live.outbox import Outbox
from tws.web.live.wire import text_frame

STATES = {
    "DeliveredEvent": "ringing",
    "EstablishedEvent": "busy",
    "ConnectionClearedEvent": "free",
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class Page(asyncio.Protocol):
    """One page; it shows everybody."""

    transport: asyncio.Transport
    all: ClassVar[list["Page"]] = []

    def __init__(self) -> None:
        self.outbox = Outbox()
        self._congested = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if not data.startswith(b"GET "):
            self.transport.write(text_frame(b'{"type":"snapshot","state":{}}'))  # its hello
            self.all.append(self)
            return
        key = re.search(rb"Sec-WebSocket-Key: (\S+)", data)
        assert key
        accept = base64.b64encode(hashlib.sha1(key[1] + GUID, usedforsecurity=False).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )

    def pause_writing(self) -> None:
        self._congested = True

    def resume_writing(self) -> None:
        self._congested = False
        self.pump()

    def pump(self) -> None:
        while self.outbox.waiting and not self._congested:
            self.transport.write(text_frame(self.outbox.take()))


class Link(asyncio.Protocol):
    """The connection to the switch. `sample` is the value of a presence as TWS writes it; `users`:
    whose telephone each number is."""

    def __init__(self, sample: dict[str, object], users: dict[str, str]) -> None:
        self._framer = J2Framer()
        self._sample, self._users = sample, users

    def data_received(self, data: bytes) -> None:
        for frame in self._framer.receive(data):
            self._event(frame.body)

    def _event(self, body: bytes) -> None:
        root = etree.fromstring(body, _PARSER)
        state = STATES.get(str(root.tag).rpartition("}")[2])
        if state is None:
            return
        user = self._users[str(root[1][1].text)]
        value = msgspec.json.encode({**self._sample, "user": user, "state": state})
        change = Change({f"presence/{user}": value})
        for page in Page.all:
            page.outbox.change(change)
        for page in Page.all:
            page.pump()


async def main(switch: int, sample: dict[str, object], users: dict[str, str]) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Page, "127.0.0.1", 0, backlog=1024)
    await loop.create_connection(lambda: Link(sample, users), "127.0.0.1", switch)
    print("Listening on port", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), *map(msgspec.json.decode, sys.argv[2:4])))

"""The bare limit of a site: parse each CSTA event with lxml, write its frames to the pages.

No rooms, no rights, no journal, no bus, no queue for whoever reads slowly: of each telephone it
keeps the states of its calls, and of each page whose signs it shows.
"""

import asyncio
import base64
import hashlib
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import ClassVar, cast

import msgspec
import uvloop
from lxml import etree

from bench.bare_fanout import GUID
from bench.soak.company import Site
from bench.soak.size import Size
from tws.protocols.csta import J2Framer, frame

NAMESPACE = "http://www.ecma-international.org/standards/ecma-323/csta/ed4"
MONITOR = (
    f"<MonitorStart xmlns='{NAMESPACE}'><monitorObject><deviceObject>%s</deviceObject>"
    "</monitorObject></MonitorStart>"
)
WINDOW = 32
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_encode = msgspec.json.Encoder().encode


class Page(asyncio.Protocol):
    transport: asyncio.Transport
    watch: msgspec.json.Decoder[dict[str, object]] = msgspec.json.Decoder(dict[str, object])
    number_of_key: ClassVar[dict[str, str]] = {}
    of: ClassVar[defaultdict[str, list["Page"]]] = defaultdict(list)
    watching: ClassVar[defaultdict[str, list["Page"]]] = defaultdict(list)
    "By user."
    n = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET "):
            key = re.search(rb"Sec-WebSocket-Key: (\S+)", data)
            bearer = re.search(rb"Bearer (\S+)", data)
            assert key and bearer
            accept = hashlib.sha1(key[1] + GUID, usedforsecurity=False).digest()
            self.transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Accept: "
                + base64.b64encode(accept)
                + b"\r\n\r\n"
            )
            self.of[self.number_of_key[bearer[1].decode()]].append(self)
        elif b'"watch"' in data:
            hello = self.watch.decode(data[data.index(b"{") :])
            for user in cast(list[str], hello["watch"]):
                self.watching[user].append(self)
            self.push(b'{"type":"snapshot","state":{}}')

    def push(self, text: bytes) -> None:
        length = len(text)
        if length < 126:
            head = bytes((0x81, length))
        else:
            head = b"\x81\x7e" + length.to_bytes(2, "big")
        if not self.transport.is_closing():
            self.transport.write(head + text)


class Link(asyncio.Protocol):
    """The connection to one PBX: monitors its telephones, then reads events."""

    transport: asyncio.Transport

    def __init__(self, numbers: list[str], user_of: dict[str, str], left: set[str]) -> None:
        self._to_ask, self._user_of, self._left = list(numbers), user_of, left
        self._framer = J2Framer()
        self._device: dict[str, str] = {}
        self._asked: dict[int, str] = {}
        self._id = 0
        self._calls: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._signs: dict[str, str] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def _ask(self) -> None:
        while self._to_ask and len(self._asked) < WINDOW:
            self._id += 1
            self._asked[self._id] = self._to_ask.pop()
            body = (MONITOR % self._asked[self._id]).encode()
            self.transport.write(frame(self._id, body))

    def data_received(self, data: bytes) -> None:
        for each in self._framer.receive(data):
            root = etree.fromstring(each.body, _PARSER)
            name = str(root.tag).rpartition("}")[2]
            if name.endswith("Event"):
                self._event(root)
            elif (number := self._asked.pop(each.invoke_id or 0, None)) is not None:
                self._device[str(root[0].text)] = number
                self._left.discard(number)
                self._ask()

    def _event(self, root: etree._Element) -> None:
        number = self._device[str(root[0].text)]
        state = call = None
        for element in root.iter():
            tag = str(element.tag).rpartition("}")[2]
            if tag == "localConnectionInfo":
                state = element.text
            elif tag == "callID":  # of a transfer the last one is that which remains
                call = element.text
        if state is None or call is None:
            return
        calls = self._calls[number]
        if state == "null":
            calls.pop(call, None)
        else:
            calls[call] = state
        self._tell(number, call, state)

    def _tell(self, number: str, call: str, state: str) -> None:
        key = f"call/{call}"
        for page in Page.of.get(number, ()):
            page.n += 1
            if state == "null":
                text = _encode({"type": "change", "n": page.n, "set": {}, "gone": [key]})
            else:
                leg = {"connection": call, "thread": call, "device": number, "callId": call}
                value = {**leg, "state": state}
                text = _encode({"type": "change", "n": page.n, "set": {key: value}, "gone": []})
            page.push(text)
        states = self._calls[number].values()
        sign = "ringing" if "alerting" in states else "busy" if states else "free"
        if sign == self._signs.get(number, "free"):
            return
        self._signs[number] = sign
        user = self._user_of[number]
        value = {"user": user, "state": sign}
        for page in Page.watching.get(user, ()):
            page.n += 1
            set_ = {f"presence/{user}": value}
            page.push(_encode({"type": "change", "n": page.n, "set": set_, "gone": []}))


async def main(folder: Path, ports: list[int]) -> None:
    size = msgspec.json.decode((folder / "size.json").read_bytes(), type=Size)
    site = msgspec.json.decode((folder / "site.json").read_bytes(), type=Site)
    Page.number_of_key.update({seat.key: seat.number for seat in site.seats})
    user_of = {number: user for user, number in site.numbers.items()}
    loop = asyncio.get_running_loop()
    left = set(user_of)
    for n, port in enumerate(ports):
        numbers = size.numbers(n)
        await loop.create_connection(lambda of=numbers: Link(of, user_of, left), "127.0.0.1", port)  # type: ignore[misc]
    async with asyncio.timeout(120):
        while left:  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # the PBXs answer
    server = await loop.create_server(Page, "127.0.0.1", 0)
    print("Listening on port", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(Path(sys.argv[1]), [int(port) for port in sys.argv[2:]]))

"""A page's WebSocket, as bare as it can be: measuring must cost little beside the measured."""

import asyncio
import base64
import os
import re
import zlib
from collections.abc import Callable
from typing import cast

import msgspec

COMPRESSED_TEXT = 0x41
"The opcode of a text, with the bit RSV1 (RFC 7692)."
HELLO = b'{"type":"hello","stream":null,"last":null}'


class CallPart(msgspec.Struct):
    """What is read of a value; only calls have a state that counts here."""

    state: str = ""


class FramePart(msgspec.Struct):
    """What is read of a frame."""

    type: str
    set: dict[str, msgspec.Raw] = {}
    gone: list[str] = []
    state: dict[str, msgspec.Raw] = {}


_frame = msgspec.json.Decoder(FramePart)
_call = msgspec.json.Decoder(CallPart)


def masked(opcode: int, payload: bytes) -> bytes:
    """A frame of a client (RFC 6455 section 5.2); a mask of zeros leaves the payload as it is."""
    length = len(payload)
    assert length < 65_536
    head = bytes((0x80 | opcode, 0x80 | (length if length < 126 else 126)))
    if length >= 126:
        head += length.to_bytes(2, "big")
    return head + b"\0\0\0\0" + payload


class Page(asyncio.Protocol):
    """`on_state(page, state)` for each state of a call that it is told; None when one is gone."""

    transport: asyncio.Transport

    def __init__(
        self, port: int, key: str, on_state: Callable[["Page", str | None], None]
    ) -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sample: bytes = b""
        "The last value of a call."
        self.frames = 0
        self._request = (
            f"GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            f"Authorization: Bearer {key}\r\n\r\n"
        ).encode()
        self._hello = HELLO
        self._buffer = bytearray()
        self._open = False
        self._on_state = on_state

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"refused: {bytes(self._buffer[:300])!r}"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open and not self._upgraded():
            return
        while (frame := self._take()) is not None:
            opcode, payload = frame
            if opcode == COMPRESSED_TEXT:
                self._text(self._compressed(payload))
            elif opcode == 1:
                self._text(payload)
            elif opcode == 9:
                self.transport.write(masked(10, payload))

    def _upgraded(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or not self._buffer.startswith(b"HTTP/1.1 101"):
            return False
        del self._buffer[: end + 4]
        self._open = True
        self.transport.write(masked(1, self._hello))
        return True

    def _take(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(buffer[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < start + length:
            return None
        frame = buffer[0] & 0x4F, bytes(buffer[start : start + length])
        del buffer[: start + length]
        return frame

    def _compressed(self, payload: bytes) -> bytes:
        raise AssertionError("it was not offered")

    def _text(self, payload: bytes) -> None:
        self.frames += 1
        frame = _frame.decode(payload)
        if frame.type == "snapshot":
            self.ready.set_result(None)
        for key, value in frame.set.items():
            if key.startswith("call/"):
                self.sample = bytes(value)
                self._on_state(self, _call.decode(value).state)
        for key in frame.gone:
            if key.startswith("call/"):
                self._on_state(self, None)


_PRESENCE = re.compile(rb'"presence/([^"]+)":\{.*?"state":"(\w+)"')


class Watcher(Page):
    """A page that shows colleagues: `on_presence(user, state)` for each sign that it is told."""

    def __init__(
        self, port: int, key: str, watched: list[str], on_presence: Callable[[str, str], None]
    ) -> None:
        super().__init__(port, key, lambda page, state: None)
        hello = {"type": "hello", "stream": None, "last": None, "watch": watched}
        self._hello = msgspec.json.encode(hello)
        self._on_presence = on_presence
        self.snapshot = b""
        self.travelled = 0
        "Bytes of the snapshot on the wire."
        # Offered as browsers do; what is compressed is the snapshot.
        self._request = self._request.replace(
            b"\r\n\r\n",
            b"\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n",
        )

    def data_received(self, data: bytes) -> None:
        if self._open and not self.ready.done():
            self.travelled += len(data)
        super().data_received(data)

    def _compressed(self, payload: bytes) -> bytes:
        return zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")

    def _text(self, payload: bytes) -> None:
        self.frames += 1
        if not self.ready.done():
            self.snapshot = payload
            self.ready.set_result(None)
            return
        for user, state in _PRESENCE.findall(payload):
            self._on_presence(user.decode(), state.decode())


async def open_watcher(
    port: int, key: str, watched: list[str], on_presence: Callable[[str, str], None]
) -> Watcher:
    """A page that has its snapshot."""
    loop = asyncio.get_running_loop()
    _, page = await loop.create_connection(
        lambda: Watcher(port, key, watched, on_presence), "127.0.0.1", port
    )
    async with asyncio.timeout(30):
        await page.ready
    return page


async def open_page(port: int, key: str, on_state: Callable[[Page, str | None], None]) -> Page:
    """A page that has its snapshot."""
    loop = asyncio.get_running_loop()
    _, page = await loop.create_connection(lambda: Page(port, key, on_state), "127.0.0.1", port)
    async with asyncio.timeout(30):
        await page.ready
    return page

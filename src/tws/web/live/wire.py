"""The WebSocket connections of the live stream, as uvicorn's protocol with a push of its own.

ASGI's `send` waits until the client reads: a fan-out that waits for its slowest client is none. So
a frame is written straight to the transport, and only while the transport's own queue is short:
what waits for a slow client waits in its outbox, where newer values replace older ones.
"""

import asyncio
import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate

SIGNED_OUT = 4401
"Close code: the session ended, or there was none."
TRY_AGAIN = 1013
"Close code of RFC 6455's registry: try again later."
SUPERSEDED = 4409
"Close code: the stream was resumed on another connection."
CUT_AFTER = 5.0
"Seconds that a client has to take leave before its connection is cut."
LONG = 4096
"Bytes from which a message is compressed: a snapshot, hardly ever a change."
LEVEL, WINDOW, RSV1 = 3, 12, 0x40
"""WINDOW: bits, as many as uvicorn agrees on with its clients at most. RSV1: what says that a
message is compressed."""
EXTENSION = "tws.wire"
"Where the application finds the `Wire` in the scope of a connection."


def text_frame(text: bytes) -> bytes:
    """A whole text message as a server sends it, unmasked (RFC 6455 section 5.2).

    `ServerProtocol.send_text` writes the same eight times slower; this is the hot path.
    """
    length = len(text)
    if length < 126:
        return bytes((0x81, length)) + text
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2, "big") + text
    return b"\x81\x7f" + length.to_bytes(8, "big") + text


def compressed_frame(text: bytes) -> bytes:
    """The same, compressed by itself (RFC 7692 section 7.2.1): it refers to nothing before it."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -WINDOW)
    data = deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH)
    frame = bytearray(text_frame(data.removesuffix(b"\x00\x00\xff\xff")))
    frame[0] |= RSV1
    return bytes(frame)


def _spare_compressor(extension: Extension) -> None:
    """Between two messages it keeps 35 kB of what went before. Ours are compressed without it
    (`compressed_frame`); should one ever be sent by it, one is made for that message."""
    if isinstance(extension, PerMessageDeflate) and not extension.local_no_context_takeover:
        extension.local_no_context_takeover = True
        del extension.encoder


class Wire(Protocol):
    """One connection as the live stream uses it. Nothing here waits."""

    congested: bool
    "The transport holds more than its high-water mark: push later."

    def push(self, frame: bytes) -> None:
        """Write one text message. Without effect once the connection is closing."""

    def push_all(self, frames: Sequence[bytes]) -> None:
        """Several, by one call into the system."""

    def when_writable(self, callback: Callable[[], None] | None) -> None:
        """Whom to call when the transport is no longer congested."""

    def leave(self, last: bytes | None, code: int, reason: str) -> None:
        """Write `last` and a close behind what waits; cut the line if it isn't read in time."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """Serves a connection for the ASGI application, and is its `Wire`."""

    congested = False
    _writable: Callable[[], None] | None = None
    _cut: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = self
        for extension in self.conn.extensions:
            _spare_compressor(extension)
        await super().run_asgi()

    @property
    def _closing(self) -> bool:
        return self.disconnected or self.close_sent or self.transport.is_closing()

    def push(self, frame: bytes) -> None:
        if not (self.disconnected or self.close_sent or self.transport.is_closing()):
            long = len(frame) >= LONG and bool(self.conn.extensions)
            self.transport.write(compressed_frame(frame) if long else text_frame(frame))

    def push_all(self, frames: Sequence[bytes]) -> None:
        if self._closing:
            return
        longest = LONG if self.conn.extensions else sys.maxsize
        messages = [
            text_frame(one) if len(one) < longest else compressed_frame(one) for one in frames
        ]
        self.transport.write(b"".join(messages))

    def when_writable(self, callback: Callable[[], None] | None) -> None:
        self._writable = callback

    def pause_writing(self) -> None:
        super().pause_writing()
        self.congested = True

    def resume_writing(self) -> None:
        super().resume_writing()
        self.congested = False
        if self._writable is not None:
            self._writable()

    def leave(self, last: bytes | None, code: int, reason: str) -> None:
        if self._closing:
            return
        if last is not None:
            self.conn.send_text(last)
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        # The application, which waits for messages, is told as if the peer had left.
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.stop_keepalive()
        if self.read_paused:  # or its own close would never be read
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CUT_AFTER, self.transport.abort)

    def shutdown(self) -> None:
        super().shutdown()
        self._cut_soon()

    def keepalive_timeout(self) -> None:
        # A peer that answers no ping reads nothing either: a close would wait for it for ever.
        super().keepalive_timeout()
        self._cut_soon()

    def _cut_soon(self) -> None:
        self._cut = self.loop.call_later(CUT_AFTER, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._cut is not None:
            self._cut.cancel()
        self.congested = False
        super().connection_lost(exc)

"""Framing of CSTA over a byte stream: the header of ECMA-323 Annex J.2, or a closing NUL byte.

J.2 (CSTA XML without SOAP), big-endian:

    bytes 0-1  0
    bytes 2-3  length of the whole message, these 8 bytes included
    bytes 4-7  invoke id, four ASCII digits; 9999 = event
    bytes 8-   XML document
"""

from typing import Protocol

from msgspec import Struct

from tws.sentences import Sentence, sentence

HEADER = 8
LARGEST = 0xFFFF
"Bytes of the largest message, header included."
EVENT = 9999
"The invoke id of events; requests use 0 to 9998."


class Frame(Struct, frozen=True):
    """One message. `invoke_id` is None in a framing that carries none."""

    invoke_id: int | None
    body: bytes


class Framer(Protocol):
    """Cuts one connection's bytes into frames."""

    failure: Sentence | None
    """Why this stream cannot be read any further, in words; the connection must be closed. What
    comes after it is ignored."""

    def receive(self, data: bytes) -> list[Frame]:
        """The frames completed by `data`; never raises."""

    def frame(self, invoke_id: int, body: bytes) -> bytes:
        """The bytes to send; ValueError when `body` is too large."""

    def around(self, invoke_id: int, length: int) -> tuple[bytes, bytes]:
        """What stands before and behind a body of that length."""


class J2Framer:
    """ECMA-323 Annex J.2."""

    def __init__(self, largest: int = LARGEST) -> None:
        self.failure: Sentence | None = None
        self._largest = largest
        self._buffer = bytearray()

    def receive(self, data: bytes) -> list[Frame]:
        if self.failure is not None:
            return []
        if self._buffer:
            data = bytes(self._buffer) + data
            self._buffer.clear()
        frames: list[Frame] = []
        start, end = 0, len(data)
        while end - start >= HEADER:
            length = int.from_bytes(data[start + 2 : start + 4], "big")
            digits = data[start + 4 : start + HEADER]
            self.failure = self._fault(data[start], data[start + 1], length, digits)
            if self.failure is not None:
                return frames
            if end - start < length:
                break
            frames.append(Frame(int(digits), data[start + HEADER : start + length]))
            start += length
        self._buffer += data[start:]
        return frames

    def _fault(self, first: int, second: int, length: int, digits: bytes) -> Sentence | None:
        if first or second:
            begins = f"{first:02x} {second:02x}"
            return sentence(
                "not a CSTA header: it begins with {bytes} instead of 00 00", bytes=begins
            )
        if length < HEADER:
            return sentence(
                "CSTA header with length {length}, less than its own 8 bytes", length=length
            )
        if length > self._largest:
            return sentence(
                "CSTA message of {length} bytes: at most {most} are accepted",
                length=length,
                most=self._largest,
            )
        if not digits.isdigit():
            shown = repr(digits)
            return sentence("CSTA header with invoke id {id}: four digits expected", id=shown)
        return None

    def frame(self, invoke_id: int, body: bytes) -> bytes:
        return frame(invoke_id, body)

    def around(self, invoke_id: int, length: int) -> tuple[bytes, bytes]:
        return _header(invoke_id, HEADER + length), b""


def frame(invoke_id: int, body: bytes) -> bytes:
    """`body` with its J.2 header; ValueError when it does not fit in one message."""
    length = HEADER + len(body)
    if length > LARGEST:
        raise ValueError(f"a CSTA message of {length} bytes: at most {LARGEST} fit in a frame")
    if not 0 <= invoke_id <= EVENT:
        raise ValueError(f"invoke id {invoke_id}: 0 to {EVENT} expected")
    return _header(invoke_id, length) + body


def _header(invoke_id: int, length: int) -> bytes:
    return b"\0\0" + min(length, LARGEST).to_bytes(2, "big") + b"%04d" % invoke_id


class NulFramer:
    """XML documents each followed by a NUL byte; no invoke ids, so answers come in order."""

    def __init__(self, largest: int = LARGEST) -> None:
        self.failure: Sentence | None = None
        self._largest = largest
        self._buffer = bytearray()

    def receive(self, data: bytes) -> list[Frame]:
        if self.failure is not None:
            return []
        self._buffer += data
        *bodies, rest = bytes(self._buffer).split(b"\0")
        self._buffer = bytearray(rest)
        frames: list[Frame] = []
        for body in bodies:
            if len(body) > self._largest:
                break
            if body.strip():
                frames.append(Frame(None, body))
        if any(len(part) > self._largest for part in (*bodies, rest)):
            self.failure = sentence(
                "more than {most} bytes without an end of message", most=self._largest
            )
            self._buffer.clear()
        return frames

    def frame(self, invoke_id: int, body: bytes) -> bytes:
        if len(body) > self._largest:
            raise ValueError(f"a CSTA message of {len(body)} bytes: at most {self._largest}")
        return body + b"\0"

    def around(self, invoke_id: int, length: int) -> tuple[bytes, bytes]:
        return b"", b"\0"

"""A client of WebSocket (RFC 6455) for text messages: what the live stream is read with."""

import base64
import hashlib
import os
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"RFC 6455, 1.3."
LARGEST = 8 * 1024 * 1024
"Bytes of a message; a helper is told little."
HEAD = 64 * 1024
OF_CONTROL = 125
"Bytes that such a frame has at most (5.5)."
TEXT, CLOSE, PING, PONG, MORE = 1, 8, 9, 10, 0


class Closed(Exception):
    """The server has ended it, with a code of RFC 6455, 7.4, or of ours."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code = code


class NotSpoken(OSError):
    """What answers speaks no WebSocket there."""


class WebSocket:
    def __init__(
        self, url: str, headers: dict[str, str], patience: float, context: ssl.SSLContext
    ) -> None:
        """`patience`: seconds of silence after which it is given up. OSError."""
        parts = urlsplit(url)
        safe = parts.scheme == "https"
        host = parts.hostname or ""
        port = parts.port or (443 if safe else 80)
        opened = socket.create_connection((host, port), timeout=patience)
        try:
            if safe:
                opened = context.wrap_socket(opened, server_hostname=host)
            self._use(opened)
            self._shake(parts.netloc.rpartition("@")[2], parts.path, headers)
        except BaseException:
            opened.close()
            raise

    @classmethod
    def over(cls, opened: socket.socket) -> "WebSocket":
        """One on which WebSocket is spoken already."""
        made = cls.__new__(cls)
        made._use(opened)
        return made

    def _use(self, opened: socket.socket) -> None:
        self._socket = opened
        self._unread = b""

    def _shake(self, host: str, path: str, headers: dict[str, str]) -> None:
        """RFC 6455, 4.1."""
        key = base64.b64encode(os.urandom(16)).decode()
        asked = {
            "Host": host,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
            **headers,
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        while b"\r\n\r\n" not in self._unread:
            if len(self._unread) > HEAD:
                raise NotSpoken("the answer has no end")
            self._more()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        status, *rest = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in map(_parted, rest)}
        wanted = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()  # noqa: S324 - RFC 6455, 1.3
        if " 101 " not in f"{status} " or fields.get("sec-websocket-accept") != wanted:
            raise NotSpoken(status)

    def send(self, text: str) -> None:
        self._send(TEXT, text.encode())

    def close(self) -> None:
        self._socket.close()

    def messages(self) -> Iterator[str]:
        """Until it ends: Closed, or OSError."""
        text = b""
        while True:
            kind, whole, data = self._frame()
            if kind in (TEXT, MORE):
                text += data
                if len(text) > LARGEST:
                    raise NotSpoken("a message is too large")
                if whole:
                    yield _decoded(text)
                    text = b""
            elif kind == PING:
                self._send(PONG, data)
            elif kind == CLOSE:
                code = int.from_bytes(data[:2], "big") if len(data) >= 2 else 1005
                raise Closed(code, data[2:].decode(errors="replace"))
            elif kind != PONG:
                raise NotSpoken(f"a frame of kind {kind}")

    def _frame(self) -> tuple[int, bool, bytes]:
        """RFC 6455, 5.2: its kind, whether it is the last of its message, and what it holds."""
        first, second = self._read(2)
        length = second & 0x7F
        if length == 126:
            length = int.from_bytes(self._read(2), "big")
        elif length == 127:
            length = int.from_bytes(self._read(8), "big")
        if second & 0x80 or first & 0x70 or length > LARGEST:
            raise NotSpoken("a frame that a server may not send")
        if first & CLOSE and (length > OF_CONTROL or not first & 0x80):
            raise NotSpoken("a frame of control that is too long, or in parts")
        return first & 0x0F, bool(first & 0x80), self._read(length)

    def _send(self, kind: int, data: bytes) -> None:
        """Masked, as a client has to (5.3)."""
        length = len(data)
        if length < 126:
            head = bytes((0x80 | kind, 0x80 | length))
        else:
            head = bytes((0x80 | kind, 0xFE)) + length.to_bytes(2, "big")
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
        self._socket.sendall(head + mask + masked)

    def _read(self, count: int) -> bytes:
        while len(self._unread) < count:
            self._more()
        found, self._unread = self._unread[:count], self._unread[count:]
        return found

    def _more(self) -> None:
        found = self._socket.recv(64 * 1024)
        if not found:
            raise ConnectionResetError("the connection has ended")
        self._unread += found


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise NotSpoken("a text that is none") from error


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")

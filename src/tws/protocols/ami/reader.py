"""Bytes -> banner and messages, whatever the pieces they come in. Never raises on bytes."""

from collections import Counter

from tws.protocols.ami.message import Message

MAX_LINE = 64 * 1024
MAX_MESSAGE = 512 * 1024
MAX_FIELDS = 5_000
END = b"\r\n"


class Reader:
    """The receiving half of one connection.

    What exceeds the limits is skipped up to the next empty line and counted; so are lines without
    a colon, which no message of Asterisk has.
    """

    def __init__(self) -> None:
        self.banner: str | None = None
        self.counters: Counter[str] = Counter()
        self._buffer = bytearray()
        self._searched = 0
        self._fields: list[tuple[str, str]] = []
        self._size = 0
        self._skipping = False
        self._dropping = False

    def feed(self, data: bytes) -> list[Message]:
        """The messages that are complete with `data`. The banner is kept in `banner`."""
        self._buffer += data
        messages = []
        start = 0
        while (end := self._buffer.find(END, max(self._searched, start))) >= 0:
            line = bytes(self._buffer[start:end])
            start = self._searched = end + len(END)
            if (message := self._line(line)) is not None:
                messages.append(message)
        del self._buffer[:start]
        self._searched = max(0, len(self._buffer) - 1)
        if len(self._buffer) > MAX_LINE:
            self._drop_line()
        return messages

    def _drop_line(self) -> None:
        """A line without an end: forget it, its beginning, and the message around it."""
        if not self._dropping:
            self.counters["line too long"] += 1
        keep = self._buffer[-1:] if self._buffer.endswith(b"\r") else b""
        self._buffer = bytearray(keep)
        self._searched = 0
        self._dropping = self._skipping = True

    def _line(self, line: bytes) -> Message | None:
        if self._dropping:
            self._dropping = False
            return None
        if len(line) > MAX_LINE:
            self.counters["line too long"] += 1
            self._skipping = True
            return None
        if self.banner is None:
            self.banner = line.decode(errors="replace")
            return None
        if not line:
            return self._finish()
        if self._skipping:
            return None
        self._size += len(line)
        if self._size > MAX_MESSAGE or len(self._fields) >= MAX_FIELDS:
            self.counters["message too long"] += 1
            self._skipping = True
            return None
        key, colon, value = line.decode(errors="replace").partition(":")
        if colon:
            self._fields.append((key.strip(), value.removeprefix(" ")))
        else:
            self.counters["line without a colon"] += 1
        return None

    def _finish(self) -> Message | None:
        fields, self._fields, self._size = self._fields, [], 0
        skipped, self._skipping = self._skipping, False
        if skipped or not fields:
            return None
        return Message(tuple(fields))

"""What one stream may bring: no DTD (RFC 6120, 11.1), no stanza without an end. Pure."""

from tws.sources.errors import Unreachable

MOST_BYTES, MOST_MARKS = 4 * 1024 * 1024, 100_000
"Of one stanza, with its elements; of a list of 20,000 contacts too."
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", b"<!ELEMENT", b"<!ATTLIST")
_KEPT = max(map(len, FORBIDDEN))


class Bounds:
    """`host`: how the server is called."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._bytes = self._marks = 0
        self._tail = b""

    def forbids(self, data: bytes) -> Unreachable | None:
        """Why the next bytes may not be read at all."""
        seen = (self._tail + data).upper()
        # Of all that came, not of the last piece: a mark may come in pieces of a byte.
        self._tail = seen[-_KEPT:]
        self._bytes += len(data)
        self._marks += data.count(b"<")
        if any(mark in seen for mark in FORBIDDEN):
            return Unreachable(
                "{host} sent a definition of its own, which XMPP forbids.", host=self._host
            )
        return None

    def exceeded(self) -> Unreachable | None:
        """Why no more may be read, once these bytes were and their stanzas have ended."""
        if self._bytes > MOST_BYTES or self._marks > MOST_MARKS:
            return Unreachable("{host} sent too much at once.", host=self._host)
        return None

    def stanza_ended(self) -> None:
        self._bytes = self._marks = 0

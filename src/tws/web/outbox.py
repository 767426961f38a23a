"""What one client of the live stream has still to be told, and was told last. Pure.

State goes by key, newest wins: however slow the client, no more waits for it than there are keys.
Moments each count, so their queue has a limit; past it the client must start again. Numbers are
given when a frame is taken, so that those on the wire follow each other without a gap.
"""

from collections import deque
from collections.abc import Mapping

import msgspec

from tws.web.frames import LiveChange, LiveMoment, encode

MOMENTS = 100
"How many moments may wait."
KEPT = 200
"How many of the last frames can be sent again."
KEPT_BYTES = 256 * 1024


class Outbox:
    """The queue of one stream, and its numbers."""

    def __init__(self) -> None:
        self.n = 0
        "The number of the last frame taken; 0 is the snapshot's."
        self.full = False
        "A moment found no place: the stream has lost something and can't go on."
        self._state: dict[str, bytes | None] = {}
        self._moments: deque[bytes] = deque()
        self._kept: deque[bytes] = deque()
        self._kept_bytes = 0

    @property
    def waiting(self) -> int:
        """How many keys and moments wait."""
        return len(self._state) + len(self._moments)

    def change(self, values: Mapping[str, bytes | None]) -> None:
        """New values by key, already encoded; None = the key is gone."""
        self._state.update(values)

    def moment(self, value: bytes) -> None:
        if len(self._moments) >= MOMENTS:
            self.full = True
            return
        self._moments.append(value)

    def take(self) -> bytes | None:
        """The next frame, numbered; all the state that waits goes in one."""
        if self._state:
            frame = encode(
                LiveChange(
                    n=self.n + 1,
                    set={k: msgspec.Raw(v) for k, v in self._state.items() if v is not None},
                    gone=[k for k, v in self._state.items() if v is None],
                )
            )
            self._state = {}
        elif self._moments:
            frame = encode(LiveMoment(n=self.n + 1, moment=msgspec.Raw(self._moments.popleft())))
        else:
            return None
        self.n += 1
        self._keep(frame)
        return frame

    def _keep(self, frame: bytes) -> None:
        self._kept.append(frame)
        self._kept_bytes += len(frame)
        while len(self._kept) > KEPT or self._kept_bytes > KEPT_BYTES:
            self._kept_bytes -= len(self._kept.popleft())

    def missed(self, last: int) -> list[bytes] | None:
        """The frames after number `last`, as they were; None when they are no longer all here."""
        count = self.n - last
        if not 0 <= count <= len(self._kept):
            return None
        return list(self._kept)[len(self._kept) - count :]

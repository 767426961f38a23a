"""What one client of the live stream has still to be told, and was told last. Pure.

State goes by key, newest wins: however slow the client, no more waits for it than there are keys.
Moments each count, so their queue has a limit; past it the client must start again. Numbers are
given when a frame is taken, so that those on the wire follow each other without a gap.

What was sent is kept for who did not get it, no longer than nobody can know that a connection is
dead: a page finds out by two ticks that it misses, the server by pings within 40 s.
"""

from collections import deque

from tws.web.live.frames import Change, Unnumbered

MOMENTS = 100
"How many moments may wait."
KEPT = 200
"How many of the last frames can be sent again."
KEPT_BYTES = 256 * 1024
KEPT_TICKS = 3
"For so many of the times between ticks, of 15 s each, a frame can be sent again at least."


class Outbox:
    """The queue of one stream, and its numbers."""

    def __init__(self) -> None:
        self.n = 0
        "The number of the last frame taken; 0 is the snapshot's."
        self.full = False
        "A moment found no place: the stream has lost something and can't go on."
        self.waiting = False
        "There is a frame to be taken. No property: each page is asked for each of its frames."
        self._change: Change | None = None
        self._moments: deque[Unnumbered] = deque()
        self._kept: deque[Unnumbered] = deque()
        """The last that were taken: what others are told as well is held once for all, and made a
        frame again where it is missed."""
        self._kept_bytes = 0
        self._at_ticks = (0,) * KEPT_TICKS
        "The numbers of the last frames at the last ticks, oldest first."

    def change(self, change: Change) -> None:
        """New values by key. They are shared with whoever else is told the same."""
        self._change = change if self._change is None else self._change.then(change)
        self.waiting = True

    def moment(self, moment: Unnumbered) -> None:
        if len(self._moments) >= MOMENTS:
            self.full = True
            return
        self._moments.append(moment)
        self.waiting = True

    def take(self) -> bytes:
        """The next frame of what is `waiting`, numbered; all the state goes in one."""
        if self._change is not None:
            told, self._change = self._change.frame(), None
        else:
            told = self._moments.popleft()
        self.waiting = bool(self._moments)
        self.n += 1
        kept = self._kept
        kept.append(told)
        self._kept_bytes += len(told)
        while self._kept_bytes > KEPT_BYTES or len(kept) > KEPT:
            self._kept_bytes -= len(kept.popleft())
        return told.numbered(self.n)

    def tick(self) -> None:
        """Its connection lives: what was sent some ticks ago has arrived."""
        old, *ticks = self._at_ticks
        self._at_ticks = (*ticks, self.n)
        while self._kept and self.n - len(self._kept) < old:
            self._kept_bytes -= len(self._kept.popleft())

    def missed(self, last: int) -> list[bytes] | None:
        """The frames after number `last`, as they were; None when they are no longer all here."""
        count = self.n - last
        if not 0 <= count <= len(self._kept):
            return None
        missed = list(self._kept)[len(self._kept) - count :]
        return [told.numbered(n) for n, told in enumerate(missed, start=last + 1)]

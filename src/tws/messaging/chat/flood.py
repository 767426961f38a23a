"""So many messages in so many seconds from one sender, and no more. Pure."""

from collections import deque
from datetime import datetime, timedelta

from tws.errors import TooMany

MOST, WITHIN = 20, timedelta(seconds=10)
TYPED_EVERY = timedelta(seconds=3)
"Between two moments of somebody who types."


class Flood:
    def __init__(self) -> None:
        self._sent: dict[str, deque[datetime]] = {}
        self._typed: dict[tuple[str, str], datetime] = {}

    def one_more(self, sender: str, now: datetime) -> None:
        """TooMany(retry_after) where it comes too early."""
        sent = self._sent.setdefault(sender, deque(maxlen=MOST))
        if len(sent) == MOST and _within(sent[0], now, WITHIN):
            seconds = -(-(WITHIN - (now - sent[0])) // timedelta(seconds=1))
            raise TooMany(
                f"So many messages at once: wait {seconds} s.",
                retry_after=seconds,
                why="chatFlood",
                parameters={"seconds": seconds},
            )
        sent.append(now)

    def types(self, sender: str, to: str, now: datetime) -> bool:
        """Whether it is to be told that he types."""
        last = self._typed.get((sender, to))
        if last is not None and _within(last, now, TYPED_EVERY):
            return False
        self._typed[sender, to] = now
        return True

    def wrote(self, sender: str, to: str) -> None:
        """What he types next is another message."""
        self._typed.pop((sender, to), None)

    @property
    def watched(self) -> int:
        """How many senders are kept in mind."""
        return len(self._sent)

    def forget_old(self, now: datetime) -> None:
        self._sent = {
            who: sent for who, sent in self._sent.items() if _within(sent[-1], now, WITHIN)
        }
        self._typed = {who: at for who, at in self._typed.items() if _within(at, now, TYPED_EVERY)}


def _within(then: datetime, now: datetime, span: timedelta) -> bool:
    """A clock that was set back since makes nobody wait."""
    return timedelta(0) <= now - then < span

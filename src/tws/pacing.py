"""So much in so many seconds of each, and no more. Pure."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Who = TypeVar("Who", bound=Hashable)


class Pace(Generic[Who]):
    """`most` within that time. A clock that was set back since makes nobody wait."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._done: dict[Who, deque[datetime]] = {}

    def __len__(self) -> int:
        """How many are kept in mind."""
        return len(self._done)

    def one_more(self, who: Who, now: datetime) -> int | None:
        """None: he may, which counts. Else the seconds until he may."""
        done = self._done.setdefault(who, deque(maxlen=self._most))
        if len(done) == self._most and within(done[0], now, self._within):
            return -(-(self._within - (now - done[0])) // timedelta(seconds=1))
        done.append(now)
        return None

    def forget(self, who: Who) -> None:
        self._done.pop(who, None)

    def forget_old(self, now: datetime) -> None:
        self._done = {
            who: done for who, done in self._done.items() if within(done[-1], now, self._within)
        }


def within(then: datetime, now: datetime, span: timedelta) -> bool:
    """Whether it is so long ago, or less; not where the clock was set back since."""
    return timedelta(0) <= now - then < span

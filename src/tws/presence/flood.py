"""So much said of oneself in so many seconds, and no more: all who look are told of each. Pure."""

from collections import deque
from datetime import datetime, timedelta

from tws.errors import TooMany
from tws.organisation.actor import UserId

MOST, WITHIN = 20, timedelta(seconds=10)


class Flood:
    def __init__(self) -> None:
        self._said: dict[UserId, deque[datetime]] = {}

    def one_more(self, user: UserId, now: datetime) -> None:
        """TooMany(retry_after) where it comes too early. A clock that was set back since makes
        nobody wait."""
        said = self._said.setdefault(user, deque(maxlen=MOST))
        age = now - said[0] if len(said) == MOST else WITHIN
        if timedelta(0) <= age < WITHIN:
            seconds = -(-(WITHIN - age) // timedelta(seconds=1))
            raise TooMany(f"So many changes at once: wait {seconds} s.", retry_after=seconds)
        said.append(now)

    def forget(self, user: UserId) -> None:
        self._said.pop(user, None)

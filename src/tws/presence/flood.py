"""So much said of oneself in so many seconds, and no more: all who look are told of each. Pure."""

from datetime import datetime, timedelta

from tws.errors import TooMany
from tws.organisation.actor import UserId
from tws.pacing import Pace

MOST, WITHIN = 20, timedelta(seconds=10)


class Flood:
    def __init__(self) -> None:
        self._said = Pace[UserId](MOST, WITHIN)

    def one_more(self, user: UserId, now: datetime) -> None:
        """TooMany(retry_after) where it comes too early."""
        if (seconds := self._said.one_more(user, now)) is not None:
            raise TooMany(f"So many changes at once: wait {seconds} s.", retry_after=seconds)

    def forget(self, user: UserId) -> None:
        self._said.forget(user)

"""So many messages in so many seconds from one sender, and no more. Pure."""

from datetime import datetime, timedelta

from tws.errors import TooMany
from tws.pacing import Pace, within

MOST, WITHIN = 20, timedelta(seconds=10)
TYPED_EVERY = timedelta(seconds=3)
"Between two moments of somebody who types."


class Flood:
    def __init__(self) -> None:
        self._sent = Pace[str](MOST, WITHIN)
        self._typed: dict[tuple[str, str], datetime] = {}

    def one_more(self, sender: str, now: datetime) -> None:
        """TooMany(retry_after) where it comes too early."""
        if (seconds := self._sent.one_more(sender, now)) is not None:
            raise TooMany(
                f"So many messages at once: wait {seconds} s.",
                retry_after=seconds,
                why="chatFlood",
                parameters={"seconds": seconds},
            )

    def types(self, sender: str, to: str, now: datetime) -> bool:
        """Whether it is to be told that he types."""
        last = self._typed.get((sender, to))
        if last is not None and within(last, now, TYPED_EVERY):
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
        self._sent.forget_old(now)
        self._typed = {who: at for who, at in self._typed.items() if within(at, now, TYPED_EVERY)}

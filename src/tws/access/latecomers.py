"""How often the database is asked for a token that is not known here: another node may have given
it a moment ago, and whoever makes tokens up must not make the database work. Pure."""

from collections import OrderedDict
from datetime import datetime, timedelta

AT_ONCE, EACH_SECOND = 50, 20.0
REMEMBERED = 10_000
NOT_AGAIN = timedelta(seconds=5)
"A token that was not there is not asked for again so soon."


class Latecomers:
    def __init__(self) -> None:
        self._left = float(AT_ONCE)
        self._last: datetime | None = None
        self._asked: OrderedDict[str, datetime] = OrderedDict()
        "By the digest of the token, the oldest first."

    def may_ask(self, digest: str, now: datetime) -> bool:
        """Whether the database is asked now; it counts."""
        before = self._asked.get(digest)
        if before is not None and timedelta(0) <= now - before < NOT_AGAIN:
            return False
        passed = 0.0 if self._last is None else (now - self._last).total_seconds()
        self._left = min(AT_ONCE, self._left + max(0.0, passed) * EACH_SECOND)
        self._last = now
        if self._left < 1:
            return False
        self._left -= 1
        self._asked[digest] = now
        self._asked.move_to_end(digest)
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        return True

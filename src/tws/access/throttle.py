"""Slowing down who tries passwords: one account from one address at a time, so that nobody locks
others out."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from tws.access.errors import LoginRefused, SecondFactorNeeded
from tws.errors import TooMany, Unavailable
from tws.storage import StorageUnavailable

FREE_TRIES = 10
"Forgetful people, and pages that sign in several times at once."
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED = 10_000
"Pairs of account and address; the oldest is forgotten."


@dataclass(slots=True)
class _Tries:
    number: int
    last: datetime


def _nobody(who: Hashable, locked: bool) -> None:
    """Nobody counts tries."""


class Throttle:
    """After `FREE_TRIES` without success each try waits twice as long as the one before."""

    def __init__(self, refused: Callable[[Hashable, bool], None] = _nobody) -> None:
        """`refused` is told of each try that failed or came too early, and which of the two."""
        self._refused = refused
        self._tries: OrderedDict[Hashable, _Tries] = OrderedDict()

    def begin(self, who: Hashable, now: datetime) -> None:
        """A try, counted before its outcome is known. TooMany(retry_after) when it comes too
        early."""
        tries = self._tries.get(who)
        if tries is None or now - tries.last > LONGEST_WAIT:
            tries = _Tries(0, now)
        wait = self._wait(tries.number) - (now - tries.last)
        if wait > timedelta(0):
            self.too_early(who, wait)
        self._tries[who] = _Tries(tries.number + 1, now)
        self._tries.move_to_end(who)
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    @contextmanager
    def trying(self, who: Hashable, now: datetime) -> Iterator[None]:
        """One try, which succeeds, fails, or comes to nothing as what is done within does."""
        self.begin(who, now)
        try:
            yield
        except (TooMany, Unavailable, StorageUnavailable, SecondFactorNeeded):
            self.undo(who)
            raise
        except LoginRefused:
            self._refused(who, False)
            raise
        self.succeeded(who)

    def too_early(self, who: Hashable, wait: timedelta) -> NoReturn:
        """TooMany(retry_after)."""
        seconds = -(-wait // timedelta(seconds=1))
        self._refused(who, True)
        raise TooMany(f"Too many tries: wait {seconds} s.", retry_after=seconds)

    def succeeded(self, who: Hashable) -> None:
        self._tries.pop(who, None)

    def undo(self, who: Hashable) -> None:
        """The try came to nothing: nobody looked at its password."""
        if tries := self._tries.get(who):
            tries.number -= 1

    @staticmethod
    def _wait(tries: int) -> timedelta:
        if tries < FREE_TRIES:
            return timedelta(0)
        return min(timedelta(seconds=2 ** min(tries - FREE_TRIES, 20)), LONGEST_WAIT)

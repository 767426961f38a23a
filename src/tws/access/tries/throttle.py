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


def _nowhere(who: int, right: bool) -> None:
    """There are no others."""


class Throttle:
    """After `FREE_TRIES` without success each try waits twice as long as the one before."""

    def __init__(
        self,
        refused: Callable[[Hashable, bool], None] = _nobody,
        mark: Callable[[Hashable], int] = hash,
    ) -> None:
        """`refused` is told of each try that failed or came too early, and which of the two;
        `mark`: as what somebody is remembered."""
        self._refused, self._mark = refused, mark
        self._tries: OrderedDict[int, _Tries] = OrderedDict()
        self.noted: Callable[[int, bool], None] = _nowhere
        "Told of each that was looked at and failed, and of one that was right after such."

    def begin(self, who: Hashable, now: datetime) -> None:
        """A try, counted before its outcome is known. TooMany(retry_after) when it comes too
        early."""
        id = self._mark(who)
        tries = self._counted(id, now)
        wait = self._wait(tries.number) - (now - tries.last)
        if wait > timedelta(0):
            self.too_early(who, wait)
        self._keep(id, _Tries(tries.number + 1, now))

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
            self.failed(who)
            raise
        self.succeeded(who)

    def too_early(self, who: Hashable, wait: timedelta) -> NoReturn:
        """TooMany(retry_after)."""
        seconds = -(-wait // timedelta(seconds=1))
        self._refused(who, True)
        raise TooMany(f"Too many tries: wait {seconds} s.", retry_after=seconds)

    def failed(self, who: Hashable) -> None:
        """A try that has begun: it counts at other nodes, too."""
        self.noted(self._mark(who), False)

    def succeeded(self, who: Hashable) -> None:
        id = self._mark(who)
        tries = self._tries.pop(id, None)
        if tries is not None and tries.number > 1:
            self.noted(id, True)

    def undo(self, who: Hashable) -> None:
        """The try came to nothing: nobody looked at its password."""
        if tries := self._tries.get(self._mark(who)):
            tries.number -= 1

    # ------------------------------------------------------------ at other nodes, by marks

    def failed_elsewhere(self, who: int, at: datetime) -> None:
        tries = self._counted(who, at)
        self._keep(who, _Tries(tries.number + 1, max(tries.last, at)))

    def forget(self, who: int) -> None:
        self._tries.pop(who, None)

    def known(self, now: datetime) -> list[tuple[int, int, datetime]]:
        """Whose tries are counted: how many there were, and when the last."""
        return [
            (id, tries.number, tries.last)
            for id, tries in self._tries.items()
            if tries.number and now - tries.last <= LONGEST_WAIT
        ]

    def known_elsewhere(self, who: int, number: int, last: datetime) -> None:
        """Of the two counts the higher one, unless it was over before the other began."""
        tries = self._counted(who, last)
        over = tries.last - last > LONGEST_WAIT
        if not over and (number > tries.number or last > tries.last):
            self._keep(who, _Tries(max(number, tries.number), max(last, tries.last)))

    def _counted(self, id: int, now: datetime) -> _Tries:
        tries = self._tries.get(id)
        if tries is None or now - tries.last > LONGEST_WAIT:
            return _Tries(0, now)
        return tries

    def _keep(self, id: int, tries: _Tries) -> None:
        self._tries[id] = tries
        self._tries.move_to_end(id)
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    @staticmethod
    def _wait(tries: int) -> timedelta:
        if tries < FREE_TRIES:
            return timedelta(0)
        return min(timedelta(seconds=2 ** min(tries - FREE_TRIES, 20)), LONGEST_WAIT)

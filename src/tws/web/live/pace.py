"""How often what flaps is told: its first change at once, then the newest no more than once in a
while, and the last one always.

A telephone that loses its registration fifty times in a second makes fifty changes in as many
turns of the loop; everybody who shows its user would be told of each.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

Told = TypeVar("Told")


class Pace(Generic[Told]):
    """Keeps back what was told a moment ago. Belongs to the event loop's thread."""

    def __init__(self, interval: float, release: Callable[[Told], None]) -> None:
        """`interval`: seconds between two tellings of one thing. `release`: hears of what was kept
        back once it may be told."""
        self._interval, self._release = interval, release
        self._resting: dict[Told, asyncio.TimerHandle] = {}
        self._held: set[Told] = set()

    def holds(self, what: Told) -> bool:
        """Whether it is too early to tell of it: it is released when it is time."""
        if what not in self._resting:
            return False
        self._held.add(what)
        return True

    def told(self, what: Told) -> None:
        """It was: what happens to it next waits."""
        self.forget(what)
        loop = asyncio.get_running_loop()
        self._resting[what] = loop.call_later(self._interval, self._rested, what)

    def forget(self, what: Told) -> None:
        """Nobody is told of it any more."""
        self._held.discard(what)
        if (timer := self._resting.pop(what, None)) is not None:
            timer.cancel()

    def _rested(self, what: Told) -> None:
        del self._resting[what]
        if what in self._held:
            self._held.discard(what)
            self._release(what)

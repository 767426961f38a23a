"""When something is due on a link: one timer for all that waits."""

from collections.abc import Callable
from typing import Protocol

PAUSE = 1.0
"Seconds until work that raised is tried again, at most."


class Handle(Protocol):
    def cancel(self) -> None: ...


class Timers(Protocol):
    """What of an event loop a link needs."""

    def time(self) -> float: ...

    def call_at(self, when: float, callback: Callable[[], None]) -> Handle: ...


class Alarm:
    """`work`: done when it is due, or before; whether it came to its end."""

    def __init__(self, timers: Timers, work: Callable[[], bool]) -> None:
        self._timers, self._work = timers, work
        self._set: tuple[float, Handle] | None = None
        "When it is due on the loop's clock (a handle of uvloop may not tell)."

    def at(self, due: float) -> None:
        """A timer that is due earlier is left alone, since most are moved on by every message."""
        if self._set:
            if self._set[0] <= due:
                return
            self._set[1].cancel()
        self._set = due, self._timers.call_at(due, self._ring)

    def cancel(self) -> None:
        if self._set:
            self._set[1].cancel()

    def _ring(self) -> None:
        self._set = None
        if not self._work():
            again = self._timers.time() + PAUSE
            self._set = again, self._timers.call_at(again, self._ring)

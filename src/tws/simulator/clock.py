"""The one timer of the process: it wakes whoever is due, the PBX, its clients, traffic."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol


class Ticker(Protocol):
    def timer(self) -> float | None:
        """When `handle_timer` is wanted next, on the event loop's clock."""

    def handle_timer(self, now: float) -> None: ...


class Clock:
    def __init__(self, tickers: Callable[[], Sequence[Ticker]]) -> None:
        self._tickers = tickers
        self._handle: asyncio.TimerHandle | None = None
        self._due = 0.0
        "When it wakes: uvloop's handle of what is due already does not tell."
        self._busy = False

    def arm(self) -> None:
        """Look again when to wake: call it after anything may have changed."""
        if self._busy:
            return
        due = min(
            (at for at in (one.timer() for one in self._tickers()) if at is not None),
            default=None,
        )
        if self._handle is not None:
            if due is not None and self._due == due:
                return
            self._handle.cancel()
            self._handle = None
        if due is not None:
            self._due = due
            self._handle = asyncio.get_running_loop().call_at(due, self._wake)

    def _wake(self) -> None:
        self._handle = None
        now = asyncio.get_running_loop().time()
        self._busy = True
        try:
            for one in self._tickers():
                one.handle_timer(now)
        finally:
            self._busy = False
            self.arm()

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self._busy = True

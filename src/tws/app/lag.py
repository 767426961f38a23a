"""How late the event loop does what is due: what every page and telephone waits for besides."""

import asyncio
import time

from prometheus_client import CollectorRegistry, Histogram

EVERY = 0.1
"Seconds between two looks."
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class LoopLag:
    """Looks each tenth of a second how much later it came than it was to, from `start` to
    `stop`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._seconds = Histogram(
            "tws_loop_lag_seconds",
            "How late the event loop does what is due.",
            buckets=SECONDS,
            registry=registry,
        )
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        due = time.monotonic() + EVERY
        self._timer = asyncio.get_running_loop().call_later(EVERY, self._look, due)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self, due: float) -> None:
        # Not by the loop's own time: that stands still during a turn.
        self._seconds.observe(max(0.0, time.monotonic() - due))
        self.start()

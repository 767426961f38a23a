"""How late the event loop comes to what is due: everybody waits for that, too."""

import asyncio
import time

from tws.telemetry.figures import Distribution

EVERY = 0.1
"Seconds between two looks."


class Lag:
    """Looks at the loop that runs it, from `start` to `stop`."""

    def __init__(self) -> None:
        self.seconds = Distribution()
        self._due = 0.0
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        # Not by the loop's own time: that stands still during a turn.
        self._due = time.monotonic() + EVERY
        self._next = asyncio.get_running_loop().call_later(EVERY, self._look)

    def stop(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _look(self) -> None:
        self.seconds.take(max(0.0, time.monotonic() - self._due))
        self.start()

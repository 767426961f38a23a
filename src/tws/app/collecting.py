"""Python's collector of cycles: what it has looked through is not looked through again while
people wait; and its time, told to monitoring.

Nothing else runs while it looks, and to look at everything takes seconds where thousands of pages
are open. So what is left after each such look is put aside (`gc.freeze`), and the next one has
only what came since. Cycles that end among what was put aside stay until a thorough look: each
night, and whenever memory has grown by half (decision 0116).
"""

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from zlib import crc32

from prometheus_client import CollectorRegistry, Counter

from tws.schedule import Schedule

COLLECTED = 10_000
"Objects that come before the collector looks at the youngest."
OFTEN = 5
"Looks at younger ones before one at all that came since: little at a time."
LOOK, LOOKED_EVERY = "look at memory and clock", 60.0
"A job; seconds."
NIGHT = 3
"An hour of the machine's own time."
LITTLE = 64 << 20
"Bytes that memory may grow by however small it was, besides a half."
OLDEST = 2
"The generation in which everything is that has not been put aside."


class Collections:
    """From `start` to `stop`."""

    def __init__(
        self,
        registry: CollectorRegistry,
        schedule: Schedule,
        node: str = "",
        resident: Callable[[], int] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`node`: of several, which are not to stand still together; `resident`: bytes of memory
        that this process takes; `now`: seconds since 1970."""
        self._seconds = Counter(
            "tws_gc_seconds",
            "Processor time of Python's collector, by generation; all: with what was put aside.",
            ["generation"],
            registry=registry,
        )
        self._schedule, self._minute = schedule, crc32(node.encode()) % 60
        self._resident, self._now = resident or _resident, now
        self._begun = 0.0
        self._thorough = False
        self._last = self._bound = 0.0

    def start(self) -> None:
        """With what the house is made of."""
        gc.set_threshold(COLLECTED, 20, OFTEN)
        gc.callbacks.append(self._told)
        self._settle()
        self._schedule.every(LOOK, LOOKED_EVERY, self.look)

    def stop(self) -> None:
        self._schedule.cancel(LOOK)
        gc.callbacks.remove(self._told)

    def collect(self) -> None:
        """Look at everything. Seconds, where there is much."""
        gc.unfreeze()
        self._thorough = True
        gc.collect()
        self._thorough = False
        self._settle()

    async def look(self) -> None:
        """`collect`, if it is time to."""
        now = self._now()
        if self._last < self._night(now) <= now or self._resident() > self._bound:
            self.collect()

    def _night(self, now: float) -> float:
        """When it is time, on that day."""
        day = time.localtime(now)
        return time.mktime(
            (day.tm_year, day.tm_mon, day.tm_mday, NIGHT, self._minute, 0, 0, 0, -1)
        )

    def _settle(self) -> None:
        """Put aside what came since."""
        gc.collect()
        # When the oldest are looked at next goes by how many were there at the last look: none.
        gc.collect()
        self._last, self._bound = self._now(), 1.5 * self._resident() + LITTLE

    def _told(self, phase: Literal["start", "stop"], about: dict[str, int]) -> None:
        if phase == "start":
            self._begun = time.thread_time()
            return
        taken, generation = time.thread_time() - self._begun, about["generation"]
        self._seconds.labels("all" if self._thorough else str(generation)).inc(taken)
        if generation == OLDEST:
            gc.freeze()


def _resident() -> int:
    """Nothing where the system does not tell: then the night has to do."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")

"""Jobs of this process: work that is due later, time and again, or once the database is back.

A job is known by its name, and by a key where there are several of that name. It runs once at a
time: what is asked for while it runs begins when it has ended. One that fails is logged and
counted, and holds up nothing else.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

import structlog

from tws.storage import StorageUnavailable
from tws.telemetry import Timings, nobodys, within

Work = Callable[[], Coroutine[Any, Any, None]]
Key = TypeVar("Key", bound=Hashable)
Id = tuple[str, Hashable]
"The name of a job and its key."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Retry:
    """Seconds until a job that met StorageUnavailable is tried again: each time twice as long."""

    first: float
    longest: float

    def after(self, delay: float) -> float:
        return min(max(self.first, 2 * delay), self.longest)


AGAIN = Retry(5.0, 60.0)
"Of work that somebody waits for."
SOONEST, LONGEST_WAIT = 1.0, 6 * 3600.0
"Seconds until a timetable is looked at again, whatever clocks do meanwhile."


@dataclass(slots=True, eq=False)
class _Job:
    name: str
    key: Hashable
    work: Work
    retry: Retry | None = None
    every: float | None = None
    delay: float = 0.0
    "Seconds that it has waited."
    cancelled: bool = False

    @property
    def id(self) -> Id:
        return self.name, self.key


async def _traced(job: _Job) -> None:
    with within("job", job=job.name):
        await job.work()


class Schedule:
    """All methods belong to the event loop's thread."""

    def __init__(self) -> None:
        self._timers: dict[Id, asyncio.TimerHandle] = {}
        self._running: dict[Id, tuple[_Job, asyncio.Task[None]]] = {}
        self._next: dict[Id, _Job] = {}
        "Jobs that are due, but still run."
        self._stopped = False
        self.failed: Counter[str] = Counter()
        "By name."
        self._failing: dict[Id, str] = {}
        "Jobs whose last run failed, and by what kind of error."
        self.works: Callable[[], bool] = lambda: True
        "Of several nodes one cleans for all each night: whether this one does, now."
        self.seconds = Timings()
        "By name, how long runs took, whatever became of them."
        self.succeeded: dict[str, float] = {}
        "By name, when one last came to its end without a failure: seconds since 1970."

    def once(
        self,
        name: str,
        work: Work,
        *,
        key: Hashable = None,
        after: float = 0.0,
        retry: Retry | None = None,
    ) -> None:
        """Run `work` after so many seconds, instead of when it was to run before. `retry`: while
        the database is away, try again; else that is a failure."""
        self._arm(_Job(name, key, work, retry=retry), after)

    def when_due(
        self, name: str, wait: float, work: Work, look: Work, *, key: Hashable = None
    ) -> None:
        """Run `work` after `wait` seconds by the wall clock, tried again while the database is
        away; where that is long, first `look` how long it is then."""
        job = work if wait <= LONGEST_WAIT else look
        after = max(SOONEST, min(wait, LONGEST_WAIT))
        self.once(name, job, key=key, after=after, retry=AGAIN)

    def every(self, name: str, seconds: float, work: Work, *, key: Hashable = None) -> None:
        """Run `work` so many seconds from now, and as long after each end of it. While the
        database is away the next time does it."""
        self._arm(_Job(name, key, work, Retry(seconds, seconds), every=seconds), seconds)

    def cancel(self, name: str, *, key: Hashable = None) -> None:
        """It runs no more, unless asked for again; one that runs is cancelled."""
        self._disarm((name, key))
        if running := self._running.get((name, key)):
            job, task = running
            job.cancelled = True
            task.cancel()

    @property
    def failing(self) -> Mapping[str, str]:
        """By their names, the jobs of which the last run failed: by what kind of error."""
        return {name: error for (name, _), error in self._failing.items()}

    @property
    def running(self) -> Counter[str]:
        """How many of each name run now."""
        return Counter(name for name, _ in self._running)

    async def end(self, name: str) -> None:
        """Cancel every job of that name; none of them runs any more."""
        for id in [*self._timers, *self._next, *self._running, *self._failing]:
            if id[0] == name:
                self.cancel(name, key=id[1])
                self._failing.pop(id, None)
        while running := {task for id, (_, task) in self._running.items() if id[0] == name}:
            await asyncio.wait(running)

    async def settle(self) -> None:
        """Wait until nothing runs; what is due later still waits."""
        while self._running:
            await asyncio.wait({task for _, task in self._running.values()})

    async def stop(self) -> None:
        """Nothing begins any more; what runs is cancelled, and has ended."""
        self._stopped = True
        for name, key in [*self._timers, *self._next, *self._running]:
            self.cancel(name, key=key)
        await self.settle()

    # ------------------------------------------------------------ one job

    def _arm(self, job: _Job, delay: float) -> None:
        if self._stopped:
            return
        self._disarm(job.id)
        job.delay = delay
        if delay > 0:
            loop = asyncio.get_running_loop()
            self._timers[job.id] = loop.call_later(delay, self._due, job, context=nobodys())
        else:
            self._due(job)

    def _disarm(self, id: Id) -> None:
        if timer := self._timers.pop(id, None):
            timer.cancel()
        self._next.pop(id, None)

    def _due(self, job: _Job) -> None:
        self._timers.pop(job.id, None)
        if job.id in self._running:
            self._next[job.id] = job
            return
        task = asyncio.get_running_loop().create_task(_traced(job), context=nobodys())
        self._running[job.id] = job, task
        task.add_done_callback(partial(self._ended, job, time.perf_counter()))

    def _ended(self, job: _Job, begun: float, task: asyncio.Task[None]) -> None:
        del self._running[job.id]
        self.seconds.take((job.name,), time.perf_counter() - begun)
        error = None if task.cancelled() else task.exception()
        again = job.retry if isinstance(error, StorageUnavailable) else None
        if error is not None and again is None:
            self.failed[job.name] += 1
            self._failing[job.id] = type(error).__name__
            log.error("job failed", job=job.name, exc_info=error)
        elif error is None and not task.cancelled():
            self._failing.pop(job.id, None)
            self.succeeded[job.name] = time.time()
        if due := self._next.pop(job.id, None):
            self._due(due)
        elif job.cancelled or job.id in self._timers:
            return  # nobody wants it, or it was asked for again
        elif again is not None:
            self._arm(job, again.after(job.delay))
        elif job.every is not None:
            self._arm(job, job.every)


class Timetable(Generic[Key]):
    """Begins what is due, each when its own timetable says so."""

    def __init__(
        self,
        schedule: Schedule,
        clock: Callable[[], datetime],
        job: str,
        when: Callable[[Key], datetime | None],
        begin: Callable[[Key], Awaitable[object]],
    ) -> None:
        """`when`: the next time, which may have passed; None = not now, nor by itself: whoever
        changes that calls `look_at`."""
        self._schedule, self._clock = schedule, clock
        self._job, self._when, self._begin = job, when, begin

    def look_at(self, key: Key) -> None:
        at = self._when(key)
        if at is None:
            self._schedule.cancel(self._job, key=key)
            return
        wait = (at - self._clock()).total_seconds()
        due, later = partial(self._due, key), partial(self._later, key)
        self._schedule.when_due(self._job, wait, due, later, key=key)

    async def _later(self, key: Key) -> None:
        self.look_at(key)

    async def _due(self, key: Key) -> None:
        if self._when(key) is not None:
            await self._begin(key)

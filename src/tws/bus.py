"""Typed events inside one process, first in first out.

`publish` never waits and never recurses: an event published by a handler joins the queue, so that
every follower sees events in one order. `follow` handlers only change memory. `act` handlers do
work (journal, lookups, mails): once for each event, in order for each key, some at once, in a
bounded queue that counts what it drops; `keep=True` never drops.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any, TypeVar

import structlog

E = TypeVar("E")
AT_ONCE = 64
"Handlers of one subscription that run at once: a burst must not take every connection there is."
log = structlog.get_logger(__name__)


class _Actor:
    """One `act` subscription: a queue for each key that has something to do, and a task for each
    event that is being handled.
    """

    def __init__(
        self,
        kind: type[Any],
        handler: Callable[[Any], Awaitable[None]],
        key: Callable[[Any], Hashable],
        limit: int | None,
        at_once: int,
        failed: Counter[str],
    ) -> None:
        self.kind, self.handler, self.key = kind, handler, key
        self.limit, self.at_once, self.failed = limit, at_once, failed
        self.waiting: dict[Hashable, deque[Any]] = {}
        "By key: the events after the one that is handled, or is next."
        self.next: deque[tuple[Hashable, Any]] = deque()
        "The first event of each key that waits for its turn: keys take turns."
        self.tasks: set[asyncio.Task[None]] = set()
        self.size = 0
        self.dropped = 0

    def take(self, event: Any) -> None:
        if self.limit is not None and self.size >= self.limit:
            self.dropped += 1
            log.error("event dropped: queue full", event_type=self.kind.__name__)
            return
        self.size += 1
        key = self.key(event)
        if key in self.waiting:
            self.waiting[key].append(event)
            return
        self.waiting[key] = deque()
        self.next.append((key, event))
        self._start()

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        while self.next and len(self.tasks) < self.at_once:
            key, event = self.next.popleft()
            task = loop.create_task(self._handle(event))
            self.tasks.add(task)
            task.add_done_callback(partial(self._handled, key))

    async def _handle(self, event: Any) -> None:
        try:
            await self.handler(event)
        except Exception:
            self.failed[self.kind.__name__] += 1
            log.exception("event handler failed", event_type=self.kind.__name__)

    def _handled(self, key: Hashable, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        self.size -= 1
        if queue := self.waiting[key]:
            self.next.append((key, queue.popleft()))
        else:
            del self.waiting[key]
        self._start()


class Bus:
    """The events of one process. All methods belong to the event loop's thread."""

    def __init__(self) -> None:
        # Tuples: who follows or ceases to while an event is given makes a new one.
        self._followers: dict[type[Any], tuple[Callable[[Any], None], ...]] = {}
        self._actors: dict[type[Any], list[_Actor]] = defaultdict(list)
        self._queue: deque[object] = deque()
        self._publishing = False
        self.published: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        "Events whose follower or handler failed."

    def publish(self, event: object) -> None:
        """Give `event` to everybody who follows its exact type, after those already published."""
        self._queue.append(event)
        if self._publishing:
            return
        self._publishing = True
        try:
            while self._queue:
                self._give(self._queue.popleft())
        finally:
            self._publishing = False

    def _give(self, event: object) -> None:
        kind = type(event)
        self.published[kind.__name__] += 1
        for handler in self._followers.get(kind, ()):
            try:
                handler(event)
            except Exception:
                self.failed[kind.__name__] += 1
                log.exception("event follower failed", event_type=kind.__name__)
        for actor in self._actors.get(kind, ()):
            actor.take(event)

    def follow(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """Call `handler`, which only changes memory, on each event of `kind`; returns how
        to stop.
        """
        self._followers[kind] = (*self._followers.get(kind, ()), handler)

        def stop() -> None:
            following = list(self._followers[kind])
            following.remove(handler)
            self._followers[kind] = tuple(following)

        return stop

    def act(
        self,
        kind: type[E],
        handler: Callable[[E], Awaitable[None]],
        *,
        key: Callable[[E], Hashable],
        keep: bool = False,
        limit: int = 10_000,
        at_once: int = AT_ONCE,
    ) -> None:
        """Run `handler` once for each event of `kind`, in order for each key, for `at_once` keys
        at a time."""
        most = None if keep else limit
        self._actors[kind].append(_Actor(kind, handler, key, most, at_once, self.failed))

    @property
    def dropped(self) -> int:
        return sum(actor.dropped for actors in self._actors.values() for actor in actors)

    @property
    def waiting(self) -> Counter[str]:
        """By kind: events that `act` handlers are not done with."""
        return Counter({k.__name__: sum(a.size for a in of) for k, of in self._actors.items()})

    async def settle(self) -> None:
        """Wait until no `act` handler is running or waiting: before a stop, and in tests."""
        while tasks := [t for actors in self._actors.values() for a in actors for t in a.tasks]:
            await asyncio.wait(tasks)

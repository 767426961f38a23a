"""Typed events inside one process, first in first out.

`publish` never waits and never recurses: an event published by a handler joins the queue, so that
every follower sees events in one order. `follow` handlers only change memory. `act` handlers do
work (journal, lookups, mails): once for each event, in order for each key, some at once, in a
bounded queue that counts what it drops; `keep=True` never drops.

What happened on another node of the server is heard (`hear`): memory changes by it as by what
happens here, and its work is left to that node. So is what a follower publishes of it.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Hashable
from contextvars import Context, copy_context
from functools import partial
from typing import Any, TypeVar

import structlog

E = TypeVar("E")
AT_ONCE = 64
"Handlers of one subscription that run at once: a burst must not take every connection there is."
log = structlog.get_logger(__name__)
Following = dict[type[Any], tuple[Callable[[Any], None], ...]]
_Given = tuple[Any, Context]
"An event, and the context in which it was published: that of a request, or nobody's."


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
        everywhere: bool,
    ) -> None:
        self.kind, self.handler, self.key = kind, handler, key
        self.limit, self.at_once, self.failed = limit, at_once, failed
        self.everywhere = everywhere
        self.waiting: dict[Hashable, deque[_Given]] = {}
        "By key: the events after the one that is handled, or is next."
        self.next: deque[tuple[Hashable, _Given]] = deque()
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
        key, given = self.key(event), (event, copy_context())
        if key in self.waiting:
            self.waiting[key].append(given)
            return
        self.waiting[key] = deque()
        self.next.append((key, given))
        self._start()

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        while self.next and len(self.tasks) < self.at_once:
            key, (event, context) = self.next.popleft()
            task = loop.create_task(self._handle(event), context=context)
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

    def __init__(self, node: str = "") -> None:
        """`node`: which of several nodes this is; empty: there is one."""
        self.node = node
        # Tuples: who follows or ceases to while an event is given makes a new one.
        self._followers: Following = {}
        self._followers_of_heard: Following = {}
        "Those of them that are given what another node has published."
        self._actors: dict[type[Any], list[_Actor]] = defaultdict(list)
        self._queue: deque[tuple[object, bool]] = deque()
        self._giving = self._hearing = False
        "Whether an event is given now, and whether that one was heard."
        self.published: Counter[str] = Counter()
        "Those that were heard, too."
        self.failed: Counter[str] = Counter()
        "Events whose follower or handler failed."

    def publish(self, event: object, *, own: bool = False) -> None:
        """Give `event` to everybody who follows its exact type, after those already published.
        `own`: it is this node's, although it follows from what was heard."""
        self._queue.append((event, self._hearing and not own))
        if not self._giving:
            self._give_all()

    def hear(self, event: object) -> None:
        """The same of one that another node has published: to those who act on what happens here
        it is not given."""
        self._queue.append((event, True))
        if not self._giving:
            self._give_all()

    def _give_all(self) -> None:
        self._giving = True
        try:
            while self._queue:
                event, self._hearing = self._queue.popleft()
                self._give(event, self._hearing)
        finally:
            self._giving = self._hearing = False

    def _give(self, event: object, heard: bool) -> None:
        kind = type(event)
        self.published[kind.__name__] += 1
        following = self._followers_of_heard if heard else self._followers
        for handler in following.get(kind, ()):
            try:
                handler(event)
            except Exception:
                self.failed[kind.__name__] += 1
                log.exception("event follower failed", event_type=kind.__name__)
        for actor in self._actors.get(kind, ()):
            if actor.everywhere or not heard:
                actor.take(event)

    def follow(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """Call `handler`, which only changes memory, on each event of `kind`; returns how
        to stop.
        """
        stops = (
            _added(self._followers, kind, handler),
            _added(self._followers_of_heard, kind, handler),
        )

        def stop() -> None:
            for each in stops:
                each()

        return stop

    def follow_here(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """The same of what happens on this node only."""
        return _added(self._followers, kind, handler)

    def act(
        self,
        kind: type[E],
        handler: Callable[[E], Awaitable[None]],
        *,
        key: Callable[[E], Hashable],
        keep: bool = False,
        limit: int = 10_000,
        at_once: int = AT_ONCE,
        everywhere: bool = False,
    ) -> None:
        """Run `handler` once for each event of `kind`, in order for each key, for `at_once` keys
        at a time; `everywhere`: on each node, for what this one needs of it."""
        most = None if keep else limit
        actor = _Actor(kind, handler, key, most, at_once, self.failed, everywhere)
        self._actors[kind].append(actor)

    @property
    def dropped(self) -> Counter[str]:
        """By event, those that found the queue of a handler full."""
        return self._of_actors(lambda actor: actor.dropped)

    @property
    def waiting(self) -> Counter[str]:
        """By event, those that wait for a handler, or are handled now."""
        return self._of_actors(lambda actor: actor.size)

    def _of_actors(self, number: Callable[[_Actor], int]) -> Counter[str]:
        found: Counter[str] = Counter()
        for kind, actors in self._actors.items():
            found[kind.__name__] = sum(number(actor) for actor in actors)
        return found

    async def settle(self) -> None:
        """Wait until no `act` handler is running or waiting: before a stop, and in tests."""
        while tasks := [t for actors in self._actors.values() for a in actors for t in a.tasks]:
            await asyncio.wait(tasks)


def _added(to: Following, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
    to[kind] = (*to.get(kind, ()), handler)

    def stop() -> None:
        following = list(to[kind])
        following.remove(handler)
        to[kind] = tuple(following)

    return stop

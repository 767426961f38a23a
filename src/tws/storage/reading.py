"""Threads that read, each with a connection of its own: for what is asked all day.

A passage to a thread and back costs as much as a lookup by an index. So nothing is made for each:
no task, no future of two loops, no connection fetched and returned; and what several threads have
found meanwhile comes back to the loop together.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from tws.storage.errors import StorageUnavailable

T = TypeVar("T")
LOOKED_FOR = 0.5
"Seconds for which a look at the file is good."


@dataclass(slots=True)
class _Question:
    work: Callable[[Connection], Any]
    answer: asyncio.Future[Any]
    asked: float
    "time.monotonic() then."
    begun: bool = False


class ReadingThreads:
    """At most `size`, started when all before are busy. `wait`: seconds until one must be free;
    `check` runs before the first use for a while. `one_moment`: all that a question reads is of
    one moment; not needed where it is one statement."""

    def __init__(
        self,
        engine: Engine,
        size: int,
        wait: float,
        check: Callable[[], None],
        *,
        one_moment: bool,
    ) -> None:
        self._engine, self._size, self._wait, self._check = engine, size, wait, check
        self._one_moment = one_moment
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._asked = 0
        self._answered: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._coming = False
        self._looked = -LOOKED_FOR

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads. Who no longer waits for it is not told."""
        loop = asyncio.get_running_loop()
        question = _Question(work, loop.create_future(), time.monotonic())
        busy = self._asked >= len(self._threads)
        if busy and len(self._threads) < self._size:
            self._threads.append(Thread(target=self._run, args=(loop,), daemon=True))
            self._threads[-1].start()
        elif busy:
            loop.call_later(self._wait, _give_up, question)
        self._asked += 1
        self._questions.put(question)
        found: T = await question.answer
        return found

    async def close(self) -> None:
        """What is under way ends before."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._questions.put(None)
        for thread in threads:
            await asyncio.to_thread(thread.join)
        self._engine.dispose()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        connection: Connection | None = None
        while (question := self._questions.get()) is not None:
            found, error = None, None
            try:
                if not question.answer.done():  # else nobody waits
                    question.begun = True
                    self._look(question.asked)
                    connection = connection or self._engine.connect()
                    found = self._found(question, connection)
            except BaseException as raised:  # noqa: BLE001 - it is raised where it is waited for
                error = raised
                if connection is not None:
                    connection.close()  # the next use takes one that is known to work
                    connection = None
            self._answered.append((question.answer, found, error))
            if not self._coming:
                self._coming = True
                loop.call_soon_threadsafe(self._tell)
        if connection is not None:
            connection.close()

    def _found(self, question: _Question, connection: Connection) -> Any:
        if not self._one_moment:
            return question.work(connection)
        with closing(connection.begin()):
            return question.work(connection)

    def _look(self, now: float) -> None:
        """Not before each of a thousand lookups a second."""
        if now >= self._looked + LOOKED_FOR:
            self._check()
            self._looked = now

    def _tell(self) -> None:
        self._coming = False
        while self._answered:
            answer, found, error = self._answered.popleft()
            self._asked -= 1
            if answer.done():
                continue
            if error is None:
                answer.set_result(found)
            else:
                answer.set_exception(error)


def _give_up(question: _Question) -> None:
    if not question.begun and not question.answer.done():
        question.answer.set_exception(StorageUnavailable("every database connection is busy"))

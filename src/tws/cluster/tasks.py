"""Tasks that nobody waits for: kept while they run, and their failures are seen."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any

import structlog

ENDS_WITHIN = 2.0
"Seconds that a stop waits for what it has cancelled."
log = structlog.get_logger(__name__)


class Tasks:
    """Of one part of a node, which stops them."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self.failed = Counter[str]()
        "By name, those that raised something."

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        running = set(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=ENDS_WITHIN)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            name = task.get_name()
            self.failed[name] += 1
            log.error("task failed", task=name, times=self.failed[name], exc_info=error)

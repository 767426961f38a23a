"""Finishing what was begun with a driver, even when the task that began it is cancelled meanwhile.

A statement cut off leaves its connection in a state that nobody knows: on SQLite still holding the
lock that all writers need.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")


async def uninterrupted(
    work: Awaitable[T], undo: Callable[[T], Awaitable[None]] | None = None
) -> T:
    """What `work` answers or raises. A cancellation is raised when it has ended, after `undo`."""
    task = asyncio.ensure_future(work)
    cancelled = await _ended(task)
    if cancelled is None:
        return task.result()
    if undo is not None and not task.cancelled() and task.exception() is None:
        await _ended(asyncio.ensure_future(undo(task.result())))
    raise cancelled


async def _ended(task: asyncio.Future[Any]) -> asyncio.CancelledError | None:
    """Wait for it; whether we were cancelled while we waited."""
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    return cancelled


async def in_thread(work: Callable[..., T], *arguments: Any) -> T:
    """`work` in a thread: when this is over, the thread has left what it worked with."""
    return await uninterrupted(asyncio.to_thread(work, *arguments))

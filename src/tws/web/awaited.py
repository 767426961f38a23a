"""What is looked up for whoever waits for it, and is of no use to anybody else."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from fastapi import Request

from tws.web.errors import Problem

T = TypeVar("T")


async def while_awaited(request: Request, work: Awaitable[T]) -> T:
    """The result of `work`, which is cancelled once the client that asked is gone."""
    patience = asyncio.timeout(None)
    try:
        async with patience:
            watching = asyncio.create_task(_until_gone(request, patience))
            try:
                return await work
            finally:
                watching.cancel()
    except TimeoutError:
        if not patience.expired():
            raise
        # Nobody hears this, but the counters of requests do.
        raise Problem("unavailable", "Whoever asked for it has gone.") from None


async def _until_gone(request: Request, patience: asyncio.Timeout) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    patience.reschedule(asyncio.get_running_loop().time())

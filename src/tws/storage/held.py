"""Connections to PostgreSQL that are held for what is asked all day.

One of a pool is tested, told of a transaction, told of its end and told to forget before the next:
more passages to the database than a search has statements.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tws.storage.errors import StorageUnavailable
from tws.storage.uninterrupted import uninterrupted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    connection: AsyncConnection
    driver: Any
    "asyncpg's connection below it."


class HeldConnections:
    """At most `size`, opened when all before are busy. `wait`: seconds until one must be free."""

    def __init__(self, engine: AsyncEngine, size: int, wait: float) -> None:
        self._engine, self._wait = engine, wait
        self._free = asyncio.Semaphore(size)
        self._idle: list[Held] = []

    async def use(self, work: Callable[[Held], Awaitable[T]]) -> T:
        """One at a time. Errors as the driver or SQLAlchemy raises them; after one, and where
        nobody waits any more, the connection is given up: nobody knows what it is about."""
        await self._turn()
        try:
            held = await self._one()
            try:
                found = await work(held)
            except BaseException:
                await _given_up(held)
                raise
            self._idle.append(held)
            return found
        finally:
            self._free.release()

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for held in idle:
            await held.connection.close()
        await self._engine.dispose()

    async def _turn(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError:
            raise StorageUnavailable("every database connection is busy") from None

    async def _one(self) -> Held:
        while self._idle:
            held = self._idle.pop()
            if not held.driver.is_closed():
                return held
            await _given_up(held)
        connection = await uninterrupted(self._engine.connect(), lambda given: given.close())
        return Held(connection, (await connection.get_raw_connection()).driver_connection)


async def _given_up(held: Held) -> None:
    held.driver.terminate()
    await uninterrupted(_closed(held.connection))


async def _closed(connection: AsyncConnection) -> None:
    await connection.invalidate()
    await connection.close()

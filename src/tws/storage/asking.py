"""Connections to PostgreSQL on which one statement at a time is asked, without a transaction: what
is asked with each call costs one passage to the database and back.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

from tws.storage.errors import StorageUnavailable


class AskingConnections:
    """At most `size`, opened when all before are busy. `wait`: seconds until one must be free."""

    def __init__(self, engine: AsyncEngine, size: int, wait: float) -> None:
        self._engine, self._wait = engine, wait
        self._free = asyncio.Semaphore(size)
        self._idle: list[PoolProxiedConnection] = []

    async def ask(self, sql: str, values: Sequence[Any]) -> Any:
        """The first value of the first row; errors as the driver raises them."""
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError:
            raise StorageUnavailable("every database connection is busy") from None
        try:
            return await self._ask(sql, values)
        finally:
            self._free.release()

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.invalidate()
        await self._engine.dispose()

    async def _ask(self, sql: str, values: Sequence[Any]) -> Any:
        connection = await self._connection()
        driver: Any = connection.driver_connection
        try:
            found = await driver.fetchval(sql, *values)
        except BaseException:
            connection.invalidate()  # nobody knows what it is about
            raise
        self._idle.append(connection)
        return found

    async def _connection(self) -> PoolProxiedConnection:
        while self._idle:
            connection = self._idle.pop()
            driver: Any = connection.driver_connection
            if not driver.is_closed():
                return connection
            connection.invalidate()
        return await self._engine.raw_connection()

"""SQLAlchemy's plain engine in threads of its own: one passage to a thread for each statement.

Under SQLAlchemy's asyncio every call of the driver is a passage of its own, five for a statement;
a lookup of a number made thirty, each dearer than its query.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Engine, Executable
from sqlalchemy.exc import SQLAlchemyError

from tws.storage.connection import Params
from tws.storage.errors import StorageUnavailable

T = TypeVar("T")


class ThreadedEngine:
    """At most `size` connections, each used by one thread at a time."""

    def __init__(self, engine: Engine, size: int, wait: float, check: Callable[[], None]) -> None:
        """`wait`: seconds for a connection that is free; `check` runs before each use."""
        self._engine, self._size, self._wait, self._check = engine, size, wait, check
        self._free = asyncio.Semaphore(size)
        self._threads = self._pool()

    async def connect(self) -> "ThreadedConnection":
        """In a transaction that has begun. StorageUnavailable while all are busy."""
        await self._acquire()
        try:
            return ThreadedConnection(await self.run(self._begun), self)
        except BaseException:
            self._free.release()
            raise

    def run(self, work: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._threads, work)

    def released(self, connection: asyncio.Future[None]) -> None:
        self._free.release()

    async def dispose(self) -> None:
        await self.run(self._engine.dispose)
        self._threads.shutdown(wait=False)
        self._threads = self._pool()

    async def _acquire(self) -> None:
        if not self._free.locked():
            await self._free.acquire()  # at once
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError as error:
            raise StorageUnavailable("every database connection is busy") from error

    def _begun(self) -> Connection:
        self._check()
        connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._size, thread_name_prefix="tws-database")


class ThreadedConnection:
    """An OpenConnection."""

    def __init__(self, connection: Connection, engine: ThreadedEngine) -> None:
        self._connection, self._engine = connection, engine
        self._returned = False

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    def execute(
        self, statement: Executable, parameters: Params | None = None
    ) -> asyncio.Future[CursorResult[*tuple[Any, ...]]]:
        return self._engine.run(partial(self._connection.execute, statement, parameters))

    def exec_driver_sql(
        self, statement: str, parameters: Any = None
    ) -> asyncio.Future[CursorResult[*tuple[Any, ...]]]:
        return self._engine.run(partial(self._connection.exec_driver_sql, statement, parameters))

    def run_sync(self, work: Callable[[Connection], T]) -> asyncio.Future[T]:
        return self._engine.run(partial(work, self._connection))

    def commit(self) -> asyncio.Future[None]:
        return self._engine.run(self._committed)

    def close(self) -> asyncio.Future[None]:
        if self._returned:
            closed = asyncio.get_running_loop().create_future()
            closed.set_result(None)
        else:
            closed = self._engine.run(self._connection.close)
        closed.add_done_callback(self._engine.released)
        return closed

    def _committed(self) -> None:
        try:
            self._connection.commit()
        except SQLAlchemyError:
            # SQLite keeps a transaction open whose COMMIT failed; SQLAlchemy takes it for ended.
            driver = self._connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.rollback()
            raise
        # In the same passage: a transaction has nothing to ask any more.
        self._connection.close()
        self._returned = True


class FetchingConnection(sqlite3.Connection):
    """Whose cursors fetch all rows in the thread that executes."""

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(FetchingCursor)


class FetchingCursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> "FetchingCursor":
        super().execute(sql, parameters)
        self._rows = iter(() if self.description is None else super().fetchall())
        return self

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return list(islice(self._rows, self.arraysize if size is None else size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> "FetchingCursor":
        return self

    def __next__(self) -> Any:
        return next(self._rows)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> "FetchingCursor":
        super().executemany(sql, parameters)
        self._rows = iter(())
        return self

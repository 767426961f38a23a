"""SQLite in a file: one connection that writes, a few that only read.

Deferred transactions of several writers lose updates or meet "database is locked"; so writers
wait for their turn in this process, and BEGIN IMMEDIATE keeps those of other processes (`tws
backup`, an administrator's shell) apart.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    closing,
    contextmanager,
)
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from tws.storage.connection import OpenConnection
from tws.storage.errors import Held, InUse, StorageError, StorageUnavailable, UnusableDatabase
from tws.storage.file_lock import file_lock
from tws.storage.packing import Packed, Rows
from tws.storage.reading import ReadingThreads
from tws.storage.slow import SlowStatements
from tws.storage.threaded import FetchingConnection, ThreadedEngine

READERS = 4
LOCK_WAIT = 5.0
"Seconds to wait for another process that writes, or for a free reader."
MIGRATION_WAIT = 60.0
CACHE_KIB = 16 * 1024
CHECKPOINT = 16_000
"""Pages (64 MB) after which the log goes into the file, which waits for the disk: till then much
is written several times."""

AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
"Primary result codes that say something of the file, not of the statement."

T = TypeVar("T")


class SqliteBackend:
    steps = False
    connections: ClassVar[Mapping[str, int]] = {
        "write": 1,
        "read": READERS,
        "search": READERS,
        "lookup": 1,
    }

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:":
            raise UnusableDatabase("the database must be a file: sqlite:///PATH")
        self.path = Path(url.database).absolute()
        self.slow = SlowStatements()
        self._writer = self._threaded("BEGIN IMMEDIATE", 1, foreign_keys=True)
        self._reader = self._threaded("BEGIN", READERS, foreign_keys=True, query_only=True)
        self._searching = self._reading(READERS, one_moment=True)
        # Apart: whose number calls must not wait for what people search. One: two of them and the
        # loop take turns at the interpreter, which costs more than what they find at once gains.
        self._asking = self._reading(1, one_moment=False)
        self._turn = asyncio.Lock()
        self._file: tuple[int, int] | None = None

    def prepare(self) -> None:
        """Make the folder and the file, readable by their owner only: settings of links hold
        passwords."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self._file = self._identity()
        except OSError as error:
            raise StorageUnavailable(f"cannot open {self.path}: {error.strerror}") from error

    @asynccontextmanager
    async def claim(self, *, shared: bool) -> AsyncIterator[None]:
        """A file of its own: SQLite's locks are on the database, and come and go. A file is never
        shared."""
        path = self.path.resolve()
        async with AsyncExitStack() as stack:
            try:
                lock = file_lock(path.with_name(f"{path.name}.server"), wait=0)
                await stack.enter_async_context(lock)
            except Held as error:
                raise InUse(
                    f"{error.holder} serves {path} already: stop it first, or give this one a "
                    "folder of its own (--data)"
                ) from error
            yield

    def turn(self) -> asyncio.Lock:
        return self._turn

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if error.connection_invalidated or _away(error.orig):
                raise StorageUnavailable(f"{self.path}: {error.orig}") from error
            raise
        except sqlite3.Error as error:
            # A transaction that could not begin.
            if _away(error):
                raise StorageUnavailable(f"{self.path}: {error}") from error
            raise

    async def connect(self, *, writing: bool) -> OpenConnection:
        return await (self._writer if writing else self._reader).connect()

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._searching.read(work)

    async def ask(self, question: Packed, values: Mapping[str, Any]) -> Rows:
        return await self._asking.read(lambda db: question.rows(db, values))

    async def checkpoint(self) -> None:
        """PASSIVE: it waits for nobody, and nobody for it."""
        await asyncio.to_thread(self._checkpoint)

    def _checkpoint(self) -> None:
        self._check()
        with closing(sqlite3.connect(self.path, timeout=LOCK_WAIT)) as db:
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        lock = self.path.with_name(f"{self.path.name}.lock")
        async with file_lock(lock, MIGRATION_WAIT):
            yield

    @asynccontextmanager
    async def changing(self, wait: float | None = None) -> AsyncIterator[OpenConnection]:
        """Without foreign keys, which would follow a table while it is copied; checked before
        the commit."""
        engine = self._threaded("BEGIN IMMEDIATE", 1, foreign_keys=False)
        try:
            connection = await engine.connect()
            try:
                yield connection
                check = "PRAGMA foreign_key_check"
                broken = (await connection.exec_driver_sql(check)).fetchall()
                if broken:
                    raise StorageError(f"migration refused: {len(broken)} rows name missing ones")
                await connection.commit()
            finally:
                await connection.close()
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[OpenConnection]:
        async with self.alone(), self.changing() as connection:
            yield connection

    def outside(self) -> AbstractAsyncContextManager[AsyncConnection]:
        raise NotImplementedError("SQLite has one writer at a time: nothing goes on beside it")

    async def dispose(self) -> None:
        await self._searching.close()
        await self._asking.close()
        await self._reader.dispose()
        await self._writer.dispose()

    def _check(self) -> None:
        """A file moved away while it is open would go on being written, where nobody finds it."""
        try:
            present = self._identity()
        except OSError as error:
            raise StorageUnavailable(f"{self.path}: {error.strerror}") from error
        if present != self._file:
            raise StorageUnavailable(f"{self.path} is another file than at the start: restart TWS")

    def _identity(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_dev, found.st_ino

    def _reading(self, size: int, *, one_moment: bool) -> ReadingThreads:
        engine = self._engine("BEGIN", size, foreign_keys=True, query_only=True)
        if one_moment:
            self.slow.watch(engine)
        return ReadingThreads(engine, size, LOCK_WAIT, self._check, one_moment=one_moment)

    def _threaded(
        self, begin: str, size: int, *, foreign_keys: bool, query_only: bool = False
    ) -> ThreadedEngine:
        engine = self._engine(begin, size, foreign_keys=foreign_keys, query_only=query_only)
        self.slow.watch(engine)
        return ThreadedEngine(engine, size, LOCK_WAIT, self._check)

    def _engine(
        self, begin: str, size: int, *, foreign_keys: bool, query_only: bool = False
    ) -> Engine:
        # mode=rw: a file that is not there is an error, never a new empty database.
        engine = create_engine(
            f"sqlite+pysqlite:///file:{quote(str(self.path))}?mode=rw&uri=true",
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0,
            connect_args={"factory": FetchingConnection, "check_same_thread": False},
            hide_parameters=True,  # what is stored of people must not land in the log by an error
        )
        pragmas = [
            f"busy_timeout = {int(LOCK_WAIT * 1000)}",
            "synchronous = NORMAL",
            f"cache_size = -{CACHE_KIB}",
            f"wal_autocheckpoint = {CHECKPOINT}",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            "query_only = ON" if query_only else "journal_mode = WAL",
        ]

        @event.listens_for(engine, "connect")
        def connected(dbapi: DBAPIConnection, record: ConnectionPoolEntry) -> None:
            # The driver would begin by itself, deferred, before the first change only.
            dbapi.isolation_level = None
            cursor = dbapi.cursor()
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begun(connection: Connection) -> None:
            # Past SQLAlchemy, for which it would be a statement like others: six times as long.
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute(begin)

        return engine


def _away(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in AWAY

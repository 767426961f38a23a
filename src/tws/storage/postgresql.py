"""PostgreSQL through asyncpg: `pip install tws[postgres]`."""

import importlib
import importlib.util
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    closing,
    contextmanager,
    nullcontext,
    suppress,
)
from typing import Any, ClassVar, TypeVar

from sqlalchemy import URL, Connection, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from tws.storage.connection import OpenConnection
from tws.storage.errors import InUse, StorageUnavailable, UnusableDatabase
from tws.storage.held import HeldConnections
from tws.storage.packing import Packed, Rows, decoded
from tws.storage.slow import SlowStatements
from tws.storage.transactions import lock_number

CONNECT_WAIT = 5.0
COMMAND_WAIT = 30.0
MIGRATION_WAIT = 60
"All in seconds."
CLAIM = lock_number("server")
CLAIMING = {
    "application_name": "tws claim",
    # A machine that lost its power says no farewell: its claim must not outlive it for hours.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
ASKERS, SEARCHERS = 4, 4
POOL = 20

AWAY = ("08", "25006", "28", "3D", "40001", "40P01", "53", "55P03", "57", "58")
"""Beginnings of SQLSTATEs: connection lost, read-only, password refused, no such database,
serialization failure, deadlock, out of resources, lock not available, operator intervention,
system error. Nothing was written."""

T = TypeVar("T")


class PostgresqlBackend:
    connections: ClassVar[Mapping[str, int]] = {
        "write": POOL,
        "read": POOL,  # the same ones
        "search": SEARCHERS,
        "lookup": ASKERS,
    }

    def __init__(self, url: URL) -> None:
        if importlib.util.find_spec("asyncpg") is None:
            raise UnusableDatabase("PostgreSQL needs one more package: install tws[postgres]")
        driver = importlib.import_module("asyncpg")
        self._driver_errors: tuple[type[Exception], ...] = (
            driver.PostgresError,
            driver.InterfaceError,
        )
        self._data_error: type[Exception] = driver.DataError
        self._url = url
        self._where = url.render_as_string(hide_password=True)
        connect_args = {
            "timeout": CONNECT_WAIT,
            "command_timeout": COMMAND_WAIT,
            "server_settings": {"application_name": "tws"},
        }
        self._writer = create_async_engine(
            url,
            pool_size=POOL // 2,
            max_overflow=POOL // 2,
            pool_timeout=CONNECT_WAIT,
            pool_pre_ping=True,
            hide_parameters=True,  # what is stored of people must not land in the log by an error
            connect_args=connect_args,
        )
        held = create_async_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args=connect_args
        )
        self._claiming = create_async_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=connect_args | {"server_settings": CLAIMING},
        )
        self.slow = SlowStatements()
        self.slow.watch(self._writer.sync_engine)
        self.slow.watch(held.sync_engine)
        self._asking = HeldConnections(held, ASKERS, CONNECT_WAIT)
        self._searching = HeldConnections(
            held.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
            SEARCHERS,
            CONNECT_WAIT,
        )
        self._reader = self._writer.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def prepare(self) -> None:
        """The database is made by its administrator."""

    @asynccontextmanager
    async def claim(self) -> AsyncIterator[None]:
        """A lock of a session of its own, which ends with the process, however that ends. It ends
        with the database too: from then on the epoch of each link keeps two servers apart."""
        with self.translated():
            connection = await self._claiming.connect()
        try:
            with self.translated():
                claimed = await connection.scalar(select(func.pg_try_advisory_lock(CLAIM)))
            if not claimed:
                raise InUse(
                    f"another server serves {self._where} already: stop it first, or give this"
                    " one a database of its own"
                )
            yield
        finally:
            with suppress(DBAPIError, OSError):
                await connection.close()

    def turn(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except NoFreeConnection as error:
            raise StorageUnavailable("every database connection is busy") from error
        except DBAPIError as error:
            if error.connection_invalidated or _away(error.orig):
                raise self._unavailable(error.orig) from error
            self._quote_no_rows(error.orig)
            raise
        except self._driver_errors as error:
            # While connecting, errors come as the driver raised them.
            raise self._unavailable(error) from error
        except OSError as error:
            raise self._unavailable(error) from error

    async def connect(self, *, writing: bool) -> OpenConnection:
        connection = await (self._writer if writing else self._reader).connect()
        try:
            await connection.begin()
        except BaseException:
            await connection.close()
            raise
        return connection

    async def read(self, work: Callable[[Connection], T]) -> T:
        def once(db: Connection) -> T:
            with closing(db.begin()):
                return work(db)

        return await self._searching.use(lambda held: held.connection.run_sync(once))

    async def ask(self, question: Packed, values: Mapping[str, Any]) -> Rows:
        words = question.words(self._writer.dialect)
        try:
            given = words.given(values)
            found = await self._asking.use(lambda held: held.driver.fetchval(words.sql, *given))
        except self._data_error as error:
            raise ValueError(str(error)) from error
        return decoded(found)

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[OpenConnection]:
        """Without a time limit for statements: an index of a large table takes what it takes."""
        engine = create_async_engine(
            self._url, connect_args={"timeout": CONNECT_WAIT}, hide_parameters=True
        )
        try:
            async with engine.begin() as connection:
                await connection.execute(text(f"SET LOCAL lock_timeout = '{MIGRATION_WAIT}s'"))
                await connection.execute(
                    select(func.pg_advisory_xact_lock(lock_number("migration")))
                )
                yield connection
        finally:
            await engine.dispose()

    async def dispose(self) -> None:
        await self._asking.close()
        await self._searching.close()
        await self._claiming.dispose()
        await self._writer.dispose()

    def _quote_no_rows(self, error: BaseException | None) -> None:
        """DETAIL names the values that clash: it would land in the log with the traceback."""
        while error is not None:
            if isinstance(error, self._driver_errors):
                vars(error).pop("detail", None)
            error = error.__cause__

    def _unavailable(self, error: BaseException | None) -> StorageUnavailable:
        what = str(error) or type(error).__name__
        return StorageUnavailable(f"{self._where}: {what}")


def _away(error: BaseException | None) -> bool:
    state = getattr(error, "sqlstate", None)
    return isinstance(state, str) and state.startswith(AWAY)

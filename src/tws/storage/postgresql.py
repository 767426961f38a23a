"""PostgreSQL through asyncpg: `pip install tws[postgres]`."""

import asyncio
import importlib
import importlib.util
import ssl
import time
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
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from tws.net.encryption import Way
from tws.storage.answering import ask_before_use
from tws.storage.connection import OpenConnection
from tws.storage.errors import InUse, StorageUnavailable, TableBusy, UnusableDatabase
from tws.storage.held import HeldConnections
from tws.storage.packing import Packed, Rows, decoded
from tws.storage.several_hosts import OneOfSeveral, hosts_of
from tws.storage.slow import SlowStatements
from tws.storage.transactions import lock_number

CONNECT_WAIT = 5.0
COMMAND_WAIT = 30.0
ASK_WAIT = 10.0
MIGRATION_WAIT = 60.0
POLL = 0.1
IDLE_WAIT = "6s"
"All in seconds."
LOCKED = "55P03"
"SQLSTATE: lock not available."
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
    steps = True
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
        self._connecting: dict[str, Any] = {}
        if not isinstance(url.query.get("host", ""), str):
            one = OneOfSeveral(driver.connect, (*self._driver_errors, driver.InternalClientError))
            self._connecting["async_creator_fn"] = one
        connect_args = _arguments(url) | self._connecting
        self._writer = create_async_engine(
            url,
            pool_size=POOL // 2,
            max_overflow=POOL // 2,
            pool_timeout=CONNECT_WAIT,
            hide_parameters=True,  # what is stored of people must not land in the log by an error
            connect_args=connect_args,
        )
        ask_before_use(self._writer, self._driver_errors)
        held = create_async_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=connect_args | {"command_timeout": ASK_WAIT},
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
    async def claim(self, *, shared: bool) -> AsyncIterator[None]:
        """A lock of a session of its own, which ends with the process, however that ends. It ends
        with the database too: from then on the epoch of each link keeps two servers apart."""
        with self.translated():
            connection = await self._claiming.connect()
        try:
            with self.translated():
                lock = func.pg_try_advisory_lock_shared if shared else func.pg_try_advisory_lock
                claimed = await connection.scalar(select(lock(CLAIM)))
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
            if getattr(error.orig, "sqlstate", None) == LOCKED:
                raise TableBusy(f"{self._where}: {error.orig}") from error
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

    async def checkpoint(self) -> None:
        """PostgreSQL has a process of its own for that."""

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Asked for again and again, not waited for: a statement that waits is a transaction, and
        an index that is made beside writers waits for the end of all of those."""
        deadline = time.monotonic() + MIGRATION_WAIT
        async with self._claiming.connect() as connection:
            lock = select(func.pg_try_advisory_lock(lock_number("migration")))
            while not await connection.scalar(lock):
                if time.monotonic() > deadline:
                    raise StorageUnavailable(f"{self._where}: another process migrates it")
                await asyncio.sleep(POLL)
            yield

    @asynccontextmanager
    async def changing(self, wait: float | None = None) -> AsyncIterator[OpenConnection]:
        """Without a time limit for statements: an index of a large table takes what it takes."""
        engine = create_async_engine(
            self._url,
            connect_args=self._connecting | {"timeout": CONNECT_WAIT},
            hide_parameters=True,
        )
        patience = round(1000 * (MIGRATION_WAIT if wait is None else wait))
        try:
            async with engine.begin() as connection:
                await connection.execute(text(f"SET LOCAL lock_timeout = {patience}"))
                yield connection
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[OpenConnection]:
        async with self.alone(), self.changing() as connection:
            yield connection

    @asynccontextmanager
    async def outside(self) -> AsyncIterator[AsyncConnection]:
        """An index that is made beside writers waits for transactions that began before: nobody
        waits behind it meanwhile."""
        async with self._claiming.connect() as connection:
            await connection.execute(text("SET lock_timeout = 0"))
            yield connection

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


def _arguments(url: URL) -> dict[str, Any]:
    """Of each connection."""
    ways = [Way(host, port, encrypted=False) for host, port in hosts_of(url)]
    encrypted = any(way.refused() for way in ways)
    return {
        "timeout": CONNECT_WAIT,
        "command_timeout": COMMAND_WAIT,
        "server_settings": {
            "application_name": "tws",
            # A server that was paused in a transaction must not hold what it locked (the epoch of
            # a link, which another wants to raise) until it wakes.
            "idle_in_transaction_session_timeout": IDLE_WAIT,
        },
        **({"ssl": ssl.create_default_context()} if encrypted else {}),
    }

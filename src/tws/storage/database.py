"""The database as rooms use it: `transaction()` to change, `reading()` to read."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import ArgumentError

from tws.net.encryption import Way
from tws.storage.backend import Backend
from tws.storage.connection import OpenConnection
from tws.storage.counts import StorageCounts
from tws.storage.errors import StorageUnavailable, UnusableDatabase
from tws.storage.packing import Packed, Rows
from tws.storage.postgresql import PostgresqlBackend
from tws.storage.schema import Before, Seal, bring_up_to_date
from tws.storage.several_hosts import database_url, hosts_of
from tws.storage.sizes import Sizes, sizes
from tws.storage.slow import Slow
from tws.storage.sqlite import SqliteBackend
from tws.storage.transactions import Reader, Transaction, bad_values
from tws.storage.uninterrupted import uninterrupted

T = TypeVar("T")
ALIVE = select(1)


def backend_for(url: str) -> Backend:
    """The database that `url` names; UnusableDatabase with words."""
    try:
        parsed = database_url(url)
    except ArgumentError as error:
        raise UnusableDatabase(f"not a database URL: {error}") from error
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteBackend(parsed)
        case "postgresql":
            return PostgresqlBackend(parsed.set(drivername="postgresql+asyncpg"))
        case other:
            raise UnusableDatabase(f"the database must be SQLite or PostgreSQL, not {other}")


def sqlite_file(url: str) -> Path | None:
    """The file that `url` names; None for a database of PostgreSQL."""
    parsed = database_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(parsed.database or "").absolute() if is_file else None


def way_to(url: str) -> Way | None:
    """How the server is spoken to that `url` names; None for a file. Of several hosts: the first
    that may not be spoken to in clear text, else the first."""
    parsed = database_url(url)
    if parsed.get_backend_name() != "postgresql":
        return None
    ways = [Way(host, port, encrypted=False) for host, port in hosts_of(parsed)]
    way = next((one for one in ways if one.refused() is not None), ways[0])
    return replace(way, encrypted=way.refused() is not None or "ssl" in parsed.query)


def without_password(url: str) -> str:
    return database_url(url).render_as_string(hide_password=True)


class CommitInDoubt:
    """Published when the database went away during a commit: whether the change was written is
    not known."""


class Storage:
    """Operations raise StorageUnavailable while the database is away, and connect again at their
    next use."""

    def __init__(
        self,
        url: str,
        publish: Callable[[object], None],
        seal: Seal | None = None,
        before_migrating: Before | None = None,
    ) -> None:
        """`url`: `sqlite:///PATH` or `postgresql+asyncpg://...`; `publish` takes
        events after commits; `seal` is for secrets that an older TWS stored open."""
        self._backend = backend_for(url)
        self._publish, self._seal, self._before = publish, seal, before_migrating
        self.counts = StorageCounts(self._backend.connections)
        self.on_audit: Callable[[Mapping[str, Any]], None] | None = None
        "Told each line of the audit log after its commit; never waits and never raises."
        self._open = False
        self._order = asyncio.Lock()
        self._writing: set[asyncio.Task[Any] | None] = set()

    @asynccontextmanager
    async def claimed(self, *, shared: bool = False) -> AsyncIterator[None]:
        """For the process that serves this database, from before `open` until after `close`.
        `shared`: by several that know of each other.

        InUse while another one does, StorageUnavailable.
        """
        self._backend.prepare()
        async with self._backend.claim(shared=shared):
            yield

    async def open(self, *, migrate: bool = True, beside: bool = False) -> None:
        """Make the file where there is none, and bring the tables up to date; `beside`: only
        where a server of the version before may go on meanwhile.

        StorageUnavailable, SchemaMismatch, UnusableDatabase, InUse.
        """
        self._backend.prepare()
        try:
            await bring_up_to_date(
                self._backend,
                migrate=migrate,
                seal=self._seal,
                before=self._before,
                beside=beside,
            )
            self._open = True
        finally:
            if not self._open:
                await self._backend.dispose()

    async def close(self) -> None:
        """Let running transactions end, then close every connection."""
        self._open = False
        async with self._backend.turn():
            await self._backend.dispose()

    async def sizes(self) -> Sizes:
        """How large it is. StorageUnavailable."""
        return await self.read(sizes)

    def slowest(self) -> Sequence[Slow]:
        """Statements that took long since the start, without their values."""
        return self._backend.slow.slowest()

    async def alive(self) -> bool:
        """Whether it answers now."""
        try:
            await self.read(lambda db: db.execute(ALIVE))
        except StorageUnavailable:
            return False
        return True

    async def takes_changes(self) -> bool:
        """Whether something could be written now."""
        try:
            async with self.transaction() as tx:
                await tx.execute(ALIVE)
        except StorageUnavailable:
            return False
        return True

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Committed at the end, then its events are published; rolled back when the body
        raises."""
        task = asyncio.current_task()
        if task in self._writing:
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        self._writing.add(task)
        try:
            with self.counts.timed("write"):
                async with self._backend.turn(), self._connection(writing=True) as connection:
                    tx = Transaction(connection, self._backend.translated)
                    yield tx
                    await uninterrupted(self._commit(tx, connection))
        finally:
            self._writing.discard(task)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reader]:
        """Sees one moment of the database, and can change nothing."""
        with self.counts.timed("read"):
            async with self._connection(writing=False) as connection:
                yield Reader(connection, self._backend.translated)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads of one moment, in one passage to the database: for what is asked all
        day."""
        with self.counts.timed("search"), self._backend.translated(), bad_values():
            self._check()
            return await self._backend.read(work)

    async def ask(self, question: Packed, values: Mapping[str, Any]) -> Rows:
        """The rows of one statement: what each call of each telephone asks."""
        with self.counts.timed("lookup"), self._backend.translated(), bad_values():
            self._check()
            return await self._backend.ask(question, values)

    async def checkpoint(self) -> None:
        """Between the transactions of who changes many rows: so nobody else's commit waits until
        all of them are on the disk."""
        self._check()
        with self._backend.translated():
            await self._backend.checkpoint()

    @asynccontextmanager
    async def _connection(self, *, writing: bool) -> AsyncIterator[OpenConnection]:
        self._check()
        with self._backend.translated():
            connecting = self._backend.connect(writing=writing)
            connection = await uninterrupted(connecting, lambda given: given.close())
        try:
            yield connection
        finally:
            with self._backend.translated():
                await uninterrupted(connection.close())

    def _check(self) -> None:
        if not self._open:
            raise StorageUnavailable("the database is not open")

    async def _commit(self, tx: Transaction, connection: OpenConnection) -> None:
        if not tx.told:
            await self._write(connection)
            return
        # One at a time: events go out in the order of commits, whatever the database.
        async with self._order:
            await tx.write_audit()
            try:
                await self._write(connection)
            except StorageUnavailable:
                self._publish(CommitInDoubt())
                raise
            for event in tx.events:
                self._publish(event)
            if self.on_audit is not None:
                for entry in tx.audited:
                    self.on_audit(entry)

    async def _write(self, connection: OpenConnection) -> None:
        with self._backend.translated():
            await connection.commit()

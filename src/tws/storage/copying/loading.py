"""Filling an empty database with the rows of a snapshot, in one transaction with its layout.

The tables are laid out by the migrations up to that of the snapshot, filled, and then migrated as
those of any older TWS are.
"""

import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tws.storage.backend import Backend
from tws.storage.connection import OpenConnection
from tws.storage.copying.portable import INTO, Row, Table, converted, quoted
from tws.storage.errors import InUse
from tws.storage.migrations import HEAD
from tws.storage.schema import Seal, migrate_to

TOGETHER = 100_000
"Rows that SQLite is given in one transaction."
FOREIGN_KEYS = """SELECT c.conrelid::regclass::text, quote_ident(c.conname),
 pg_get_constraintdef(c.oid) FROM pg_constraint c
 WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace"""
INDEXES = """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
 JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = current_schema()::regnamespace
 WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"""
INDEXES_OF_SQLITE = """SELECT name, sql FROM sqlite_master
 WHERE type = 'index' AND sql IS NOT NULL"""
OWN_TABLES = """SELECT quote_ident(c.relname) FROM pg_class c
 WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
 AND pid <> pg_backend_pid() AND application_name = 'tws'"""
GO_ON = """SELECT setval(q.oid::regclass, :last) FROM pg_depend d
 JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S' JOIN pg_class t ON t.oid = d.refobjid
 WHERE d.deptype IN ('a', 'i') AND t.relname = :name
 AND t.relnamespace = current_schema()::regnamespace"""
SEARCHED = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE search_%'"


class Loading:
    """Given by `loading`."""

    def __init__(self, connection: OpenConnection, seal: Seal) -> None:
        self._connection, self._seal = connection, seal
        self._foreign_keys: Sequence[tuple[str, str, str]] = ()
        self._indexes: Sequence[tuple[str, str]] = ()
        self._waiting = 0

    @property
    def _sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"

    async def lay_out(self, revision: str) -> None:
        """The tables of that migration, empty, and without the indexes that are made at the end:
        in a large one each row would have to be put into its place."""
        await migrate_to(self._connection, revision, self._seal)
        found = await self._connection.execute(
            text(INDEXES_OF_SQLITE if self._sqlite else INDEXES)
        )
        self._indexes = [(row[0], row[1]) for row in found]
        for name, _ in self._indexes:
            await self._run(f"DROP INDEX {name}")
        if self._sqlite:
            if await self._has("search_by_hand"):
                await self._run("INSERT INTO search_by_hand VALUES (1)")
            return
        found = await self._connection.execute(text(FOREIGN_KEYS))
        self._foreign_keys = [(row[0], row[1], row[2]) for row in found]
        for table, name, _ in self._foreign_keys:
            await self._run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")

    async def load(self, table: Table, rows: Iterable[Row]) -> None:
        """More rows of a table, portable."""
        convert = converted(table, INTO["sqlite" if self._sqlite else "postgresql"])
        made = [tuple(convert(row)) for row in rows]
        names = [name for name, _ in table.columns]
        if not made:
            return
        if self._sqlite:
            columns, marks = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
            words = f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608
            await self._connection.exec_driver_sql(words, made)
            await self._written(len(made))
            return
        assert isinstance(self._connection, AsyncConnection)
        raw = (await self._connection.get_raw_connection()).driver_connection
        assert raw is not None
        schema = (await self._connection.execute(text("SELECT current_schema()"))).scalar_one()
        await raw.copy_records_to_table(
            table.name, schema_name=schema, records=made, columns=names
        )

    async def _written(self, count: int) -> None:
        """SQLite's log would grow as large as the database. What is not whole is thrown away with
        its file: a transaction is not needed for that."""
        self._waiting += count
        if self._waiting >= TOGETHER:
            self._waiting = 0
            await self._run("COMMIT")
            await self._run("BEGIN IMMEDIATE")

    async def finish(self, sequences: Mapping[str, int]) -> None:
        """Indexes and checks that were left off, then the migrations that came since."""
        for _, words in self._indexes:
            await self._run(words)
        if self._sqlite:
            await self._finish_sqlite(sequences)
        else:
            await self._finish_postgresql(sequences)
        await migrate_to(self._connection, HEAD, self._seal)

    async def _finish_sqlite(self, sequences: Mapping[str, int]) -> None:
        indexes = [row[0] for row in await self._connection.exec_driver_sql(SEARCHED)]
        if indexes:  # PostgreSQL gives contacts no number of that kind
            await self._run(
                "UPDATE contact SET search_row = rowid +"
                " (SELECT coalesce(max(search_row), 0) FROM contact) WHERE search_row IS NULL"
            )
        for name in indexes:
            await self._run(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608
        if await self._has("search_by_hand"):
            await self._run("DELETE FROM search_by_hand")
        for name, last in sequences.items():
            await self._connection.exec_driver_sql(
                "DELETE FROM sqlite_sequence WHERE name = ?", (name,)
            )
            await self._connection.exec_driver_sql(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last)
            )

    async def _finish_postgresql(self, sequences: Mapping[str, int]) -> None:
        for table, name, words in self._foreign_keys:
            await self._run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}")
        for name, last in sequences.items():
            await self._connection.execute(text(GO_ON), {"name": name, "last": last})

    async def _has(self, table: str) -> bool:
        found = await self._connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = ?", (table,)
        )
        return found.first() is not None

    async def _run(self, words: str) -> None:
        await self._connection.exec_driver_sql(words)


@asynccontextmanager
async def loading(backend: Backend, seal: Seal, aside: str) -> AsyncIterator[Loading]:
    """All or nothing: committed at the end. On PostgreSQL the tables that are there move into a
    schema called `aside`; on SQLite `backend` is that of a new file.

    InUse while a server uses a database of PostgreSQL, StorageUnavailable.
    """
    if not re.fullmatch(r"[a-z0-9_]+", aside):
        raise ValueError(aside)
    backend.prepare()
    with backend.translated():
        async with backend.migrating() as connection:
            if connection.dialect.name == "postgresql":
                await _set_aside(connection, aside)
            yield Loading(connection, seal)


async def _set_aside(connection: OpenConnection, aside: str) -> None:
    if (await connection.execute(text(OTHERS))).scalar():
        raise InUse("a server of TWS uses this database: stop it first")
    names = [row[0] for row in await connection.execute(text(OWN_TABLES))]
    if not names:
        return
    await connection.exec_driver_sql(f"CREATE SCHEMA {aside}")
    for name in names:
        await connection.exec_driver_sql(f"ALTER TABLE {name} SET SCHEMA {aside}")

"""Reading the whole database as it is at one moment, beside whoever writes it.

SQLite: a reading transaction in WAL mode, PostgreSQL: REPEATABLE READ READ ONLY. Neither makes a
writer wait. The tables are asked of the database, not of our code: it may be of an older TWS.
"""

import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from tws.storage.copying.portable import FROM, Row, Table, converted, kind, quoted
from tws.storage.database import backend_for
from tws.storage.errors import StorageError, StorageUnavailable
from tws.storage.migrations import BY_HAND
from tws.storage.several_hosts import database_url

BATCH = 500
"Rows that are in memory at a time."
OURS_NOT = ("alembic_version", "sqlite_")
"Beginnings of tables that the target has of its own."


class Snapshot(Protocol):
    database: str
    "`sqlite` or `postgresql`."
    revision: str
    tables: Sequence[Table]
    sequences: Mapping[str, int]
    "The last number that was given, by table."

    def rows(self, table: Table) -> AsyncIterator[Sequence[Row]]:
        """All rows, some at a time, portable."""

    async def count(self, table: Table) -> int: ...


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[Snapshot]:
    """StorageUnavailable, StorageError where there is nothing to copy. On SQLite it blocks the
    loop while it reads: use it where nothing else runs."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        with _sqlite(Path(parsed.database or "")) as found:
            yield found
        return
    backend = backend_for(url)
    engine = create_async_engine(
        parsed.set(drivername="postgresql+asyncpg"), hide_parameters=True
    ).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    try:
        with backend.translated():
            async with engine.connect() as connection:
                yield await PostgresqlSnapshot.of(connection)
    finally:
        await engine.dispose()
        await backend.dispose()


def _ours(names: Sequence[str]) -> list[str]:
    return [name for name in names if not name.startswith((*BY_HAND, *OURS_NOT))]


def _known(revision: str | None) -> str:
    if revision is None:
        raise StorageError("the database is empty: there is nothing to back up")
    return revision


# -------------------------------------------------------------------- SQLite


class _Closing(closing[Any]):
    """What SQLite says, in our words."""

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        if isinstance(error[1], sqlite3.Error):
            raise StorageUnavailable(f"the database cannot be read: {error[1]}") from error[1]


def _sqlite(path: Path) -> "_Closing":
    try:
        return _Closing(SqliteSnapshot(path))
    except sqlite3.Error as error:
        raise StorageUnavailable(f"{path}: {error}") from error


class SqliteSnapshot:
    database = "sqlite"

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, isolation_level=None
        )
        self._db.execute("PRAGMA query_only = ON")
        self._db.execute("BEGIN")  # the moment is that of the first question
        names = [
            name
            for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        if "alembic_version" not in names:
            _known(None)
        self.revision = _known(self._one("SELECT version_num FROM alembic_version"))
        self.tables = tuple(self._table(name) for name in sorted(_ours(names)))
        self.sequences: dict[str, int] = {}
        if "sqlite_sequence" in names:
            self.sequences = dict(self._db.execute("SELECT name, seq FROM sqlite_sequence"))

    def close(self) -> None:
        self._db.close()

    async def count(self, table: Table) -> int:
        return int(self._one(f"SELECT count(*) FROM {quoted(table.name)}"))  # noqa: S608

    async def rows(self, table: Table) -> AsyncIterator[Sequence[Row]]:
        convert = converted(table, FROM["sqlite"])
        columns = ", ".join(quoted(name) for name, _ in table.columns)
        cursor = self._db.execute(f"SELECT {columns} FROM {quoted(table.name)}")  # noqa: S608
        while found := cursor.fetchmany(BATCH):
            yield [convert(row) for row in found]

    def _table(self, name: str) -> Table:
        found = self._db.execute(f"PRAGMA table_info({quoted(name)})")
        return Table(name, tuple((row[1], kind(row[2])) for row in found))

    def _one(self, sql: str) -> Any:
        row = self._db.execute(sql).fetchone()
        return None if row is None else row[0]


# ---------------------------------------------------------------- PostgreSQL

COLUMNS = """SELECT c.table_name, c.column_name, c.data_type
 FROM information_schema.columns c
 JOIN information_schema.tables t USING (table_schema, table_name)
 WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
 ORDER BY c.table_name, c.ordinal_position"""
SEQUENCES = """SELECT t.relname, s.last_value FROM pg_sequences s
 JOIN pg_class q ON q.relname = s.sequencename
 JOIN pg_namespace n ON n.oid = q.relnamespace AND n.nspname = s.schemaname
 JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i')
 JOIN pg_class t ON t.oid = d.refobjid
 WHERE s.schemaname = current_schema() AND s.last_value IS NOT NULL"""


class PostgresqlSnapshot:
    database = "postgresql"

    def __init__(
        self,
        connection: AsyncConnection,
        revision: str,
        tables: Sequence[Table],
        sequences: Mapping[str, int],
    ) -> None:
        self._connection = connection
        self.revision, self.tables, self.sequences = revision, tables, sequences

    @classmethod
    async def of(cls, connection: AsyncConnection) -> "PostgresqlSnapshot":
        columns: dict[str, list[tuple[str, str]]] = {}
        for name, column, words in await connection.execute(text(COLUMNS)):
            columns.setdefault(name, []).append((column, words))
        if "alembic_version" not in columns:
            _known(None)
        found = await connection.execute(text("SELECT version_num FROM alembic_version"))
        tables = [
            Table(name, tuple((column, kind(words)) for column, words in columns[name]))
            for name in _ours(list(columns))
        ]
        sequences = {name: last for name, last in await connection.execute(text(SEQUENCES))}
        return cls(connection, _known(found.scalar()), tables, sequences)

    async def count(self, table: Table) -> int:
        query = text(f"SELECT count(*) FROM {quoted(table.name)}")  # noqa: S608
        return int((await self._connection.execute(query)).scalar_one())

    async def rows(self, table: Table) -> AsyncIterator[Sequence[Row]]:
        convert = converted(table, FROM["postgresql"])
        columns = ", ".join(
            f"CAST({quoted(name)} AS text)" if kind == "json" else quoted(name)
            for name, kind in table.columns
        )
        query = text(f"SELECT {columns} FROM {quoted(table.name)}")  # noqa: S608
        async with self._connection.stream(query) as found:
            async for part in found.partitions(BATCH):
                yield [convert(row) for row in part]

"""Reading the whole database as it is at one moment, beside whoever writes it.

SQLite: a reading transaction in WAL mode, PostgreSQL: REPEATABLE READ READ ONLY. Neither makes a
writer wait. The tables are asked of the database, not of our code: it may be of an older TWS.

Rows come as lines of JSON that the database itself makes, many at a time: SQLite while the
interpreter is free for other threads, PostgreSQL in a process of its own. That is several times
as fast as values that pass through Python.
"""

import base64
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from tws.storage.copying.portable import SAYING, Table, kind, quoted
from tws.storage.database import backend_for
from tws.storage.errors import StorageError, StorageUnavailable
from tws.storage.migrations import BY_HAND
from tws.storage.several_hosts import database_url

AT_ONCE = 512 * 1024
"Bytes of lines wanted of one question to SQLite; who takes rows of any size asks for few first."
FEWEST, MOST = 20, 5000
"Rows of one question."
Take = Callable[[bytes, int], None]
"Is given whole lines, each with its end, and how many."
OURS_NOT = ("alembic_version", "sqlite_")
"Beginnings of tables that the target has of its own."


class Snapshot(Protocol):
    database: str
    "`sqlite` or `postgresql`."
    revision: str
    tables: Sequence[Table]
    sequences: Mapping[str, int]
    "The last number that was given, by table."

    async def lines(self, table: Table, take: Take) -> None:
        """All rows, a JSON array each (`tws.storage.copying.portable`), some at a time."""

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


def _said(table: Table, by_kind: Mapping[str, str]) -> str:
    """The values of a row as JSON has them, in SQL."""
    return ", ".join(
        by_kind.get(kind, "{0}").replace("{0}", quoted(name)) for name, kind in table.columns
    )


# -------------------------------------------------------------------- SQLite


def _base64(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()


def _real(value: float | None) -> str | None:
    """SQLite writes 15 digits of it, which may be another number."""
    return None if value is None else msgspec.json.encode(value).decode()


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
        self._db.create_function("tws_base64", 1, _base64, deterministic=True)
        self._db.create_function("tws_real", 1, _real, deterministic=True)
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

    async def lines(self, table: Table, take: Take) -> None:
        said, name = _said(table, SAYING["sqlite"]), quoted(table.name)
        rows = f"SELECT rowid AS at, json_array({said}) AS line FROM {name}"  # noqa: S608
        some = f"{rows} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        query = f"SELECT group_concat(line, char(10)), count(*), max(at) FROM ({some})"  # noqa: S608
        last, limit = -(2**63), FEWEST
        while True:
            lines, count, at = self._db.execute(query, (last, limit)).fetchone()
            if not count:
                return
            found = lines.encode() + b"\n"
            take(found, count)
            last = at
            limit = max(FEWEST, min(MOST, 2 * limit, AT_ONCE * count // len(found)))

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

    async def lines(self, table: Table, take: Take) -> None:
        """By COPY, as CSV of one value whose quotes and commas are characters that JSON never
        holds: so each line is the text itself."""
        query = (
            f"SELECT json_build_array({_said(table, SAYING['postgresql'])})"  # noqa: S608
            f" FROM {quoted(table.name)}"
        )

        async def given(lines: bytes) -> None:
            take(lines, lines.count(b"\n"))

        raw = (await self._connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.copy_from_query(
            query, output=given, format="csv", quote="\x01", escape="\x01", delimiter="\x02"
        )

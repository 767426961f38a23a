"""What migrations do to tables that may have millions of rows, beside those who write them.

An index that is made as usual holds every writer of its table until it is whole. PostgreSQL can
make one while they go on (CREATE INDEX CONCURRENTLY), outside of any transaction: a migration
names such indexes in `LARGE`, they are made before it runs, and its `upgrade` only makes those
that are not there (`make`): in a new database, or on SQLite, which has one writer at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alembic import op
from sqlalchemy.ext.asyncio import AsyncConnection

LONGEST = 7 * 24 * 3600.0
"Seconds that an index may take."
SPOILT = """SELECT 1 FROM pg_index WHERE NOT indisvalid AND indexrelid = to_regclass($1)"""
THERE = """SELECT 1 WHERE to_regclass($1) IS NOT NULL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeIndex:
    """One that is made beside writers; `where`: of which rows, in SQL that both databases take."""

    name: str
    table: str
    columns: Sequence[str]
    where: str = ""

    def words(self, how: str = "") -> str:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        where = f" WHERE {self.where}" if self.where else ""
        return f"CREATE INDEX {how}IF NOT EXISTS {self.name} ON {self.table} ({columns}){where}"


def make(indexes: Sequence[LargeIndex]) -> None:
    """In the transaction of a migration: those that are not there yet."""
    for index in indexes:
        op.execute(index.words())


async def make_beside(connection: AsyncConnection, indexes: Sequence[LargeIndex]) -> None:
    """On a connection of PostgreSQL that commits each statement. What another process began and
    did not end is thrown away first: it would be written for ever, and read never."""
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None
    for index in indexes:
        if not await raw.fetchval(THERE, index.table):
            continue
        if await raw.fetchval(SPOILT, index.name):
            await raw.execute(f"DROP INDEX CONCURRENTLY {index.name}", timeout=LONGEST)
        await raw.execute(index.words("CONCURRENTLY "), timeout=LONGEST)


async def drop_beside(connection: AsyncConnection, names: Sequence[str]) -> None:
    """Where they are there; on such a connection."""
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None
    for name in names:
        await raw.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=LONGEST)

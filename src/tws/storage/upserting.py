"""Insert or update in one statement, written once for both dialects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


class Upsert(Executable):
    """Rows to insert into `table`, or to write over the row with the same `keys`. Executed by a
    Transaction."""

    def __init__(
        self, table: Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]
    ) -> None:
        if not rows:
            raise ValueError("no rows to upsert")
        self.rows = [dict(row) for row in rows]
        self._table, self._keys = table, tuple(keys)

    def statement(self, dialect: str) -> Executable:
        """The dialect's own INSERT ... ON CONFLICT, to be executed with `rows` as its
        parameters."""
        insert = (
            postgresql.insert(self._table)
            if dialect == "postgresql"
            else sqlite.insert(self._table)
        )
        written = {c: insert.excluded[c] for c in self.rows[0] if c not in self._keys}
        if not written:
            return insert.on_conflict_do_nothing(index_elements=self._keys)
        return insert.on_conflict_do_update(index_elements=self._keys, set_=written)


def upsert(table: Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> Upsert:
    """`rows` all name the same columns; `keys` are those of a primary key or unique constraint.

    Columns that the rows do not name keep their value where the row exists. ValueError when
    there is no row.
    """
    return Upsert(table, rows, keys)

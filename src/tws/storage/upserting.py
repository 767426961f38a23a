"""Insert or update in one statement, written once for both dialects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in the dialect's own words, and how its parameters are made of a row."""

    sql: str
    parameters: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    "In their order: the column, and what turns its value into the driver's."

    def of(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """ValueError or TypeError for a value that its column can't take."""
        return tuple(
            [row[name] if bind is None else bind(row[name]) for name, bind in self.parameters]
        )


class Upsert(Executable):
    """Rows to insert into `table`, or to write over the row with the same `keys`. Executed by a
    Transaction."""

    def __init__(
        self, table: Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]
    ) -> None:
        if not rows:
            raise ValueError("no rows to upsert")
        self.rows = rows
        self._table, self._keys = table, tuple(keys)

    def compiled(self, dialect: Dialect) -> Compiled:
        """The dialect's own INSERT ... ON CONFLICT, made once for each set of columns: what
        SQLAlchemy does for each row of parameters costs more than the database's part."""
        return _compiled(self._table, tuple(self.rows[0]), self._keys, dialect)


@lru_cache(maxsize=64)
def _compiled(
    table: Table, columns: tuple[str, ...], keys: tuple[str, ...], dialect: Dialect
) -> Compiled:
    insert = (postgresql if dialect.name == "postgresql" else sqlite).insert(table)
    written = {c: insert.excluded[c] for c in columns if c not in keys}
    statement = (
        insert.on_conflict_do_update(index_elements=keys, set_=written)
        if written
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    names = compiled.positiontup
    if names is None or set(names) != set(columns):
        raise TypeError(f"{table.name}: a default would be needed beside {', '.join(columns)}")
    binds = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    return Compiled(str(compiled), tuple(zip(names, binds, strict=True)))


def upsert(table: Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> Upsert:
    """`rows` all name the same columns; `keys` are those of a primary key or unique constraint.

    Columns that the rows do not name keep their value where the row exists. ValueError when
    there is no row.
    """
    return Upsert(table, rows, keys)

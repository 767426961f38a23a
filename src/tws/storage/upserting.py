"""Many rows in one statement, in the database's own words: what SQLAlchemy does for each row of
parameters costs more than the database's part."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Boolean, Dialect, Executable, LargeBinary, String, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

Values = tuple[Any, ...]


class _Making(Protocol):
    def __call__(self, row: Values, /) -> Values: ...


class Many(Executable):
    """A statement in the words of the one database that it is for, run for each of `rows`.
    Executed by a Transaction."""

    def __init__(self, sql: str, rows: Sequence[Values]) -> None:
        self._sql, self._rows = sql, rows

    def words(self, dialect: Dialect) -> tuple[str, Sequence[Values] | Values]:
        """The statement, and its parameters: of each time that it runs, or of the only one.
        ValueError or TypeError for a value that its column can't take."""
        return self._sql, self._rows


class Upsert(Many):
    """Rows to insert into `table`, or to write over the row with the same `keys`, written once
    for both dialects. Of rows with equal keys the last counts."""

    def __init__(
        self, table: Table, columns: Sequence[str], rows: Sequence[Values], keys: Sequence[str]
    ) -> None:
        if not rows:
            raise ValueError("no rows to upsert")
        self._rows = rows
        self._table, self._columns, self._keys = table, tuple(columns), tuple(keys)

    def words(self, dialect: Dialect) -> tuple[str, Sequence[Values] | Values]:
        compiled = _compiled(self._table, self._columns, self._keys, dialect)
        rows = [compiled.of(row) for row in self._rows]
        if dialect.name != "postgresql":
            return compiled.sql, rows
        return compiled.sql, tuple(map(list, zip(*compiled.once(rows), strict=True)))


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in the dialect's own words, and how its parameters are made of a row."""

    sql: str
    ordered: _Making | None
    "None: they are in the order of the columns."
    binds: tuple[tuple[int, Callable[[Any], Any]], ...]
    "What turns values into the driver's, by their place."
    keys: tuple[int, ...]
    "Their places."

    def once(self, rows: Iterable[Values]) -> Iterable[Values]:
        """One statement for all rows can't write a row twice."""
        return {tuple([row[place] for place in self.keys]): row for row in rows}.values()

    def of(self, row: Values) -> Values:
        if self.ordered is not None:
            row = self.ordered(row)
        if not self.binds:
            return row
        values = list(row)
        for place, bind in self.binds:
            values[place] = bind(values[place])
        return tuple(values)


@lru_cache(maxsize=64)
def _compiled(
    table: Table, columns: tuple[str, ...], keys: tuple[str, ...], dialect: Dialect
) -> _Compiled:
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
    made = [_bind(table.c[name].type, dialect) for name in names]
    places = [columns.index(name) for name in names]
    sql = str(compiled)
    if dialect.name == "postgresql":
        # All rows at once: a statement for each would take longer to begin than to run.
        arrays = ", ".join(
            f"${n}::{_element(table.c[name].type, dialect)}[]" for n, name in enumerate(names, 1)
        )
        begins, _, ends = sql.partition(" VALUES (")
        sql = f"{begins} SELECT * FROM unnest({arrays}){ends[ends.index(') ON') + 1 :]}"  # noqa: S608
    return _Compiled(
        sql,
        None if places == list(range(len(columns))) else itemgetter(*places),
        tuple((place, bind) for place, bind in enumerate(made) if bind is not None),
        tuple(names.index(name) for name in keys),
    )


def _element(type: TypeEngine[Any], dialect: Dialect) -> str:
    """Of an array: texts without their length and order, which are the column's."""
    impl = type.dialect_impl(dialect)
    if isinstance(impl, TypeDecorator):
        impl = impl.impl_instance
    return "TEXT" if isinstance(impl, String) else impl.compile(dialect)


def _bind(type: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if dialect.name == "sqlite" and isinstance(type, Boolean | LargeBinary):
        return None  # its driver takes them as they are
    return type.dialect_impl(dialect).bind_processor(dialect)


def upsert(table: Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> Upsert:
    """`rows` all name the same columns; `keys` are those of a primary key or unique constraint.

    Columns that the rows do not name keep their value where the row exists. ValueError when
    there is no row.
    """
    columns = tuple(rows[0]) if rows else ()
    return Upsert(table, columns, [tuple([row[c] for c in columns]) for row in rows], keys)

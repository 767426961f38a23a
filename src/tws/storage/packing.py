"""Rows as one text of JSON, made by the database.

Python's driver of SQLite lets another thread run at each row, and takes as long to get its turn
back as the row took: with two threads that have much to do, twenty rows cost more than the search
for them. From PostgreSQL rows and what belongs to each come in one answer instead of three.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import JSON, ColumnElement, Connection, Dialect, Select, Text, cast, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Rows = Sequence[tuple[Any, ...]]
MISSING = object()
decoded: Callable[[str], Rows] = msgspec.json.Decoder(list[tuple[Any, ...]]).decode


class _Rows(FunctionElement[Any]):
    """All rows of a query, as a list of lists of these columns."""

    inherit_cache = True
    type = JSON()


def nested(
    columns: Sequence[ColumnElement[Any]], which: ColumnElement[bool]
) -> ColumnElement[Any]:
    """A column: these columns of the rows that belong to the row, in no order."""
    return select(_Rows(*columns)).where(which).scalar_subquery()


class Packed:
    """A SELECT of texts, numbers, truths and JSON: no bytes, no moments. Its rows are in the order
    that it says only where it has a limit."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._packed = select(cast(_Rows(*statement.subquery().c), Text))
        self._words: dict[str, Words] = {}

    def rows(self, db: Connection, values: Mapping[str, Any]) -> Rows:
        """Truths may be 0 and 1."""
        if db.dialect.name != "sqlite":
            return decoded(db.execute(self._packed, values).scalar_one())
        words, driver = self.words(db.dialect), db.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return decoded(driver.execute(words.sql, words.given(values)).fetchone()[0])

    def words(self, dialect: Dialect) -> "Words":
        """What gives one text for `decoded`."""
        known = self._words.get(dialect.name)
        if known is None:
            known = self._words[dialect.name] = Words.of(self._packed, dialect)
        return known


@dataclass(frozen=True, slots=True)
class Words:
    """A statement in a database's own words: with SQLAlchemy's asking takes longer than
    answering."""

    sql: str
    parameters: tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]
    "In their order: name, value of one that is not given, and what makes it the driver's."

    @classmethod
    def of(cls, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> "Words":
        compiled = statement.compile(dialect=dialect)
        parameters = []
        for name in compiled.positiontup or ():
            bound = compiled.binds[name]
            bind = bound.type.dialect_impl(dialect).bind_processor(dialect)
            parameters.append((name, MISSING if bound.required else bound.value, bind))
        return cls(str(compiled), tuple(parameters))

    def given(self, values: Mapping[str, Any]) -> list[Any]:
        """KeyError for one that is missing."""
        found = [
            (values[name] if value is MISSING else values.get(name, value), bind)
            for name, value, bind in self.parameters
        ]
        return [value if bind is None else bind(value) for value, bind in found]


@compiles(_Rows)
def _sqlite(rows: _Rows, compiler: SQLCompiler, **kw: Any) -> str:
    # What is JSON is not known as such once it has come out of a query.
    columns = (
        f"json({made})" if isinstance(column.type, JSON) else made
        for column in rows.clauses
        for made in (compiler.process(column, **kw),)
    )
    return f"json_group_array(json_array({', '.join(columns)}))"


@compiles(_Rows, "postgresql")
def _postgresql(rows: _Rows, compiler: SQLCompiler, **kw: Any) -> str:
    columns = ", ".join(compiler.process(column, **kw) for column in rows.clauses)
    return f"coalesce(json_agg(json_build_array({columns})), '[]'::json)"

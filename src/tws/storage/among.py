"""What SQLAlchemy has no words for, in both dialects: a list as one parameter, and a column that
is only checked."""

from typing import Any

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Dialect, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine


class _Texts(TypeDecorator[list[str]]):
    """A list of texts: an array, or JSON where the database has no arrays."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(String()) if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return list(value)
        return msgspec.json.encode(list(value)).decode()


class Among(ColumnElement[bool]):
    """Whether `column` is one of the texts that the parameter `name` is given: a statement that is
    the same however many there are, and is made once."""

    inherit_cache = True
    type = Boolean()
    _is_implicitly_boolean = True
    _traverse_internals = [  # noqa: RUF012 - as SQLAlchemy declares it
        ("column", InternalTraversal.dp_clauseelement),
        ("values", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column, self.values = column, bindparam(name, type_=_Texts())


class Unsought(ColumnElement[Any]):
    """A column of rows that are found otherwise: SQLite, which doesn't know how many a parameter
    leaves, would look for them by its index."""

    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012
        ("column", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column, self.type = column, column.type


class Unindexed(Unsought):
    """A text of few rows that are found otherwise: PostgreSQL would look into its index of words
    for all the others that match, too."""

    inherit_cache = True


@compiles(Among)
def _as_json(among: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = compiler.process(among.column, **kw), compiler.process(among.values, **kw)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both are compiled


@compiles(Among, "postgresql")
def _as_array(among: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = compiler.process(among.column, **kw), compiler.process(among.values, **kw)
    return f"{column} = ANY ({values})"


@compiles(Unsought)
def _checked(unsought: Unsought, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(unsought.column, **kw)}"


@compiles(Unindexed)
def _text(unindexed: Unindexed, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(unindexed.column, **kw)


@compiles(Unindexed, "postgresql")
def _made(unindexed: Unindexed, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(unindexed.column, **kw)} || '')"


@compiles(Unsought, "postgresql")
def _plain(unsought: Unsought, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(unsought.column, **kw)

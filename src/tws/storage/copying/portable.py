"""Values of columns as JSON has them, the same from SQLite and from PostgreSQL.

A moment is ISO 8601 in UTC, bytes are base64, JSON is its text.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tws.storage.errors import StorageError

Row = Sequence[Any]
Making = Callable[[Any], Any]

KINDS: Mapping[str, str] = {
    "varchar": "text",
    "character varying": "text",
    "text": "text",
    "integer": "integer",
    "bigint": "integer",
    "smallint": "integer",
    "float": "real",
    "double precision": "real",
    "boolean": "boolean",
    "datetime": "moment",
    "timestamp with time zone": "moment",
    "json": "json",
    "jsonb": "json",
    "blob": "bytes",
    "bytea": "bytes",
}
"What a column holds, by its type in the words of either database."


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[tuple[str, str], ...]
    "Names, and what they hold: one of `KINDS`."


def kind(words: str) -> str:
    """Of a column, by its declared type."""
    found = KINDS.get(words.partition("(")[0].strip().lower())
    if found is None:
        raise StorageError(f"a column of the type {words} cannot be written into a backup")
    return found


def quoted(name: str) -> str:
    """A name as both databases take it in SQL."""
    return '"' + name.replace('"', '""') + '"'


def converted(table: Table, by_kind: Mapping[str, Making]) -> Callable[[Row], Row]:
    """What makes a row of `table` another one: `by_kind` says how values are made."""
    makings = [
        (place, by_kind[kind]) for place, (_, kind) in enumerate(table.columns) if kind in by_kind
    ]

    def convert(row: Row) -> Row:
        values = list(row)
        for place, make in makings:
            if values[place] is not None:
                values[place] = make(values[place])
        return values

    return convert


SAYING: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "boolean": "CASE WHEN {0} THEN json('true') WHEN NOT {0} THEN json('false') END",
        "bytes": "tws_base64({0})",
        "moment": "replace({0}, ' ', 'T') || 'Z'",
        "real": "json(tws_real({0}))",
    },
    "postgresql": {
        "bytes": "translate(encode({0}, 'base64'), E'\\n', '')",
        "json": "{0}::text",
        "moment": """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    },
}
"How the value of a column `{0}` is said in SQL as JSON has it; others as they are."

INTO: Mapping[str, Mapping[str, Making]] = {
    "sqlite": {
        "boolean": int,
        "bytes": base64.b64decode,
        "moment": lambda value: value.removesuffix("Z").replace("T", " "),
    },
    "postgresql": {"bytes": base64.b64decode, "moment": datetime.fromisoformat},
}
"... and back."

"""What is granted to whom, all in one table."""

from collections.abc import Iterable, Mapping
from operator import methodcaller
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint, func, select

from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.store.columns import id_column, reference, text_column, version_column
from tws.storage import Member, Reader, metadata
from tws.storage.rows import Rows

TABLES = {
    "user": "user_account",
    "group": "user_group",
    "directory": "directory",
    "queue": "call_queue",
    "intercom_group": "intercom_group",
    "domain": "domain",
}
"Of the rows that grants name."

OBJECTS: Mapping[ObjectKind, str] = {
    kind: f"of_{kind.name.lower()}" for kind in ObjectKind if kind is not ObjectKind.APPLICATION
}

GRANTEES: Mapping[GranteeKind, str] = {kind: kind.name.lower() for kind in GranteeKind}
"The column of each: so the database knows which rows are named."


def _given(columns: Iterable[str]) -> str:
    return " + ".join(f'CASE WHEN "{name}" IS NULL THEN 0 ELSE 1 END' for name in columns)


grants = Table(
    "grants",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    text_column("kind", 16),
    Column("object_kind", Member(ObjectKind, 16), nullable=False),
    text_column("object", 64),
    Column("grantee_kind", Member(GranteeKind, 16), nullable=False),
    text_column("grantee", 36),
    *(
        reference(name, TABLES[name.removeprefix("of_")], nullable=True)
        for name in OBJECTS.values()
    ),
    *(reference(name, TABLES[name], nullable=True) for name in GRANTEES.values()),
    UniqueConstraint("kind", "object", "grantee"),
    CheckConstraint(f"{_given(GRANTEES.values())} = 1", name="one_grantee"),
    CheckConstraint(
        f"{_given(OBJECTS.values())} = CASE WHEN object_kind = 'application' THEN 0 ELSE 1 END",
        name="one_object",
    ),
)


def _grant(*, kind: str, **columns: Any) -> Grant:
    return Grant(kind=GrantKind(kind), **columns)


granted = Rows(
    grants,
    _grant,
    {column: methodcaller("object_of", kind) for kind, column in OBJECTS.items()}
    | {column: methodcaller("grantee_of", kind) for kind, column in GRANTEES.items()},
)


def naming(kind: ObjectKind | GranteeKind) -> Column[Any]:
    """Where grants name a row as their object, or as their grantee."""
    return grants.c[OBJECTS[kind] if isinstance(kind, ObjectKind) else GRANTEES[kind]]


async def grants_naming(reader: Reader, column: Column[Any], id: str) -> dict[GrantKind, int]:
    """How many of each kind have that id there."""
    query = select(grants.c.kind, func.count()).where(column == id).group_by(grants.c.kind)
    found = {kind: n for kind, n in await reader.execute(query)}
    return {kind: found[kind] for kind in GrantKind if kind in found}

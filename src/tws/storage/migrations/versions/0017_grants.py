"""One table of what is granted to whom, instead of one for each type of object."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

OBJECTS = {
    "of_user": "user_account",
    "of_group": "user_group",
    "of_directory": "directory",
    "of_queue": "call_queue",
    "of_intercom_group": "intercom_group",
}
GRANTEES = {
    "user": "user_account",
    "group": "user_group",
    "queue": "call_queue",
    "intercom_group": "intercom_group",
    "domain": "domain",
}
OLD: Mapping[str, tuple[str, Mapping[str, str], tuple[str, ...]]] = {
    "authorisation": ("application", {"application": "application"}, ("user", "group")),
    "directory_grant": ("directory", {"directory": "directory"}, tuple(GRANTEES)),
    "calendar_grant": ("calendar", {"of_user": "user", "of_group": "group"}, ("user", "group")),
}
"Each table: the type of its objects; their columns, with what each names; those of grantees."


def upgrade() -> None:
    names = {**OBJECTS, **GRANTEES}
    made = op.create_table(
        "grants",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("object_kind", sa.String(16), nullable=False),
        sa.Column("object", sa.String(64), nullable=False),
        sa.Column("grantee_kind", sa.String(16), nullable=False),
        sa.Column("grantee", sa.String(36), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=True) for name in names),
        sa.CheckConstraint(f"{_given(GRANTEES)} = 1", name="ck_grants_one_grantee"),
        sa.CheckConstraint(
            f"{_given(OBJECTS)} = CASE WHEN object_kind = 'application' THEN 0 ELSE 1 END",
            name="ck_grants_one_object",
        ),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name="fk_grants_company_company"),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_grants_{name}_{to}")
            for name, to in names.items()
        ),
        sa.UniqueConstraint("kind", "object", "grantee", name="uq_grants_kind_object_grantee"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    for name in ("company", *names):
        op.create_index(f"ix_grants_{name}", "grants", [name])
    for table, (kind, objects, grantees) in OLD.items():
        _carry_over(made, table, kind, objects, grantees)
        op.drop_table(table)


def _given(names: Mapping[str, str]) -> str:
    return " + ".join(f'CASE WHEN "{name}" IS NULL THEN 0 ELSE 1 END' for name in names)


def _carry_over(
    made: sa.Table,
    table: str,
    kind: str,
    objects: Mapping[str, str],
    grantees: tuple[str, ...],
) -> None:
    columns = ("id", "version", "company", *objects, *grantees)
    old = sa.table(table, *(sa.column(name, sa.String) for name in columns))
    taken: dict[str, sa.ColumnElement[str]] = {
        "id": old.c.id,
        "version": old.c.version,
        "company": old.c.company,
        "kind": sa.literal(kind),
        "object_kind": sa.case(*((old.c[n].is_not(None), k) for n, k in objects.items())),
        "object": _first(old, objects),
        "grantee_kind": sa.case(*((old.c[name].is_not(None), name) for name in grantees)),
        "grantee": _first(old, grantees),
        **{name: old.c[name] for name in grantees},
        **{f"of_{k}": old.c[n] for n, k in objects.items() if k != "application"},
    }
    op.execute(made.insert().from_select(list(taken), sa.select(*taken.values())))


def _first(old: sa.TableClause, names: Iterable[str]) -> sa.ColumnElement[str]:
    """What stands in the one of these columns that has something."""
    found = [old.c[name] for name in names]
    return found[0] if len(found) == 1 else sa.func.coalesce(*found)

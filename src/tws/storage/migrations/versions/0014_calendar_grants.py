"""Who sees whose calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

OWNERS, GRANTEES = ("of_user", "of_group"), ("user", "group")
TABLES = {"user": "user_account", "group": "user_group"}


def upgrade() -> None:
    named = {name: TABLES[name.removeprefix("of_")] for name in (*OWNERS, *GRANTEES)}
    op.create_table(
        "calendar_grant",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=True) for name in named),
        *(_exactly_one(name, pair) for name, pair in (("owner", OWNERS), ("grantee", GRANTEES))),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name="fk_calendar_grant_company_company"
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=f"fk_calendar_grant_{name}_{table}"
            )
            for name, table in named.items()
        ),
        *(
            sa.UniqueConstraint(owner, grantee, name=f"uq_calendar_grant_{owner}_{grantee}")
            for owner in OWNERS
            for grantee in GRANTEES
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_grant"),
    )
    for name in ("company", *named):
        op.create_index(f"ix_calendar_grant_{name}", "calendar_grant", [name])


def _exactly_one(name: str, pair: tuple[str, str]) -> sa.CheckConstraint:
    terms = " + ".join(f'CASE WHEN "{one}" IS NULL THEN 0 ELSE 1 END' for one in pair)
    return sa.CheckConstraint(f"{terms} = 1", name=f"ck_calendar_grant_one_{name}")

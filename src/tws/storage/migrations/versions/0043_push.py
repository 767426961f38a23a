"""Browsers that are told of calls while their page is closed, and the key that they know us by."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
SUBSCRIPTION = "push_subscription"


def _of(name: str, table: str) -> sa.Column[str]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(36), key, nullable=False)


def upgrade() -> None:
    op.create_table(
        SUBSCRIPTION,
        sa.Column("id", sa.String(36), primary_key=True),
        _of("company", "company"),
        _of("user", "user_account"),
        _of("session", "session"),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    for column, unique in (
        ("company", False),
        ("user", False),
        ("session", True),
        ("place", True),
    ):
        op.create_index(op.f(f"ix_{SUBSCRIPTION}_{column}"), SUBSCRIPTION, [column], unique=unique)
    op.create_table(
        "push_key",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )

"""People outside: accounts with other networks, who is known there, how far messages came."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def _owned() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), nullable=False, index=True),
        sa.Column(
            "user",
            sa.String(36),
            sa.ForeignKey("user_account.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("address", sa.String(320), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "external_account",
        *_owned(),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("port", sa.Integer()),
        sa.UniqueConstraint("user"),
    )
    op.create_table(
        "external_contact",
        *_owned(),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("asked_for", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("user", "address"),
    )
    op.add_column("chat_message", sa.Column("delivery", sa.String(9)))

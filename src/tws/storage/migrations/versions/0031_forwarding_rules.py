"""Forwarding rules of users, and what was set in PBXs by them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "forwarding_rule",
        sa.Column("id", sa.String(length=36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column(
            "user",
            sa.String(length=36),
            sa.ForeignKey("user_account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("presences", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("destination", sa.String(length=100), nullable=False),
    )
    for name in ("company", "user"):
        op.create_index(op.f(f"ix_forwarding_rule_{name}"), "forwarding_rule", [name])
    op.create_table(
        "forwarding_kept",
        sa.Column(
            "device",
            sa.String(length=36),
            sa.ForeignKey("user_device.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("type", sa.String(length=10), primary_key=True),
        sa.Column("origin", sa.String(length=10), primary_key=True),
        sa.Column("destination", sa.String(length=100), nullable=False),
        sa.Column("seconds", sa.Integer()),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("before", sa.String(length=100)),
    )

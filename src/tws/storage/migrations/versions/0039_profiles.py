"""Profiles of users: their current device, and the forwarding rules that go with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.String(length=36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column(
            "user",
            sa.String(length=36),
            sa.ForeignKey("user_account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("device", sa.String(length=36)),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("rules", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
    )
    for name in ("company", "user"):
        op.create_index(op.f(f"ix_profile_{name}"), "profile", [name])

"""Calls that nobody answered in a call queue."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "abandoned_call",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("company", sa.String(36), sa.ForeignKey("company.id"), nullable=False),
        sa.Column(
            "queue",
            sa.String(36),
            sa.ForeignKey("call_queue.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("ended", moment, nullable=False),
        sa.Column("called_back", moment),
        sa.Column("called_back_by", sa.String(36)),
    )
    for name in ("company", "queue", "ended"):
        op.create_index(op.f(f"ix_abandoned_call_{name}"), "abandoned_call", [name])

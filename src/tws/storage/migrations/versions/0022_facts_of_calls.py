"""What stays for statistics of calls that left the log."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

IDS = ("company", "domain", "user", "device_row")


def upgrade() -> None:
    op.create_table(
        "call_fact",
        sa.Column("id", sa.String(36), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=False) for name in IDS),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alerted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_fact"),
    )
    for columns in (["company", "user", "created"], ["company", "created"]):
        op.create_index(f"ix_call_fact_{'_'.join(columns)}", "call_fact", columns)

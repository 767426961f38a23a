"""Where calendars are read, users' own accounts there, and what was read of each person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
SOURCE, ACCOUNT = "collaboration_source", "collaboration_account"
READING, REFRESH = "calendar_reading", "calendar_refresh"


def upgrade() -> None:
    op.create_table(
        SOURCE,
        *_row(),
        sa.Column("domain", sa.String(36), sa.ForeignKey("domain.id"), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_key", sa.String(300), nullable=False),
        sa.Column("connector", sa.String(50), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.UniqueConstraint("domain", "name_key"),
    )
    op.create_table(
        ACCOUNT,
        *_row(),
        sa.Column("user", sa.String(36), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("source", sa.String(36), sa.ForeignKey(f"{SOURCE}.id"), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.UniqueConstraint("user", "source"),
    )
    # No foreign keys: what is read belongs to no change of users or sources.
    op.create_table(
        READING,
        sa.Column("source", sa.String(36), primary_key=True),
        sa.Column("user", sa.String(36), primary_key=True),
        sa.Column("mailbox", sa.String(254), nullable=False),
        sa.Column("read", sa.DateTime(timezone=True)),
        sa.Column("events", JSON, nullable=False),
        sa.Column("problem", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_table(
        REFRESH,
        sa.Column("source", sa.String(36), primary_key=True),
        sa.Column("tried", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refreshed", sa.DateTime(timezone=True)),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
    )
    for table, columns in {
        SOURCE: ("company", "domain"),
        ACCOUNT: ("company", "user", "source"),
    }.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def _row() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), sa.ForeignKey("company.id"), nullable=False),
    ]

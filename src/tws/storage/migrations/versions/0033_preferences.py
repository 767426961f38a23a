"""What users choose for themselves in the Caller."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0033"
down_revision = "0032"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "preference",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), sa.ForeignKey("company.id"), nullable=False),
        sa.Column("user", sa.String(36), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("chosen", JSON, nullable=False),
        sa.UniqueConstraint("user"),
    )
    for column in ("company", "user"):
        op.create_index(f"ix_preference_{column}", "preference", [column])

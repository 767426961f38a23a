"""What waits to be told users by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.create_table(
        "email_notice",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("user", sa.String(36), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_email_notice"),
    )
    for columns in (("company",), ("at",), ("user", "told", "at")):
        name = f"ix_email_notice_{'_'.join(columns)}"
        op.create_index(op.f(name), "email_notice", list(columns))

"""Synchronisations of directories, for their reports and to go on after a restart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "directory_run",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("directory", sa.String(36), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by", sa.String(36)),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("counts", json, nullable=False),
        sa.Column("merged", sa.Integer(), nullable=False),
        sa.Column("remarks", json, nullable=False),
        sa.Column("problem", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("taking_away", sa.Boolean(), nullable=False),
        sa.Column("after", sa.String(250), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"],
            ["company.id"],
            name="fk_directory_run_company_company",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_directory_run"),
    )
    op.create_index(
        "ix_directory_run_directory_started", "directory_run", ["directory", "started"]
    )
    op.create_index("ix_directory_run_company", "directory_run", ["company"])
    _addresses()


def _addresses() -> None:
    """Contacts that were written since there is a table for their addresses: it was not."""
    op.execute("DELETE FROM contact_email")
    op.execute(
        "INSERT INTO contact_email (contact, position, company, email, folded)"
        " SELECT id, 0, company, email, lower(email) FROM contact WHERE email != ''"
    )

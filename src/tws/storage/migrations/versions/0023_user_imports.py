"""Imports of users: how they are read, whom they brought, and their reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023"
down_revision = "0022"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
IMPORT, RUN = "user_import", "user_import_run"
REFERENCES = {
    "company": ("company", False),
    "domain": ("domain", False),
    "directory": ("directory", False),
    "group": ("user_group", True),
    "link": ("link", True),
}


def upgrade() -> None:
    op.create_table(
        IMPORT,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(36), sa.ForeignKey(f"{table}.id"), nullable=nullable)
            for name, (table, nullable) in REFERENCES.items()
        ),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("protocol", sa.String(20), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("culture", sa.String(16), nullable=False),
        sa.Column("adapt", sa.Boolean(), nullable=False),
        sa.Column("schedule", sa.String(16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hour", sa.String(5), nullable=False),
    )
    for name in REFERENCES:
        op.create_index(f"ix_{IMPORT}_{name}", IMPORT, [name])
    op.add_column("user_account", sa.Column("user_import", sa.String(36)))
    op.add_column(
        "user_account",
        sa.Column("missing", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("user_device", sa.Column("user_import", sa.String(36)))
    _runs()


def _runs() -> None:
    company = sa.ForeignKey("company.id", ondelete="CASCADE")
    op.create_table(
        RUN,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("company", sa.String(36), company, nullable=False),
        # No foreign key: the report outlives its import.
        sa.Column("user_import", sa.String(36), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by", sa.String(36)),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("report", JSON, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(16)),
        sa.Column("said", JSON, nullable=False),
        sa.Column("approved", sa.Integer()),
    )
    op.create_index(f"ix_{RUN}_user_import_started", RUN, ["user_import", "started"])
    op.create_index(f"ix_{RUN}_company", RUN, ["company"])

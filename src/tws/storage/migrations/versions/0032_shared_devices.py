"""The devices of call queues and intercom groups, which had names only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    for table in ("call_queue", "intercom_group"):
        # In these words SQLite and PostgreSQL both know it, and neither copies the table.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN link VARCHAR(36) "
            f"CONSTRAINT {op.f(f'fk_{table}_link_link')} REFERENCES link (id)"
        )
        op.create_index(op.f(f"ix_{table}_link"), table, ["link"])
        for name, kind, default in (
            ("number", sa.String(length=32), ""),
            ("protocol", sa.String(length=20), "CSTA"),
            ("media_protocol", sa.String(length=20), "None"),
            ("lines", sa.Integer(), "1"),
            ("password", sa.Text(), ""),
        ):
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    for column in (
        sa.Column("count", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("supervised", json, nullable=False, server_default="[]"),
    ):
        op.add_column("intercom_group", column)

"""Dial plans: rules, emergency numbers and examples of a domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("apply_to_caller", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("outgoing_rules", json, nullable=True))
        for name, default in (
            ("incoming_rules", "[]"),
            ("emergency_numbers", '["112"]'),
            ("number_examples", "[]"),
        ):
            column = sa.Column(name, json, nullable=False, server_default=sa.text(f"'{default}'"))
            batch_op.add_column(column)

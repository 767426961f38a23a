"""Which numbers of the call log the red list hides."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "call_leg", sa.Column("red", sa.Boolean(), nullable=False, server_default=sa.false())
    )

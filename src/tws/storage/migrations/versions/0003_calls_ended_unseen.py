"""Which calls ended unseen while a link was not heard."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    unseen = sa.text("outcome = 'endNotSeen'")
    op.create_index(
        "ix_call_leg_unseen",
        "call_leg",
        ["link", "ended"],
        sqlite_where=unseen,
        postgresql_where=unseen,
    )

"""Keys that are good for the helper of a desk alone."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    # Those that there are open the whole API, as they did.
    op.add_column(
        "api_key",
        sa.Column("helper", sa.Boolean(), nullable=False, server_default=sa.false()),
    )

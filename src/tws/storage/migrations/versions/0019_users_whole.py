"""What else is written down of a user: where they sit, what their import calls them, two fields of
the company's own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

LONGEST = {"ip": 45, "external_key": 255, "custom0": 255, "custom1": 255}


def upgrade() -> None:
    for name, longest in LONGEST.items():
        column = sa.Column(name, sa.String(length=longest), nullable=False, server_default="")
        op.add_column("user_account", column)

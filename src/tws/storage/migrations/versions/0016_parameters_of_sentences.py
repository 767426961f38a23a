"""Why a source could not be read: what its sentence is filled with. Rows that are there keep their
whole sentence.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TABLES = ("directory_run", "calendar_reading", "calendar_refresh")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("parameters", JSON, nullable=True))

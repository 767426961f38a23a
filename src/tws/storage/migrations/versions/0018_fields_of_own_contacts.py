"""Directories in which people write contacts down get fields of their own: an address, a title,
a note.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
DIRECTORY = sa.table(
    "directory",
    sa.column("connector"),
    sa.column("mapping", JSON),
    sa.column("labels", JSON),
)
LABELS = {"private0": "Address", "private1": "Title", "private2": "Note"}
MAPPING = {"private0": "ADR|a", "private1": "TITLE", "private2": "NOTE"}


def upgrade() -> None:
    # Neither could be changed until now.
    op.execute(
        sa.update(DIRECTORY)
        .where(DIRECTORY.c.connector == "tws_contacts")
        .values(mapping=MAPPING, labels=LABELS)
    )

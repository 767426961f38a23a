"""Photos of contacts, apart from their cards: these stay small."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("contact", sa.Column("photo", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "contact_photo",
        sa.Column("contact", sa.String(36), nullable=False),
        sa.Column("hash", sa.String(32), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact"],
            ["contact.id"],
            name="fk_contact_photo_contact_contact",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact", name="pk_contact_photo"),
    )

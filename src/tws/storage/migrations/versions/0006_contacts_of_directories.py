"""Which directory a contact is of, what its source calls it, its addresses and private fields."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

DIRECTORY = """
    UPDATE contact SET directory = (
        SELECT directory.id FROM directory
        WHERE directory.connector = 'tws_contacts'
        AND directory.kind = CASE WHEN contact.owner IS NULL THEN 'public' ELSE 'private' END
        AND directory.domain = coalesce(
            contact.domain, (SELECT min(id) FROM domain WHERE domain.company = contact.company)
        )
    )
"""
ADDRESS = """
    INSERT INTO contact_email (contact, position, company, email, folded)
    SELECT id, 0, company, email, lower(email) FROM contact WHERE email != ''
"""


def upgrade() -> None:
    op.add_column("contact", sa.Column("directory", sa.String(36)))
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("contact", sa.Column("external", sa.String(250)))
    op.add_column("contact", sa.Column("raw_hash", sa.LargeBinary()))
    op.add_column(
        "contact", sa.Column("website", sa.String(500), nullable=False, server_default="")
    )
    op.add_column("contact", sa.Column("private", json))
    op.add_column(
        "contact_number", sa.Column("red", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "contact_email",
        sa.Column("contact", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("folded", sa.String(254), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact"],
            ["contact.id"],
            name="fk_contact_email_contact_contact",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact", "position", name="pk_contact_email"),
    )
    op.create_index("ix_contact_email_company_folded", "contact_email", ["company", "folded"])
    op.execute(DIRECTORY)
    op.execute(ADDRESS)
    op.create_index("uq_contact_external", "contact", ["directory", "external"], unique=True)

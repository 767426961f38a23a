"""Contacts by their private fields, in an index of parts of words; and lists of contacts.

Private texts of contacts that are there already are folded by the job that reads numbers again:
nothing large is written at a start.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

UNLESS_BY_HAND = "NOT EXISTS (SELECT 1 FROM search_by_hand)"
FORGET = """
    INSERT INTO search_private (search_private, rowid, private_folded)
    SELECT 'delete', old.search_row, old.private_folded WHERE old.private_folded IS NOT NULL;
"""
LEARN = """
    INSERT INTO search_private (rowid, private_folded)
    SELECT new.search_row, new.private_folded WHERE new.private_folded IS NOT NULL;
"""


def upgrade() -> None:
    op.add_column("contact", sa.Column("private_folded", sa.Text()))
    _lists()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        op.execute(
            "CREATE INDEX search_private ON contact USING gin (private_folded gin_trgm_ops)"
        )


def _lists() -> None:
    op.create_table(
        "contact_list",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(36), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"],
            ["user_account.id"],
            name="fk_contact_list_owner_user_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_list"),
    )
    op.create_index("ix_contact_list_company", "contact_list", ["company"])
    op.create_index("ix_contact_list_owner", "contact_list", ["owner"])
    op.create_table(
        "contact_list_member",
        sa.Column("list", sa.String(36), nullable=False),
        sa.Column("contact", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list"],
            ["contact_list.id"],
            name="fk_contact_list_member_list_contact_list",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("list", "contact", name="pk_contact_list_member"),
    )
    op.create_index("ix_contact_list_member_contact", "contact_list_member", ["contact"])


def _sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search_private USING fts5(private_folded, content = 'contact',"
        " content_rowid = 'search_row', tokenize = 'trigram')"
    )
    for trigger, when, body in (
        ("search_private_made", "INSERT", LEARN),
        ("search_private_gone", "DELETE", FORGET),
        ("search_private_changed", "UPDATE OF private_folded, search_row", FORGET + LEARN),
    ):
        op.execute(
            f"CREATE TRIGGER {trigger} AFTER {when} ON contact"
            f" WHEN {UNLESS_BY_HAND} BEGIN {body} END"
        )

"""Mails that wait to be sent, and administrators who are told of incidents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    company = sa.ForeignKey("company.id", ondelete="CASCADE")
    user = sa.ForeignKey("user_account.id", ondelete="CASCADE")
    op.create_table(
        "mail",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("company", sa.String(36), company, nullable=False),
        sa.Column("user", sa.String(36), user),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", moment, nullable=False),
    )
    op.create_index("ix_mail_company_due", "mail", ["company", "due"])
    op.create_index("ix_mail_user", "mail", ["user"])
    op.add_column("incident", sa.Column("mailed", moment))
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    for name, kind, default in (
        ("email", sa.String(254), ""),
        ("culture", sa.String(16), "fr"),
        ("muted", json, "[]"),
    ):
        column = sa.Column(name, kind, nullable=False, server_default=default)
        op.add_column("administrator", column)

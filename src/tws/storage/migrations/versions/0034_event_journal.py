"""Notes, what was told of voice messages, and up to when each user has seen the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

NOTE, NOTICE, SEEN = "journal_note", "journal_notice", "journal_seen"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(36), nullable=False)


def _user(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("user_account.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(36), key, nullable=False, primary_key=primary_key)


def upgrade() -> None:
    op.create_table(
        NOTE,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _id("company"),
        _id("domain"),
        _user("author"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call", sa.String(36)),
        sa.Column("thread", sa.Text()),
        sa.Column("contact", sa.String(36)),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("red", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
    )
    for columns in (
        ("author", "created", "id"),
        ("company", "domain", "created", "id"),
        ("company", "number"),
        ("company", "contact"),
        ("company", "thread"),
    ):
        op.create_index(op.f(f"ix_{NOTE}_{'_'.join(columns)}"), NOTE, [*columns])
    op.create_table(
        NOTICE,
        sa.Column("id", sa.String(36), primary_key=True),
        _id("company"),
        _user("user"),
        _id("device_row"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard", sa.DateTime(timezone=True)),
    )
    op.create_index(op.f(f"ix_{NOTICE}_user_at"), NOTICE, ["user", "at"])
    op.create_index(op.f(f"ix_{NOTICE}_device_row"), NOTICE, ["device_row"])
    op.create_table(
        SEEN,
        _user("user", primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )

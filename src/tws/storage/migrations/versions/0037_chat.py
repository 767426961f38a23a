"""What colleagues write to each other."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "chat_message",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("sender_kind", sa.String(8), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("recipient_kind", sa.String(8), nullable=False),
        sa.Column("recipient", sa.String(64), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file", sa.String(36), nullable=True),
        sa.Column("key", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_chat_message"),
    )
    for columns in (
        ("sender", "recipient", "id"),
        ("recipient", "sender", "id"),
        ("company", "sent"),
        ("file",),
    ):
        name = f"ix_chat_message_{'_'.join(columns)}"
        op.create_index(op.f(name), "chat_message", list(columns))
    op.create_index("uq_chat_message_sender_key", "chat_message", ["sender", "key"], unique=True)
    op.create_table(
        "chat_file",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("recipient", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat_file"),
    )
    for column in ("sender", "recipient"):
        op.create_index(op.f(f"ix_chat_file_{column}"), "chat_file", [column])
    op.create_table(
        "chat_piece",
        sa.Column("file", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file", "number", name="pk_chat_piece"),
    )
    op.create_table(
        "chat_read",
        sa.Column("user", sa.String(36), nullable=False),
        sa.Column("other", sa.String(36), nullable=False),
        sa.Column("company", sa.String(36), nullable=False),
        sa.Column("upto", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user", "other", name="pk_chat_read"),
    )
    op.create_index(op.f("ix_chat_read_other"), "chat_read", ["other"])

"""By whom text messages are sent, and those that wait or were sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0041"
down_revision = "0040"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "sms_provider",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(36), sa.ForeignKey("company.id"), nullable=False),
        sa.Column("domain", sa.String(36), sa.ForeignKey("domain.id"), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_key", sa.String(300), nullable=False),
        sa.Column("connector", sa.String(50), nullable=False),
        sa.Column("sender", sa.String(20), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.UniqueConstraint("domain", "name_key"),
    )
    for column in ("company", "domain"):
        op.create_index(f"ix_sms_provider_{column}", "sms_provider", [column])
    op.create_table(
        "sms_message",
        sa.Column("id", sa.String(36), primary_key=True),
        _cascading("company", "company"),
        sa.Column("domain", sa.String(36), nullable=False),
        _cascading("user", "user_account"),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("contact", sa.String(64)),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", JSON, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("provider", sa.String(36)),
        sa.Column("key", sa.String(64)),
    )
    for columns in (("company",), ("user", "id"), ("domain", "due"), ("state",)):
        op.create_index(f"ix_sms_message_{'_'.join(columns)}", "sms_message", list(columns))
    op.create_index("uq_sms_message_user_key", "sms_message", ["user", "key"], unique=True)
    op.create_table(
        "sms_part",
        sa.Column(
            "message",
            sa.String(36),
            sa.ForeignKey("sms_message.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("provider", sa.String(36), nullable=False),
        sa.Column("reference", sa.String(128), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
    )
    op.create_index("ix_sms_part_provider_reference", "sms_part", ["provider", "reference"])


def _cascading(name: str, to: str) -> sa.Column[str]:
    key = sa.ForeignKey(f"{to}.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(36), key, nullable=False)

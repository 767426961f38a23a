"""Second factors of users and administrators."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "second_factor",
        sa.Column("id", sa.String(length=36), primary_key=True),
        *(
            sa.Column(name, sa.String(length=36), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"))
            for name, table in (("user", "user_account"), ("administrator", "administrator"))
        ),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("recovery", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            '("user" IS NULL) <> (administrator IS NULL)',
            name=op.f("ck_second_factor_one_owner"),
        ),
    )
    for name in ("user", "administrator"):
        op.create_index(op.f(f"ix_second_factor_{name}"), "second_factor", [name])

"""Passkeys of users and administrators."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=36), primary_key=True),
        *(
            sa.Column(name, sa.String(length=36), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"))
            for name, table in (("user", "user_account"), ("administrator", "administrator"))
        ),
        sa.Column("rp", sa.String(length=255), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("backed_up", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
        sa.CheckConstraint(
            '("user" IS NULL) <> (administrator IS NULL)', name=op.f("ck_passkey_one_owner")
        ),
    )
    for name in ("user", "administrator"):
        op.create_index(op.f(f"ix_passkey_{name}"), "passkey", [name])

"""Letters by which a forgotten password is replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
TABLE = "password_reset"


def upgrade() -> None:
    user = sa.ForeignKey("user_account.id", ondelete="CASCADE")
    administrator = sa.ForeignKey("administrator.id", ondelete="CASCADE")
    op.create_table(
        TABLE,
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(36), user),
        sa.Column("administrator", sa.String(36), administrator),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            '("user" IS NULL) <> (administrator IS NULL)', name=op.f(f"ck_{TABLE}_one_owner")
        ),
    )
    for name in ("user", "administrator"):
        op.create_index(f"ix_{TABLE}_{name}", TABLE, [name])

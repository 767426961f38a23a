"""Photos of users, apart from their rows: these stay small."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column(
        "user_account", sa.Column("photo", sa.String(32), nullable=False, server_default="")
    )
    op.create_table(
        "user_photo",
        sa.Column("user", sa.String(36), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user"],
            ["user_account.id"],
            name="fk_user_photo_user_user_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user", name="pk_user_photo"),
    )

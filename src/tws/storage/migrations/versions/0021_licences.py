"""The number of the installation, and its licence file."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for name, more in (
        ("installation", [sa.Column("dongle", sa.String(length=39), nullable=False)]),
        (
            "licence_file",
            [
                sa.Column("text", sa.Text(), nullable=False),
                sa.Column("installed", sa.DateTime(timezone=True), nullable=False),
            ],
        ),
    ):
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            *more,
            sa.CheckConstraint("id = 1", name=op.f(f"ck_{name}_only_one")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )

"""What was set in a PBX is known by the telephone's place there: it outlives the row of the user's
device, until the PBX has taken it back."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
COLUMNS = 'type, origin, destination, seconds, mark, "before"'


def upgrade() -> None:
    op.create_table(
        "forwarding_set",
        sa.Column(
            "link",
            sa.String(length=36),
            sa.ForeignKey("link.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.String(length=32), primary_key=True),
        sa.Column("type", sa.String(length=10), primary_key=True),
        sa.Column("origin", sa.String(length=10), primary_key=True),
        sa.Column("destination", sa.String(length=100), nullable=False),
        sa.Column("seconds", sa.Integer()),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("before", sa.String(length=100)),
    )
    op.execute(
        f"INSERT INTO forwarding_set (link, number, {COLUMNS}) "  # noqa: S608
        f"SELECT user_device.link, user_device.number, {COLUMNS} FROM forwarding_kept "
        "JOIN user_device ON user_device.id = forwarding_kept.device"
    )
    op.drop_table("forwarding_kept")

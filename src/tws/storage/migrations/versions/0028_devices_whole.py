"""What the guide has of users and devices besides: passwords of the PBX, which are sealed, and
what a telephone of the protocol SIP needs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("user_account", _text("voicemail_password"))
    for column in (
        _text("password"),
        sa.Column("ip", sa.String(length=45), nullable=False, server_default=""),
        sa.Column("client_port", sa.Integer(), nullable=False, server_default="0"),
        _flag("softphone"),
    ):
        op.add_column("user_device", column)
    for table in ("user_device", "user_import"):
        for column in (
            _flag("video"),
            sa.Column("sip_proxy", sa.String(length=255), nullable=False, server_default=""),
            _flag("one_number"),
            sa.Column(
                "media_protocol", sa.String(length=20), nullable=False, server_default="None"
            ),
        ):
            op.add_column(table, column)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())

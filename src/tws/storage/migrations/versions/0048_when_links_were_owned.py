"""When each owner of a link began: what an owner before heard after that is another's too."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.create_table(
        "link_owned",
        sa.Column(
            "link",
            sa.String(36),
            sa.ForeignKey("link.id", name="fk_link_owned_link_link", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )

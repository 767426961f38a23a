"""Connections of identity providers, and which groups they brought."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TABLE = "scim_connection"
REFERENCES = {"company": False, "domain": False, "link": True}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(36), sa.ForeignKey(f"{name}.id"), nullable=nullable)
            for name, nullable in REFERENCES.items()
        ),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_key", sa.String(300), nullable=False),
        sa.Column("protocol", sa.String(20), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("culture", sa.String(16), nullable=False),
        sa.Column("adapt", sa.Boolean(), nullable=False),
        sa.Column("take_over", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True)),
        sa.Column("seen", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("domain", "name_key", name=f"uq_{TABLE}_domain_name_key"),
    )
    for name in REFERENCES:
        op.create_index(f"ix_{TABLE}_{name}", TABLE, [name])
    op.add_column(
        "user_group",
        sa.Column("external_key", sa.String(255), nullable=False, server_default=""),
    )
    op.add_column("user_group", sa.Column("brought_by", sa.String(36)))

"""Large call logs; nights of cleaning that are gone on with; which older TWS a database serves.

Indexes that have all that a log is sought by take the place of those that had its order alone.
"""

import sqlalchemy as sa
from alembic import op

from tws.storage.migrations.large import LargeIndex, make

revision = "0047"
down_revision = "0046"

LOGGED = ("created", "id", "outcome", "direction", "heard", "ended", "folded")
SHORTENED = "UPDATE call_leg SET folded = left(folded, 375) WHERE octet_length(folded) > 1500"
"An index of PostgreSQL does not take longer ones."
CLEANED = """ALTER TABLE call_leg SET (autovacuum_vacuum_insert_scale_factor = 0.02,
 autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)"""
"By itself PostgreSQL waits for a fifth of the table: who reads an index alone would look at rows."
FIRST = (SHORTENED,)
LARGE = (
    LargeIndex(
        name="ix_call_leg_user_log", table="call_leg", columns=("company", "user", *LOGGED)
    ),
    LargeIndex(name="ix_call_leg_company_log", table="call_leg", columns=("company", *LOGGED)),
    LargeIndex(
        name="ix_call_leg_moved",
        table="call_leg",
        columns=("company", "user"),
        where="outcome = 'missed' AND via_cause = 'singleStepTransfer'",
    ),
)
REPLACED = ("ix_call_leg_company_user_created_id", "ix_call_leg_company_created_id")


def upgrade() -> None:
    serves = op.create_table("schema_serves", sa.Column("oldest", sa.String(8), nullable=False))
    op.bulk_insert(serves, [{"oldest": revision}])
    op.create_table(
        "nightly_cleaning",
        sa.Column(
            "domain",
            sa.String(36),
            sa.ForeignKey(
                "domain.id", name="fk_nightly_cleaning_domain_domain", ondelete="CASCADE"
            ),
            primary_key=True,
        ),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("removed", sa.Integer(), nullable=False),
    )
    make(LARGE)
    for name in REPLACED:
        op.execute(f"DROP INDEX IF EXISTS {name}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(CLEANED)

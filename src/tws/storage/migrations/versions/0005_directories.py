"""Directories, who may look into them, and values of parameters.

Every domain gets TWS's own three directories, granted so that everybody sees what they saw before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from tws.storage.columns import new_id

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "call_queue",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_call_queue_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_call_queue_domain_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_queue")),
        sa.UniqueConstraint("domain", "name_key", name=op.f("uq_call_queue_domain_name_key")),
    )
    with op.batch_alter_table("call_queue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_queue_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_queue_domain"), ["domain"], unique=False)

    op.create_table(
        "directory",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("connector", sa.String(length=50), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("mapping", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("labels", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("merge", sa.Boolean(), nullable=False),
        sa.Column("schedule", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("synchronised", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_directory_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_directory_domain_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory")),
        sa.UniqueConstraint("domain", "name_key", name=op.f("uq_directory_domain_name_key")),
    )
    with op.batch_alter_table("directory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_directory_domain"), ["domain"], unique=False)

    op.create_table(
        "intercom_group",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_intercom_group_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_intercom_group_domain_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intercom_group")),
        sa.UniqueConstraint("domain", "name_key", name=op.f("uq_intercom_group_domain_name_key")),
    )
    with op.batch_alter_table("intercom_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intercom_group_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_intercom_group_domain"), ["domain"], unique=False)

    op.create_table(
        "directory_grant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("directory", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=True),
        sa.Column("group", sa.String(length=36), nullable=True),
        sa.Column("queue", sa.String(length=36), nullable=True),
        sa.Column("intercom_group", sa.String(length=36), nullable=True),
        sa.Column("domain", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            " + ".join(
                f'CASE WHEN "{name}" IS NULL THEN 0 ELSE 1 END'
                for name in ("user", "group", "queue", "intercom_group", "domain")
            )
            + " = 1",
            name=op.f("ck_directory_grant_one_grantee"),
        ),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_directory_grant_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["directory"], ["directory.id"], name=op.f("fk_directory_grant_directory_directory")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_directory_grant_domain_domain")
        ),
        sa.ForeignKeyConstraint(
            ["group"], ["user_group.id"], name=op.f("fk_directory_grant_group_user_group")
        ),
        sa.ForeignKeyConstraint(
            ["intercom_group"],
            ["intercom_group.id"],
            name=op.f("fk_directory_grant_intercom_group_intercom_group"),
        ),
        sa.ForeignKeyConstraint(
            ["queue"], ["call_queue.id"], name=op.f("fk_directory_grant_queue_call_queue")
        ),
        sa.ForeignKeyConstraint(
            ["user"], ["user_account.id"], name=op.f("fk_directory_grant_user_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_grant")),
        sa.UniqueConstraint(
            "directory", "domain", name=op.f("uq_directory_grant_directory_domain")
        ),
        sa.UniqueConstraint("directory", "group", name=op.f("uq_directory_grant_directory_group")),
        sa.UniqueConstraint(
            "directory", "intercom_group", name=op.f("uq_directory_grant_directory_intercom_group")
        ),
        sa.UniqueConstraint("directory", "queue", name=op.f("uq_directory_grant_directory_queue")),
        sa.UniqueConstraint("directory", "user", name=op.f("uq_directory_grant_directory_user")),
    )
    with op.batch_alter_table("directory_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_grant_company"), ["company"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_directory_grant_directory"), ["directory"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_directory_grant_domain"), ["domain"], unique=False)
        batch_op.create_index(batch_op.f("ix_directory_grant_group"), ["group"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_directory_grant_intercom_group"), ["intercom_group"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_directory_grant_queue"), ["queue"], unique=False)
        batch_op.create_index(batch_op.f("ix_directory_grant_user"), ["user"], unique=False)

    op.create_table(
        "parameter_value",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("parameter", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=True),
        sa.Column("group", sa.String(length=36), nullable=True),
        sa.Column("user", sa.String(length=36), nullable=True),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_parameter_value_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_parameter_value_domain_domain")
        ),
        sa.ForeignKeyConstraint(
            ["group"], ["user_group.id"], name=op.f("fk_parameter_value_group_user_group")
        ),
        sa.ForeignKeyConstraint(
            ["user"], ["user_account.id"], name=op.f("fk_parameter_value_user_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_value")),
        sa.UniqueConstraint(
            "parameter", "holder", name=op.f("uq_parameter_value_parameter_holder")
        ),
    )
    with op.batch_alter_table("parameter_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parameter_value_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_parameter_value_domain"), ["domain"], unique=False)
        batch_op.create_index(batch_op.f("ix_parameter_value_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_parameter_value_user"), ["user"], unique=False)

    with op.batch_alter_table("user_group", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rank", sa.Integer(), nullable=False, server_default="10000")
        )
    _built_in()


BUILT_IN = (
    ("Private contacts", "private", "tws_contacts", 0),
    ("Public contacts", "public", "tws_contacts", 0),
    ("Users", "public", "tws_users", 2),
)


def _built_in() -> None:
    connection = op.get_bind()
    domains = connection.execute(sa.text("SELECT id, company FROM domain ORDER BY id")).all()
    for domain, company in domains:
        for name, kind, connector, priority in BUILT_IN:
            directory = new_id()
            row = {
                "id": directory,
                "version": 1,
                "company": company,
                "domain": domain,
                "name": name,
                "name_key": name.lower(),
                "kind": kind,
                "connector": connector,
                "priority": priority,
                "settings": {},
                "mapping": {},
                "labels": {},
                "merge": False,
                "schedule": "manual",
                "minutes": 10,
            }
            connection.execute(sa.insert(DIRECTORY), row)
            whole = [id for id, of in domains if of == company]
            for grantee in [domain] if kind == "private" else whole:
                grant = {"id": new_id(), "version": 1, "company": company, "directory": directory}
                connection.execute(sa.insert(GRANT), grant | {"domain": grantee})


JSON = sa.JSON().with_variant(JSONB(), "postgresql")
DIRECTORY = sa.table(
    "directory",
    *(sa.column(name) for name in ("id", "version", "company", "domain", "name", "name_key")),
    *(sa.column(name) for name in ("kind", "connector", "priority", "schedule", "minutes")),
    *(sa.column(name, JSON) for name in ("settings", "mapping", "labels")),
    sa.column("merge", sa.Boolean()),
)
GRANT = sa.table(
    "directory_grant",
    *(sa.column(name) for name in ("id", "version", "company", "directory", "domain")),
)

"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "administrator",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=100), nullable=False),
        sa.Column("username_key", sa.String(length=300), nullable=False),
        sa.Column("super_user", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrator")),
        sa.UniqueConstraint("username_key", name=op.f("uq_administrator_username_key")),
    )
    op.create_table(
        "audit",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=300), nullable=False),
        sa.Column("session", sa.String(length=36), nullable=True),
        sa.Column("company", sa.String(length=36), nullable=True),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("before", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("after", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_target"), ["target"], unique=False)

    op.create_table(
        "call_leg",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=36), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=False),
        sa.Column("device_row", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("heard", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=36), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("peer", sa.String(length=64), nullable=False),
        sa.Column("queue_number", sa.String(length=64), nullable=True),
        sa.Column("queue_name", sa.String(length=200), nullable=True),
        sa.Column("via_cause", sa.String(length=64), nullable=True),
        sa.Column("via_number", sa.String(length=64), nullable=True),
        sa.Column("via_name", sa.String(length=200), nullable=True),
        sa.Column("other_number", sa.String(length=64), nullable=True),
        sa.Column("other_name", sa.String(length=200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alerted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("gap", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_leg")),
    )
    with op.batch_alter_table("call_leg", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_leg_company_created_id"),
            ["company", "created", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_call_leg_company_user_created_id"),
            ["company", "user", "created", "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_call_leg_open",
            ["link", "call", "device"],
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )

    op.create_table(
        "company",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("name_key", name=op.f("uq_company_name_key")),
    )
    op.create_table(
        "journal_gap",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("link", sa.String(length=36), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_gap")),
    )
    with op.batch_alter_table("journal_gap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_gap_company_until_id"), ["company", "until", "id"], unique=False
        )

    op.create_table(
        "journal_heard",
        sa.Column("link", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("link", name=op.f("pk_journal_heard")),
    )
    op.create_table(
        "administrator_company",
        sa.Column("administrator", sa.String(length=36), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["administrator"],
            ["administrator.id"],
            name=op.f("fk_administrator_company_administrator_administrator"),
        ),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_administrator_company_company_company")
        ),
        sa.PrimaryKeyConstraint("administrator", "company", name=op.f("pk_administrator_company")),
    )
    with op.batch_alter_table("administrator_company", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_administrator_company_company"), ["company"], unique=False
        )

    op.create_table(
        "domain",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("internal_length", sa.Integer(), nullable=False),
        sa.Column("country_prefix", sa.String(length=8), nullable=False),
        sa.Column("external_prefix", sa.String(length=8), nullable=False),
        sa.Column("international_prefix", sa.String(length=8), nullable=False),
        sa.Column("national_prefix", sa.String(length=8), nullable=False),
        sa.Column("inverse_length", sa.Integer(), nullable=False),
        sa.Column("incoming_remove", sa.String(length=8), nullable=False),
        sa.Column("incoming_add", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_domain_company_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain")),
        sa.UniqueConstraint("company", "name_key", name=op.f("uq_domain_company_name_key")),
    )
    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_domain_company"), ["company"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("dialect", sa.String(length=50), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_link_company_company")),
        sa.ForeignKeyConstraint(["domain"], ["domain.id"], name=op.f("fk_link_domain_domain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("domain", "name_key", name=op.f("uq_link_domain_name_key")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_domain"), ["domain"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("username", sa.String(length=100), nullable=False),
        sa.Column("username_key", sa.String(length=300), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("mobile", sa.String(length=64), nullable=False),
        sa.Column("culture", sa.String(length=16), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_user_account_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_user_account_domain_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint(
            "company", "username_key", name=op.f("uq_user_account_company_username_key")
        ),
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_account_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_account_domain"), ["domain"], unique=False)

    op.create_table(
        "user_group",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_user_group_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_user_group_domain_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_group")),
        sa.UniqueConstraint("domain", "name_key", name=op.f("uq_user_group_domain_name_key")),
    )
    with op.batch_alter_table("user_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_group_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_group_domain"), ["domain"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_api_key_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["user_account.id"],
            name=op.f("fk_api_key_user_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_api_key_user"), ["user"], unique=False)

    op.create_table(
        "authorisation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("application", sa.String(length=50), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=True),
        sa.Column("group", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            '("user" IS NULL) <> ("group" IS NULL)', name=op.f("ck_authorisation_one_grantee")
        ),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_authorisation_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["group"], ["user_group.id"], name=op.f("fk_authorisation_group_user_group")
        ),
        sa.ForeignKeyConstraint(
            ["user"], ["user_account.id"], name=op.f("fk_authorisation_user_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
        sa.UniqueConstraint(
            "application", "group", name=op.f("uq_authorisation_application_group")
        ),
        sa.UniqueConstraint("application", "user", name=op.f("uq_authorisation_application_user")),
    )
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorisation_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_user"), ["user"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=True),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("creator", sa.String(length=36), nullable=True),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("organisation", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column(
            "sort",
            sa.String(length=1000).with_variant(
                sa.String(length=1000, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("plan", sa.String(length=16), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"],
            ["company.id"],
            name=op.f("fk_contact_company_company"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_contact_domain_domain"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["owner"],
            ["user_account.id"],
            name=op.f("fk_contact_owner_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_company_sort_id"), ["company", "sort", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_domain"), ["domain"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_owner"), ["owner"], unique=False)

    op.create_table(
        "group_member",
        sa.Column("group", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["group"], ["user_group.id"], name=op.f("fk_group_member_group_user_group")
        ),
        sa.ForeignKeyConstraint(
            ["user"], ["user_account.id"], name=op.f("fk_group_member_user_user_account")
        ),
        sa.PrimaryKeyConstraint("group", "user", name=op.f("pk_group_member")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_user"), ["user"], unique=False)

    op.create_table(
        "password",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=True),
        sa.Column("administrator", sa.String(length=36), nullable=True),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            '("user" IS NULL) <> (administrator IS NULL)', name=op.f("ck_password_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["administrator"],
            ["administrator.id"],
            name=op.f("fk_password_administrator_administrator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["user_account.id"],
            name=op.f("fk_password_user_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password")),
    )
    with op.batch_alter_table("password", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_password_administrator"), ["administrator"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_password_user"), ["user"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=True),
        sa.Column("administrator", sa.String(length=36), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            '("user" IS NULL) <> (administrator IS NULL)', name=op.f("ck_session_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["administrator"],
            ["administrator.id"],
            name=op.f("fk_session_administrator_administrator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["user_account.id"],
            name=op.f("fk_session_user_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token", name=op.f("uq_session_token")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_administrator"), ["administrator"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_session_user"), ["user"], unique=False)

    op.create_table(
        "user_device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=False),
        sa.Column("link", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("protocol", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["company"], ["company.id"], name=op.f("fk_user_device_company_company")
        ),
        sa.ForeignKeyConstraint(
            ["domain"], ["domain.id"], name=op.f("fk_user_device_domain_domain")
        ),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name=op.f("fk_user_device_link_link")),
        sa.ForeignKeyConstraint(
            ["user"], ["user_account.id"], name=op.f("fk_user_device_user_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_device")),
        sa.UniqueConstraint("link", "number", name=op.f("uq_user_device_link_number")),
    )
    with op.batch_alter_table("user_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_device_company"), ["company"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_device_domain"), ["domain"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_device_link"), ["link"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_device_user"), ["user"], unique=False)

    op.create_table(
        "contact_number",
        sa.Column("contact", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("e164", sa.String(length=20), nullable=True),
        sa.Column(
            "reversed",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact"],
            ["contact.id"],
            name=op.f("fk_contact_number_contact_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact", "position", name=op.f("pk_contact_number")),
    )
    with op.batch_alter_table("contact_number", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_number_company_e164"), ["company", "e164"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_number_company_reversed"), ["company", "reversed"], unique=False
        )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")

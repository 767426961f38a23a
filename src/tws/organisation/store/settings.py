"""What is set for users: values of parameters, accounts of collaboration, preferences."""

from collections.abc import Iterable

from sqlalchemy import Boolean, Column, Table, UniqueConstraint, select

from tws.organisation.actor import UserId
from tws.organisation.model import (
    CollaborationAccount,
    CollaborationSource,
    ParameterValue,
    Preferences,
    SmsProvider,
)
from tws.organisation.preferences.choices import Choices
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.organisation.store.grants import grants
from tws.storage import Json, Transaction, Whole, metadata
from tws.storage.among import Among
from tws.storage.rows import Rows
from tws.storage.sealed_columns import sealed_by, sealed_settings

collaboration_source = Table(
    "collaboration_source",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("name"),
    key_column("name_key"),
    text_column("connector", 50),
    Column("enabled", Boolean, nullable=False),
    Column("settings", Json, nullable=False, info=sealed_settings),
    UniqueConstraint("domain", "name_key"),
)

sms_provider = Table(
    "sms_provider",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("name"),
    key_column("name_key"),
    text_column("connector", 50),
    text_column("sender", 20),
    Column("enabled", Boolean, nullable=False),
    Column("settings", Json, nullable=False, info=sealed_settings),
    UniqueConstraint("domain", "name_key"),
)

collaboration_account = Table(
    "collaboration_account",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("user", "user_account"),
    reference("source", "collaboration_source"),
    text_column("email", 254),
    Column("settings", Json, nullable=False, info=sealed_settings),
    UniqueConstraint("user", "source"),
)

parameter_value = Table(
    "parameter_value",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    text_column("parameter", 64),
    Column("value", Json, nullable=False, info=sealed_by("parameter")),
    reference("domain", "domain", nullable=True),
    reference("group", "user_group", nullable=True),
    reference("user", "user_account", nullable=True),
    # Whichever of these it is for, the company where none is named.
    text_column("holder", 36),
    UniqueConstraint("parameter", "holder"),
)

preference = Table(
    "preference",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("user", "user_account"),
    Column("chosen", Whole(Choices), nullable=False),
    UniqueConstraint("user"),
)

collaboration_sources = Rows(collaboration_source, CollaborationSource, NAME)
sms_providers = Rows(sms_provider, SmsProvider, NAME)
collaboration_accounts = Rows(collaboration_account, CollaborationAccount)
preferences = Rows(preference, Preferences)
parameter_values = Rows(parameter_value, ParameterValue, {"holder": lambda value: value.holder})


async def users_with_settings(tx: Transaction, users: Iterable[UserId]) -> list[UserId]:
    """Those of these who have grants, values of parameters, accounts, or preferences."""
    columns = (
        grants.c.user,
        grants.c.of_user,
        parameter_value.c.user,
        collaboration_account.c.user,
        preference.c.user,
    )
    found: set[str] = set()
    for column in columns:
        rows = await tx.execute(
            select(column).where(Among(column, "users")), {"users": list(users)}
        )
        found.update(rows.scalars())
    return [UserId(id) for id in sorted(found)]

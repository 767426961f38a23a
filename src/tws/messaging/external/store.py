"""Accounts with networks outside, and who is known by them, in SQL."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from tws.messaging.external.model import LONGEST_ADDRESS, ExternalAccount, ExternalContact
from tws.storage import metadata
from tws.storage.rows import Rows
from tws.storage.sealed_columns import sealed


def _user() -> Column[str]:
    """They go with their user."""
    key = ForeignKey("user_account.id", ondelete="CASCADE")
    return Column("user", String(36), key, nullable=False, index=True)


account = Table(
    "external_account",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False, index=True),
    _user(),
    Column("address", String(LONGEST_ADDRESS), nullable=False),
    Column("password", Text, nullable=False, info=sealed("password")),
    Column("host", String(253), nullable=False),
    Column("port", Integer),
    UniqueConstraint("user"),
)
contact = Table(
    "external_contact",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False, index=True),
    _user(),
    Column("address", String(LONGEST_ADDRESS), nullable=False),
    Column("name", String(100), nullable=False),
    Column("asked_for", Boolean, nullable=False),
    UniqueConstraint("user", "address"),
)
accounts = Rows(account, ExternalAccount)
contacts = Rows(contact, ExternalContact)

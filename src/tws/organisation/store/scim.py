"""Connections of identity providers."""

from datetime import datetime

from sqlalchemy import Boolean, Column, String, Table, UniqueConstraint, update

from tws.organisation.model import ScimConnection
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Transaction, UtcTime, metadata
from tws.storage.belonging import secret
from tws.storage.rows import Rows

scim_connection = Table(
    "scim_connection",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("name"),
    key_column("name_key"),
    reference("link", "link", nullable=True),
    text_column("protocol", 20),
    text_column("label"),
    text_column("culture", 16),
    Column("adapt", Boolean, nullable=False),
    Column("take_over", Boolean, nullable=False),
    Column("secret", String(64), nullable=False, info=secret),
    Column("made", UtcTime),
    Column("seen", UtcTime),
    UniqueConstraint("domain", "name_key"),
)

scim_connections = Rows(scim_connection, ScimConnection, NAME)


async def connection_used(tx: Transaction, id: str, at: datetime) -> bool:
    """Whether there is such a SCIM connection."""
    query = update(scim_connection).where(scim_connection.c.id == id).values(seen=at)
    return (await tx.execute(query.returning(scim_connection.c.id))).scalar() is not None

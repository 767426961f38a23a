"""Directories, and imports of users, which own one each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    select,
    update,
)

from tws.organisation.actor import DirectoryId, DomainId
from tws.organisation.model import Directory, DirectoryKind, ImportMode, SyncSchedule, UserImport
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
from tws.storage.rows import Rows
from tws.storage.sealed_columns import sealed_settings

directory = Table(
    "directory",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("name"),
    key_column("name_key"),
    text_column("kind", 16),
    text_column("connector", 50),
    Column("priority", Integer, nullable=False),
    Column("settings", Json, nullable=False, info=sealed_settings),
    Column("mapping", Json, nullable=False),
    Column("labels", Json, nullable=False),
    Column("merge", Boolean, nullable=False),
    text_column("schedule", 16),
    Column("minutes", Integer, nullable=False),
    Column("synchronised", UtcTime),
    UniqueConstraint("domain", "name_key"),
)

user_import = Table(
    "user_import",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    reference("directory", "directory"),
    text_column("mode", 32),
    Column("fields", Json, nullable=False),
    reference("group", "user_group", nullable=True),
    reference("link", "link", nullable=True),
    text_column("protocol", 20),
    text_column("label"),
    Column("video", Boolean, nullable=False, server_default=false()),
    Column("sip_proxy", String(255), nullable=False, server_default=""),
    Column("one_number", Boolean, nullable=False, server_default=false()),
    Column("media_protocol", String(20), nullable=False, server_default="None"),
    text_column("culture", 16),
    Column("adapt", Boolean, nullable=False),
    text_column("schedule", 16),
    Column("minutes", Integer, nullable=False),
    text_column("hour", 5),
)


def _directory(*, kind: str, schedule: str, **columns: Any) -> Directory:
    return Directory(kind=DirectoryKind(kind), schedule=SyncSchedule(schedule), **columns)


def _user_import(*, mode: str, schedule: str, **columns: Any) -> UserImport:
    return UserImport(mode=ImportMode(mode), schedule=SyncSchedule(schedule), **columns)


directories = Rows(directory, _directory, NAME)
user_imports = Rows(user_import, _user_import)


async def directory_ids(reader: Reader, where: DomainId, connectors: Iterable[str]) -> list[str]:
    """Of a domain's directories with one of these connectors."""
    query = select(directory.c.id).where(
        directory.c.domain == where, directory.c.connector.in_(list(connectors))
    )
    return list((await reader.execute(query.order_by(directory.c.id))).scalars())


async def synchronised(tx: Transaction, id: DirectoryId, at: datetime) -> bool:
    """Whether there is such a directory."""
    query = update(directory).where(directory.c.id == id).values(synchronised=at)
    return (await tx.execute(query.returning(directory.c.id))).scalar() is not None

"""The database: SQLite in a file by default, PostgreSQL by URL; one set of tables, written once
for both."""

from sqlalchemy import Connection

from tws.storage.columns import Json, Member, UtcTime, Values, Whole, metadata, new_id
from tws.storage.database import CommitInDoubt, Storage
from tws.storage.errors import (
    InUse,
    RowClash,
    RowRefused,
    SchemaMismatch,
    StorageError,
    StorageUnavailable,
    UnusableDatabase,
)
from tws.storage.transactions import Reader, Transaction
from tws.storage.upserting import upsert

__all__ = [
    "CommitInDoubt",
    "Connection",
    "InUse",
    "Json",
    "Member",
    "Reader",
    "RowClash",
    "RowRefused",
    "SchemaMismatch",
    "Storage",
    "StorageError",
    "StorageUnavailable",
    "Transaction",
    "UnusableDatabase",
    "UtcTime",
    "Values",
    "Whole",
    "metadata",
    "new_id",
    "upsert",
]

"""The database: SQLite in a file by default, PostgreSQL by URL; one set of tables, written once
for both."""

from tws.storage.columns import Json, UtcTime, Values, metadata, new_id
from tws.storage.database import CommitInDoubt, Storage
from tws.storage.errors import (
    InUse,
    Misconfigured,
    SchemaMismatch,
    StorageError,
    StorageUnavailable,
)
from tws.storage.transactions import Reader, Transaction
from tws.storage.upserting import upsert

__all__ = [
    "CommitInDoubt",
    "InUse",
    "Json",
    "Misconfigured",
    "Reader",
    "SchemaMismatch",
    "Storage",
    "StorageError",
    "StorageUnavailable",
    "Transaction",
    "UtcTime",
    "Values",
    "metadata",
    "new_id",
    "upsert",
]

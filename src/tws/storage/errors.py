"""What can be wrong with the database as a whole, and what it refuses of one row."""

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

RowRefused = SQLAlchemyError
"A statement, or a row, that the database does not take."
RowClash = IntegrityError
"A row that another one excludes, or whose owner is gone."


class StorageError(Exception):
    """The database can't be used; the message says why in words."""


class StorageUnavailable(StorageError):
    """It can't be reached now, or can't take more: nothing was written; the next use tries again
    by itself."""


class Held(StorageUnavailable):
    """Another process holds a lock for longer than we wait."""

    def __init__(self, path: object, holder: str) -> None:
        """`holder`: who it is, in words."""
        super().__init__(f"{holder} holds {path}")
        self.holder = holder


class TableBusy(StorageUnavailable):
    """Somebody holds a table for longer than a change of it may make others wait."""


class InUse(StorageError):
    """Another process serves this database."""


class SchemaMismatch(StorageError):
    """The database was laid out by another version of TWS."""


class UnusableDatabase(StorageError):
    """The address can't be right, or a driver is not installed: retrying cannot help."""

"""What a room does with the database: reads, or reads and writes that happen together or not at
all."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, func, insert, select
from sqlalchemy.exc import StatementError

from tws.storage.audit import Author, audit, entry
from tws.storage.connection import OpenConnection, Params
from tws.storage.uninterrupted import uninterrupted
from tws.storage.upserting import Many

T = TypeVar("T")
Translation = Callable[[], AbstractContextManager[None]]
'What turns errors of the driver that mean "away" into StorageUnavailable.'


@contextmanager
def bad_values() -> Iterator[None]:
    """A value that its column type refuses is the caller's ValueError or TypeError, not an SQL
    error."""
    try:
        yield
    except StatementError as error:
        if type(error) is StatementError and isinstance(error.orig, ValueError | TypeError):
            raise error.orig from error
        raise


class Reader:
    """One view of the database: every statement sees the same moment."""

    def __init__(self, connection: OpenConnection, translated: Translation) -> None:
        self._connection = connection
        self._translated = translated

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`, for the few statements that can't be the same."""
        return self._connection.dialect.name

    async def execute(
        self, statement: Executable, params: Params | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement; its result is already fetched.

        ValueError for a value that the column can't take, RowClash for a row that another one
        excludes, StorageUnavailable when the database is away.
        """
        if isinstance(statement, Many):
            words, rows = statement.words(self._connection.dialect)
            with self._translated():
                return await uninterrupted(self._connection.exec_driver_sql(words, rows))
        with self._translated(), bad_values():
            return await uninterrupted(self._connection.execute(statement, params))

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Several statements in one passage to the database, with what is reckoned in between;
        errors as of `execute`."""
        with self._translated(), bad_values():
            return await uninterrupted(self._connection.run_sync(work))


class Transaction(Reader):
    def __init__(self, connection: OpenConnection, translated: Translation) -> None:
        super().__init__(connection, translated)
        self.events: list[object] = []
        "What is published after the commit, in order."
        self._entries: list[dict[str, Any]] = []
        self.audited: list[dict[str, Any]] = []
        "Lines of the audit log that its commit makes true."

    def publish(self, event: object) -> None:
        self.events.append(event)

    async def audit(
        self,
        actor: Author,
        action: str,
        target: str,
        before: object,
        after: object,
        *,
        company: str | None = None,
    ) -> None:
        """Tell the audit log. `target` is the row's id; secrets must already be taken out."""
        self._entries.append(entry(actor, action, target, before, after, company))

    async def lock(self, name: str) -> None:
        """Until its end no other transaction passes the lock of this name. (SQLite: none runs
        beside it anyway.)"""
        if self.dialect == "postgresql":
            await self.execute(select(func.pg_advisory_xact_lock(lock_number(name))))

    @property
    def told(self) -> bool:
        """Whether others hear of it: then its commit and its events keep their turn."""
        return bool(self.events or self._entries)

    async def write_audit(self) -> None:
        """Last of all, so that numbers are given in the order of commits and held for the
        shortest time."""
        if self._entries:
            await self.lock("audit")
            await self.execute(insert(audit), self._entries)
            self.audited, self._entries = self._entries, []


def lock_number(name: str) -> int:
    """The number PostgreSQL knows an advisory lock by: 63 bits."""
    return int.from_bytes(hashlib.sha256(f"tws {name}".encode()).digest()[:8], "big") >> 1

"""A connection as rooms' transactions use it, whichever database it leads to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Executable

T = TypeVar("T")
Params = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class OpenConnection(Protocol):
    """SQLAlchemy's AsyncConnection is one. Its results are already fetched."""

    @property
    def dialect(self) -> Dialect: ...

    def execute(
        self, statement: Executable, parameters: Params | None = None
    ) -> Awaitable[CursorResult[*tuple[Any, ...]]]: ...

    def exec_driver_sql(
        self, statement: str, parameters: Any = None
    ) -> Awaitable[CursorResult[*tuple[Any, ...]]]:
        """In the dialect's own words."""

    def run_sync(self, work: Callable[[Connection], T]) -> Awaitable[T]:
        """Where it may block."""

    def commit(self) -> Awaitable[None]:
        """A commit that fails leaves no transaction behind."""

    def close(self) -> Awaitable[None]:
        """Roll back what was not committed."""

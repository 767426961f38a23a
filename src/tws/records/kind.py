"""A kind of rows: where they are stored, how their changes are told, and what may be said of
them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from tws.storage import Transaction
from tws.storage.rows import Row, Rows

Told = TypeVar("Told")
Written = TypeVar("Written", contravariant=True)


@dataclass(frozen=True, slots=True)
class Changed(Generic[Told]):
    """A change that is committed. `before` None = created, `after` None = deleted. Each kind has
    a class of its own, for those who follow it."""

    before: Told | None
    after: Told | None


def company_of(row: object) -> str | None:
    """The company it belongs to; None where it belongs to none."""
    company: str | None = getattr(row, "company", None)
    return company


def whole(row: object) -> object:
    return row


class Stored(Protocol[Written]):
    """Where rows of a kind are, in one table or in several."""

    async def insert(self, tx: Transaction, row: Written) -> None: ...

    async def update(self, tx: Transaction, row: Written) -> None: ...

    async def delete(self, tx: Transaction, row: Written) -> None: ...


@dataclass(frozen=True)
class StoredKind(Generic[Row]):
    name: str
    "For people, and in the audit log's actions: `company created`."
    rows: Stored[Row]
    changed: type[Changed[Row]]
    company: Callable[[Row], str | None] = company_of
    said: Callable[[Row], object] = whole
    "What the audit log may say of a row: nothing secret."
    called: Callable[[Row], str] | None = None
    "What a row is called in the audit log's actions, where not all are called the same."

    def name_of(self, row: Row) -> str:
        return self.name if self.called is None else self.called(row)

    def next_version(self, row: Row) -> Row:
        return replace(row, version=row.version + 1)  # type: ignore[type-var]


@dataclass(frozen=True)
class Kind(StoredKind[Row]):
    """One whose rows are those of one table, whole."""

    rows: Rows[Row]

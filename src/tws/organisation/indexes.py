"""Rows in memory that are found by more than their id, in constant time."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from tws.organisation.store import Entity


class Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=Identified)
Row = TypeVar("Row", bound=Entity)
Key = TypeVar("Key", bound=Hashable)


class Index(Generic[Key, Item]):
    """Key -> the rows that have it. Changed with each row, never rebuilt."""

    def __init__(self, keys: Callable[[Item], Iterable[Key]]) -> None:
        """`keys`: those of a row; it may have none or many."""
        self._keys = keys
        self._rows: dict[Key, dict[str, Item]] = {}

    def move(self, before: Item | None, after: Item | None) -> None:
        if before is not None:
            for key in self._keys(before):
                rows = self._rows[key]
                del rows[before.id]
                if not rows:
                    del self._rows[key]
        if after is not None:
            for key in self._keys(after):
                self._rows.setdefault(key, {})[after.id] = after

    def __getitem__(self, key: Key) -> tuple[Item, ...]:
        """Oldest first, whatever the order of changes: ids grow with time."""
        rows = self._rows.get(key)
        return () if rows is None else tuple(rows[id] for id in sorted(rows))

    def first(self, key: Key) -> Item | None:
        rows = self._rows.get(key)
        if rows is not None:
            for row in rows.values():
                return row
        return None

    def any(self, key: Key) -> Iterator[Item]:
        """In no order, without making a copy."""
        return iter(self._rows.get(key, {}).values())

    def count(self, key: Key) -> int:
        return len(self._rows.get(key, ()))

    def clear(self) -> None:
        self._rows.clear()


class Replica(Generic[Row]):
    """One table in memory, with its indexes."""

    def __init__(self, *indexes: Index[Any, Row]) -> None:
        self._rows: dict[Any, Row] = {}
        self._indexes = indexes
        self.rows: Mapping[Any, Row] = MappingProxyType(self._rows)

    def apply(self, before: Row | None, after: Row | None) -> None:
        """What an event says. One that is older than the row known is ignored."""
        if after is not None:
            known = self._rows.get(after.id)
            if known is None or known.version < after.version:
                self._replace(known, after)
        elif before is not None and before.id in self._rows:
            self._replace(self._rows[before.id], None)

    def replace(self, rows: Iterable[Row]) -> None:
        """Forget everything, and hold `rows`."""
        self._rows.clear()
        for index in self._indexes:
            index.clear()
        for row in rows:
            self._replace(None, row)

    def put(self, row: Row) -> None:
        """Hold `row` instead of the one known, whatever their versions."""
        self._replace(self._rows[row.id], row)

    def _replace(self, known: Row | None, after: Row | None) -> None:
        for index in self._indexes:
            index.move(known, after)
        if after is not None:
            self._rows[after.id] = after
        elif known is not None:
            del self._rows[known.id]

"""Tables in memory, found by more than their id in constant time, and kept true by events.

What changes a table is published after its commit, and heard here. What nobody heard of, because
the answer to a commit was lost, is found by reading again, and published then.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from tws.storage.database import Storage
from tws.storage.transactions import Reader


class Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=Identified)
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
        if rows is None:
            return ()
        if len(rows) == 1:
            return tuple(rows.values())
        return tuple(rows[id] for id in sorted(rows))

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


class Replica(Generic[Item]):
    """One table in memory, with its indexes."""

    def __init__(
        self,
        read: Callable[[Reader], Awaitable[Iterable[Item]]],
        changed: Callable[[Item | None, Item | None], object],
        *indexes: Index[Any, Item],
    ) -> None:
        """`read`: all rows of the table; `changed`: the event of a change from one row to
        another, to be published."""
        self._read, self._changed = read, changed
        self._rows: dict[Any, Item] = {}
        self._indexes = indexes
        self._listening: list[set[str]] = []
        self.rows: Mapping[Any, Item] = MappingProxyType(self._rows)

    def hear(self, before: Item | None, after: Item | None) -> None:
        """What an event says. One that is older than the row known is ignored."""
        if after is not None:
            self.touch(after.id)
            known = self._rows.get(after.id)
            if known is None or _version(known) < _version(after):
                self._replace(known, after)
        elif before is not None:
            self.touch(before.id)
            if (known := self._rows.get(before.id)) is not None:
                self._replace(known, None)

    def touch(self, id: str) -> None:
        """What is being read of this row may be older than what is known of it."""
        for touched in self._listening:
            touched.add(id)

    def put(self, row: Item) -> None:
        """Hold `row` instead of the one known, whatever their versions."""
        self._replace(self._rows[row.id], row)

    async def load(self, reader: Reader) -> None:
        """Forget everything, and hold what is stored."""
        rows = await self._read(reader)
        self._rows.clear()
        for index in self._indexes:
            index.clear()
        for row in rows:
            self._replace(None, row)

    @contextmanager
    def listening(self, touched: set[str]) -> Iterator[None]:
        """Meanwhile the ids of rows heard of are added to `touched`."""
        self._listening.append(touched)
        try:
            yield
        finally:
            self._listening = [other for other in self._listening if other is not touched]

    async def missed(self, reader: Reader) -> dict[str, object]:
        """The events of what is stored otherwise than it is held, by row."""
        stored = {row.id: row for row in await self._read(reader)}
        missed = {}
        for row in stored.values():
            known = self._rows.get(row.id)
            if known is None or _version(known) < _version(row):
                missed[row.id] = self._changed(known, row)
        gone = [row for id, row in self._rows.items() if id not in stored]
        return missed | {row.id: self._changed(row, None) for row in gone}

    def _replace(self, known: Item | None, after: Item | None) -> None:
        for index in self._indexes:
            index.move(known, after)
        if after is not None:
            self._rows[after.id] = after
        elif known is not None:
            del self._rows[known.id]


def _version(row: Identified) -> int:
    """A row that has none never changes."""
    return int(getattr(row, "version", 0))


async def load(storage: Storage, replicas: Iterable[Replica[Any]]) -> None:
    """Read everything; before anything is changed."""
    async with storage.reading() as reader:
        for replica in replicas:
            await replica.load(reader)


async def refresh(
    storage: Storage, replicas: Sequence[Replica[Any]], publish: Callable[[object], None]
) -> int:
    """Read everything again, as it is at one moment, and publish what had changed unheard, in the
    order of `replicas`; how much that was. StorageUnavailable."""
    touched: set[str] = set()
    with ExitStack() as stack:
        missed: dict[str, object] = {}
        for replica in replicas:
            stack.enter_context(replica.listening(touched))
        async with storage.reading() as reader:
            for replica in replicas:
                missed |= await replica.missed(reader)
        unheard = 0
        for id, event in missed.items():
            # What was heard of meanwhile is newer than what was read.
            if id not in touched:
                publish(event)
                unheard += 1
    return unheard

"""A table in memory, read again while its rows change."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tws.storage import Reader, Storage
from tws.storage.replica import Index, Replica, refresh


@dataclass(frozen=True)
class Row:
    id: str
    version: int
    word: str = ""


@dataclass(frozen=True)
class Changed:
    before: Row | None
    after: Row | None


A, B, C = Row("a", 1), Row("b", 1, "old"), Row("c", 1)
NEWER = Row("b", 2, "new")


class Table:
    """What is stored, read when the test lets it."""

    def __init__(self, *stored: Row) -> None:
        self.stored = stored
        self.reading, self.go_on = asyncio.Event(), asyncio.Event()
        self.by_word = Index[str, Row](lambda row: (row.word,))
        self.replica = Replica(self._read, Changed, self.by_word)
        self.published: list[object] = []

    async def _read(self, reader: Reader) -> tuple[Row, ...]:
        seen = self.stored
        self.reading.set()
        await self.go_on.wait()
        return seen

    def publish(self, event: object) -> None:
        assert isinstance(event, Changed)
        self.published.append(event)
        self.replica.hear(event.before, event.after)


async def test_what_was_missed_is_published_and_then_known(sqlite_storage: Storage) -> None:
    table = Table(A, NEWER)
    for row in (B, C):
        table.replica.hear(None, row)
    table.go_on.set()
    assert await refresh(sqlite_storage, [table.replica], table.publish) == 3
    assert table.published == [Changed(None, A), Changed(B, NEWER), Changed(C, None)]
    assert dict(table.replica.rows) == {"a": A, "b": NEWER}
    assert (table.by_word["old"], table.by_word["new"]) == ((), (NEWER,))
    assert await refresh(sqlite_storage, [table.replica], table.publish) == 0


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda replica: replica.hear(A, None),
        lambda replica: replica.hear(None, Row("a", 3)),
        lambda replica: replica.touch("a"),
    ],
)
async def test_what_is_heard_while_reading_is_newer(
    sqlite_storage: Storage, meanwhile: Callable[[Replica[Row]], None]
) -> None:
    table = Table(Row("a", 2))
    table.replica.hear(None, A)
    reading = asyncio.create_task(refresh(sqlite_storage, [table.replica], table.publish))
    await table.reading.wait()
    meanwhile(table.replica)
    known = dict(table.replica.rows)
    table.go_on.set()
    assert await reading == 0
    assert dict(table.replica.rows) == known


async def test_two_readings_at_once_publish_once(sqlite_storage: Storage) -> None:
    table = Table(A)
    readings = [refresh(sqlite_storage, [table.replica], table.publish) for _ in range(2)]
    table.go_on.set()
    assert sorted(await asyncio.gather(*readings)) == [0, 1]
    assert table.published == [Changed(None, A)]

"""Reading in threads: who waits too long is told, and nobody is read for who left."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, literal_column, select

from tws.storage import Storage, StorageUnavailable, sqlite
from tws.storage.packing import Packed
from tws.storage.uninterrupted import in_thread

ONE = Packed(select(literal_column("1").label("one"), bindparam("two").label("two")))


@pytest.fixture
async def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Storage]:
    monkeypatch.setattr(sqlite, "LOCK_WAIT", 0.2)
    storage = Storage(f"sqlite:///{tmp_path / 'a.db'}", lambda event: None)
    await storage.open()
    yield storage
    await storage.close()


class Readers:
    """Of all threads that read, until they may leave."""

    def __init__(self, storage: Storage) -> None:
        self.leave, self.inside = threading.Event(), threading.Semaphore(0)
        self._all = [
            asyncio.ensure_future(storage.read(self._stay)) for _ in range(sqlite.READERS)
        ]

    def _stay(self, db: Connection) -> None:
        self.inside.release()
        assert self.leave.wait(20)

    async def busy(self) -> None:
        for _ in self._all:
            await asyncio.to_thread(self.inside.acquire)

    async def left(self) -> None:
        self.leave.set()
        await asyncio.gather(*self._all)


async def test_who_waits_too_long_is_told(storage: Storage) -> None:
    readers = Readers(storage)
    await readers.busy()
    with pytest.raises(StorageUnavailable, match="busy"):
        await storage.read(lambda db: None)
    assert await storage.ask(ONE, {"two": "2"}) == [(1, "2")]
    await readers.left()
    assert await storage.read(lambda db: "again") == "again"


async def test_nothing_is_read_for_who_left(storage: Storage) -> None:
    readers, read = Readers(storage), []
    await readers.busy()
    waiting = asyncio.ensure_future(storage.read(lambda db: read.append(1)))
    await asyncio.wait({waiting}, timeout=0)
    waiting.cancel()
    await readers.left()
    await storage.read(lambda db: None)
    assert read == [] and waiting.cancelled()


async def test_a_parameter_that_is_forgotten_is_an_error(storage: Storage) -> None:
    with pytest.raises(KeyError):
        await storage.ask(ONE, {})


async def test_closed_it_holds_no_file(storage: Storage, tmp_path: Path) -> None:
    await storage.read(lambda db: None)
    await storage.ask(ONE, {"two": "2"})
    await storage.close()
    assert held(tmp_path) == []


def held(folder: Path) -> list[Path]:
    open_files = [p.resolve() for p in Path("/proc/self/fd").iterdir() if p.exists()]
    return [p for p in open_files if p.is_relative_to(folder)]


async def test_a_thread_has_left_when_its_work_is_cancelled() -> None:
    inside, leave, left = threading.Event(), threading.Event(), []

    def work() -> None:
        inside.set()
        assert leave.wait(20)
        left.append(1)

    task = asyncio.ensure_future(in_thread(work))
    await asyncio.to_thread(inside.wait)
    task.cancel()
    await asyncio.wait({task}, timeout=0.05)
    assert not task.done()
    leave.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert left == [1]

"""A company whose calls are journalled."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.directory.people import founded
from tests.journal.desk import Desk
from tws.bus import Bus
from tws.journal import writer
from tws.storage import Storage


@pytest.fixture(scope="module", autouse=True)
def _patient_journal() -> Iterator[None]:
    """A database is away when a test says so, not when this machine is slow for five seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "WRITE_LIMIT", 60.0)
        yield


@pytest.fixture
async def desk(
    storage: Storage, bus: Bus, migrated_url: str, tmp_path: Path
) -> AsyncIterator[Desk]:
    """On each kind of database."""
    desk = Desk(await founded(storage, bus), migrated_url, tmp_path / "state")
    await desk.open()
    yield desk
    await desk.close()


@pytest.fixture
async def sqlite_desk(sqlite_storage: Storage, bus: Bus, tmp_path: Path) -> AsyncIterator[Desk]:
    """On SQLite only."""
    desk = Desk(await founded(sqlite_storage, bus), sqlite_url(tmp_path), tmp_path / "state")
    await desk.open()
    yield desk
    await desk.close()

"""A company with its directory."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.directory.people import People, founded
from tests.directory.sources import Library
from tws.bus import Bus
from tws.directory.service import DirectoryService
from tws.schedule import Schedule
from tws.storage import Storage


@pytest.fixture
async def people(storage: Storage, bus: Bus) -> People:
    return await founded(storage, bus)


@pytest.fixture
async def schedule() -> AsyncIterator[Schedule]:
    schedule = Schedule()
    yield schedule
    await schedule.stop()


@pytest.fixture
async def library(people: People, schedule: Schedule, tmp_path: Path) -> Library:
    library = Library(people, schedule, tmp_path)
    await library.sync.start()
    return library


@pytest.fixture
def directory(people: People, schedule: Schedule) -> DirectoryService:
    return DirectoryService(
        people.storage, people.registry, people.bus, schedule, lambda: datetime.now(UTC)
    )

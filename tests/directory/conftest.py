"""A company with its directory."""

from datetime import UTC, datetime

import pytest

from tests.directory.people import People, founded
from tws.bus import Bus
from tws.directory.service import DirectoryService
from tws.storage import Storage


@pytest.fixture
async def people(storage: Storage, bus: Bus) -> People:
    return await founded(storage, bus)


@pytest.fixture
def directory(people: People) -> DirectoryService:
    return DirectoryService(people.storage, people.registry, people.bus, lambda: datetime.now(UTC))

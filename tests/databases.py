"""Fixtures of the tests that need a database: they run on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.peers import require_peer
from tests.peers.postgresql import Server, running_postgresql
from tws.bus import Bus
from tws.storage import Storage


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    require_peer("postgresql")
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'tws.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return await server.new_database()


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
async def storage(database_url: str, bus: Bus) -> AsyncIterator[Storage]:
    """Open on an empty database, publishing on `bus`."""
    storage = Storage(database_url, bus.publish)
    await storage.open()
    yield storage
    await storage.close()

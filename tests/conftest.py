"""Fixtures of all tests: the two databases; and how properties are tried."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import bus, database_url, postgresql, storage

__all__ = ["bus", "database_url", "postgresql", "storage"]

from tests.peers import require_peer
from tests.peers.postgresql import Server, running_postgresql
from tws.bus import Bus
from tws.storage import Storage

# Times differ between machines: only the number of examples is promised, never how long one takes.
settings.register_profile(
    "tws", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tws")


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

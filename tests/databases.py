"""Fixtures of the tests that need a database: they run on SQLite and on PostgreSQL."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.peers import require_peer
from tests.peers.postgresql import Server, running_postgresql
from tws.bus import Bus
from tws.storage import Storage

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    require_peer("postgresql")
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=KINDS)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: the test runs once on each kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    server: Server = request.getfixturevalue("postgresql")
    return await server.new_database()


@pytest.fixture(params=KINDS)
async def migrated_url(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A database with all tables, copied from one that was migrated once."""
    if request.param == "sqlite":
        return await sqlite_copy(tmp_path, tmp_path_factory)
    server: Server = request.getfixturevalue("postgresql")
    if not server.migrated:
        await migrate(await server.new_database("migrated"))
        server.migrated = True
    return await server.new_database(template="migrated")


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
async def storage(migrated_url: str, bus: Bus) -> AsyncIterator[Storage]:
    """Open, empty, publishing on `bus`: on each kind of database."""
    storage = Storage(migrated_url, bus.publish)
    await storage.open()
    yield storage
    await storage.close()


@pytest.fixture
async def sqlite_storage(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, bus: Bus
) -> AsyncIterator[Storage]:
    """The same on SQLite only, for tests that say nothing of the database."""
    storage = Storage(await sqlite_copy(tmp_path, tmp_path_factory), bus.publish)
    await storage.open()
    yield storage
    await storage.close()


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'tws.db'}"


async def sqlite_copy(folder: Path, factory: pytest.TempPathFactory) -> str:
    template = factory.getbasetemp() / "template"
    if not template.exists():
        template.mkdir()
        await migrate(sqlite_url(template))
    shutil.copy(template / "tws.db", folder)
    return sqlite_url(folder)


async def migrate(url: str) -> None:
    storage = Storage(url, print)
    await storage.open()
    await storage.close()

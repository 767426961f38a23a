"""A furnished house for each test: the database is made once and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import pytest
import structlog
import uvloop

from tests.web.house import House, furnish, reading_house, running_house
from tests.web.outside import prosody, there, trust
from tests.web.texting import gateway
from tws.storage.secrets import KEY_FILE

__all__ = ["gateway", "prosody", "there", "trust"]


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The event loop of `tws serve`: its transports are not those of asyncio."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> Iterator[None]:
    """A traceback with every local of a web request takes a minute to draw."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("furnished") / "tws.db"
    asyncio.run(furnish(database))
    return database


@pytest.fixture
def database(furnished: Path, tmp_path: Path) -> Path:
    """A database of one's own with the people, telephones and links of `tests.web.house`."""
    shutil.copy(furnished.with_name(KEY_FILE), tmp_path)
    return Path(shutil.copy(furnished, tmp_path / "tws.db"))


@pytest.fixture
async def house(database: Path) -> AsyncIterator[House]:
    async with running_house(database) as house:
        yield house


@pytest.fixture
async def reading(database: Path) -> AsyncIterator[House]:
    """The connectors are the real ones; nobody connects its links."""
    async with reading_house(database) as house:
        yield house

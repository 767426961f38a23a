"""A furnished house for each test: the database is made once and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from tests.web.house import House, furnish, running_house


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """A traceback with every local of a web request takes a minute to draw."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("furnished") / "tws.db"
    asyncio.run(furnish(database))
    return database


@pytest.fixture
def database(furnished: Path, tmp_path: Path) -> Path:
    """A database of one's own with the people, telephones and links of `tests.web.house`."""
    return Path(shutil.copy(furnished, tmp_path / "tws.db"))


@pytest.fixture
async def house(database: Path) -> AsyncIterator[House]:
    async with running_house(database) as house:
        yield house

"""A company whose calls are journalled."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.directory.people import founded
from tests.journal.desk import Desk
from tws.bus import Bus
from tws.storage import Storage


@pytest.fixture
async def desk(storage: Storage, bus: Bus, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(await founded(storage, bus), tmp_path / "state")
    await desk.open()
    yield desk
    await desk.journal.stop()

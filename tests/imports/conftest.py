"""A company, and its imports."""

from collections.abc import AsyncIterator

import pytest

from tests.imports.office import Office
from tests.organisation.world import new_place, new_world
from tws.bus import Bus
from tws.schedule import Schedule
from tws.storage import Storage


@pytest.fixture
async def office(storage: Storage, bus: Bus) -> AsyncIterator[Office]:
    world = await new_world(storage, bus)
    schedule = Schedule()
    office = Office(world, await new_place(world.service), bus, schedule)
    await office.imports.start()
    yield office
    await schedule.stop()

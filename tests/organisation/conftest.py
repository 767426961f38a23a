"""A world in memory and on a database."""

import pytest

from tests.organisation.world import Place, World, new_place, new_world
from tws.bus import Bus
from tws.storage import Storage


@pytest.fixture
async def world(storage: Storage, bus: Bus) -> World:
    return await new_world(storage, bus)


@pytest.fixture
async def place(world: World) -> Place:
    return await new_place(world.service)

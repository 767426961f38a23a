"""A control port for tests that only talk HTTP to it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.plain import PLAIN
from tests.simulator.running import running_simulator


@pytest.fixture
async def control() -> AsyncIterator[httpx.AsyncClient]:
    async with running_simulator() as sim:
        address = f"http://127.0.0.1:{sim.page_port}/api/"
        async with httpx.AsyncClient(base_url=address, verify=PLAIN) as client:
            yield client

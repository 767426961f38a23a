"""The two sites: TWS beside the simulated PBX, and beside a real Asterisk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.end_to_end.asterisk_pbx import asterisk_pbx
from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.peers import require_peer


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=["simulator", "asterisk"])
async def furnished(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """One site of each kind for all tests that leave it as they found it."""
    data: Path = tmp_path_factory.mktemp(request.param)
    if request.param == "asterisk":
        require_peer("asterisk")
        require_peer("phones")
        require_peer("sipp")
        async with asterisk_pbx() as pbx, running_site(pbx, data) as site:
            yield site
    else:
        async with simulated_pbx() as simulated, running_site(simulated, data) as site:
            yield site


@pytest_asyncio.fixture(loop_scope="session")
async def site(furnished: Site) -> AsyncIterator[Site]:
    yield furnished
    try:
        await furnished.agree()
    finally:
        await furnished.clear()

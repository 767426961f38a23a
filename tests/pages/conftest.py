"""A browser for all page tests, and the sites of the end-to-end tests with their telephones."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.end_to_end.conftest import furnished, site
from tests.end_to_end.simulated_pbx import SimulatedPbx, simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.pages.opening import STATIC, Caller, caller
from tests.pages.queued import nobody_alerted
from tests.peers import require_peer
from tests.peers.chromium import running_chromium
from tests.simulator.running import Simulator
from tests.web.outside import prosody, trust

__all__ = [
    "browser",
    "desk",
    "furnished",
    "prosody",
    "simulated",
    "simulator",
    "site",
    "trust",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    require_peer("chromium")
    assert (STATIC / "index.html").is_file(), "build the pages first: npm run build in frontend/"
    async with running_chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, site: Site) -> AsyncIterator[Caller]:
    """The page of the first person of a site, on whichever PBX."""
    async with caller(browser, site.tws.base, f"user{site.seats[0].number}") as page:
        yield page


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def simulated_site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    data: Path = tmp_path_factory.mktemp("pages")
    async with simulated_pbx() as pbx, running_site(pbx, data) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def simulated(simulated_site: Site) -> AsyncIterator[Site]:
    """A site on the simulated PBX, for what does not depend on the PBX."""
    yield simulated_site
    await simulated_site.clear()
    await nobody_alerted(simulated_site)


@pytest.fixture
def simulator(simulated: Site) -> Simulator:
    """The PBX of the simulated site: its outside lines and its machine room."""
    assert isinstance(simulated.pbx, SimulatedPbx)
    return simulated.pbx.simulator

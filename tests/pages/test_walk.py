"""An integrator's first days, by mouse: from an empty server to a call, and what keeps it running.

The chapters are those of the guide, and so are the words, which are French.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Browser, expect

from tests.pages.opening import opened
from tests.pages.walk.chapter_3 import first_configuration
from tests.pages.walk.chapter_6 import authentication
from tests.pages.walk.chapter_7 import users
from tests.pages.walk.chapter_10 import maintenance
from tests.pages.walk.place import LDAP_PASSWORD, Place, accounts, caller_of
from tests.peers import require_peer
from tests.peers.slapd import Slapd, running_slapd
from tests.running import running_tws
from tests.simulator.running import running_simulator
from tws.issuing import public_text

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def slapd() -> Iterator[Slapd]:
    require_peer("slapd")
    with running_slapd(accounts()) as server:
        yield server


@pytest.mark.timeout(300)
async def test_from_an_empty_server_to_a_call(
    browser: Browser, slapd: Slapd, tmp_path: Path
) -> None:
    key = Ed25519PrivateKey.generate()
    data, folder = tmp_path / "data", tmp_path / "integrator"
    data.mkdir()
    folder.mkdir()
    async with (
        running_simulator() as pbx,
        running_tws(data, TWS_LICENCE_ISSUERS=public_text(key)) as tws,
        opened(browser, tws.base, locale="fr-FR") as window,
    ):
        place = Place(browser, window, tws, pbx, slapd, key, folder)
        await first_configuration(place)
        await authentication(place)
        await users(place)
        await maintenance(place)
        await claire_calls_paul(place)


async def claire_calls_paul(place: Place) -> None:
    """3.3.9: where she works, with her password of LDAP, on what was restored."""
    async with caller_of(place) as window:
        page, pbx = window.page, place.pbx
        await window.sign_in("claire", LDAP_PASSWORD)
        await expect(page.locator("header")).to_contain_text("Claire Petit")
        await expect(page.get_by_role("img", name="Libre").first).to_be_visible()
        await page.get_by_role("combobox", name="Chercher ou composer").fill("paul")
        await expect(page.get_by_role("option").first).to_contain_text("Paul Martin")
        await window.press("Enter")
        await pbx.wait(lambda state: state.phones["4002"].ringing)
        await pbx.answer("4002")
        call = page.get_by_role("region", name="Appels", exact=True).get_by_role("article")
        await expect(call.filter(has_text="Paul Martin")).to_be_visible()
        await pbx.wait(lambda state: state.phones["4003"].talking_to == {"4002"})
        await pbx.hang_up("4002")
        journal = page.get_by_role("region", name="Journal")
        await expect(journal).to_contain_text("Paul Martin")

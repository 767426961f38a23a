"""Signing in by a provider's page, as people do: there and back, and what is said where not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import Caller, Opened, opened
from tests.pages.parameters import meanwhile
from tests.peers import require_peer
from tests.peers.oidc_provider_mock import running_oidc_provider

pytestmark = pytest.mark.asyncio(loop_scope="session")
LABEL = "Portail de la société"


@pytest.fixture
def issuer(simulated: Site) -> Iterator[str]:
    require_peer("oidc_provider_mock")
    username = f"user{simulated.seats[0].number}"
    with running_oidc_provider(
        {"sub": "known", "preferred_username": username},
        {"sub": "stranger", "preferred_username": "nobody-here"},
    ) as running:
        yield running


@asynccontextmanager
async def offered(site: Site, issuer: str) -> AsyncIterator[None]:
    """The company's users may come by that provider meanwhile."""
    async with meanwhile(
        site,
        AuthOidcIssuer=issuer,
        AuthOidcClientId="tws",
        AuthOidcClientSecret="a secret",
        AuthOidcLabel=LABEL,
        AuthMethods="TWS|OpenIDConnect",
    ):
        yield


async def to_the_provider(window: Opened, issuer: str) -> None:
    await window.go()
    await window.page.get_by_role("link", name=LABEL).click()
    await window.page.wait_for_url(f"{issuer}/**")


async def test_a_user_signs_in_by_the_provider_s_page(
    browser: Browser, simulated: Site, issuer: str
) -> None:
    number = simulated.seats[0].number
    async with (
        offered(simulated, issuer),
        opened(browser, simulated.tws.base) as window,
    ):
        await to_the_provider(window, issuer)
        await window.click("known")
        await window.page.wait_for_url(f"{simulated.tws.base}/")
        page = Caller(window.context, window.page, window.base)
        await page.ready()
        me = page.page.locator("header button[aria-haspopup=dialog]").last
        await expect(me.locator(".number")).to_have_text(number)
        sheet = await page.open_device()
        await page.click("Sign out", sheet)
        await expect(page.page.get_by_role("link", name=LABEL)).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en-GB", "The provider knows you, but you have no account here."),
        ("fr-FR", "Le fournisseur vous connaît, mais vous n’avez pas de compte ici."),
    ],
)
async def test_whom_nobody_knows_here_is_told_so(
    browser: Browser, simulated: Site, issuer: str, locale: str, words: str
) -> None:
    async with (
        offered(simulated, issuer),
        opened(browser, simulated.tws.base, locale=locale) as window,
    ):
        await to_the_provider(window, issuer)
        await window.click("stranger")
        await expect(window.page.get_by_role("alert")).to_contain_text(words)
        await expect(window.page).to_have_url(f"{simulated.tws.base}/")
        await expect(window.page.locator("input[name=username]")).to_be_visible()

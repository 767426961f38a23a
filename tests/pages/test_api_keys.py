"""API keys, made and revoked in the preferences of the Caller."""

import httpx
import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.administration import to
from tests.pages.opening import Caller, administration, caller
from tests.pages.test_keyboard import use, walk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def section(page: Caller, name: str, preferences: str = "Preferences") -> Locator:
    """Opened by keyboard."""
    await walk(page, page.page.locator("header button[aria-haspopup=dialog]").last)
    await page.press("Enter")
    await use(page, preferences, page.page.get_by_role("dialog"))
    return page.page.get_by_role("region", name=name)


async def as_whom(site: Site, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    async with httpx.AsyncClient(base_url=site.tws.base, headers=headers) as program:
        return (await program.get("/api/v1/session")).status_code


async def test_a_key_is_shown_once_works_and_is_revoked(browser: Browser, simulated: Site) -> None:
    user = f"user{simulated.seats[1].number}"
    async with caller(browser, simulated.tws.base, user) as page:
        keys = await section(page, "API keys")
        await use(page, "New API key", keys)
        await expect(keys.get_by_label("What it is for")).to_be_focused()
        await page.type("Outlook")
        await keys.get_by_label("Last day").fill("2099-12-31")
        await use(page, "Make the key", keys)
        shown = keys.get_by_label("copy it now")
        await expect(shown).to_be_focused()
        secret = await shown.input_value()
        assert await as_whom(simulated, secret) == 200
        await use(page, "I have it", keys)
        assert secret not in await page.page.content()
        await expect(page.button("New API key", keys)).to_be_focused()
        (row,) = await keys.get_by_role("listitem").all()
        await expect(row).to_contain_text("Outlook")
        await expect(row).to_contain_text("until 31 Dec 2099")
        await use(page, "Revoke Outlook", keys)
        await expect(page.button("No", keys)).to_be_focused()
        await use(page, "Yes, revoke", keys)
        await expect(keys.get_by_role("listitem")).to_have_count(0)
        await expect(page.button("New API key", keys)).to_be_focused()
        assert await as_whom(simulated, secret) == 401


async def test_it_is_said_in_french(browser: Browser, simulated: Site) -> None:
    user = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, user, locale="fr-FR") as page:
        keys = await section(page, "Clés d’API", "Préférences")
        await use(page, "Nouvelle clé d’API", keys)
        await page.type(
            "Outlook",
        )
        await page.press("Enter")
        await expect(keys.get_by_label("copiez-la maintenant")).to_be_focused()
        await use(page, "Je l’ai", keys)
        await expect(keys.get_by_role("listitem")).to_contain_text("jamais servie")
        await use(page, "Révoquer Outlook", keys)
        await use(page, "Oui, révoquer", keys)
        await expect(keys.get_by_role("listitem")).to_have_count(0)


async def test_an_administrator_sees_and_ends_the_keys_of_a_user(
    browser: Browser, simulated: Site
) -> None:
    number = simulated.seats[1].number
    user = await simulated.tws.user(f"user{number}")
    made = await user.post("/api-keys", label="CRM")
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Users")
        row = window.page.get_by_role("row").filter(has_text=f"user{number}")
        await row.get_by_role("button").first.click()
        keys = window.page.get_by_role("region", name="API keys")
        await expect(keys.get_by_role("listitem")).to_contain_text("CRM never used")
        assert made["secret"] not in await window.page.content()
        await window.click("Revoke CRM", keys)
        await window.click("Revoke", window.page.get_by_role("dialog"))
        await expect(keys).to_have_count(0)
        assert await as_whom(simulated, made["secret"]) == 401
        await to(window, "Audit log")
        log = window.page.get_by_role("main")
        await expect(log).to_contain_text("API key revoked")

"""From Administration to the documentation, in the language of the page."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_help_is_in_the_language_of_the_page(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=backups")
        await expect(window.page.get_by_role("link", name="Help")).to_be_visible()
        await window.speak("fr-FR")
        async with window.context.expect_page() as opened:
            await window.page.get_by_role("link", name="Aide").click()
        page = await opened.value
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sauvegarder et restaurer")
        await page.get_by_role("link", name="English").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Backup and restore")
        await expect(page.get_by_role("link", name="Français")).to_be_visible()

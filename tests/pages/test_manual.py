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


async def test_each_page_of_the_menu_has_its_help(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        menu = window.page.get_by_role("navigation").get_by_role("button")
        await expect(menu.first).to_be_visible()
        count = await menu.count()
        assert count > 25
        led = set()
        for n in range(count):
            await menu.nth(n).click()
            await expect(menu.nth(n)).to_have_attribute("aria-current", "page")
            head = window.page.locator("main header").filter(has=window.page.locator("h2")).first
            title = head.get_by_role("heading", level=2)
            await expect(title).to_have_text((await menu.nth(n).inner_text()).split("\n")[0])
            help_ = head.get_by_role("link", name="Aide")
            await expect(help_).to_have_count(1)
            led.add(await help_.get_attribute("href"))
        for address in sorted(filter(None, led)):
            page = await window.context.request.get(simulated.tws.base + address)
            assert page.ok and '<main lang="fr">' in await page.text(), address

"""The browser extension in a real Chromium: numbers of pages, marked and clicked, lead to TWS."""

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    BrowserContext,
    Page,
    Route,
    Worker,
    async_playwright,
    expect,
)

import tws
from tests.end_to_end.site import Site
from tests.pages.opening import AXE, Opened
from tests.peers import require_peer
from tests.peers.chromium import program
from tests.running import DEADLINE, PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")
EXTENSION = Path(__file__).parents[2] / "extension"
SHOP = "http://shop.example"
CONTACT = """<!doctype html><title>Shop</title>
<p id=phone>Call us: 01 55 17 18 89, or by fax.</p>
<p>Order 0123456789012, of 30.11.2026.</p>
<textarea>01 55 17 18 90</textarea>
<a id=link href="tel:+33-1-55-17-18-89">Telephone</a>"""
DISPATCH = "info => chrome.contextMenus.onClicked.dispatch(info)"
"The menu itself is the system's; what its entry does is not."


class Extended:
    """A browser with the extension, and its worker. It has been allowed what somebody allows by a
    click: a test cannot click beside the page."""

    def __init__(self, context: BrowserContext, worker: Worker, base: str) -> None:
        self.context, self.worker, self.base = context, worker, base
        self.id = worker.url.split("/")[2]

    async def own(self, name: str) -> Page:
        page = await self.context.new_page()
        await page.goto(f"chrome-extension://{self.id}/{name}")
        return page

    async def shop(self) -> Page:
        page = await self.context.new_page()
        await page.goto(SHOP)
        return page

    async def tab(self, page: Page) -> int:
        """What Chromium calls it."""
        await page.bring_to_front()
        ask = (
            "async () => (await chrome.tabs.query({active: true, lastFocusedWindow: true}))[0].id"
        )
        return int(await self.worker.evaluate(ask))

    async def choose(self) -> None:
        """The address of TWS, on the page of settings."""
        page = await self.own("options.html")
        await page.get_by_label("Address of TWS").fill(f"{self.base}/anything?x=1")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("status")).to_have_text("Saved.")
        await expect(page.get_by_label("Address of TWS")).to_have_value(self.base)
        await page.close()


def copied(to: Path, *allowed: str) -> Path:
    """With these sites allowed from the first."""
    shutil.copytree(EXTENSION, to)
    manifest = json.loads((to / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"] = [f"{origin}/*" for origin in allowed]
    (to / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return to


@asynccontextmanager
async def extended(folder: Path, base: str) -> AsyncIterator[Extended]:
    require_peer("chromium")
    # The address of a site, without the port that a pattern cannot hold.
    host = base.rpartition(":")[0]
    extension = copied(folder / "extension", SHOP, host)
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            folder / "profile",
            executable_path=program(),
            locale="en-GB",
            ignore_default_args=["--disable-extensions"],
            args=[
                "--no-sandbox",
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
            ],
        )
        context.set_default_timeout(DEADLINE * 1000)

        async def shop(route: Route) -> None:
            await route.fulfill(body=CONTACT, content_type="text/html")

        await context.route(f"{SHOP}/**", shop)
        workers = context.service_workers
        worker = workers[0] if workers else await context.wait_for_event("serviceworker")
        try:
            yield Extended(context, worker, base)
        finally:
            await context.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def chromium(
    simulated_site: Site, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Extended]:
    folder = tmp_path_factory.mktemp("extension")
    async with extended(folder, simulated_site.tws.base) as browser:
        yield browser


async def test_a_number_of_a_page_is_called_by_two_clicks(
    chromium: Extended, simulated: Site
) -> None:
    me = simulated.seats[0]
    await chromium.choose()
    shop = await chromium.shop()
    assert await chromium.worker.evaluate("id => once(id)", await chromium.tab(shop)) == 1
    number = shop.get_by_role("link", name="01 55 17 18 89")
    await expect(number).to_have_attribute("title", "Call 0155171889 with TWS")
    await expect(shop.locator("#phone")).to_have_text("Call us: 01 55 17 18 89, or by fax.")
    # What comes later is found too; what somebody writes is left alone.
    await shop.evaluate("document.body.append('Mobile 06 12 34 56 78')")
    await expect(shop.get_by_role("link", name="06 12 34 56 78")).to_be_visible()
    await expect(shop.locator("textarea")).to_have_value("01 55 17 18 90")

    async with chromium.context.expect_page() as opening:
        await number.click()
    page = await opening.value
    await page.locator("input[name=username]").fill(f"user{me.number}")
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    search = page.get_by_role("combobox", name="Search or dial")
    await expect(search).to_have_value("0155171889")
    assert me.live.calls() == []

    # The page that is open is used again, as it is.
    await page.evaluate("window.stays = true")
    await shop.get_by_role("link", name="06 12 34 56 78").focus()
    await shop.keyboard.press("Enter")
    await expect(search).to_have_value("0612345678")
    assert await page.evaluate("window.stays") is True

    # What is marked, and a link, by the menu.
    await chromium.worker.evaluate(
        DISPATCH, {"menuItemId": "selection", "selectionText": " +33 (0)1 55 17 18 91 "}
    )
    await expect(search).to_have_value("+33155171891")
    link = {"menuItemId": "link", "linkUrl": "tel:+33-1-55-17-18-92;ext=4"}
    await chromium.worker.evaluate(DISPATCH, link)
    await expect(search).to_have_value("+33155171892 ext 4")
    assert me.live.calls() == []
    for each in (page, shop):
        await each.close()
    await chromium.context.clear_cookies()


async def test_a_site_is_chosen_for_good(chromium: Extended, simulated: Site) -> None:
    await chromium.worker.evaluate("site('http://shop.example/*', true)")
    shop = await chromium.shop()
    await expect(shop.get_by_role("link", name="01 55 17 18 89")).to_be_visible()
    await chromium.worker.evaluate("site('http://shop.example/*', false)")
    await shop.reload()
    await expect(shop.locator("#phone")).to_be_visible()
    await expect(shop.get_by_role("link", name="01 55 17 18 89")).to_have_count(0)
    await shop.close()


async def test_a_page_that_clicks_by_itself_asks_for_nothing(
    chromium: Extended, simulated: Site
) -> None:
    shop = await chromium.shop()
    await chromium.worker.evaluate("id => once(id)", await chromium.tab(shop))
    known = len(chromium.context.pages)
    await shop.evaluate("document.querySelector('[data-tws-number]').click()")
    # What is sent after it is answered after it.
    await chromium.worker.evaluate("chrome.storage.sync.get()")
    assert len(chromium.context.pages) == known
    await shop.close()


async def test_its_pages_can_be_used_by_everybody(chromium: Extended, simulated: Site) -> None:
    for name in ("options.html", "popup.html"):
        page = await chromium.own(name)
        await page.evaluate(AXE.read_text("utf-8"))
        found: dict[str, Any] = await page.evaluate("axe.run({resultTypes: ['violations']})")
        assert not [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]
        await page.close()


async def test_the_browser_opens_tel_links_with_tws(chromium: Extended, simulated: Site) -> None:
    """Asked for in the preferences of TWS; then a click on a link of another page leads there."""
    page = await chromium.context.new_page()
    window = Opened(chromium.context, page, chromium.base)
    await window.sign_in(f"user{simulated.seats[0].number}")
    control = await chromium.context.new_cdp_session(page)
    await control.send("Page.setRPHRegistrationMode", {"mode": "autoAccept"})
    await window.click("Open “tel:” links with TWS", await window.preferences())
    shop = await chromium.shop()
    await shop.locator("#link").click()
    await shop.wait_for_url(f"{chromium.base}/**")
    await expect(shop.get_by_role("combobox").first).to_have_value("+33155171889")
    for each in (page, shop):
        await each.close()


async def test_it_has_the_version_of_the_server_and_words_in_both_languages() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    assert tws.__version__.startswith(manifest["version"])
    words = [
        json.loads((EXTENSION / f"_locales/{language}/messages.json").read_text("utf-8"))
        for language in ("fr", "en")
    ]
    assert words[0].keys() == words[1].keys()
    for icon in manifest["icons"].values():
        assert (EXTENSION / icon).is_file()

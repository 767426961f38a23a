"""What the page does when it cannot hear the server: it says so, never lies, comes back."""

import re
import signal
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.pages.opening import Caller, caller, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")
MARK = "window.notReloaded = true"


async def still_the_same_page(page: Caller) -> bool:
    return bool(await page.evaluate("window.notReloaded === true"))


async def lost(page: Caller) -> None:
    await expect(page.page.get_by_role("status").first).to_contain_text(
        "Reconnecting… Last known at"
    )
    state = page.page.get_by_role("img", name="State unknown: connection lost")
    await expect(state.first).to_be_visible()


async def test_kills_sleep_and_a_lost_network_without_a_reload(
    browser: Browser, tmp_path: Path
) -> None:
    async with simulated_pbx() as pbx, running_site(pbx, tmp_path) as site:
        me, other, *_ = site.seats
        async with caller(browser, site.tws.base, f"user{me.number}") as page:
            await page.evaluate(MARK)
            await other.phone.dial(me.number)
            await page.answer()
            await me.phone.talks_with(other.phone)
            row = page.call(other.number)
            await expect(row).to_contain_text("Connected")

            # The server dies in mid-call, and the call goes on.
            await site.tws.kill(signal.SIGKILL)
            await lost(page)
            await expect(row).to_contain_text("State unknown")
            await expect(page.button("Hold", row)).to_be_disabled()
            await site.tws.restart()
            await expect(row).to_contain_text("Connected")
            await expect(page.button("Hold", row)).to_be_enabled()

            # The network goes, the call ends meanwhile, the network comes back.
            await page.context.set_offline(True)
            await page.evaluate("dispatchEvent(new Event('offline'))")
            await lost(page)
            await other.phone.hang_up()
            await me.phone.idle()
            await page.context.set_offline(False)
            await expect(page.calls).to_have_count(0)
            await page.ready()

            # The computer sleeps while the server is restarted.
            session = await page.context.new_cdp_session(page.page)
            await session.send("Page.setWebLifecycleState", {"state": "frozen"})
            await site.tws.kill(signal.SIGTERM)
            await site.tws.restart()
            await other.phone.dial(me.number)
            await session.send("Page.setWebLifecycleState", {"state": "active"})
            await expect(page.ringing).to_be_visible()
            assert await still_the_same_page(page)


async def test_a_device_taken_away_leaves_the_page_at_once(
    browser: Browser, tmp_path: Path
) -> None:
    async with simulated_pbx() as pbx, running_site(pbx, tmp_path, people=2) as site:
        me = site.seats[0]
        async with caller(browser, site.tws.base, f"user{me.number}") as page:
            rows = await site.admin.get("/admin/devices")
            row = next(row for row in rows if row["number"] == me.number)
            await site.admin.request(
                "DELETE", f"/admin/devices/{row['id']}?version={row['version']}"
            )
            title = page.page.locator("header button[aria-haspopup=dialog]").last
            await expect(title).to_contain_text("No telephone")


async def test_what_is_typed_before_anything_is_heard_is_not_lost(
    browser: Browser, simulated: Site
) -> None:
    base = simulated.tws.base
    async with opened(browser, base) as window:
        page = Caller(window.context, window.page, base)
        await page.page.route_web_socket(re.compile("/live"), lambda socket: None)
        await page.sign_in(f"user{simulated.seats[0].number}")
        await expect(page.search).to_be_visible()
        await page.press("/")
        await page.type("4002")
        await expect(page.search).to_have_value("4002")
        await page.press("Enter")
        await expect(page.search).to_have_value("4002")

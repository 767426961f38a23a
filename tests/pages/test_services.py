"""Tools / TWS services, Tools / Troubleshooting: links are stopped and started, and pages tell."""

import zipfile

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import to
from tests.pages.opening import administration, caller
from tests.pages.test_calls import talking

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_links_are_stopped_and_started(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    base = simulated.tws.base
    async with (
        administration(browser, base) as window,
        caller(browser, base, f"user{me.number}") as desk,
    ):
        await to(window, "TWS services")
        table = window.page.get_by_role("table")
        links = table.get_by_role("row", name="Links to PBXs")
        await expect(links).to_contain_text("Running")
        await expect(links).to_contain_text("TWS$TWS_CSTAServices")
        await expect(table.get_by_role("row", name="Media")).to_contain_text("Not in this version")
        # On a telephone what can be done with each is there without looking for it.
        await window.page.set_viewport_size({"width": 360, "height": 740})
        whole = "table => table.parentElement.scrollWidth <= table.parentElement.clientWidth"
        assert await table.evaluate(whole)
        await window.page.set_viewport_size({"width": 1400, "height": 900})
        push = table.get_by_role("row", name="Notifications of calls to browsers")
        await window.click("New key…", push)
        await window.click("Make a new key", window.page.get_by_role("dialog"))
        await window.sees("The key is new.", push)
        await window.click("Stop", links)
        question = window.page.get_by_role("dialog")
        await window.sees("TWS lets go of every PBX", question)
        await window.click("Stop", question)
        await window.sees("Stopped: Links to PBXs.")
        await expect(table.get_by_role("row").nth(1)).to_contain_text("Links to PBXs")
        await expect(links).to_contain_text("Stopped")
        away = desk.page.get_by_role("button", name=f"Not available Person {me.number}")
        await away.first.click()
        await desk.sees("to the PBX is down: the service of links is stopped")
        await desk.press("Escape")
        await to(window, "Troubleshooting")
        bundle = window.page.get_by_role("region", name="Support bundle")
        await bundle.get_by_label("With traces of links").check()
        async with window.page.expect_download() as coming:
            await window.click("Download a support bundle", bundle)
        file = await (await coming.value).path()
        with zipfile.ZipFile(file) as archive:
            assert {"manifest.json", "doctor.json", "log.jsonl"} <= set(archive.namelist())
            assert b'"traces/"' not in archive.read("manifest.json"), "they were asked for"
        await window.sees("It is among your downloads.", bundle)
        trouble = table.get_by_role("row", name="Services").first
        await expect(trouble).to_contain_text("The service links does not run.")
        await window.click("Open", trouble)
        await window.click("Start", links)
        await window.sees("Started: Links to PBXs.")
        await expect(links).to_contain_text("Running")
        await expect(away).to_have_count(0)
        await talking(desk, other)
        await me.phone.talks_with(other.phone)

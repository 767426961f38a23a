"""Tools / Incidents: what goes wrong is counted on every page at once, and acknowledged."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import to
from tests.pages.opening import administration

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_goes_wrong_is_counted_found_and_acknowledged(
    browser: Browser, simulated: Site
) -> None:
    tws = await simulated.tws.client().sign_in_as_administrator()
    domain = (await tws.get("/admin/domains"))[0]
    made = await tws.post(
        "/admin/links",
        domain=domain["id"],
        name="Nobody answers",
        dialect="csta_xml",
        settings={"host": "127.0.0.1", "port": 9},
        enabled=False,
    )
    place = f"/admin/links/{made['id']}"
    async with administration(browser, simulated.tws.base) as window:
        made = await tws.request("PATCH", place, {"version": made["version"], "enabled": True})
        badge = window.page.get_by_role(
            "button", name=re.compile("open incidents? that nobody has acknowledged")
        )
        await badge.click()
        row = window.page.get_by_role("row", name="Nobody answers")
        await expect(row).to_contain_text("Link lost")
        await expect(row).to_contain_text("The link Nobody answers is not up")
        await row.get_by_role("checkbox").check()
        await window.click("Acknowledge 1")
        question = window.page.get_by_role("dialog")
        await question.get_by_role("textbox").fill("There is no PBX there yet.")
        await window.click("Acknowledge", question)
        await expect(row).to_have_count(0)
        await expect(badge).to_have_count(0)
        await to(window, "Incidents")
        await expect(row).to_contain_text("There is no PBX there yet.")
        await window.click("Open", row)
        await expect(window.page.get_by_label("Name", exact=True)).to_have_value("Nobody answers")
        await tws.request("DELETE", f"{place}?version={made['version']}")
        await to(window, "Incidents")
        await expect(row.get_by_role("img", name="Over")).to_be_visible()

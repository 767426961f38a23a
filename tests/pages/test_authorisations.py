"""Authorisations: also who may look into which directory."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration
from tests.pages.test_admin import choose, form, to

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME = "Directory of rights"


async def test_directories_are_granted_and_withdrawn(browser: Browser, simulated: Site) -> None:
    (domain,) = await simulated.admin.get("/admin/domains")
    (user, *_) = await simulated.admin.get("/admin/users")
    directory = await simulated.admin.post(
        "/admin/directories",
        domain=domain["id"],
        name=NAME,
        connector="csv",
        settings={"file": "rights.csv"},
    )
    place = f"/admin/directories/{directory['id']}"

    async def granted() -> list[dict[str, str]]:
        rows = await simulated.admin.get("/admin/directory-grants")
        return [row for row in rows if row["directory"] == directory["id"]]

    try:
        async with administration(browser, simulated.tws.base) as window:
            await to(window, "Authorisations")
            await window.click("Add")
            await choose(window, "Application", "Directory")
            await choose(window, "Which directory", NAME)
            await form(window).get_by_label("To", exact=True).select_option("user")
            await choose(window, "Authorised", user["displayName"])
            await window.click("Save", form(window))
            row = window.page.get_by_role("row").filter(has_text=NAME)
            await expect(row).to_contain_text(user["displayName"])
            (grant,) = await granted()
            assert grant["user"] == user["id"]
            await expect(row).to_contain_text("User")

            await window.click("All rights of this directory", form(window))
            tab = form(window).get_by_role("tab", name="Rights")
            await expect(tab).to_have_attribute("aria-selected", "true")
            await window.sees(user["displayName"], form(window))

            await to(window, "Authorisations")
            await row.get_by_role("button").click()
            await window.click("Delete", form(window))
            question = window.page.get_by_role("dialog")
            await expect(question).to_contain_text("its contacts are found no more")
            await window.click("Delete", question)
            await expect(row).to_have_count(0)
            assert await granted() == []
    finally:
        now = await simulated.admin.get(place)
        await simulated.admin.request("DELETE", f"{place}?version={now['version']}")

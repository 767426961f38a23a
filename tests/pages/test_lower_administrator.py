"""Who manages some companies only is not offered what would be refused."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save, to
from tests.pages.opening import Opened, opened
from tests.running import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME = "deputy"


@pytest_asyncio.fixture(loop_scope="session")
async def deputy(browser: Browser, simulated: Site) -> AsyncIterator[Opened]:
    admin = simulated.admin
    (domain,) = await admin.get("/admin/domains")
    made = await admin.post(
        "/admin/administrators", username=NAME, superUser=False, companies=[domain["company"]]
    )
    place = f"/admin/administrators/{made['id']}"
    await admin.request("PUT", f"{place}/password", {"password": PASSWORD})
    async with opened(browser, simulated.tws.base) as window:
        await window.sign_in(NAME, PASSWORD, "/admin")
        await expect(window.page.get_by_role("navigation")).to_be_visible()
        yield window
    row = await admin.get(place)
    await admin.request("DELETE", f"{place}?version={row['version']}")


async def test_is_offered_nothing_that_is_refused(deputy: Opened) -> None:
    page = deputy.page
    await to(deputy, "Companies")
    await deputy.sees("Super users add and delete companies.")
    await expect(deputy.button("Add")).to_have_count(0)
    await expect(page.get_by_role("checkbox")).to_have_count(0)
    await page.locator("tbody tr button").first.click()
    await expect(form(deputy).get_by_role("link", name="Export (ZIP)")).to_be_visible()
    for refused in ("Delete", "Erase the company"):
        await expect(deputy.button(refused, form(deputy))).to_have_count(0)

    await to(deputy, "Licences")
    await deputy.sees("who also load licences")
    for refused in ("Load a file", "New number"):
        await expect(deputy.button(refused)).to_have_count(0)

    await expect(deputy.button("Backups")).to_have_count(0)
    await deputy.press("Control+k")
    await deputy.type("backups")
    await expect(page.locator("[role=option]")).to_have_count(0)
    await deputy.press("Escape")
    # What is theirs stays.
    await to(deputy, "Groups")
    await expect(deputy.button("Add")).to_be_visible()


async def test_changes_what_is_told_to_them(deputy: Opened, simulated: Site) -> None:
    await to(deputy, "Administrators")
    await deputy.sees("Super users add administrators")
    await expect(deputy.button("Add")).to_have_count(0)
    await deputy.page.locator("tbody tr button").first.click()
    fields = form(deputy)
    await expect(fields.get_by_label("User name")).to_be_disabled()
    await expect(deputy.button("Delete", fields)).to_have_count(0)
    await fields.get_by_label("E-mail", exact=True).fill("deputy@company.example")
    await save(deputy)
    rows = await simulated.admin.get("/admin/administrators")
    (row,) = (row for row in rows if row["username"] == NAME)
    assert row["email"] == "deputy@company.example"

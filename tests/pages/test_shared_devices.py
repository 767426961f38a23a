"""Call queues and intercom groups, by the pages alone: made, granted, watched and deleted."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save, to
from tests.pages.opening import administration
from tests.pages.test_authorisations import region

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("page", "kind", "name", "number"),
    [
        ("Call queues", "queue", "After-sales", "7010"),
        ("Intercom groups", "intercomGroup", "Workshop", "6674"),
    ],
)
async def test_one_is_made_granted_and_deleted(
    browser: Browser, simulated: Site, page: str, kind: str, name: str, number: str
) -> None:
    someone = (await simulated.admin.get("/admin/users"))[0]["displayName"]
    async with administration(browser, simulated.tws.base) as window:
        await to(window, page)
        await window.click("Add")
        await form(window).get_by_label("Name", exact=True).fill(f"{name} of old")
        await save(window)
        await form(window).get_by_label("Name", exact=True).fill(name)
        await form(window).get_by_label("Number", exact=True).fill("4001")
        await window.click("Save", form(window))
        await expect(form(window)).to_contain_text("Choose the link")
        await form(window).get_by_label("Link").click()
        await window.page.get_by_role("option", name=simulated.pbx.name, exact=True).click()
        await window.click("Save", form(window))
        await expect(form(window)).to_contain_text("4001 belongs to")  # it is a user's
        await form(window).get_by_label("Number", exact=True).fill(number)
        await save(window)
        await to(window, "State of devices")
        device = window.page.get_by_role("row").filter(has_text=number)
        await expect(device).to_contain_text(name)
        await device.get_by_role("button").first.click()
        await expect(form(window).get_by_label("Number", exact=True)).to_have_value(number)
        row = window.page.get_by_role("row").filter(has_text=name)
        await expect(row).to_have_count(1)

        await window.click(f"Authorisations on {name}", form(window))
        side = region(window, "To be authorised")
        await side.get_by_label("What they are").select_option("user")
        await side.get_by_role("checkbox", name=someone).check()
        await side.get_by_role("button", name="Add 1").click()
        granted = region(window, f"Authorised: {name}")
        await expect(granted.get_by_role("listitem")).to_contain_text(someone)
        *_, grant = await simulated.admin.get("/admin/grants", kind=kind)

        await to(window, page)
        await row.get_by_role("button").first.click()
        await window.click("Delete", form(window))
        question = window.page.get_by_role("dialog", name=f"Delete “{name}”?")
        await expect(question).to_contain_text("Withdraw first what is granted")
        await window.click("Delete", question)
        # Nothing goes that somebody counts on.
        await expect(question.get_by_role("alert")).to_be_visible()
        await simulated.admin.request("DELETE", f"/admin/grants/{grant['id']}?version=1")
        await window.click("Delete", question)
        await expect(row).to_have_count(0)

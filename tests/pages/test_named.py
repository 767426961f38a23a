"""Call queues and intercom groups: made, granted and deleted by the pages alone."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save, to
from tests.pages.opening import administration
from tests.pages.test_authorisations import region

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("page", "kind", "name"),
    [("Call queues", "queue", "After-sales"), ("Intercom groups", "intercomGroup", "Workshop")],
)
async def test_one_is_made_granted_and_deleted(
    browser: Browser, simulated: Site, page: str, kind: str, name: str
) -> None:
    someone = (await simulated.admin.get("/admin/users"))[0]["displayName"]
    async with administration(browser, simulated.tws.base) as window:
        await to(window, page)
        await window.click("Add")
        await form(window).get_by_label("Name", exact=True).fill(f"{name} of old")
        await save(window)
        await form(window).get_by_label("Name", exact=True).fill(name)
        await save(window)
        row = window.page.get_by_role("row").filter(has_text=name)
        await expect(row).to_have_count(1)

        await window.click(f"Authorisations on {name}", form(window))
        side = region(window, "To be authorised")
        await side.get_by_label("What they are").select_option("user")
        await side.get_by_role("checkbox", name=someone).check()
        await side.get_by_role("button", name="Add 1").click()
        granted = region(window, f"Authorised: {name}")
        await expect(granted.get_by_role("listitem")).to_contain_text(someone)
        (grant,) = await simulated.admin.get("/admin/grants", kind=kind)

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

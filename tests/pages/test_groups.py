"""The rank of a group, which decides on the values of parameters."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save
from tests.pages.opening import administration

pytestmark = pytest.mark.asyncio(loop_scope="session")
LAST = 10_000


async def test_a_group_is_put_in_order_and_out_of_it(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    row = await admin.post("/admin/groups", domain=simulated.domain, name="In the third place")
    place = f"/admin/groups/{row['id']}"
    async with administration(browser, simulated.tws.base) as window:
        await window.go(f"/admin?page=groups&edit={row['id']}")
        rank = form(window).get_by_role("textbox", name="Rank")
        await expect(rank).to_have_value("")
        for typed, stored in (("3", 3), ("", LAST)):
            await rank.fill(typed)
            await save(window)
            assert (await admin.get(place))["rank"] == stored
        line = window.page.get_by_role("row").filter(has_text="In the third place")
        await expect(line).not_to_contain_text(str(LAST))
    version = (await admin.get(place))["version"]
    await admin.request("DELETE", f"{place}?version={version}")

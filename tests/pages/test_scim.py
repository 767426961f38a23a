"""The page of SCIM connections, by mouse: a token is made, used, seen to be used, and revoked."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save, to
from tests.pages.opening import administration
from tests.web.provider import person

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME, USER = "Provider by mouse", "provisioned"


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def _nobody_left(simulated: Site) -> AsyncIterator[None]:
    yield
    for kind, field, name in (("scim-connections", "name", NAME), ("users", "username", USER)):
        for row in await simulated.admin.get(f"/admin/{kind}"):
            if row[field] == name:
                path = f"/admin/{kind}/{row['id']}?version={row['version']}"
                await simulated.admin.request("DELETE", path)


async def test_a_provider_is_given_a_token_and_it_is_revoked(
    browser: Browser, simulated: Site
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "SCIM connections")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Name").fill(NAME)
        await save(window)
        told = fields.get_by_role("region", name="What the provider is told")
        await expect(told).to_contain_text("There is no token")
        await window.click("Make a token", told)
        await expect(told).to_contain_text("The token is shown this once")
        await expect(told).to_contain_text("Never used")
        address, token = [await one.inner_text() for one in await told.locator("code").all()]
        assert address == f"{simulated.tws.base}/scim/v2"
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=headers) as provider:
            made = await provider.post(f"{address}/Users", json=person(USER))
            assert made.status_code == 201, made.text
            await window.page.reload()
            await expect(told).to_contain_text("Used ")
            await expect(told.locator("code")).to_have_count(1)
            row = window.page.get_by_role("row").filter(has_text=NAME)
            await expect(row.get_by_role("cell").nth(4)).to_have_text("1")
            await window.click("Revoke the token", told)
            await window.click("Revoke the token", window.page.get_by_role("dialog"))
            await expect(told).to_contain_text("There is no token")
            assert (await provider.get(f"{address}/Users")).status_code == 401

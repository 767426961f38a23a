"""What a form writes in several requests: all of it, or a word about it and nothing."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save, to
from tests.pages.opening import administration
from tests.running import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def usernames(site: Site, rows: str) -> list[str]:
    return [row["username"] for row in await site.admin.get(f"/admin/{rows}")]


@pytest.mark.parametrize(
    ("page", "rows", "why"),
    [
        ("Users", "users", "a password has at least 12 characters"),
        ("Administrators", "administrators", "a password has at least 12 characters"),
    ],
)
async def test_whose_password_is_refused_is_not_made(
    browser: Browser, simulated: Site, page: str, rows: str, why: str
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, page)
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("User name").fill("zoe9")
        password = fields.get_by_label("Password", exact=True)
        await password.fill("short")
        await window.click("Save", fields)
        await expect(fields).to_contain_text(why)
        assert "zoe9" not in await usernames(simulated, rows)
        await password.fill(PASSWORD)
        # What was written is out of the form: nothing is left to be saved.
        await save(window)
        await expect(password).to_have_value("")
        assert (await usernames(simulated, rows)).count("zoe9") == 1
        [row] = [
            one for one in await simulated.admin.get(f"/admin/{rows}") if one["username"] == "zoe9"
        ]
        gone = {"version": row["version"]}
        await simulated.admin.request("DELETE", f"/admin/{rows}/{row['id']}", params=gone)


async def test_who_would_get_the_telephone_of_another_is_not_made(
    browser: Browser, simulated: Site
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Users")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("User name").fill("yan9")
        await window.click("Add a telephone", fields)
        await fields.get_by_label("Number", exact=True).fill(simulated.seats[0].number)
        await window.click("Save", fields)
        await expect(fields.get_by_role("alert").first).to_be_visible()
        assert "yan9" not in await usernames(simulated, "users")

"""The warning that stays on screen as long as somebody signs in without a password."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration

pytestmark = pytest.mark.asyncio(loop_scope="session")
PAGES = ("", "?page=users", "?page=licences", "?page=audit")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-GB", "Some users sign in without a password"), ("fr-FR", "sans mot de passe")],
)
@pytest.mark.parametrize("method", ["None", "Ip"])
async def test_every_page_warns_while_no_password_is_asked(
    browser: Browser, simulated: Site, method: str, locale: str, words: str
) -> None:
    admin = simulated.admin
    [domain, *_] = await admin.get("/admin/domains")
    name = f"door-{method}-{locale}"
    user = await admin.post("/admin/users", domain=domain["id"], username=name)
    async with administration(browser, simulated.tws.base, locale=locale) as window:
        warning = window.page.get_by_role("status").filter(has_text=words)
        await expect(window.page.get_by_role("navigation").first).to_be_visible()
        await expect(warning).to_have_count(0)
        body = {"parameter": "AuthMethods", "value": f"{method}|TWS", "user": user["id"]}
        await admin.request("PUT", "/admin/parameter-values", body)
        for page in PAGES:
            await window.go(f"/admin{page}")
            await expect(warning).to_contain_text(f"({method})")
        await window.click("AuthMethods", warning)
        await expect(window.page).to_have_url(re.compile("page=parameters.*AuthMethods"))
        await expect(warning).to_be_visible()
        await admin.request("DELETE", f"/admin/users/{user['id']}?version={user['version']}")
        await window.go("/admin?page=users")
        await expect(window.page.get_by_role("table")).to_be_visible()
        await expect(warning).to_have_count(0)

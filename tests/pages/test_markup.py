"""HTML in every text field: refused with words, or kept and shown as the text that it is."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.pages.opening import FRONTEND, Opened, opened
from tests.running import PASSWORD, Api, Problem, running_tws

pytestmark = pytest.mark.asyncio(loop_scope="session")
EVIL = '"><b/data-evil>evil</b>'
"Without blanks, which user names must not have."
PAGES = re.findall(
    r'^  "(\w+)",$',
    (FRONTEND / "src/admin/address/address.ts").read_text().partition("] as const")[0],
    re.MULTILINE,
)
SHOWN = {
    "companies": "companies",
    "domains": "domains",
    "administrators": "administrators",
    "users": "users",
    "groups": "groups",
    "queues": "queues",
    "intercom-groups": "intercomGroups",
    "links": "links",
    "directories": "directories",
    "scim-connections": "scim",
    "user-imports": "userImports",
}
"The page of each kind of rows."


async def everywhere(admin: Api, user: Api) -> int:
    """How many fields took it."""
    (domain,) = await admin.get("/admin/domains")
    named = {"domain": domain["id"], "name": EVIL}
    for kind in ("groups", "queues", "intercom-groups", "scim-connections"):
        await admin.post(f"/admin/{kind}", **named)
    await admin.post("/admin/administrators", username=EVIL)
    source = {"connector": "csv", "settings": {"file": "a.csv"}, "mode": "insertUpdate"}
    fields = {"fields": {"username": EVIL, "identifier": EVIL}, "mapping": {"last_name": EVIL}}
    await admin.post("/admin/user-imports", **named, **source, **fields)
    taken = 0
    for kind in SHOWN:
        for row in await admin.get(f"/admin/{kind}"):
            if row.get("builtIn") is None and row.get("username") not in ("root", "marie"):
                taken += await in_each_field(admin, f"/admin/{kind}/{row['id']}")
    company = (await admin.get("/admin/companies"))[0]["id"]
    for parameter in await admin.get("/admin/parameters"):
        if parameter["kind"] == "text" and "default" in parameter["levels"]:
            value = {"parameter": parameter["name"], "company": company, "value": EVIL}
            taken += await accepted(admin, "PUT", "/admin/parameter-values", value)
    contact = await user.post("/contacts", lastName=EVIL)
    return taken + await in_each_field(user, f"/contacts/{contact['id']}")


async def in_each_field(api: Api, place: str) -> int:
    found = 0
    for name, value in (await api.get(place)).items():
        if isinstance(value, str | None) and name not in ("id", "domain", "company"):
            version = (await api.get(place))["version"]
            found += await accepted(api, "PATCH", place, {"version": version, name: EVIL})
    return found


async def accepted(api: Api, method: str, place: str, body: dict[str, Any]) -> bool:
    try:
        await api.request(method, place, body)
    except Problem as refused:
        # What names another row is refused as one that there is not.
        assert refused.code in ("invalid", "notFound"), refused
        return False
    return True


async def harmless(window: Opened) -> None:
    assert await window.page.locator("[data-evil]").count() == 0


async def test_markup_is_text(browser: Browser, tmp_path: Path) -> None:
    async with running_tws(tmp_path) as tws:
        first = {"name": EVIL, "timeZone": "Europe/Paris"}
        admin = tws.client()
        account = {"username": "root", "password": PASSWORD}
        await admin.post("/initialisation", **account, company=EVIL, domain=first)
        (domain,) = await admin.get("/admin/domains")
        link = {
            "dialect": "csta_xml",
            "settings": {"host": "127.0.0.1", "port": 9},
            "enabled": False,
        }
        await admin.post("/admin/links", domain=domain["id"], name=EVIL, **link)
        names = {"domain": domain["id"], "firstName": EVIL, "lastName": EVIL}
        await admin.post("/admin/users", username=EVIL, **names)
        marie = await admin.post("/admin/users", username="marie", **names)
        place = f"/admin/users/{marie['id']}/password"
        await admin.request("PUT", place, {"password": PASSWORD})
        grant = {"kind": "application", "objectKind": "application", "object": "TWS Caller"}
        await admin.post("/admin/grants", **grant, granteeKind="user", grantee=marie["id"])
        user = await tws.user("marie")
        assert await everywhere(admin, user) > 20
        async with opened(browser, tws.base) as window:
            await window.sign_in("root", PASSWORD, "/admin")
            await expect(window.page.locator("header h1")).to_be_visible()
            for page in PAGES:
                await window.go(f"/admin?page={page}")
                await expect(window.page.get_by_role("heading", level=2).first).to_be_visible()
                await harmless(window)
            for kind, page in SHOWN.items():
                row = (await admin.get(f"/admin/{kind}"))[-1]
                await window.go(f"/admin?page={page}&edit={row['id']}")
                await expect(window.page.get_by_role("form")).to_be_visible()
                await harmless(window)
        async with opened(browser, tws.base) as window:
            await window.sign_in("marie")
            await expect(window.page.locator("header")).to_contain_text(EVIL)
            people = window.page.get_by_role("region", name="Directory")
            await people.get_by_text(EVIL).first.click()
            await expect(window.page.get_by_role("region", name="Card")).to_contain_text(EVIL)
            await harmless(window)

"""What takes longer than a moment says what it does, and can be given up."""

import asyncio

import pytest
from playwright.async_api import Browser, Route, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration
from tests.pages.test_accessibility import assert_good
from tests.pages.test_authorisations import choose, open_type, region, team
from tests.web.test_awaited import ldap, silent

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["team"]


async def test_a_dry_run_is_given_up(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    async with silent() as source:
        (link, *_) = await admin.get("/admin/links")
        row = await admin.post(
            "/admin/user-imports",
            domain=simulated.domain,
            name="Silent",
            connector="ldap",
            settings=ldap(source.port),
            mapping={"last_name": "sn"},
            fields={"username": "uid", "identifier": "entryuuid", "number": "telephonenumber"},
            mode="insertUpdate",
            link=link["id"],
        )
        try:
            async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
                await window.go(f"/admin?page=userImports&edit={row['id']}")
                part = region(window, "Ce qui serait fait")
                await part.get_by_role("button").first.click()
                await expect(part.get_by_role("status")).to_have_text("Lecture de la source…")
                await source.asked.wait()
                await window.click("Annuler", part)
                await source.left.wait()
                await expect(part.get_by_role("status")).to_have_count(0)
                await expect(part.get_by_role("alert")).to_have_count(0)
        finally:
            path = f"/admin/user-imports/{row['id']}?version={row['version']}"
            await admin.request("DELETE", path)


async def test_adding_many_says_how_far_and_stops(
    browser: Browser, simulated: Site, team: dict[str, dict[str, str]]
) -> None:
    second, stopped = asyncio.Event(), asyncio.Event()
    sent = 0

    async def slow(route: Route) -> None:
        nonlocal sent
        sent += route.request.method == "POST"
        if sent == 2 and route.request.method == "POST":
            second.set()
            await stopped.wait()
        await route.continue_()

    users = (await simulated.admin.get("/admin/users"))[:4]
    async with administration(browser, simulated.tws.base) as window:
        await open_type(window, "queue")
        await choose(window, "Call queue", "Accueil of rights")
        side = region(window, "To be authorised")
        await side.get_by_label("What they are").select_option("user")
        for user in users:
            await side.get_by_role("checkbox", name=user["displayName"]).check()
        await window.page.route("**/api/v1/admin/grants", slow)
        await side.get_by_role("button", name="Add 4").click()
        await second.wait()
        await expect(side.get_by_role("status")).to_have_text("1 of 4")
        await assert_good(window)
        await window.click("Cancel", side)
        stopped.set()
        await expect(side.get_by_role("status")).to_have_text(
            "2 authorisations added. 2 left as they were."
        )
        # Those stay chosen.
        await expect(side.get_by_role("button", name="Add 2")).to_be_enabled()
    rows = await simulated.admin.get("/admin/grants", kind="queue")
    assert len([row for row in rows if row["object"] == team["queues"]["id"]]) == 2

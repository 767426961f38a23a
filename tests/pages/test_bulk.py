"""Several lines of a list at once: chosen by mouse and by keyboard, changed, deleted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.granting import application, sent
from tests.pages.opening import AXE, Opened, administration
from tests.pages.test_accessibility import assert_good, findings

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def users(site: Site, prefix: str, count: int) -> AsyncIterator[list[dict[str, Any]]]:
    domain = (await site.admin.get("/admin/domains"))[0]["id"]
    made = [
        await site.admin.post(
            "/admin/users", domain=domain, username=f"{prefix}{n}", lastName=f"{prefix} {n}"
        )
        for n in range(count)
    ]
    yield made
    for row in await site.admin.get("/admin/users"):
        if row["username"].startswith(prefix):
            await site.admin.request(
                "DELETE", f"/admin/users/{row['id']}?version={row['version']}"
            )


def box(window: Opened, name: str) -> Locator:
    return window.page.get_by_role("checkbox", name=f"Select {name}", exact=True)


async def change(window: Opened, what: str, field: str, into: str) -> None:
    await window.click("Change…")
    dialog = window.page.get_by_role("dialog")
    await dialog.get_by_label("What to change").select_option(what)
    await dialog.get_by_role("combobox", name=field, exact=True).click()
    await window.page.get_by_role("option", name=into, exact=True).click()
    await window.click("Change", dialog)
    await expect(dialog).to_have_count(0)


async def assert_nothing_serious(window: Opened) -> None:
    await window.evaluate(AXE.read_text(encoding="utf-8"))
    found = await findings(window, colours=True)
    assert [each for each in found if "(moderate)" not in each] == []


async def test_users_are_chosen_changed_and_deleted(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    domain = (await admin.get("/admin/domains"))[0]["id"]
    group = await admin.post("/admin/groups", domain=domain, name="Trainees")
    async with (
        users(simulated, "trainee", 6) as made,
        administration(browser, simulated.tws.base) as window,
    ):
        await window.go("/admin?page=users&q=trainee")
        await expect(window.page.get_by_role("row")).to_have_count(7)
        await box(window, "trainee 1").focus()
        await window.press("Space")
        await window.sees("1 selected")
        await expect(window.page.get_by_role("form")).to_have_count(0)
        await box(window, "trainee 4").click(modifiers=["Shift"])
        await window.sees("4 selected")
        await change(window, "Enabled or disabled", "Enabled", "No")
        await change(window, "Add to a group", "group", "Trainees")
        await change(window, "Set a parameter", "Parameter", "AuthMethods")
        now = {row["username"]: row for row in await admin.get("/admin/users")}
        off = [name for name, row in now.items() if not row["enabled"]]
        assert sorted(off) == [f"trainee{n}" for n in range(1, 5)]
        values = await admin.get("/admin/parameter-values", parameter="AuthMethods")
        assert {each["user"] for each in values} >= {row["id"] for row in made[1:5]}
        there = await admin.get(f"/admin/groups/{group['id']}")
        assert set(there["members"]) == {row["id"] for row in made[1:5]}

        await box(window, "trainee 4").click()
        await window.page.get_by_role("checkbox", name="Select all 6 lines").click()
        await window.sees("6 selected")
        await window.click("Delete…")
        dialog = window.page.get_by_role("dialog", name="Delete 6 lines?")
        await expect(dialog).to_contain_text("trainee 0, trainee 1")
        await expect(dialog).to_contain_text("and 1 more")
        await assert_nothing_serious(window)
        await window.click("Delete", dialog)
        await window.sees("No line matches.")
        left = [row["username"] for row in await admin.get("/admin/users")]
        assert not [name for name in left if name.startswith("trainee")]
    there = await admin.get(f"/admin/groups/{group['id']}")
    await admin.request("DELETE", f"/admin/groups/{group['id']}?version={there['version']}")


async def test_what_cannot_be_is_told_of_each_line(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    domain = (await admin.get("/admin/domains"))[0]["id"]
    for name in ("Bulk granted", "Bulk free"):
        await admin.post("/admin/groups", domain=domain, name=name)
    rows = {row["name"]: row for row in await admin.get("/admin/groups")}
    kept = rows["Bulk granted"]
    grant = await admin.post("/admin/grants", **sent(application("TWS Caller", group=kept["id"])))
    async with administration(browser, simulated.tws.base) as window:
        await window.page.set_viewport_size({"width": 360, "height": 740})
        await window.go("/admin?page=groups&q=bulk")
        await window.page.get_by_role("checkbox", name="Select all 2 lines").click()
        await window.click("Delete…")
        await window.click("Delete", window.page.get_by_role("dialog"))
        report = window.page.get_by_role("alert")
        await expect(report).to_contain_text("1 done. 1 could not be, and stays selected:")
        await expect(report.get_by_role("listitem")).to_contain_text("Bulk granted")
        await assert_nothing_serious(window)
        await window.page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
        await window.sees("1 selected")
        await expect(box(window, "Bulk granted")).to_be_checked()
        await window.speak("fr-FR")
        await window.sees("Groupes", window.page.get_by_role("heading"))
        assert await window.evaluate("document.body.scrollWidth") <= 360
        await assert_good(window)
    await admin.request("DELETE", f"/admin/grants/{grant['id']}?version={grant['version']}")
    await admin.request("DELETE", f"/admin/groups/{kept['id']}?version={kept['version']}")


async def test_a_long_deletion_is_stopped(browser: Browser, simulated: Site) -> None:
    async with (
        users(simulated, "stopped", 3),
        administration(browser, simulated.tws.base) as window,
    ):
        await window.go("/admin?page=users&q=stopped")
        asked = 0

        async def slowly(route: Any) -> None:
            nonlocal asked
            asked += 1
            await window.sees("0 of 3")
            await window.click("Cancel", window.page.get_by_role("dialog"))
            await route.continue_()

        await window.page.get_by_role("checkbox", name="Select all 3 lines").click()
        await window.page.route("**/admin/users/*?version=*", slowly)
        await window.click("Delete…")
        await window.click("Delete", window.page.get_by_role("dialog"))
        await window.sees("1 done. 2 left as they were.")
        assert asked == 1
        await window.page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
        await window.sees("2 selected")

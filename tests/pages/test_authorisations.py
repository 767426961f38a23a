"""Authorisations of all eight types, in the steps of the guide; and what a user has by them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.administration import to
from tests.pages.opening import Opened, administration
from tws.organisation.grant import GrantKind

pytestmark = pytest.mark.asyncio(loop_scope="session")


def region(window: Opened, name: str) -> Locator:
    return window.page.get_by_role("region", name=name)


async def choose(window: Opened, label: str, option: str, within: Locator | None = None) -> None:
    field = (within or window.page).get_by_role("combobox", name=label, exact=True)
    await field.click()
    await field.fill(option)
    await window.page.get_by_role("option", name=option, exact=True).click()


async def open_type(window: Opened, kind: str) -> None:
    await to(window, "Authorisations")
    await window.page.get_by_label("Type of object").select_option(kind)


@pytest_asyncio.fixture(loop_scope="session")
async def team(simulated: Site) -> AsyncIterator[dict[str, Any]]:
    """A group of two of the site's people, and an intercom group and a queue; taken away
    afterwards with what was granted."""
    admin = simulated.admin
    (domain,) = await admin.get("/admin/domains")
    users = (await admin.get("/admin/users"))[:2]
    made = {
        kind: await admin.post(f"/admin/{kind}", domain=domain["id"], name=name)
        for kind, name in (
            ("groups", "Patrons of rights"),
            ("queues", "Accueil of rights"),
            ("intercom-groups", "Hotline of rights"),
        )
    }
    before = {row["id"] for row in await admin.get("/admin/grants")}
    yield {"users": users, **made}
    for row in await admin.get("/admin/grants"):
        if row["id"] not in before:
            await admin.request("DELETE", f"/admin/grants/{row['id']}?version=1")
    for kind in made:
        row = await admin.get(f"/admin/{kind}/{made[kind]['id']}")
        await admin.request("DELETE", f"/admin/{kind}/{row['id']}?version={row['version']}")


async def test_several_are_authorised_and_withdrawn(
    browser: Browser, simulated: Site, team: dict[str, Any]
) -> None:
    one, two = team["users"]
    async with administration(browser, simulated.tws.base) as window:
        await open_type(window, "queue")
        await choose(window, "Call queue", "Accueil of rights")
        side = region(window, "To be authorised")
        await side.get_by_label("What they are").select_option("user")
        await expect(side.get_by_label("Domain")).to_be_disabled()
        for user in (one, two):
            await side.get_by_role("checkbox", name=user["displayName"]).check()
        await side.get_by_role("button", name="Add 2").focus()
        await window.press("Enter")
        await expect(side.get_by_role("status")).to_have_text("2 authorisations added.")
        await expect(side.get_by_role("checkbox", name=one["displayName"])).to_have_count(0)
        # The keyboard stays where it was, though the button can be used no more.
        await expect(side).to_be_focused()
        rows = await simulated.admin.get("/admin/grants", kind="queue")
        assert {row["grantee"] for row in rows} == {one["id"], two["id"]}
        assert {row["object"] for row in rows} == {team["queues"]["id"]}

        granted = region(window, "Authorised: Accueil of rights")
        await expect(granted.get_by_role("listitem")).to_have_count(2)
        # By the keyboard alone.
        await granted.get_by_role("checkbox", name=one["displayName"]).focus()
        await window.press("Space")
        await granted.get_by_role("button", name="Withdraw 1").focus()
        await window.press("Enter")
        question = window.page.get_by_role("dialog")
        await expect(question).to_contain_text("seen no more")
        await question.get_by_role("button", name="Delete").press("Enter")
        await expect(granted.get_by_role("listitem")).to_have_count(1)
        (left,) = await simulated.admin.get("/admin/grants", kind="queue")
        assert left["grantee"] == two["id"]


async def test_statistics_begin_with_who_gets_the_right(
    browser: Browser, simulated: Site, team: dict[str, Any]
) -> None:
    one, _ = team["users"]
    async with administration(browser, simulated.tws.base) as window:
        await open_type(window, "statistics")
        await choose(window, "User who gets the right", one["displayName"])
        side = region(window, "Whose")
        await side.get_by_role("checkbox", name="Patrons of rights").check()
        await side.get_by_role("button", name="Add 1").click()
        seen = region(window, f"{one['displayName']} sees")
        await expect(seen.get_by_role("listitem")).to_contain_text("Patrons of rights")
        (grant,) = await simulated.admin.get("/admin/grants", kind="statistics")
        assert (grant["object"], grant["grantee"]) == (team["groups"]["id"], one["id"])
        # The address says all of it.
        await window.page.reload()
        await expect(seen.get_by_role("listitem")).to_contain_text("Patrons of rights")


async def test_each_type_is_there_with_its_objects(
    browser: Browser, simulated: Site, team: dict[str, Any]
) -> None:
    asked: list[str] = []
    async with administration(browser, simulated.tws.base) as window:
        window.page.on("request", lambda sent: asked.append(sent.url))
        await to(window, "Authorisations")
        types = window.page.get_by_label("Type of object")
        await expect(types.locator("option")).to_have_count(len(GrantKind))
        kinds = [await each.get_attribute("value") for each in await types.locator("option").all()]
        assert kinds == [*GrantKind]
        for kind in kinds:
            await types.select_option(kind)
            await expect(window.page.get_by_role("region")).to_have_count(2)
        await types.select_option("application")
        await window.page.get_by_role("combobox", name="Application").click()
        offered = window.page.get_by_role("listbox").get_by_role("option")
        await expect(offered).to_have_count(15)
    lists = [url for url in asked if "/admin/grants?" in url]
    assert len(lists) >= len(kinds)
    # What is not shown is not fetched.
    assert all("kind=" in url and ("object=" in url or "grantee=" in url) for url in lists)


async def test_what_a_user_has_and_why(
    browser: Browser, simulated: Site, team: dict[str, Any]
) -> None:
    one, two = team["users"]
    group = team["groups"]
    await simulated.admin.request(
        "PUT",
        f"/admin/groups/{group['id']}/members",
        {"version": group["version"], "members": [two["id"]]},
    )
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Users")
        row = window.page.get_by_role("row").filter(has_text=one["username"])
        await row.get_by_role("button").first.click()
        await window.click(f"Rights of {one['displayName']}", window.page.get_by_role("form"))
        rights = region(window, f"Rights of {one['displayName']}")
        await expect(rights.get_by_role("listitem").first).to_contain_text("by the group All")

        why = region(window, f"Why does {one['displayName']}")
        await choose(window, "Calendar of", two["displayName"], why)
        verdict = why.get_by_role("status")
        await expect(verdict).to_contain_text("No, that is not allowed.")
        await expect(verdict).to_contain_text("noGrant")

        shown = granting.calendars({"group": group["id"]}, user=one["id"])
        await simulated.admin.post("/admin/grants", **granting.sent(shown))
        await window.page.reload()
        await expect(verdict).to_contain_text("Yes, that is allowed.")
        await expect(verdict).to_contain_text("in person · in the group Patrons of rights")
        await rights.get_by_role("button", name="Everybody of the group Patrons").click()
        granted = region(window, "Authorised: Patrons of rights")
        await granted.get_by_role("button", name=f"Rights of {one['displayName']}").click()
        await expect(verdict).to_contain_text("Yes, that is allowed.")


async def test_a_refusal_is_said_in_words(
    browser: Browser, simulated: Site, team: dict[str, Any]
) -> None:
    one, _ = team["users"]
    async with administration(browser, simulated.tws.base) as window:
        await open_type(window, "intercomGroup")
        await choose(window, "Intercom group", "Hotline of rights")
        side = region(window, "To be authorised")
        await side.get_by_label("What they are").select_option("user")
        await side.get_by_role("checkbox", name=one["displayName"]).check()
        # Another administrator is faster.
        grant = granting.intercom_group(team["intercom-groups"]["id"], user=one["id"])
        await simulated.admin.post("/admin/grants", **granting.sent(grant))
        await side.get_by_role("button", name="Add 1").click()
        await expect(side).to_contain_text("granted already")
        await expect(side.get_by_role("status")).to_have_text("0 authorisations added.")

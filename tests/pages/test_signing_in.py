"""The first start, signing in and out, and in which language."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.opening import Opened, caller, opened
from tests.running import ADMINISTRATOR, PASSWORD, running_tws

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_first_start_makes_administrator_company_and_domain(
    browser: Browser, tmp_path: Path
) -> None:
    async with running_tws(tmp_path) as tws, opened(browser, tws.base) as window:
        await window.go()
        page = window.page
        await expect(page.get_by_role("heading", name="First start")).to_be_visible()
        await page.get_by_label("User name").fill("root")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_label("Password, once more").fill("something else")
        await page.get_by_label("Company").fill("SSDEI")
        await page.get_by_label("Domain").fill("Paris")
        await window.click("Create and open Administration")
        await window.sees("The two passwords differ.")
        await page.get_by_label("Password, once more").fill(PASSWORD)
        await window.click("Create and open Administration")
        await expect(page).to_have_url(f"{tws.base}/admin?page=firstSteps")
        await expect(page.get_by_label("Company")).to_contain_text("SSDEI")
        await expect(page.get_by_label("Domain")).to_contain_text("Paris")


@asynccontextmanager
async def called(site: Site, username: str, first: str, last: str) -> AsyncIterator[None]:
    """That user has this name meanwhile."""
    rows = await site.admin.get("/admin/users")
    before = next(row for row in rows if row["username"] == username)
    path, body = f"/admin/users/{before['id']}", {"firstName": first, "lastName": last}
    after = await site.admin.request("PATCH", path, {"version": before["version"], **body})
    try:
        yield
    finally:
        back = {name: before[name] for name in body}
        await site.admin.request("PATCH", path, {"version": after["version"], **back})


async def test_signing_in_shows_who_and_which_extension(browser: Browser, simulated: Site) -> None:
    number = simulated.seats[0].number
    async with (
        called(simulated, f"user{number}", "Marie", "Durand"),
        caller(browser, simulated.tws.base, f"user{number}") as page,
    ):
        me = page.page.locator("header button[aria-haspopup=dialog]").last
        await expect(me.get_by_text("Marie Durand", exact=True)).to_be_visible()
        await expect(me.locator(".number")).to_have_text(number)
        sheet = await page.open_device()
        await page.click("Sign out", sheet)
        await expect(page.page.get_by_role("heading", name="Sign in")).to_be_visible()
        await page.go()
        await expect(page.page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_narrow_window_still_says_who(browser: Browser, simulated: Site) -> None:
    number = simulated.seats[0].number
    async with (
        called(simulated, f"user{number}", "Marie", "Durand"),
        caller(browser, simulated.tws.base, f"user{number}", width=360) as page,
    ):
        me = page.page.locator("header button[aria-haspopup=dialog]").last
        await expect(me.get_by_text("Marie Durand", exact=True)).to_be_visible()
        await expect(me.locator(".number")).to_have_text(number)
        named = page.page.get_by_role("button", name=f"Marie Durand {number}")
        await expect(named).to_be_visible()


async def test_a_wrong_password_is_said_in_words(browser: Browser, simulated: Site) -> None:
    async with opened(browser, simulated.tws.base) as window:
        await window.sign_in(f"user{simulated.seats[0].number}", "wrong")
        alert = window.page.get_by_role("alert")
        await expect(alert).to_contain_text("User name or password refused.")
        await window.click("Details", alert)
        await expect(alert).to_contain_text("loginRefused")


async def test_an_administrator_is_shown_the_way_to_administration(
    browser: Browser, simulated: Site
) -> None:
    async with opened(browser, simulated.tws.base) as window:
        await window.sign_in(ADMINISTRATOR, path="/admin")
        await expect(window.page.get_by_label("Company")).to_be_visible()
        await window.go("/")
        await window.sees("You are signed in as an administrator")
        link = window.page.get_by_role("link", name="Administration")
        await expect(link).to_have_attribute("href", "/admin")


async def test_the_language_is_the_browsers_until_the_users_own_is_known(
    browser: Browser, simulated: Site
) -> None:
    user = next(
        row
        for row in await simulated.admin.get("/admin/users")
        if row["username"] == f"user{simulated.seats[1].number}"
    )
    row = await simulated.admin.request(
        "PATCH", f"/admin/users/{user['id']}", {"version": user["version"], "culture": "en"}
    )
    try:
        async with opened(browser, simulated.tws.base, locale="fr-FR") as window:
            await window.go()
            await expect(window.page.get_by_role("heading", name="Connexion")).to_be_visible()
            await expect(window.page.locator("html")).to_have_attribute("lang", "fr")
            await window.sign_in(user["username"])
            await expect(
                window.page.get_by_role("region", name="Calls", exact=True)
            ).to_be_visible()
            await expect(window.page.locator("html")).to_have_attribute("lang", "en")
    finally:
        back = {"version": row["version"], "culture": "Auto"}
        await simulated.admin.request("PATCH", f"/admin/users/{user['id']}", back)


async def test_a_session_ended_elsewhere_ends_on_the_page(
    browser: Browser, simulated: Site
) -> None:
    number = simulated.seats[0].number
    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        await page.evaluate("fetch('/api/v1/logout', {method: 'POST'})")
        await page.sees("Your session is over.")


@asynccontextmanager
async def no_way_out(window: Opened) -> AsyncIterator[Locator]:
    """Signing out does not reach the server meanwhile; what the page says of it."""
    await window.page.route("**/api/v1/logout", lambda route: route.abort())
    yield window.page.get_by_role("alert").filter(has_text="You are still signed in.")
    await window.page.unroute_all()


async def test_who_could_not_be_signed_out_is_told_so_and_can_try_again(
    browser: Browser, simulated: Site
) -> None:
    username = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, username) as page:
        door = page.page.get_by_role("heading", name="Sign in")
        async with no_way_out(page) as alert:
            await page.click("Sign out", await page.open_device())
            await expect(alert).to_contain_text("The server does not answer.")
            await page.click("Close", alert)
            await expect(alert).to_have_count(0)
            await expect(page.page.get_by_role("dialog")).to_have_count(0)
            await page.click("Sign out", await page.open_device())
            await expect(alert).to_be_visible()
            await expect(door).to_have_count(0)
            assert await page.evaluate("fetch('/api/v1/session').then(r => r.status)") == 200
        again = alert.locator("xpath=..")
        await page.click("Sign out", again)
        await expect(door).to_be_visible()
        await expect(alert).to_have_count(0)
        assert await page.evaluate("fetch('/api/v1/session').then(r => r.status)") == 401
        await page.sign_in(username)
        await page.ready()
        await expect(alert).to_have_count(0)


async def test_an_administrator_who_could_not_be_signed_out_is_told_so(
    browser: Browser, simulated: Site
) -> None:
    async with opened(browser, simulated.tws.base) as window:
        await window.sign_in(ADMINISTRATOR, path="/admin")
        await expect(window.page.get_by_label("Company")).to_be_visible()
        async with no_way_out(window) as alert:
            await window.click("Sign out")
            await expect(alert).to_be_visible()
            await window.go("/")  # the page of other people
            await window.click("Sign out")
            await expect(alert).to_be_visible()
        await window.click("Sign out", alert.locator("xpath=.."))
        await expect(window.page.locator("input[name=username]")).to_be_visible()


async def test_the_page_follows_the_browser_to_another_language(
    browser: Browser, simulated: Site
) -> None:
    username = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, username, locale="fr-FR") as page:
        await expect(page.page.get_by_role("region", name="Appels", exact=True)).to_be_visible()
        await page.speak("en-GB")
        await expect(page.page.get_by_role("region", name="Calls", exact=True)).to_be_visible()

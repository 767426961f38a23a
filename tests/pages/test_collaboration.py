"""The page of calendars: from a real Radicale to the state of the source; what is wrong in
words."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.administration import choose, form, save, to
from tests.pages.opening import administration, caller
from tests.pages.parameters import meanwhile
from tests.pages.test_accessibility import assert_good
from tests.pages.test_presence import line, sign, user_of
from tests.peers import require_peer
from tests.peers.radicale import PASSWORD, READER, Radicale, running_radicale
from tests.web.test_calendars import OUT, meeting, write

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME = "Calendars of Paris"


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    require_peer("radicale")
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        server.calendar("marie", "work", {})
        yield server


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def _one_mailbox(simulated: Site) -> AsyncIterator[None]:
    """One user has an address while the test runs, and no source is left."""
    (user, *_) = await simulated.admin.get("/admin/users")
    path = f"/admin/users/{user['id']}"
    await simulated.admin.request(
        "PATCH", path, {"version": user["version"], "email": "marie@arda.example"}
    )
    yield
    for row in await simulated.admin.get("/admin/collaboration-sources"):
        if row["name"] == NAME:
            gone = f"/admin/collaboration-sources/{row['id']}?version={row['version']}"
            await simulated.admin.request("DELETE", gone)
    (now,) = [one for one in await simulated.admin.get("/admin/users") if one["id"] == user["id"]]
    await simulated.admin.request(
        "PATCH", path, {"version": now["version"], "email": user["email"]}
    )


async def test_calendars_are_read_and_what_is_wrong_is_said(
    browser: Browser, simulated: Site, radicale: Radicale
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Collaboration")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Name", exact=True).fill(NAME)
        await choose(window, "Type of server", "CalDAV")
        await fields.get_by_label("Url").fill(f"{radicale.url}/{{user}}/")
        await fields.get_by_label("User name").fill(READER)
        await fields.get_by_label("Password", exact=True).fill(PASSWORD)
        trial = fields.get_by_role("region", name="Test the source")
        await window.click("Test the source", fields)
        await expect(trial.get_by_role("status")).to_contain_text("no event in these two days")
        sources = await simulated.admin.get("/admin/collaboration-sources")
        assert NAME not in [one["name"] for one in sources]
        await save(window)
        row = window.page.get_by_role("row").filter(has_text=NAME)
        await expect(row).to_contain_text("1 calendar known")
        await expect(row).to_contain_text("Working")
        await window.click("Test the source", fields)
        await expect(trial.get_by_role("status")).to_contain_text("no event in these two days")

        await fields.get_by_label("Url").fill("http://127.0.0.1:1/{user}/")
        await expect(trial.get_by_role("status")).to_have_count(0)
        await window.click("Test the source", fields)
        await window.sees("Password: what is stored is told to the stored address only", trial)
        await fields.get_by_label("Password", exact=True).fill(PASSWORD)
        await window.click("Test the source", fields)
        await expect(trial).to_contain_text("127.0.0.1")
        await save(window)
        await window.click("Read now", fields)
        await expect(row).to_contain_text("1 calendar could not be read")
        await expect(fields.get_by_role("group").last).to_contain_text("marie@arda.example")
        await window.click("Close", fields)
        assert PASSWORD not in await window.page.content()


async def test_a_colleagues_appointment_is_shown_as_far_as_one_may_see_it(
    browser: Browser, simulated: Site, radicale: Radicale
) -> None:
    (first, *_) = await simulated.admin.get("/admin/users")
    (owner,) = [one for one in simulated.seats if f"user{one.number}" == first["username"]]
    viewer = next(one for one in simulated.seats if one is not owner)
    work = radicale.calendar("marie", "appointments", {})
    write(work, "budget", meeting("Budget", -60, 7200))
    write(work, "doctor", meeting("Doctor", -30, 3600, "CLASS:PRIVATE", OUT))
    shown = granting.calendars({"user": first["id"]}, user=await user_of(simulated, viewer))
    grant = await simulated.admin.post("/admin/grants", **granting.sent(shown))
    await simulated.admin.post(
        "/admin/collaboration-sources",
        domain=simulated.domain,
        name=NAME,
        connector="caldav",
        settings={"url": f"{radicale.url}/{{user}}/", "user": READER, "password": PASSWORD},
    )
    try:
        async with caller(browser, simulated.tws.base, f"user{viewer.number}") as page:
            await expect(sign(page, owner, "In a meeting")).to_be_visible()
            await line(page, owner).get_by_role("button").first.click()
            await line(page, owner).locator("[data-person] > span").first.hover()
            pointed = page.page.get_by_role("tooltip").filter(has_text="Telephone")

            async def tell(words: str) -> None:
                for place in (page.card, pointed):
                    await expect(place).to_contain_text(re.compile(f"Calendar{words} until"))

            await tell("busy")
            async with meanwhile(simulated, DisplayCalendarSummary=True):
                await tell("Budget")
                await expect(line(page, owner)).to_contain_text("Budget until")
                async with meanwhile(simulated, DisplayCalendarPrivate=True):
                    await tell("Doctor")
                await tell("Budget")
            await tell("busy")
            async with meanwhile(simulated, AuthorizedCalendarPresences=False):
                for place in (page.card, pointed):
                    await expect(place).not_to_contain_text("Calendar")
                await expect(sign(page, owner, "Free")).to_be_visible()
            await tell("busy")
    finally:
        for event in work.glob("*.ics"):
            event.unlink()
        await simulated.admin.request("DELETE", f"/admin/grants/{grant['id']}?version=1")


async def test_users_enter_accounts_of_their_own(
    browser: Browser, simulated: Site, radicale: Radicale
) -> None:
    """In the Caller; a password that was entered is never shown."""
    row = await simulated.admin.post(
        "/admin/collaboration-sources",
        domain=simulated.domain,
        name=NAME,
        connector="caldav",
        settings={"url": f"{radicale.url}/{{user}}/", "user": READER, "password": PASSWORD},
    )
    me = simulated.seats[2]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.preferences("Contact / Collaboration")
        accounts = page.page.get_by_role("region", name="Collaboration")
        await page.click(f"{NAME}: add my account", accounts)
        fields = accounts.get_by_role("form", name=NAME)
        await fields.get_by_label("User name there").fill("marie")
        await fields.get_by_label("E-mail, where it is not yours in TWS").fill(
            "marie@arda.example"
        )
        await fields.get_by_label("Password", exact=True).fill("wrong one")
        await page.click("Test", fields)
        await page.sees("check the user name and the password", fields)
        await assert_good(page)
        # What was typed wrong is stored all the same, and read, and its failure shown to its user.
        await page.click("Save", fields)
        await page.sees("check the user name and the password", accounts)
        await page.click(f"{NAME}: marie", accounts)
        await fields.get_by_label("Password (empty: as it is)").fill(PASSWORD)
        await page.click("Test", fields)
        await page.sees("It works: no event in these two days.", fields)
        await page.click("Save", fields)
        await page.sees("Your calendar was read: ", accounts)
        await page.click(f"{NAME}: marie", accounts)
        await expect(fields.get_by_label("Password (empty: as it is)")).to_have_value("")
        await page.click("Delete", fields)
        await expect(page.button(f"{NAME}: add my account", accounts)).to_be_visible()
    (left,) = [
        one for one in await me.api.get("/collaboration-accounts") if one["source"] == row["id"]
    ]
    assert left["username"] is None

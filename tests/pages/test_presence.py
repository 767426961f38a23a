"""Two colleagues who look at each other: signs, words, messages, and a call that is taken."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, expect

from tests import granting
from tests.end_to_end.site import Seat, Site
from tests.pages.customers import DIRECTORY, IMPORTANT, with_customers
from tests.pages.opening import Caller, caller
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
OUTSIDE = "0155171889"
CLOCK = re.compile(r"\d\d:\d\d$")


def line(page: Caller, seat: Seat) -> Locator:
    """Of that colleague in the directory."""
    return page.people.get_by_role("listitem").filter(has_text=f"Person {seat.number}").first


def sign(page: Caller, seat: Seat, words: str) -> Locator:
    return line(page, seat).get_by_role("img", name=words)


async def user_of(site: Site, seat: Seat) -> str:
    rows = await site.admin.get("/admin/users")
    (id,) = [row["id"] for row in rows if row["username"] == f"user{seat.number}"]
    return str(id)


@asynccontextmanager
async def set_for(seat: Seat, parameter: str, value: object) -> AsyncIterator[None]:
    """For that person alone, meanwhile."""
    admin = seat.site.admin
    sent = {"parameter": parameter, "value": value, "user": await user_of(seat.site, seat)}
    row = await admin.request("PUT", "/admin/parameter-values", sent)
    try:
        yield
    finally:
        gone = f"/admin/parameter-values/{row['id']}?version={row['version']}"
        await admin.request("DELETE", gone)


@asynccontextmanager
async def boss(site: Site, seat: Seat) -> AsyncIterator[None]:
    """The one of the group Patrons, whose callers the intercom group names (9.1.7)."""
    await with_customers(site)
    admin = site.admin
    (intercom,) = [
        x["id"] for x in await admin.get("/admin/intercom-groups") if x["name"] == "All"
    ]
    rows = await admin.get("/admin/directories")
    (directory,) = [row["id"] for row in rows if row["name"] == DIRECTORY["name"]]
    naming = granting.sent(granting.directory(directory, intercom_group=intercom))
    grant = await admin.post("/admin/grants", **naming)
    group = await admin.post("/admin/groups", domain=site.domain, name="Patrons")
    members = {"version": group["version"], "members": [await user_of(site, seat)]}
    group = await admin.request("PUT", f"/admin/groups/{group['id']}/members", members)
    try:
        yield
    finally:
        await admin.request("DELETE", f"/admin/groups/{group['id']}?version={group['version']}")
        await admin.request("DELETE", f"/admin/grants/{grant['id']}?version=1")


async def test_each_sees_how_the_other_is(browser: Browser, site: Site) -> None:
    me, other, third, *_ = site.seats
    async with (
        caller(browser, site.tws.base, f"user{me.number}") as mine,
        caller(browser, site.tws.base, f"user{other.number}") as theirs,
    ):
        await expect(sign(mine, other, "Free")).to_be_visible()
        await expect(sign(theirs, me, "Free")).to_be_visible()
        await third.phone.dial(other.number)
        await expect(sign(mine, other, "Ringing")).to_be_visible()
        await other.phone.answer()
        await expect(sign(mine, other, "On the telephone")).to_be_visible()
        await expect(line(mine, other)).to_contain_text("00:0")
        await expect(sign(mine, third, "On the telephone")).to_be_visible()
        await other.phone.hang_up()
        await expect(sign(mine, other, "Free")).to_be_visible()


async def test_what_one_says_is_read_by_the_other(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with (
        caller(browser, simulated.tws.base, f"user{me.number}") as mine,
        caller(browser, simulated.tws.base, f"user{other.number}") as theirs,
    ):
        await mine.open_device()
        own = mine.page.get_by_role("form", name="My presence")
        await own.get_by_label("My presence").select_option("Absent")
        await expect(own.get_by_role("img", name="Away")).to_be_visible()
        await expect(sign(theirs, me, "Away")).to_be_visible()
        # The title bar says it too.
        bar = mine.page.get_by_role("banner")
        await expect(bar.get_by_role("img", name="Away")).to_be_visible()
        # An end is said at once, and one that is said is kept when the message changes.
        await own.get_by_label("Until").select_option("One hour")
        await expect(own.get_by_text(re.compile(r"until \d"))).to_be_visible()
        await expect(own.get_by_label("Until").locator("option:checked")).to_have_text(CLOCK)
        await own.get_by_label("Message to your colleagues").fill("At the dentist")
        await mine.press("Enter")
        await expect(line(theirs, me)).to_contain_text("At the dentist")
        await line(theirs, me).get_by_role("button").first.click()
        await expect(theirs.card).to_contain_text("At the dentist until")
        # The same beside the photo one points at.
        await theirs.press("Escape")
        await line(theirs, me).locator("[data-person] > span").first.hover()
        details = theirs.page.get_by_role("tooltip").filter(has_text="At the dentist")
        await expect(details).to_contain_text("until")
        await own.get_by_label("My presence").select_option("Automatic")
        await expect(sign(theirs, me, "Free")).to_be_visible()
        await expect(line(theirs, me)).not_to_contain_text("dentist")


async def test_do_not_disturb_forwarding_and_an_unplugged_telephone_are_told_apart(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await simulator.do_not_disturb(other.number, True)
        await expect(sign(page, other, "Do not disturb")).to_be_visible()
        await simulator.do_not_disturb(other.number, False)
        await simulator.forward(other.number, third.number)
        await expect(sign(page, other, f"Forwarded to {third.number}")).to_be_visible()
        await expect(sign(page, other, "Free")).to_be_visible()
        await simulator.forward(other.number, None)
        await expect(sign(page, other, f"Forwarded to {third.number}")).to_have_count(0)
        await simulator.unplug(other.number)
        await expect(sign(page, other, "Telephone not registered")).to_be_visible()
        await expect(line(page, other)).to_contain_text("Telephone not registered")
        await simulator.plug(other.number)
        await expect(sign(page, other, "Free")).to_be_visible()


async def test_a_colleagues_call_is_taken_from_the_list_and_from_the_card(
    browser: Browser, site: Site
) -> None:
    me, other, third, *_ = site.seats
    async with caller(browser, site.tws.base, f"user{me.number}") as page:
        # What one calls oneself is nothing to take.
        await me.phone.dial(other.number)
        await expect(sign(page, other, "Ringing")).to_be_visible()
        await expect(page.call(f"Person {other.number}")).to_be_visible()
        await expect(page.page.get_by_role("button", name="Pick up Person")).to_have_count(0)
        await me.phone.hang_up()
        await expect(page.calls).to_have_count(0)
        for where in ("list", "card"):
            name = f"Pick up Person {other.number}'s call" if where == "list" else "Pick up Person"
            region = line(page, other) if where == "list" else page.card
            if where == "card":
                await line(page, other).get_by_role("button").first.click()
            take = region.get_by_role("button", name=name)
            await expect(take).to_have_count(0)
            await third.phone.dial(other.number)
            await take.click()
            await me.phone.talks_with(third.phone)
            await expect(take).to_have_count(0)
            await third.phone.hang_up()
            await expect(page.calls).to_have_count(0)


async def test_the_operator_finds_who_is_free_and_hands_a_call_over(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.click("Open the operator panel")
        panel = page.page.get_by_role("region", name="Operator panel")
        tiles = panel.get_by_role("listitem")
        await expect(panel.get_by_role("status")).to_have_text(
            f"{len(simulated.seats) - 1} telephones"
        )
        await simulator.dial(third.number, other.number)
        tile = tiles.filter(has_text=f"Person {other.number}")
        # The card of one of them takes the place of the directory, not of the panel.
        place = await panel.bounding_box()
        await tile.locator("[data-person]").click()
        await expect(page.card).to_contain_text(f"Person {other.number}")
        assert await panel.bounding_box() == place
        await expect(page.people.get_by_label("Filter contacts")).to_be_hidden()
        await page.click("Close the card", page.card)
        await expect(page.people.get_by_label("Filter contacts")).to_be_visible()
        await expect(tile.get_by_role("img", name="Ringing")).to_be_visible()
        await expect(tile.get_by_role("button", name="Pick up")).to_be_visible()
        await expect(tile).to_contain_text("00:0")
        await panel.get_by_text("Not free").click()
        await expect(tiles).to_have_count(2)
        await simulator.hang_up(third.number)
        await expect(tiles).to_have_count(0)
        await panel.get_by_text("All", exact=True).click()
        await simulator.call_from_outside(OUTSIDE, me.number)
        await page.click("Answer", page.ringing)
        row = page.call("01 55 17 18 89")
        await expect(row).to_contain_text("Connected")
        await panel.get_by_label("Filter telephones").fill(other.number)
        await expect(tiles).to_have_count(1)
        await row.drag_to(tile.locator("[data-person]"))
        await page.click("Now", row)
        await other.phone.rings()
        # By the keyboard: one stop for Tab, arrows in both directions, Ctrl+Enter calls.
        await panel.get_by_label("Filter telephones").fill("")
        await tiles.first.get_by_role("button").first.focus()
        await page.press("ArrowRight")
        focused = await page.evaluate("document.activeElement.textContent")
        assert "Person" in focused
        await page.press("ArrowLeft", "Home", "End")
        await page.click("Close the operator panel", panel)
        await expect(panel).to_have_count(0)


async def test_who_calls_the_boss_is_seen_as_long_as_one_may(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, *_ = simulated.seats
    name = re.compile("Call from ?Claire Vasseur")

    async def comes_and_goes(*places: Locator) -> None:
        for place in places:
            await expect(place).not_to_contain_text("Vasseur")
        async with set_for(me, "AuthorizeSupervisionInformation", "Patrons"):
            for place in places:
                await expect(place).to_contain_text(name)
        for place in places:
            await expect(place).not_to_contain_text("Vasseur")

    async with (
        boss(simulated, other),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        await simulator.call_from_outside(IMPORTANT, other.number)
        await expect(sign(page, other, "Ringing")).to_be_visible()
        await line(page, other).get_by_role("button").first.click()
        await other.phone.answer()
        await line(page, other).locator("[data-person] > span").first.hover()
        pointed = page.page.get_by_role("tooltip").filter(has_text="in a call")
        await comes_and_goes(page.card, pointed)
        await page.click("Open the operator panel")
        panel = page.page.get_by_role("region", name="Operator panel")
        tile = panel.get_by_role("listitem").filter(has_text=f"Person {other.number}")
        await expect(tile.get_by_role("img", name="On the telephone")).to_be_visible()
        await comes_and_goes(tile)


async def test_a_colleague_who_rings_is_written_to(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await other.phone.dial(me.number)
        await page.click("Message", page.ringing)
        await expect(page.card.get_by_role("region", name="Conversation with")).to_be_visible()
        await expect(page.ringing).to_be_visible()
        await other.phone.hang_up()

"""Two colleagues who look at each other: signs, words, messages, and a call that is taken."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Seat, Site
from tests.pages.opening import Caller, caller
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


def line(page: Caller, seat: Seat) -> Locator:
    """Of that colleague in the directory."""
    return page.people.get_by_role("listitem").filter(has_text=f"Person {seat.number}").first


def sign(page: Caller, seat: Seat, words: str) -> Locator:
    return line(page, seat).get_by_role("img", name=words)


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
        await own.get_by_label("Until").select_option("One hour")
        await own.get_by_label("Message to your colleagues").fill("At the dentist")
        await mine.press("Enter")
        await expect(line(theirs, me)).to_contain_text("At the dentist")
        await line(theirs, me).get_by_role("button").first.click()
        await expect(theirs.card).to_contain_text("At the dentist until")
        # The same beside the photo one points at.
        await theirs.press("Escape")
        await line(theirs, me).locator("[data-person] > span").first.hover()
        details = theirs.page.get_by_role("dialog").filter(has_text="At the dentist")
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

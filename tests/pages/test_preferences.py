"""Preferences: chosen once, followed in every window of their user."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Seat, Site
from tests.pages.customers import IMPORTANT, with_customers
from tests.pages.opening import AXE, caller
from tests.pages.parameters import meanwhile
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
ALL_DAY = {"days": [1, 2, 3, 4, 5, 6, 7], "start": "00:00", "end": "00:00"}
NOTHING: dict[str, Any] = {
    "vipColour": None,
    "hotKeys": [],
    "selectedByKey": True,
    "selectedKeys": "Ctrl+F12",
    "notifiedByHelper": False,
    "spaceAnswers": True,
    "screenPop": "onClick",
    "sound": "off",
    "quiet": False,
    "quietHours": None,
    "alerterFields": [],
    "queueFields": [],
    "emails": {},
}
LISTEN = """
window.tones = 0;
const made = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  window.tones += 1;
  return made.call(this);
};
"""
"Counts the tones that the page makes."


async def choose(seat: Seat, **given: Any) -> None:
    version = (await seat.api.get("/preferences"))["version"]
    await seat.api.request("PATCH", "/preferences", {"version": version, **given})


@asynccontextmanager
async def chosen(seat: Seat, **given: Any) -> AsyncIterator[None]:
    """For a while: the site is others' too."""
    await choose(seat, **given)
    try:
        yield
    finally:
        await choose(seat, **NOTHING)


async def background(of: Locator) -> str:
    colour: str = await of.evaluate("each => getComputedStyle(each).backgroundColor")
    return colour


async def test_a_choice_is_followed_in_another_window(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    user = f"user{me.number}"
    async with (
        chosen(me),
        caller(browser, simulated.tws.base, user) as page,
        caller(browser, simulated.tws.base, user) as second,
    ):
        mine, theirs = await page.preferences("Alert"), await second.preferences("Alert")
        await mine.get_by_label("Show the caller’s card").select_option("When I answer")
        await mine.get_by_role("switch", name="Quiet hours").click()
        hours = theirs.get_by_role("region", name="Quiet hours")
        await expect(hours.get_by_role("checkbox", name="Mon")).to_be_checked()
        await expect(hours.get_by_label("From")).to_have_value("18:00")
        pops = theirs.get_by_label("Show the caller’s card")
        await expect(pops).to_have_value("answered")
        await hours.get_by_role("checkbox", name="Sat").click()
        await hours.get_by_label("From").fill("17:30")
        await hours.get_by_label("To").focus()
        await expect(mine.get_by_label("From")).to_have_value("17:30")
        await expect(mine.get_by_role("checkbox", name="Sat")).to_be_checked()
        await mine.get_by_role("switch", name=re.compile("^Quiet(?! hours)")).click()
        await expect(second.page.get_by_role("img", name="Quiet is on")).to_be_visible()


async def test_the_language_is_chosen(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        shown = await page.preferences()
        headings = shown.get_by_role("heading", level=3)
        found = [
            "Calls and keys",
            "Language and photo",
            "On this computer",
            "Account and security",
        ]
        await expect(headings).to_have_text(found)
        # On a telephone all the menus are seen, without looking for them at the side.
        await page.page.set_viewport_size({"width": 360, "height": 740})
        tabs = shown.get_by_role("tablist")
        assert await tabs.evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth")
        await shown.get_by_label("Language", exact=True).select_option("Français")
        await expect(page.page.locator("html")).to_have_attribute("lang", "fr")
        french = page.page.get_by_role("region", name="Préférences")
        menus = french.get_by_role("tablist")
        assert await menus.evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth")
        await french.get_by_label("Langue", exact=True).select_option("Celle du navigateur")
        await expect(page.page.locator("html")).to_have_attribute("lang", "en")


async def test_a_shortcut_chosen_on_a_card_calls(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with chosen(me), caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
        shortcut = page.card.get_by_label("Shortcut for").first
        await shortcut.select_option("Ctrl+F3")
        await expect(shortcut).to_have_value("3")
        await page.press("Control+F3")
        await other.phone.rings()
        await page.click("Hang up", page.calls)
        await expect(page.calls).to_have_count(0)

        # One that was chosen elsewhere calls at once; and each can be taken away here.
        shown = await page.preferences()
        keys = shown.get_by_role("region", name="Calling shortcuts")
        await expect(keys.get_by_role("listitem")).to_contain_text(
            f"Ctrl+F3 Person {other.number}"
        )
        now = (await me.api.get("/preferences"))["hotKeys"]
        await choose(me, hotKeys=[*now, {"key": 11, "number": third.number}])
        await expect(keys.get_by_role("listitem")).to_have_count(2)
        await page.press("Control+F11")
        await third.phone.rings()
        await page.click("Hang up", page.calls)
        async with meanwhile(simulated, AuthorizeHotKeys=False):
            await expect(keys.get_by_role("listitem")).to_have_count(0)
            await page.press("Control+F3", "Control+F11")
            await expect(page.calls).to_have_count(0)
        await page.click("Remove Ctrl+F3", keys)
        await page.click("Yes, remove", keys)
        await expect(keys.get_by_role("listitem")).to_have_count(1)
    await other.phone.idle()


async def test_ctrl_f12_calls_what_is_selected(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    keys = [{"key": 3, "number": third.number}]
    async with (
        chosen(me, hotKeys=keys),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        await page.press("Control+F12")
        await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
        await expect(page.card.get_by_text(other.number, exact=True).first).to_be_visible()
        await page.press("Control+F12")
        await other.phone.rings()
        await page.click("Hang up", page.calls)
        await expect(page.calls).to_have_count(0)
        shown = await page.preferences()
        switch = shown.get_by_role("switch", name="Ctrl+F12 calls the selected number")
        await expect(switch).to_be_checked()
        async with meanwhile(simulated, AuthorizeHotKeysExe=False):
            await expect(switch).to_have_count(0)
            # That key alone: those of cards are another's.
            await page.press("Control+F12", "Control+F3")
            await third.phone.rings()
            await expect(page.calls).to_have_count(1)
            await page.click("Hang up", page.calls)
            await expect(page.calls).to_have_count(0)
        await switch.click()
        await expect(switch).not_to_be_checked()
    await other.phone.idle()
    await third.phone.idle()


async def test_an_important_person_rings_in_the_chosen_colour(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    await with_customers(simulated)
    me = simulated.seats[0]
    async with chosen(me), caller(browser, simulated.tws.base, f"user{me.number}") as page:
        shown = await page.preferences("Theme")
        await shown.get_by_label("Colour of important people").fill("#00aa88")
        await page.click("Save", shown)
        await expect(page.button("Back to the page’s own", shown)).to_be_visible()
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(page.ringing).to_have_attribute("data-vip", "true")
        coloured = await background(page.ringing)
        await page.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await page.evaluate("axe.run('article', {runOnly: ['color-contrast']})")
        assert found["violations"] == []
        await choose(me, vipColour=None)
        await expect(page.ringing).not_to_have_attribute("data-vip", "true")
        assert await background(page.ringing) != coloured
        await page.click("Reject", page.ringing)
        await expect(page.calls).to_have_count(0)


async def test_the_card_of_a_caller_is_shown_when_it_is_wanted(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    await with_customers(simulated)
    me = simulated.seats[0]
    async with (
        chosen(me, screenPop="ringing", alerterFields=["Profession"]),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        heading = page.card.get_by_role("heading", name="Claire Vasseur")
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(heading).to_be_visible()
        await expect(page.ringing).to_contain_text("ProfessionBuyer")
        await page.click("Close the card", page.card)
        await page.click("Reject", page.ringing)
        await expect(page.calls).to_have_count(0)

        await choose(me, screenPop="answered", alerterFields=[])
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(page.ringing).to_contain_text("Claire Vasseur")
        await expect(page.ringing).not_to_contain_text("Buyer")
        await expect(heading).to_have_count(0)
        await page.answer()
        await expect(heading).to_be_visible()
        await page.click("Hang up", page.calls)
        await expect(page.calls).to_have_count(0)


async def test_quiet_silences_the_sound_and_never_the_row(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    async with (
        chosen(me, sound="pulse"),
        caller(browser, simulated.tws.base, f"user{me.number}", script=LISTEN) as page,
    ):

        async def tones() -> int:
            return int(await page.evaluate("window.tones"))

        async def rings() -> None:
            await other.phone.dial(me.number)
            await expect(page.ringing).to_be_visible()

        async def over() -> None:
            await page.click("Reject", page.ringing)
            await expect(page.calls).to_have_count(0)

        await rings()
        await page.page.wait_for_function("window.tones >= 4")
        await over()
        for quiet in ({"quiet": True}, {"quiet": False, "quietHours": ALL_DAY}):
            await choose(me, **quiet)
            await expect(page.page.get_by_role("img", name="Quiet")).to_be_visible()
            before = await tones()
            await rings()
            await over()
            assert await tones() == before
        await choose(me, quietHours=None)
        await expect(page.page.get_by_role("img", name="Quiet")).to_have_count(0)
        before = await tones()
        await rings()
        await page.page.wait_for_function(f"window.tones > {before}")
        await over()

"""Profiles: the current device and its forwarding rules, made in the preferences and switched."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.scenes import second_telephone
from tests.end_to_end.site import Seat, Site
from tests.pages.opening import AXE, caller
from tests.pages.parameters import meanwhile
from tests.running import Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")


def forwarded(seat: Seat) -> list[str]:
    """Where the telephone sends its calls, as the PBX says."""
    found = seat.live.state[f"device/{seat.device}"]["forwardings"] or ()
    return [one["destination"] for one in found if one["active"]]


@asynccontextmanager
async def none_left(seat: Seat) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for one in (await seat.api.get("/profiles"))["profiles"]:
            version = {"version": one["version"]}
            await seat.api.request("DELETE", f"/profiles/{one['id']}", params=version)


async def test_calls_are_made_from_the_profile_that_is_chosen(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    async with (
        none_left(me),
        second_telephone(simulated) as dect,
        caller(browser, simulated.tws.base, f"user{me.number}") as desk,
    ):
        prefs = await desk.preferences("Profiles")
        await desk.click("New profile", prefs)
        await desk.sees("forwarding rules can come into force: you have none yet", prefs)
        await prefs.get_by_label("Name").fill("Workshop")
        await prefs.get_by_label("Current device").select_option(f"{dect.number} DECT")
        await desk.click("Save", prefs)
        await expect(prefs.get_by_role("listitem")).to_contain_text(f"Workshop{dect.number}")
        await desk.evaluate(AXE.read_text(encoding="utf-8"))
        found = await desk.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [one["id"] for one in found["violations"]] == []
        sheet = await desk.open_device()
        await sheet.get_by_label("Profile").select_option("Workshop")
        await expect(sheet.get_by_role("radio", name=dect.number)).to_be_checked()
        await desk.press("Escape")
        await desk.dial(other.number)
        await other.phone.rings()
        assert (await other.live.call(state="alerting"))["parties"][0]["number"] == dect.number
        await dect.phone.hang_up()
        # Another telephone than the profile's: it is left.
        await desk.open_device()
        await sheet.get_by_role("radio", name=me.number).click()
        await expect(sheet.get_by_label("Profile")).to_have_value("")


async def test_a_current_device_elsewhere_gets_the_calls(
    browser: Browser, simulated: Site
) -> None:
    me, other, third, *_ = simulated.seats
    async with (
        none_left(me),
        caller(browser, simulated.tws.base, f"user{me.number}") as desk,
    ):
        prefs = await desk.preferences("Profiles")
        await desk.click("New profile", prefs)
        await prefs.get_by_label("Name").fill("Home")
        await prefs.get_by_label("Current device").select_option("Another number…")
        await prefs.get_by_role("textbox", name="Number").fill(third.number)
        await desk.click("Save", prefs)
        await prefs.get_by_label("Profile", exact=True).select_option("Home")
        await expect(prefs.get_by_role("listitem")).to_contain_text("chosen")
        await me.live.until(lambda: forwarded(me) == [third.number], "the forwarding")
        await other.phone.dial(me.number)
        await third.phone.rings()
        await me.phone.idle()
        await other.phone.hang_up()
        await desk.dial(other.number)
        await desk.sees("Your current device is no telephone of the PBX")
        await prefs.get_by_label("Profile", exact=True).select_option("None")
        await me.live.until(lambda: forwarded(me) == [], "no forwarding")


async def test_what_a_parameter_forbids_has_no_button(browser: Browser, simulated: Site) -> None:
    me, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as desk:
        prefs = await desk.preferences("Profiles")
        await desk.click("New profile", prefs)
        elsewhere = prefs.get_by_role("option", name="Another number…")
        await expect(elsewhere).to_have_count(1)
        async with meanwhile(simulated, AuhtorizedCurrentDevice=False):
            await expect(elsewhere).to_have_count(0)
        await desk.click("Cancel", prefs)
        async with meanwhile(simulated, AuthorizedCreateProfil=False):
            await expect(desk.button("New profile", prefs)).to_have_count(0)
            with pytest.raises(Problem):
                await me.api.post("/profiles", name="X", device=me.device)
        await expect(desk.button("New profile", prefs)).to_have_count(1)

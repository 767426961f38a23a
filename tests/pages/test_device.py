"""The user's own telephone: forwarding, do not disturb, messages, pick-up, why it is silent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Seat, Site
from tests.pages.opening import Caller, administration, caller
from tests.pages.parameters import meanwhile
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def number(simulated: Site) -> str:
    return simulated.seats[0].number


async def test_do_not_disturb_both_ways(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    before = me.phone.rung
    sheet = await desk.open_device()
    switch = sheet.get_by_role("switch", name="Do not disturb")
    await switch.click()
    await expect(switch).to_be_checked()
    bar = desk.page.get_by_role("img", name="Do not disturb is on").first
    await expect(bar).to_be_visible()
    await other.phone.dial(me.number)
    await other.phone.busy_tone()
    assert me.phone.rung == before
    await me.phone.set_do_not_disturb(False)
    await expect(switch).not_to_be_checked()
    await me.phone.set_do_not_disturb(True)
    await expect(switch).to_be_checked()


async def test_forwarding_both_ways(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    sheet = await desk.open_device()
    await desk.click("Forward, At once", sheet)
    await desk.pick(other.number)
    await expect(sheet).to_contain_text(f"→ {other.number}")
    arrow = desk.page.get_by_role("img", name=f"Forwarded to {other.number}").first
    await expect(arrow).to_be_visible()
    await third.phone.dial(me.number)
    await other.phone.rings()
    await desk.click("Cancel forwarding, At once", sheet)
    await expect(arrow).to_have_count(0)
    await me.phone.forward(third.number)
    await expect(sheet).to_contain_text(f"→ {third.number}")
    await me.phone.forward(None)
    await expect(desk.button("Forward, At once", sheet)).to_be_visible()


async def test_forwarding_without_answer_waits_as_long_as_the_page_says(
    desk: Caller, site: Site
) -> None:
    me, other, third, *_ = site.seats
    sheet = await desk.open_device()
    field = sheet.get_by_label("After how many seconds")
    await desk.click("Forward, On a call", sheet)
    await expect(sheet.get_by_role("combobox", name="On a call, to")).to_be_focused()
    await expect(field).to_have_count(0)
    await desk.click("Cancel", sheet)
    await desk.click("Forward, No answer", sheet)
    await field.fill("2")
    await sheet.get_by_role("combobox", name="No answer, to").focus()
    await desk.pick(other.number)
    await expect(sheet).to_contain_text(f"→ {other.number}")
    (told,) = [one for one in await me.do("getForwarding") if one["active"]]
    # Before its fifth edition ECMA-323 has rings and no seconds.
    by_seconds = told["ringCount"] is None
    assert told["type"] == "noAnswer"
    assert told["ringDuration"] == (2 if by_seconds else 5)
    shown = "after 2 s" if by_seconds else "after about 5 s (1 ring)"
    await expect(sheet).to_contain_text(f"→ {other.number}{shown}")
    await third.phone.dial(me.number)
    await me.phone.rings()
    await other.phone.rings()
    await me.phone.idle()
    await third.phone.hang_up()
    await desk.click("Change, No answer", sheet)
    await expect(field).to_have_value("2" if by_seconds else "5")
    await field.fill("30")
    await sheet.get_by_role("combobox", name="No answer, to").focus()
    await desk.pick(other.number)
    shown = "after 30 s" if by_seconds else "after about 30 s (6 rings)"
    await expect(sheet).to_contain_text(f"→ {other.number}{shown}")


async def test_a_forwarding_of_outside_calls_is_shown_as_that(
    browser: Browser, simulated: Site, simulator: Simulator, number: str
) -> None:
    other = simulated.seats[1].number
    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        sheet = await page.open_device()
        await simulator.forward(number, other, when="busy", origin="external")
        await expect(sheet).to_contain_text("On a call (external)")
        await simulator.forward(number, None, when="busy", origin="external")
        await expect(page.button("Forward, On a call", sheet)).to_be_visible()


async def test_a_voice_message_shows_its_sign(
    browser: Browser, simulated: Site, simulator: Simulator, number: str
) -> None:
    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        sign = page.page.get_by_role("img", name="Voice message waiting").first
        await simulator.leave_message(number)
        await expect(sign).to_be_visible()
        sheet = await page.open_device()
        await page.click("Turn the lamp off", sheet)
        await expect(sign).to_have_count(0)
        await simulator.wait_phone(number, lambda phone: not phone.lamp)


async def test_the_voice_mail_is_called(
    browser: Browser, simulated: Site, simulator: Simulator, number: str
) -> None:
    mail = simulated.seats[2]
    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        sheet = await page.open_device()
        button = page.button("Call the voice mail", sheet)
        await expect(button).to_have_count(0)
        async with meanwhile(simulated, vmNumber=mail.number):
            await button.click()
            await mail.phone.rings()
            await simulator.hang_up_all()
            await mail.phone.idle()
        await expect(button).to_have_count(0)


async def test_pick_up_a_call_of_the_group(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    await third.phone.dial(other.number)
    await other.phone.rings()
    await desk.click("Pick up a call of the group")
    await me.phone.talks_with(third.phone)
    await expect(desk.call(third.number)).to_contain_text("Picked up")


async def test_a_refusal_is_said_on_the_row_with_its_code_one_click_deeper(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await other.phone.dial(me.number)
        await page.answer()
        await me.phone.talks_with(other.phone)
        row = page.call(other.number)
        refusal = "systemResourceAvailability/resourceBusy"
        await simulator.misbehave(refuse={"HoldCall": refusal})
        try:
            await page.click("Hold", row)
            alert = row.get_by_role("alert")
            await expect(alert).to_contain_text("The telephone is busy.")
            await page.click("Details", alert)
            await expect(alert).to_contain_text("refused · resourceBusy")
        finally:
            await simulator.misbehave(refuse={})
        await page.click("Hold", row)
        await expect(row).to_contain_text("On hold")
        await expect(row.get_by_role("alert")).to_have_count(0)


async def park(page: Caller, me: Seat, other: Seat) -> None:
    """`other` calls, is answered on the page, and parked."""
    await other.phone.dial(me.number)
    await page.answer()
    await me.phone.talks_with(other.phone)
    await page.click("Park", page.call(other.number))
    await me.phone.idle()
    await page.sees(f"Person {other.number} is parked at")


async def test_parking_says_where_and_fetches_it_back(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    await park(desk, me, other)
    await desk.click("Resume")
    await me.phone.talks_with(other.phone)
    await expect(desk.call(other.number)).to_contain_text("Taken back from")
    await expect(desk.page.get_by_text("is parked at")).to_have_count(0)
    await other.phone.hang_up()
    await me.phone.idle()
    line = desk.journal.get_by_role("listitem").first
    await expect(line).to_contain_text("parked at")
    await expect(line).to_contain_text(", taken back")
    await expect(desk.journal.get_by_text("transferred to")).to_have_count(0)


async def test_a_parked_call_that_somebody_else_fetched_is_gone(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    await park(desk, me, other)
    await desk.page.reload()
    notice = desk.page.get_by_text(f"{other.number} is parked at")
    place = (await notice.inner_text()).rstrip(".").rpartition(" ")[2]
    await third.phone.dial(place)
    await third.phone.talks_with(other.phone)
    await expect(notice).to_have_count(0)


async def test_a_parked_party_who_hangs_up_is_gone(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    await park(desk, me, other)
    await other.phone.hang_up()
    await expect(desk.page.get_by_text("is parked at")).to_have_count(0)


async def test_an_unplugged_telephone_says_why(
    browser: Browser, simulated: Site, simulator: Simulator, number: str
) -> None:
    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        await simulator.unplug(number)
        try:
            await expect(page.page.get_by_role("img", name="Not available").first).to_be_visible()
            sheet = await page.open_device()
            await expect(sheet).to_contain_text("check that it is plugged in")
        finally:
            await simulator.plug(number)
        await expect(page.page.get_by_role("img", name="Free").first).to_be_visible()


async def test_a_lost_link_says_why_and_comes_back(
    browser: Browser, simulated: Site, simulator: Simulator, number: str
) -> None:
    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        sheet = await page.open_device()
        await simulator.kill()
        try:
            await expect(sheet).to_contain_text("The link simulator to the PBX is down")
        finally:
            await simulator.start()
        await page.ready()


async def test_a_telephone_beyond_the_capacity_says_that_it_waits(
    browser: Browser, simulated: Site
) -> None:
    link = await simulated.admin.get(f"/admin/links/{simulated.link}")
    first, second, *_, last = simulated.seats

    async def set_capacity(row: dict[str, Any], capacity: int) -> dict[str, Any]:
        body = {"version": row["version"], "capacity": capacity}
        changed: dict[str, Any] = await simulated.admin.request(
            "PATCH", f"/admin/links/{simulated.link}", body
        )
        return changed

    async with (
        caller(browser, simulated.tws.base, f"user{last.number}") as page,
        ringing(first, second),
    ):
        sheet = await page.open_device()
        link = await set_capacity(link, 1)
        try:
            await expect(sheet).to_contain_text("The link simulator is full")
        finally:
            await set_capacity(link, 100)
        await page.ready()


async def test_a_telephone_for_which_the_pbx_has_no_licence_says_so(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    first, second, *_, last = simulated.seats
    async with (
        caller(browser, simulated.tws.base, f"user{last.number}") as page,
        administration(browser, simulated.tws.base) as admin,
        ringing(first, second),
    ):
        sheet = await page.open_device()
        await admin.click("State of links", admin.page.get_by_role("navigation"))
        await simulator.monitor_limit(1)
        try:
            await simulator.link("abort")
            await expect(sheet).to_contain_text("The PBX cannot watch more telephones")
            await admin.sees("It may need more CTI licences")
        finally:
            await simulator.monitor_limit(10_000)
            await back(last, simulator)
        await page.ready()


@asynccontextmanager
async def ringing(one: Seat, other: Seat) -> AsyncIterator[None]:
    """Telephones with a call are asked for first: one of these two has the only place."""
    await one.phone.dial(other.number)
    await other.call(state="alerting")
    try:
        yield
    finally:
        await one.phone.hang_up()
        await other.phone.idle()


async def back(seat: Seat, simulator: Simulator) -> None:
    """The link is cut, and is there again."""

    def link() -> dict[str, Any]:
        found: dict[str, Any] = seat.live.state[f"device/{seat.device}"]["link"]
        return found

    before = link()["since"]
    await simulator.link("abort")
    await seat.live.until(
        lambda: link()["since"] != before and link()["state"] == "up", "the link again"
    )


async def test_a_call_that_a_colleague_not_to_be_disturbed_did_not_get_says_so(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await simulator.forward(other.number, me.number, when="doNotDisturb")
        await other.do("setDoNotDisturb", on=True)
        before = other.phone.rung
        await third.phone.dial(other.number)
        await me.phone.rings()
        await expect(page.ringing).to_contain_text(f"Forwarded by Person {other.number}")
        assert other.phone.rung == before
        await simulator.forward(other.number, None, when="doNotDisturb")


async def test_why_a_call_came_is_said(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await simulator.forward(other.number, me.number)
        await third.phone.dial(other.number)
        await expect(page.ringing).to_contain_text(f"Person {third.number}")
        await expect(page.ringing).to_contain_text(f"Forwarded by Person {other.number}")
        await simulator.forward(other.number, None)


async def test_names_in_the_picker_are_whole(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}", width=360) as page:
        sheet = await page.open_device()
        await page.click("Forward, On a call", sheet)
        await page.type(f"person {other.number}")
        name = page.suggestion.get_by_text(f"Person {other.number}")
        await expect(name).to_be_visible()
        whole = "element => element.parentElement.scrollWidth <= element.parentElement.clientWidth"
        assert await name.evaluate(whole)
        await expect(page.suggestion).to_contain_text("Work")

"""The event journal: notes on calls and people, what is new in every window, other people's
calls."""

import asyncio
import re
from contextlib import suppress

import pytest
from playwright.async_api import Browser, Error, Locator, Route, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.opening import Caller, caller, opened
from tests.simulator.running import Simulator
from tws.organisation.grant import GrantKind

pytestmark = pytest.mark.asyncio(loop_scope="session")
STRANGER, SHOWN = "0155171890", "01 55 17 18 90"


def lines(page: Caller) -> Locator:
    return page.journal.get_by_role("listitem")


async def test_a_note_on_a_call_is_read_where_it_rings_again(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, *_ = simulated.seats
    base = simulated.tws.base
    async with (
        caller(browser, base, f"user{me.number}") as page,
        caller(browser, base, f"user{me.number}") as second,
        caller(browser, base, f"user{other.number}") as colleague,
    ):
        await simulator.call_from_outside(STRANGER, me.number)
        await me.phone.rings()
        await simulator.hang_up_all()
        line = lines(page).filter(has_text=SHOWN).first
        await line.hover()
        await page.click(f"Write a note on this call, {SHOWN}", line)
        await line.get_by_role("textbox", name="Write a note").fill("Waits for the plans.")
        await page.click("Write it down", line)
        await expect(line).to_contain_text("Waits for the plans.")
        await expect(lines(second).filter(has_text=SHOWN).first).to_contain_text("Waits for")

        await simulator.call_from_outside(STRANGER, me.number)
        last = page.ringing.get_by_label("Last note")
        await expect(last).to_contain_text("Waits for the plans.")
        await simulator.hang_up_all()
        await expect(page.ringing).to_have_count(0)

        # A colleague reads it once it is public, and as long as it is.
        await simulator.call_from_outside(STRANGER, other.number)
        await expect(colleague.ringing).to_contain_text(SHOWN)
        await expect(colleague.ringing).not_to_contain_text("Waits for")
        noted = lines(page).filter(has_text="Waits for the plans.").first
        await page.click("Change the note", noted)
        await noted.get_by_label("Colleagues read it").click()
        await page.click("Save", noted)
        last = colleague.ringing.get_by_label("Last note")
        await expect(last).to_contain_text("Waits for the plans.")
        await expect(last).to_contain_text(f"Person {me.number}")
        await page.click("Delete the note", noted)
        await page.click("Delete this note for good", noted)
        await expect(last).to_have_count(0)
        await simulator.hang_up_all()


async def test_a_note_on_a_card_and_one_on_nothing(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
        notes = page.card.get_by_role("region", name="Notes")
        await notes.get_by_role("textbox", name="Write a note").fill("Back on Monday.")
        await page.press("Control+Enter")
        await expect(notes.get_by_role("listitem")).to_contain_text("Back on Monday.")
        field = page.journal.get_by_role("textbox", name="Write a note")
        await field.fill("Order paper.")
        await page.click("Write it down", page.journal)
        await expect(field).to_have_value("")
        await page.journal.get_by_label("Which calls").select_option("Notes")
        await expect(lines(page)).to_have_count(2)
        await expect(lines(page).first).to_contain_text("Order paper.")
        await expect(lines(page).last).to_contain_text(f"Person {other.number}")
        await page.journal.get_by_label("Search the journal").fill("paper")
        await expect(lines(page)).to_have_count(1)
        await page.journal.get_by_label("Search the journal").fill("")
        for _ in range(2):
            await page.click("Delete the note", lines(page).first)
            await page.click("Delete this note for good", page.journal)
            await expect(page.journal.get_by_text("Delete this note for good")).to_have_count(0)
        await page.sees("Nothing matches.", page.journal)


async def test_what_is_new_is_counted_until_one_has_looked(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    base = simulated.tws.base
    async with caller(browser, base, f"user{me.number}", width=390, height=800) as page:
        tab = page.page.get_by_role("navigation")
        await other.phone.dial(me.number)
        await me.phone.rings()
        await other.phone.hang_up()
        await expect(tab).to_contain_text(re.compile(r"[1-9]\d* new lines? in the journal"))
        async with caller(browser, base, f"user{me.number}") as second:
            await expect(lines(second).first).to_contain_text("Missed")
            await expect(tab).not_to_contain_text("new line")
            await expect(lines(second).first).to_have_attribute("data-new", "true")


async def test_what_comes_while_the_journal_is_first_read_is_there(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    async with opened(browser, simulated.tws.base) as window:
        page = Caller(window.context, window.page, simulated.tws.base)
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def late(route: Route) -> None:
            """An answer of before the call, which comes after it."""
            answer = await route.fetch()
            begun.set()
            await go_on.wait()
            with suppress(Error):  # the page waits for it no more
                await route.fulfill(response=answer)

        await page.page.route("**/api/v1/call-log?*", late, times=1)
        await page.sign_in(f"user{me.number}")
        await begun.wait()
        await page.ready()
        told = len(me.live.moments)
        await other.phone.dial(me.number)
        await me.phone.rings()
        await other.phone.hang_up()
        await me.live.until(lambda: len(me.live.moments) > told, "a line of the journal")
        go_on.set()
        await expect(lines(page).first).to_contain_text("Missed")
        await expect(lines(page).first).to_contain_text(f"Person {other.number}")


async def test_others_calls_are_read_by_who_may_and_no_longer(
    browser: Browser, simulated: Site
) -> None:
    me, other, third, *_ = simulated.seats
    ids = {one["username"]: one["id"] for one in await simulated.admin.get("/admin/users")}
    grant = granting.sent(
        granting.of_people(
            GrantKind.CALL_LOG,
            {"user": ids[f"user{other.number}"]},
            user=ids[f"user{me.number}"],
        )
    )
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await third.phone.dial(me.number)
        await me.phone.rings()
        await third.phone.hang_up()
        await expect(lines(page).first).to_contain_text(f"Person {third.number}")
        whose = page.journal.get_by_label("Whose calls")
        await expect(whose).to_have_count(0)
        own = await lines(page).all_inner_texts()
        row = await simulated.admin.post("/admin/grants", **grant)
        await whose.select_option(f"Person {other.number}")
        await third.phone.dial(other.number)
        await other.phone.rings()
        await third.phone.hang_up()
        await expect(lines(page).first).to_contain_text(f"Person {third.number}")
        await expect(lines(page).first).to_contain_text("Missed")
        async with page.page.expect_download() as download:
            await page.click("Save these calls as a file", page.journal)
            await page.page.get_by_role("menuitem", name="Excel workbook").click()
        assert (await download.value).suggested_filename == "calls.xlsx"
        await simulated.admin.request(
            "DELETE", f"/admin/grants/{row['id']}?version={row['version']}"
        )
        await expect(whose).to_have_count(0)
        await expect(lines(page)).to_have_count(len(own))

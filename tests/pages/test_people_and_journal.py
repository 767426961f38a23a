"""Contacts, cards, and the journal."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import caller
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
STRANGER = "0155171889"
SHOWN = "01 55 17 18 89"


async def test_a_contact_is_made_from_an_unknown_call(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await simulator.call_from_outside(STRANGER, me.number)
        ringing = page.ringing
        await expect(ringing).to_contain_text(SHOWN)
        await page.answer()
        row = page.call(SHOWN)
        await expect(row).to_contain_text("Connected")
        await page.click("Create contact", row)
        await expect(page.card.get_by_label("Number", exact=True)).to_have_value(SHOWN)
        await page.card.get_by_label("First name").fill("Marc")
        await page.card.get_by_label("Last name").fill("Girard")
        await page.card.get_by_label("Company").fill("Transports Girard")
        await page.click("Save", page.card)
        await expect(page.card.get_by_role("heading", name="Marc Girard")).to_be_visible()
        await expect(page.people).to_contain_text("Marc Girard")
        await me.phone.hang_up()
        await expect(page.calls).to_have_count(0)

        # From now on the caller has a name.
        await simulator.call_from_outside(STRANGER, me.number)
        await expect(ringing).to_contain_text("Marc Girard")
        await expect(ringing).to_contain_text("Transports Girard")
        await page.click("Reject", ringing)
        await expect(page.calls).to_have_count(0)

        await page.page.get_by_role("button", name="Marc Girard").first.click()
        await page.click("Edit", page.card)
        await page.card.get_by_label("Last name").fill("Gérard")
        await page.click("Save", page.card)
        await expect(page.card.get_by_role("heading", name="Marc Gérard")).to_be_visible()
        await page.click("Delete", page.card)
        question = page.page.get_by_role("dialog", name="Delete Marc Gérard?")
        await expect(question).to_contain_text("Deletes 1 private contact")
        await page.click("Delete", question)
        await expect(page.people).not_to_contain_text("Marc Gérard")


async def test_the_company_stands_beside_the_names_that_are_found(
    browser: Browser, simulated: Site
) -> None:
    """It tells two of one name apart."""
    me = simulated.seats[0]
    companies = ("Menuiserie Corbin", "Garage du Port")
    made = [
        await me.api.post(
            "/contacts",
            private=True,
            firstName="Louise",
            lastName="Corbin",
            company=company,
            numbers=[{"kind": "work", "number": f"04 93 00 77 0{n}"}],
        )
        for n, company in enumerate(companies)
    ]
    try:
        async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
            for box, results in (
                (page.search, page.page.locator("[role=option]")),
                (
                    page.people.get_by_label("Filter contacts"),
                    page.people.get_by_role("listitem"),
                ),
            ):
                await box.fill("louise corb")
                await expect(results).to_have_count(2)
                for company in companies:
                    beside = results.filter(has_text="Louise Corbin").get_by_text(company)
                    await expect(beside).to_be_in_viewport()
    finally:
        for one in made:
            await me.api.request("DELETE", f"/contacts/{one['id']}?version={one['version']}")


async def test_a_pasted_number_shows_who_it_is_before_it_is_dialled(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.search.fill(f" {other.number[:2]} {other.number[2:]} ")
        await expect(page.suggestion).to_contain_text(f"Person {other.number}")
        await page.search.fill("+33 (0)1.99.00.00.00")
        await expect(page.suggestion).to_contain_text("Number not in the directory")


async def test_a_number_of_several_people_says_who_else_has_it(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    made = [
        await me.api.post(
            "/contacts",
            private=True,
            lastName=name,
            numbers=[{"kind": kind, "number": "01 99 55 44 33"}],
        )
        for name, kind in (("Switchboard", "standard"), ("Zola", "work"))
    ]
    try:
        async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
            await page.search.fill("0199554433")
            await expect(page.suggestion).to_contain_text("Zola")
            await expect(page.suggestion).to_contain_text("Also: Switchboard.")
            await expect(page.suggestion).to_contain_text("own number comes before a shared one")
            await page.press("Escape")
            await simulator.call_from_outside("0199554433", me.number)
            await expect(page.ringing).to_contain_text("Zola")
            await expect(page.ringing).to_contain_text("Also: Switchboard.")
            await simulator.hang_up_all()
            for name, says in (
                ("Zola", "Also: Switchboard. One’s own number comes before a shared one."),
                ("Switchboard", "Also: Zola. When it calls, Zola is shown."),
            ):
                await page.people.get_by_label("Filter contacts").fill(name)
                line = page.people.get_by_role("listitem").filter(has_text=name)
                await line.get_by_role("button").first.click()
                await expect(page.card.get_by_role("heading", name=name)).to_be_visible()
                await expect(page.card).to_contain_text(says)
    finally:
        for one in made:
            await me.api.request("DELETE", f"/contacts/{one['id']}?version={one['version']}")


async def test_alt_enter_chooses_which_number(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    contact = await me.api.post(
        "/contacts",
        private=True,
        firstName="Zoé",
        lastName="Two",
        numbers=[
            {"kind": "mobile", "number": "06 12 34 56 78"},
            {"kind": "work", "number": other.number},
        ],
    )
    try:
        async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
            await page.press("/")
            await page.type("zoe")
            await expect(page.suggestion).to_contain_text("Zoé Two")
            await page.press("Alt+Enter", "ArrowDown", "Enter")
            await other.phone.rings()
    finally:
        await me.api.request("DELETE", f"/contacts/{contact['id']}?version={contact['version']}")


async def test_the_journal_says_what_became_of_each_call(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await other.phone.dial(me.number)
        await me.phone.rings()
        await other.phone.hang_up()
        line = page.journal.get_by_role("listitem").first
        await expect(line).to_contain_text("Missed")
        await expect(line).to_contain_text(f"Person {other.number}")
        await page.journal.get_by_label("Which calls").select_option("Made")
        await expect(page.journal.get_by_role("listitem").filter(has_text="Missed")).to_have_count(
            0
        )
        await page.journal.get_by_label("Which calls").select_option("Missed")
        await page.journal.get_by_label("Search the journal").fill("nobody of that name")
        await expect(page.journal).to_contain_text("Nothing matches.")
        await page.journal.get_by_label("Search the journal").fill(other.number)
        await expect(line).to_contain_text(f"Person {other.number}")
        await line.hover()
        await line.get_by_role("button", name="Call Person").click()
        await other.phone.rings()


async def test_the_journal_says_who_forwarded_and_who_transferred(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        line = page.journal.get_by_role("listitem").first
        await simulator.forward(other.number, me.number)
        await third.phone.dial(other.number)
        await me.phone.answer()
        await me.phone.talks_with(third.phone)
        await simulator.forward(other.number, None)
        await me.phone.hang_up()
        await expect(line).to_contain_text(f"forwarded by Person {other.number}")
        await third.phone.dial(other.number)
        await other.phone.answer()
        active = await other.call(state="connected")
        await other.do("singleStepTransferCall", active=active, transferredTo=me.number)
        await me.phone.answer()
        await me.phone.talks_with(third.phone)
        await me.phone.hang_up()
        await expect(line).to_contain_text(f"transferred by Person {other.number}")


async def test_people_are_walked_with_the_arrows(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.people.get_by_label("Filter contacts").fill("person")
        first = page.people.get_by_role("button", name=f"Person {me.number}").first
        await first.focus()
        await page.press("ArrowDown", "ArrowDown", "Enter")
        heading = page.card.get_by_role("heading", name=f"Person {third.number}")
        await expect(heading).to_be_visible()
        await page.press("ArrowUp", "Control+Enter")
        await other.phone.rings()

"""People of a synchronised directory: what its source says of them, and where it is from."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.customers import IMPORTANT, with_customers
from tests.pages.opening import caller
from tests.pages.parameters import meanwhile
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_card_says_what_its_source_says(browser: Browser, simulated: Site) -> None:
    await with_customers(simulated)
    async with caller(browser, simulated.tws.base, f"user{simulated.seats[0].number}") as page:
        await page.people.get_by_label("Filter contacts").fill("vasseur")
        person = page.people.get_by_role("button", name="Claire Vasseur VIP")
        await expect(page.people.get_by_role("listitem")).to_have_count(1)
        await person.click()
        card = page.card
        await expect(card.get_by_role("heading", name="Claire Vasseur")).to_be_visible()
        await expect(card).to_contain_text("VIPAnswer at once")
        for address in ("claire@vasseur.example", "cv@home.example"):
            link = card.get_by_role("link", name=address)
            await expect(link).to_have_attribute("href", f"mailto:{address}")
        site = card.get_by_role("link", name="www.vasseur.example")
        await expect(site).to_have_attribute("href", "https://www.vasseur.example/")
        place = card.get_by_role("link", name="12 rue de l’Été, 06000 Nice")
        await expect(place).to_have_attribute(
            "href",
            "https://www.openstreetmap.org/search"
            "?query=12%20rue%20de%20l%E2%80%99%C3%89t%C3%A9%2C%2006000%20Nice",
        )
        await expect(card).to_contain_text("ProfessionBuyer")
        await expect(card).to_contain_text("Merged from 2 contacts")
        origin = re.compile(r"From Buyers, synchronised \d\d:\d\d")
        await expect(card).to_contain_text(origin)
        profession = card.get_by_text("Profession").locator("..")
        await expect(profession).to_have_attribute("title", origin)
        whence = page.button("Where each part comes from", card)
        await whence.focus()
        await page.press("Enter")
        listed = card.locator("footer dl > div")
        await expect(listed.filter(has_text="Profession")).to_have_text(
            re.compile(r"ProfessionBuyerFrom Buyers, synchronised \d\d:\d\d")
        )
        await expect(listed.filter(has_text="Last name")).to_contain_text("Vasseur")
        await page.press("Enter")
        await expect(listed).to_have_count(0)
        # The source keeps it, and its number on the red list.
        await expect(page.button("Edit", card)).to_have_count(0)
        await expect(page.button("Delete", card)).to_have_count(0)
        hidden = card.get_by_role("listitem").filter(has_text="Number hidden")
        await expect(hidden).to_contain_text("Mobile")
        await expect(hidden.get_by_role("button")).to_have_count(0)


async def test_a_person_is_found_by_single_fields(browser: Browser, simulated: Site) -> None:
    await with_customers(simulated)
    async with caller(browser, simulated.tws.base, f"user{simulated.seats[0].number}") as page:
        await page.click("Advanced search")
        form = page.page.get_by_role("form", name="Advanced search")
        await form.get_by_label("Last name").fill("vass")
        await expect(page.people.get_by_role("listitem")).to_have_count(1)
        await expect(page.people).to_contain_text("Claire Vasseur")
        await form.get_by_label("In which directory").select_option("Buyers")
        await form.get_by_label("Other field").select_option("Profession")
        await form.get_by_label("Text in it").fill("sell")
        await page.sees("Nobody has all of that.", page.people)
        await form.get_by_label("Text in it").fill("BUY")
        await expect(page.people.get_by_role("listitem")).to_have_count(1)
        await page.press("Escape")
        await expect(form).to_have_count(0)
        await expect(page.people.get_by_role("listitem").nth(1)).to_be_visible()


async def test_it_says_that_nobody_is_called_exactly_so(browser: Browser, simulated: Site) -> None:
    await with_customers(simulated)
    async with caller(browser, simulated.tws.base, f"user{simulated.seats[0].number}") as page:
        await page.search.fill("vaseur")
        await page.sees("Nobody is called exactly so: similar names.")
        await page.search.fill("vasseur")
        await expect(page.page.get_by_text("Nobody is called exactly so")).to_have_count(0)
        await page.search.fill("")
        await page.people.get_by_label("Filter contacts").fill("vaseur")
        await page.sees("Nobody is called exactly so: similar names.", page.people)


async def test_the_map_is_the_one_that_the_administrator_chose(
    browser: Browser, simulated: Site
) -> None:
    await with_customers(simulated)
    me = simulated.seats[0]
    async with (
        meanwhile(simulated, MapServiceURL="https://maps.example/{0}"),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        await page.people.get_by_role("button", name="Claire Vasseur").first.click()
        place = page.card.get_by_role("link", name="12 rue de l’Été")
        await expect(place).to_have_attribute("href", re.compile(r"^https://maps\.example/12"))


async def test_an_important_person_is_marked_when_they_call(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    await with_customers(simulated)
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.search.fill("vaseur")
        await expect(page.suggestion).to_contain_text("Claire VasseurVIP")
        await page.search.fill("")
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(page.ringing).to_contain_text("Claire Vasseur")
        await expect(page.ringing).to_contain_text("VIPAnswer at once")
        await page.click("Reject", page.ringing)


async def test_who_has_a_hidden_number_only_is_looked_at(
    browser: Browser, simulated: Site
) -> None:
    await with_customers(simulated)
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.search.fill("denis")
        await expect(page.suggestion).to_contain_text("Number hidden")
        await page.press("Enter")
        await expect(page.card.get_by_role("heading", name="Denis Hidden")).to_be_visible()
        await expect(page.calls).to_have_count(0)
        await page.people.get_by_label("Filter contacts").fill("denis")
        line = page.people.get_by_role("listitem")
        await expect(line).to_have_count(1)
        await expect(line).to_contain_text("Number hidden")
        await expect(line.get_by_role("button")).to_have_count(1)


async def test_who_calls_from_a_hidden_number_is_shown_by_the_name_alone(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    await with_customers(simulated)
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await simulator.call_from_outside("0612312312", me.number)
        await expect(page.ringing).to_contain_text("Denis Hidden")
        await expect(page.ringing).not_to_contain_text("12 31 23")
        await page.click("Reject", page.ringing)
        line = page.journal.get_by_role("listitem").first
        await expect(line).to_contain_text("Denis Hidden")
        await expect(line).not_to_contain_text("12 31 23")
        await expect(page.page.locator("body")).not_to_contain_text("12 31 23")

"""What people paste into the search box: a number with its extension, or several at once."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import caller

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_several_numbers_are_offered_one_by_one(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.search.fill(f"01 55 17 60 31 / {other.number}")
        lines = page.page.locator("[role=option]")
        await expect(lines).to_have_count(2)
        await expect(lines.first).to_contain_text("01 55 17 60 31")
        await expect(lines.last).to_contain_text(other.number)
        await page.press("ArrowDown")
        await page.press("Enter")
        await other.phone.answer()
        await expect(page.call(other.number)).to_contain_text("Connected")
        await me.phone.hang_up()
        await expect(page.calls).to_have_count(0)


@pytest.mark.parametrize("written", ["poste 12", "ext. 12"])
async def test_a_number_with_an_extension_can_be_called(
    browser: Browser, simulated: Site, written: str
) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.search.fill(f"0155176032 {written}")
        await expect(page.suggestion).to_contain_text("00155176032")


async def test_an_extension_is_said_in_the_language_of_the_page(
    browser: Browser, simulated: Site
) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.click("New contact", page.people)
        await page.card.get_by_label("Last name").fill("Extensionniste")
        await page.card.get_by_label("Number", exact=True).fill("06 99 00 11 22 poste 5")
        await page.click("Save", page.card)
        await expect(page.card).to_contain_text("06 99 00 11 22 ext. 5")
    async with caller(browser, simulated.tws.base, f"user{me.number}", locale="fr-FR") as page:
        await page.page.get_by_role("combobox").first.fill("Extensionniste")
        await expect(page.suggestion).to_contain_text("06 99 00 11 22 poste 5")

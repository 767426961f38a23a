"""Lists of contacts in the Caller."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import caller

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_list_is_made_filled_shared_and_deleted(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    base = simulated.tws.base
    async with (
        caller(browser, base, f"user{me.number}") as page,
        caller(browser, base, f"user{me.number}") as second,
        caller(browser, base, f"user{third.number}") as colleague,
    ):
        await page.click("My lists")
        dialog = page.page.get_by_role("dialog", name="My lists")
        await dialog.get_by_label("New list").fill("Workshop")
        await page.click("Create", dialog)
        await expect(dialog.get_by_label("Name of the list Workshop")).to_be_visible()
        await page.press("Escape")
        await page.sees("Nobody in this list.", page.people)
        which = page.people.get_by_label("Which list")
        await which.select_option("Everybody")
        await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
        await page.card.get_by_label("Add to a list…").select_option("Workshop")
        await page.sees("Now in “Workshop”.", page.card)
        await which.select_option("Workshop")
        await expect(page.people.get_by_role("listitem")).to_have_count(1)

        # The user's other window knows it already, and follows.
        await second.people.get_by_label("Which list").select_option("Workshop")
        await expect(second.people.get_by_role("listitem")).to_have_count(1)
        await page.click("Take out of “Workshop”", page.card)
        await expect(second.people.get_by_role("listitem")).to_have_count(0)

        theirs = colleague.people.get_by_label("Which list")
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(0)
        await page.click("My lists")
        await dialog.get_by_label("Colleagues see it").click()
        await expect(dialog.get_by_label("Colleagues see it")).to_be_checked()
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(1)
        await page.click("Delete the list Workshop", dialog)
        await expect(dialog.get_by_label("Name of the list Workshop")).to_have_count(0)
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(0)

"""Forwarding rules on the page: made, switched, ordered; what telephones say of them."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.end_to_end.test_rules import told
from tests.pages.opening import Caller, caller
from tests.pages.parameters import meanwhile
from tests.pages.test_presence import line

pytestmark = pytest.mark.asyncio(loop_scope="session")


def rules(sheet: Locator) -> Locator:
    return sheet.get_by_role("region", name="Forwarding rules")


async def add(page: Caller, part: Locator, to: str, *choices: str) -> None:
    await page.click("Add a rule", part)
    for choice in choices:
        await part.get_by_text(choice, exact=True).click()
    await part.get_by_role("combobox").click()
    await page.pick(to)
    await page.click("Save", part)


async def test_a_rule_is_made_and_forwards_and_is_switched_off(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    part = rules(await desk.open_device())
    await expect(part).to_contain_text("No rule.")
    await add(desk, part, other.number, "At once")
    words = f"All calls, at once → Person {other.number} ({other.number})"
    await expect(part).to_contain_text(words)
    await expect(part.get_by_text("In force", exact=True)).to_be_visible()
    arrow = desk.page.get_by_role("img", name=f"Forwarded to {other.number}").first
    await expect(arrow).to_be_visible()
    await third.phone.dial(me.number)
    await other.phone.rings()
    await part.get_by_role("switch", name=words).locator("xpath=..").click()
    await expect(arrow).to_have_count(0)
    assert await told(me) == {}
    await desk.click(f"Change the rule: {words}", part)
    await desk.click("Delete the rule", part)
    await expect(part).to_contain_text("No rule.")


async def test_what_is_made_or_changed_at_the_telephone_is_said(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    part = rules(await desk.open_device())
    await add(desk, part, other.number, "At once")
    await expect(part.get_by_text("In force", exact=True)).to_be_visible()
    await me.phone.forward(third.number)
    await expect(part).to_contain_text("Changed at the telephone")
    await expect(part).to_contain_text(
        f"All calls, at once → Person {third.number} ({third.number})"
        f"Made at the telephone {me.number}"
    )


async def test_rules_are_ordered_by_the_keyboard_and_by_hand(
    browser: Browser, simulated: Site
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        part = rules(await page.open_device())
        await add(page, part, other.number, "External calls")
        await add(page, part, third.number)
        first = part.get_by_role("listitem").first
        await expect(first).to_contain_text("External calls")
        grip = part.get_by_role("button", name="Move the rule: All calls")
        await grip.focus()
        await page.press("ArrowUp")
        await expect(first).to_contain_text("All calls")
        await expect(part).to_contain_text("A rule above is for the same calls.")
        await page.press("ArrowDown")
        await expect(first).to_contain_text("External calls")
        # a line less below the rule moves what is aimed at
        await expect(part).not_to_contain_text("A rule above is for the same calls.")
        await grip.drag_to(first)
        await expect(first).to_contain_text("All calls")


async def test_what_may_not_be_chosen_is_not_offered(browser: Browser, simulated: Site) -> None:
    me, *_ = simulated.seats
    forbidden = {
        "AuthorizedForwardOriginExternal": False,
        "AuthorizedForwardTypeBusy": False,
        "AuthorizedForwardPresenceCalendar": False,
    }
    async with (
        meanwhile(simulated, **forbidden),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        part = rules(await page.open_device())
        await page.click("Add a rule", part)
        await expect(part).to_contain_text("All calls")
        await expect(part).not_to_contain_text("External calls")
        await expect(part).to_contain_text("No answer")
        await expect(part).not_to_contain_text("On a call")
        await expect(part.get_by_role("checkbox", name="absent")).to_be_checked()
        await expect(part.get_by_role("checkbox", name="calendar busy")).to_have_count(0)


async def test_a_rule_that_comes_back_is_refused_in_words(
    browser: Browser, simulated: Site
) -> None:
    me, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        part = rules(await page.open_device())
        await add(page, part, me.number)
        alert = part.get_by_role("alert")
        await expect(alert).to_contain_text("forwarded to your own telephone")
        await page.click("Cancel", part)
        await expect(part).to_contain_text("No rule.")


async def test_a_secretary_reads_the_first_rule_beside_the_photo(
    browser: Browser, simulated: Site
) -> None:
    boss, secretary, third, *_ = simulated.seats
    async with meanwhile(simulated, AuthorizeShareRulesGroup="All"):
        await boss.api.post(
            "/forwarding-rules",
            destination=third.number,
            origin="external",
            presences=["absent"],
        )
        async with caller(browser, simulated.tws.base, f"user{secretary.number}") as page:
            photo = line(page, boss).locator("[data-person] > span").first
            await photo.hover()
            words = f"External calls, absent, no answer (20\u00a0s) → Person {third.number}"
            await page.sees(words)

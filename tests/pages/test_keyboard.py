"""A day at the Caller without a mouse: from signing in to a new contact, by keys alone."""

import asyncio
import re
from urllib.parse import unquote_plus

import pytest
from playwright.async_api import Browser, Locator, Route, WebSocketRoute, expect

from tests.end_to_end.site import Seat, Site
from tests.pages.opening import Caller, caller, opened
from tests.running import PASSWORD
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
FAR = 40
"More presses of Tab than anybody can be asked for."
STRANGER = "0493001133"
SHOWN = "04 93 00 11 33"


async def focused(target: Locator) -> bool:
    is_it: bool = await target.evaluate("element => element === document.activeElement")
    return is_it


async def walk(page: Caller, target: Locator, key: str = "Tab") -> int:
    """Press Tab until the keyboard stands there; how often."""
    await expect(target).to_be_enabled()
    for presses in range(FAR):
        if await focused(target):
            return presses
        await page.press(key)
    raise AssertionError(f"not reached by {key}")


async def use(page: Caller, name: str, within: Locator) -> None:
    """Walk to a button and press it."""
    await walk(page, page.button(name, within))
    await page.press("Enter")


async def in_a_call(page: Caller, other: Seat) -> Locator:
    await page.press("/")
    await page.pick(other.number)
    await other.phone.answer()
    row = page.call(other.number)
    await expect(row).to_contain_text("Connected")
    return row


async def test_enter_on_a_name_before_all_are_found(browser: Browser, simulated: Site) -> None:
    """Who stood there is called, once it is known that he still does."""
    me, other, *_ = simulated.seats
    found, text = asyncio.Event(), f"person {other.number}"

    async def hold(route: Route) -> None:
        if f"q={text}" in unquote_plus(route.request.url):
            await found.wait()
        await route.continue_()

    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.page.route("**/api/v1/contacts?*", hold)
        await page.press("/")
        await page.type(text[:-1])
        await expect(page.suggestion).to_contain_text(text, ignore_case=True)
        await page.type(text[-1])
        await page.press("Enter")
        await expect(page.search).to_have_value(text)
        found.set()
        await other.phone.rings()
        await expect(page.calls).to_have_count(1)
        await page.click("Hang up", page.call(other.number))


async def test_enter_before_the_telephone_is_known(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    known = False

    def hold(page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(server.send)
        server.on_message(lambda text: page.send(text) if known else held.append((page, text)))

    async with opened(browser, simulated.tws.base) as window:
        page = Caller(window.context, window.page, window.base)
        await page.page.route_web_socket(re.compile("/live"), hold)
        await page.sign_in(f"user{me.number}")
        await expect(page.search).to_be_visible()
        await page.press("/")
        await page.pick(other.number)
        await expect(page.search).to_have_value(other.number)
        known = True
        for socket, text in held:
            socket.send(text)
        await other.phone.rings()
        await page.click("Hang up", page.call(other.number))


async def test_signing_in(browser: Browser, simulated: Site) -> None:
    number = simulated.seats[0].number
    async with opened(browser, simulated.tws.base) as window:
        await window.go()
        await expect(window.page.locator("input[name=username]")).to_be_focused()
        await window.type(f"user{number}")
        await window.press("Tab")
        await window.type("wrong")
        await window.press("Enter")
        await expect(window.page.get_by_role("alert")).to_contain_text("refused")
        await expect(window.page.locator("input[name=password]")).to_be_focused()
        await window.type(PASSWORD)
        await window.press("Enter")
        page = Caller(window.context, window.page, window.base)
        await page.ready()
        await page.press("/")
        await expect(page.search).to_be_focused()


async def test_a_number_and_a_name_are_dialled(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.press("/")
        await page.type(other.number)
        await page.press("Enter")
        await other.phone.answer()
        await me.phone.talks_with(other.phone)
        row = page.call(other.number)
        await expect(row).to_contain_text("Connected")
        await use(page, "Hang up", row)
        await me.phone.idle()

        await page.press("/")
        await page.type("person")
        line = page.page.locator("[role=option]").filter(has_text=third.number)
        await expect(line).to_be_visible()
        options = page.page.locator("[role=option]")
        texts = await options.all_inner_texts()
        for place in range(1, 1 + next(n for n, t in enumerate(texts) if third.number in t)):
            await page.press("ArrowDown")
            await expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        await expect(line).to_have_attribute("aria-selected", "true")
        await page.press("Enter")
        await third.phone.answer()
        await me.phone.talks_with(third.phone)


async def test_a_ringing_call_is_answered_from_wherever_one_is(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        # Space belongs to the button that Tab has reached, and to the field one types in.
        add = page.button("New contact", page.people)
        await walk(page, add)
        await other.phone.dial(me.number)
        await expect(page.ringing).to_be_visible()
        await page.press("Space")
        first = page.card.get_by_label("First name")
        await expect(first).to_be_focused()
        await page.type("Jean Paul")
        await expect(first).to_have_value("Jean Paul")
        await me.phone.rings()
        answer = page.button("Answer", page.ringing)
        await walk(page, answer, "Shift+Tab")
        await page.press("Enter")
        await me.phone.talks_with(other.phone)
        # The keyboard stands on the call, and no key that is still down does anything to it.
        row = page.call(f"Person {other.number}")
        await expect(row).to_contain_text("Connected")
        await expect(row).to_be_focused()


async def test_hold_resume_and_hang_up(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        row = await in_a_call(page, other)
        await use(page, "Hold", row)
        await expect(row).to_contain_text("On hold")
        await me.phone.hears_nobody()
        await expect(row).to_be_focused()
        assert await walk(page, page.button("Resume", row)) <= 2
        await page.press("Enter")
        await expect(row).to_contain_text("Connected")
        await me.phone.talks_with(other.phone)
        await expect(row).to_be_focused()
        await use(page, "Hang up", row)
        await me.phone.idle()
        await expect(page.calls).to_have_count(0)
        # The next call is answered by Space, without a step elsewhere.
        await other.phone.dial(me.number)
        await page.answer()
        await me.phone.talks_with(other.phone)


async def test_blind_transfer(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        row = await in_a_call(page, other)
        await use(page, "Transfer", row)
        await page.pick(f"person {third.number}")
        await expect(page.button("Ask first", row)).to_be_focused()
        await page.press("Shift+Tab")
        await expect(page.button("Now", row)).to_be_focused()
        await page.press("Enter")
        await third.phone.answer()
        await third.phone.talks_with(other.phone)
        await me.phone.idle()
        await expect(page.calls).to_have_count(0)


async def test_a_transfer_thought_better_of(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        row = await in_a_call(page, other)
        await use(page, "Transfer", row)
        await page.press("Escape")
        await expect(row).to_be_focused()
        await use(page, "Transfer", row)
        await page.pick(third.number)
        await expect(page.button("Ask first", row)).to_be_focused()
        await page.press("Escape")
        await expect(row).to_be_focused()
        await expect(page.button("Now", row)).to_have_count(0)
        await me.phone.talks_with(other.phone)


async def test_asking_first_then_swapping_and_joining(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        row = await in_a_call(page, other)
        await use(page, "Transfer", row)
        await page.pick(third.number)
        await page.press("Enter")
        await third.phone.answer()
        pair = page.call(third.number)
        await expect(page.button("Swap", pair)).to_be_enabled()
        await expect(pair).to_be_focused()
        await use(page, "Swap", pair)
        await me.phone.talks_with(other.phone)
        await expect(pair).to_be_focused()
        await use(page, "Transfer", pair)
        await other.phone.talks_with(third.phone)


async def test_the_call_log(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        lines = page.journal.get_by_role("listitem")
        line = lines.first
        for colleague in (third, other):
            await colleague.phone.dial(me.number)
            await me.phone.rings()
            await colleague.phone.hang_up()
            await expect(line).to_contain_text("Missed")
            await expect(line).to_contain_text(f"Person {colleague.number}")
        names = page.journal.locator("li button").filter(has_text="Person")
        search = page.journal.get_by_label("Search the journal")
        await walk(page, search)
        await page.press("Tab")
        await expect(names.nth(0)).to_be_focused()
        await page.press("ArrowDown")
        await expect(names.nth(1)).to_be_focused()
        await page.press("Tab")
        await expect(lines.nth(1).get_by_role("button", name="Call Person")).to_be_focused()
        await page.press("End", "Home", "Shift+Tab")
        await expect(search).to_be_focused()
        which = page.journal.get_by_label("Which calls")
        await walk(page, which)
        await page.type("Miss")
        await expect(which).to_have_value("missed")
        await page.press("Tab")
        await page.type(other.number)
        await expect(line).to_contain_text(f"Person {other.number}")
        back = line.get_by_role("button", name="Call Person")
        assert await walk(page, back) <= 3
        await expect(back).to_have_css("outline-style", "solid")
        await page.press("Enter")
        await other.phone.rings()


@pytest.mark.parametrize("width", [360, 900])
async def test_the_call_log_is_opened_where_there_is_no_room_for_it(
    browser: Browser, simulated: Site, width: int
) -> None:
    me, other, *_ = simulated.seats
    look = {"width": width, "height": 740}
    async with caller(browser, simulated.tws.base, f"user{me.number}", **look) as page:
        await other.phone.dial(me.number)
        await me.phone.rings()
        await other.phone.hang_up()
        await expect(page.calls).to_have_count(0)
        if width == 360:
            await use(page, "Journal", page.page.get_by_role("navigation"))
        else:
            await walk(page, page.page.get_by_role("radio", name="Directory"))
            await page.press("ArrowRight")
        line = page.journal.get_by_role("listitem").first
        await expect(line).to_contain_text(f"Person {other.number}")
        name = line.get_by_role("button", name=f"Person {other.number}").first
        await walk(page, name)
        await page.press("Enter")
        await expect(page.card.get_by_role("heading", level=2)).to_contain_text(other.number)
        if width == 360:
            # What was read is gone from the screen: the keyboard stands in what took its place.
            await expect(page.page.get_by_role("main")).to_be_focused()
            assert await walk(page, page.button("Close the card", page.card)) <= 2


async def test_a_contact_is_made_from_an_unknown_call(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await simulator.call_from_outside(STRANGER, me.number)
        await page.answer()
        row = page.call(SHOWN)
        await expect(row).to_contain_text("Connected")
        await use(page, "Create contact", row)
        await expect(page.card.get_by_label("First name")).to_be_focused()
        await page.type("Odile")
        await page.press("Tab")
        await page.type("Renard")
        await page.press("Tab")
        await page.type("Renard SA")
        public = page.card.get_by_role("radio", name="Public")
        await walk(page, page.card.get_by_role("radio", name="Private"), "Shift+Tab")
        await page.press("ArrowRight")
        await expect(public).to_be_checked()
        await page.press("ArrowLeft")
        await use(page, "Save", page.card)
        heading = page.card.get_by_role("heading", name="Odile Renard")
        await expect(heading).to_be_visible()
        await expect(page.card).to_be_focused()
        # From the card on: it is changed, and taken away again.
        await use(page, "Edit", page.card)
        await expect(page.card.get_by_label("First name")).to_be_focused()
        await page.press("Escape")
        await expect(page.card).to_be_focused()
        await use(page, "Hang up", page.call("Odile Renard"))
        await me.phone.idle()
        await walk(page, page.people.get_by_label("Filter contacts"), "Shift+Tab")
        await page.type("renard")
        await expect(page.people.get_by_role("listitem")).to_have_count(1)
        await page.press("Tab", "Tab", "Enter")
        await use(page, "Delete", page.card)
        question = page.page.get_by_role("dialog", name="Delete Odile Renard?")
        await use(page, "Delete", question)
        await expect(page.people).not_to_contain_text("Odile")


async def test_the_telephones_settings(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        menu = page.page.locator("header button[aria-haspopup=dialog]").last
        await walk(page, menu)
        await page.press("Enter")
        sheet = page.page.get_by_role("dialog")
        await walk(page, sheet.get_by_role("switch", name="Do not disturb"))
        await page.press("Space")
        await simulator.wait_phone(me.number, lambda phone: phone.do_not_disturb)
        await use(page, "Forward, On a call", sheet)
        box = sheet.get_by_placeholder("Name or number")
        await walk(page, box)
        await page.pick(other.number)
        await expect(sheet).to_contain_text(f"→ {other.number}")
        await use(page, "Cancel forwarding, On a call", sheet)
        await expect(sheet).not_to_contain_text("→")
        await page.press("Escape")
        await expect(sheet).to_have_count(0)
        await expect(menu).to_be_focused()


async def test_the_preferences(browser: Browser, simulated: Site) -> None:
    me, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        menu = page.page.locator("header button[aria-haspopup=dialog]").last
        await walk(page, menu)
        await page.press("Enter")
        await use(page, "Preferences", page.page.get_by_role("dialog"))
        shown = page.page.get_by_role("region", name="Preferences")
        await expect(shown.get_by_role("tab", name="General")).to_be_focused()
        await use(page, "Change password", shown)
        await use(page, "Cancel", shown)
        await expect(page.button("Change password", shown)).to_be_visible()
        await shown.get_by_role("tab", name="General").focus()
        await page.press("ArrowRight")
        await expect(shown.get_by_role("radiogroup", name="Theme")).to_be_visible()
        await use(page, "Close", shown)
        await expect(shown).to_have_count(0)

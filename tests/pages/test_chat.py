"""Two colleagues who write to each other, each in a browser of their own."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.scenes import consulting
from tests.end_to_end.site import Seat, Site
from tests.pages.customers import IMPORTANT, with_customers
from tests.pages.opening import Caller, caller
from tests.pages.parameters import meanwhile
from tests.pages.test_erasure import assert_well_made
from tests.pages.test_preferences import chosen
from tests.pages.test_presence import line
from tests.simulator.running import Simulator
from tests.web.pictures import picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def talk(page: Caller, seat: Seat) -> Locator:
    """Open the card of that colleague, and the conversation on it."""
    await line(page, seat).get_by_role("button").first.click()
    await page.button(f"Write to Person {seat.number}").click()
    return conversation(page)


def conversation(page: Caller) -> Locator:
    return page.page.get_by_role("region", name=re.compile("^Conversation with"))


def unread(page: Caller, count: int) -> Locator:
    """The button of the title bar, with so many messages to read."""
    words = f"Messages, {count} unread message" + ("s" if count > 1 else "")
    return page.button(words if count else "Messages")


async def write(page: Caller, text: str) -> None:
    await conversation(page).get_by_label("Your message").fill(text)
    await page.press("Enter")


async def test_two_write_to_each_other(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    base, his_name = simulated.tws.base, f"user{other.number}"
    async with (
        caller(browser, base, f"user{me.number}") as mine,
        caller(browser, base, his_name) as theirs,
        caller(browser, base, his_name) as second,
    ):
        await talk(mine, other)
        await write(mine, "Lunch? <b>12:30</b> see https://menu.example/today.")
        for page in (theirs, second):
            await expect(unread(page, 1)).to_be_visible()
            await expect(line(page, me)).to_contain_text("1 unread message")
        his = await talk(theirs, me)
        await expect(his).to_contain_text("Lunch? <b>12:30</b> see")
        await expect(his.locator("b")).to_have_count(0)
        link = his.get_by_role("link", name="https://menu.example/today")
        await expect(link).to_have_attribute("href", "https://menu.example/today")
        # Read in one window, in the other too; and who wrote it is told.
        for page in (theirs, second):
            await expect(unread(page, 0)).to_be_visible()
        await expect(conversation(mine)).to_contain_text("Read at")
        box = his.get_by_label("Your message")
        await box.press_sequentially("Yes")
        await expect(conversation(mine)).to_contain_text("is writing…")
        await box.press("Shift+Enter")
        await box.press_sequentially("gladly")
        await box.press("Enter")
        await expect(box).to_have_value("")
        await expect(conversation(mine)).to_contain_text("Yes\ngladly", use_inner_text=True)
        await expect(conversation(mine)).not_to_contain_text("is writing…")
        await expect(conversation(mine)).to_contain_text("Today")
        await assert_well_made(theirs)
        # It is still there when the page is opened again, and in the list of the title bar.
        await second.click("Messages")
        await second.page.get_by_role("dialog").get_by_role("button", name="gladly").click()
        await expect(conversation(second)).to_contain_text("Lunch?")
        await second.page.set_viewport_size({"width": 360, "height": 740})
        await expect(conversation(second)).to_contain_text("Lunch?")
        await assert_well_made(second)


async def test_files_come_as_they_were_sent(
    browser: Browser, simulated: Site, tmp_path: Path
) -> None:
    me, other, *_ = simulated.seats
    base = simulated.tws.base
    plan, page_of_html = tmp_path / "plan.png", tmp_path / "page.html"
    plan.write_bytes(picture())
    page_of_html.write_text("<script>document.title = 'taken over'</script>")
    async with (
        caller(browser, base, f"user{me.number}") as mine,
        caller(browser, base, f"user{other.number}") as theirs,
    ):
        await talk(mine, other)
        his = await talk(theirs, me)
        for path in (plan, page_of_html):
            files = conversation(mine).locator("input[type=file]")
            await files.set_input_files(path)
            sent = his.get_by_role("link", name=path.name)
            await expect(sent).to_be_visible()
            async with theirs.page.expect_download() as download:
                await sent.click()
            got = await download.value
            assert got.suggested_filename == path.name
            await got.save_as(tmp_path / "got")
            assert (tmp_path / "got").read_bytes() == path.read_bytes()
        await expect(his.locator("img")).to_have_count(1)
        large = tmp_path / "large.bin"
        large.write_bytes(bytes(10 * 1024 * 1024 + 1))
        await conversation(mine).locator("input[type=file]").set_input_files(large)
        await mine.sees("This file is too large: 10 MB at most.")
        await mine.click("Give up")
        await expect(conversation(mine)).not_to_contain_text("large.bin")


async def test_without_the_right_there_is_nothing_of_it(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with (
        caller(browser, simulated.tws.base, f"user{me.number}") as mine,
        caller(browser, simulated.tws.base, f"user{other.number}") as theirs,
    ):
        await talk(mine, other)
        await talk(theirs, me)
        async with meanwhile(simulated, f"user{other.number}", AuthorizeChat=False):
            for page in (mine, theirs):
                await expect(conversation(page)).to_have_count(0)
                await expect(page.page.get_by_role("button", name="Write to")).to_have_count(0)
            await expect(unread(theirs, 0)).to_have_count(0)
            await expect(unread(mine, 0)).to_be_visible()
        await expect(conversation(mine)).to_have_count(1)


async def test_a_conference_writes_on_the_call(browser: Browser, simulated: Site) -> None:
    a, b, c, *_ = simulated.seats
    base = simulated.tws.base
    async with (
        caller(browser, base, f"user{a.number}") as mine,
        caller(browser, base, f"user{c.number}") as theirs,
    ):
        held, active = await consulting(a, b, c)
        await expect(mine.button("Messages", mine.calls)).to_have_count(0)
        await a.do("conferenceCall", held=held, active=active)
        await mine.click("Messages", mine.calls)
        conference = mine.page.get_by_role("region", name="Messages of the conference")
        await conference.get_by_label("Your message").fill("Page 4 <i>please</i>")
        await mine.press("Enter")
        await expect(conference).to_contain_text("Page 4 <i>please</i>")
        await expect(theirs.calls).to_contain_text("1 unread message")
        await theirs.click("Messages", theirs.calls)
        read = theirs.page.get_by_role("region", name="Messages of the conference")
        await expect(read).to_contain_text("Page 4 <i>please</i>")
        await expect(read).to_contain_text(f"Person {a.number}")
        await expect(theirs.calls).not_to_contain_text("unread")
        await a.do("clearConnection", connection=held)
        await expect(conference).to_have_count(0)
        await simulated.clear()


async def test_nothing_written_is_lost_with_the_connection_or_the_card(
    browser: Browser, simulated: Site
) -> None:
    me, other, third, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        talking = await talk(page, other)
        box = talking.get_by_label("Your message")
        await box.fill("Half a sentence")
        await page.context.set_offline(True)
        await page.evaluate("dispatchEvent(new Event('offline'))")
        await expect(page.page.get_by_role("status").first).to_contain_text("Reconnecting…")
        await expect(box).to_have_value("Half a sentence")
        await expect(page.button("Send", talking)).to_be_disabled()
        await box.press("Enter")
        await expect(box).to_have_value("Half a sentence")
        await page.context.set_offline(False)
        await expect(page.button("Send", talking)).to_be_enabled()
        # What could not be sent is there after another card was looked at, and so is a draft.
        await page.page.route("**/api/v1/chats/*/messages", lambda route: route.abort())
        await box.press("Enter")
        await expect(page.button("Send again", talking)).to_be_visible()
        await box.fill("And a second")
        await line(page, third).get_by_role("button").first.click()
        await expect(conversation(page)).to_have_count(0)
        await line(page, other).get_by_role("button").first.click()
        await expect(talking).to_contain_text("Half a sentence")
        await expect(box).to_have_value("And a second")
        await page.page.unroute("**/api/v1/chats/*/messages")
        await page.click("Send again", talking)
        await expect(page.button("Send again", talking)).to_have_count(0)
        await expect(talking).to_contain_text("Half a sentence")
        await box.press("Enter")
        await expect(box).to_have_value("")
        await expect(talking).to_contain_text("And a second")


@pytest.mark.parametrize("field", ["Your message", "Write a note"])
async def test_a_ringing_call_takes_nothing_away_that_is_being_written(
    browser: Browser, simulated: Site, simulator: Simulator, field: str
) -> None:
    await with_customers(simulated)
    me, other, *_ = simulated.seats
    async with (
        chosen(me, screenPop="ringing"),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        await talk(page, other)
        box = page.card.get_by_label(field)
        await box.fill("Half a sentence")
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(page.ringing).to_contain_text("Claire Vasseur")
        await expect(box).to_have_value("Half a sentence")
        await page.click("Reject", page.ringing)
        await expect(page.calls).to_have_count(0)
        await expect(box).to_have_value("Half a sentence")
        await box.fill("")
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(page.card.get_by_role("heading", name="Claire Vasseur")).to_be_visible()
        await page.click("Reject", page.ringing)
        await expect(page.calls).to_have_count(0)

"""The page as a thing: its weight, its files, on a narrow screen, and while nobody looks at it."""

import gzip
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Request, expect

from tests.end_to_end.site import Seat, Site
from tests.pages.opening import STATIC, caller, opened
from tests.pages.test_alerter import with_alerter
from tests.pages.test_preferences import choose, chosen
from tests.peers.chromium import running_chromium
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
SCRIPT_LIMIT = 250_000
"Bytes, compressed, of all scripts that a page needs to start."
UNSEEN = """
Object.defineProperty(document, "visibilityState", {get: () => "hidden"});
window.shown = [];
const Real = window.Notification;
window.Notification = class extends Real {
  constructor(title, options) {
    super(title, options);
    window.shown.push([title, options.body]);
    document.documentElement.dataset.notified = `${title}: ${options.body}`;
  }
};
"""


@pytest.mark.parametrize("path", ["/", "/admin"])
@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
async def test_the_scripts_of_a_page_are_light(
    browser: Browser, simulated: Site, path: str, locale: str
) -> None:
    asked: set[str] = set()
    async with opened(browser, simulated.tws.base, locale=locale) as window:
        window.page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        await window.go(path)
        await expect(window.page.locator("input[name=username]")).to_be_visible()
    scripts = [name for name in asked if name.endswith(".js")]
    assert any("main" in name or "index" in name or "admin" in name for name in scripts)
    size = sum(len(gzip.compress((STATIC / name[1:]).read_bytes())) for name in scripts)
    assert size <= SCRIPT_LIMIT, f"{size} bytes of {sorted(scripts)}"


async def test_everything_comes_from_the_server_itself(browser: Browser, simulated: Site) -> None:
    number = simulated.seats[0].number
    asked: set[str] = set()

    def note(request: Request) -> None:
        asked.add(urlsplit(request.url).netloc)

    async with caller(browser, simulated.tws.base, f"user{number}") as page:
        page.context.on("request", note)
        await page.page.reload()
        await page.ready()
        await page.evaluate("document.fonts.ready")
    assert asked == {urlsplit(simulated.tws.base).netloc}


async def test_an_incoming_call_is_notified_while_the_page_is_hidden(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    number = simulated.seats[0].number
    me = f"user{number}"
    async with (
        running_chromium(desktop=True) as desktop,
        caller(desktop, simulated.tws.base, me, script=UNSEEN) as page,
    ):
        await page.context.grant_permissions(["notifications"])
        await page.page.reload()
        await page.ready()
        await page.click("Turn on")
        seat = simulated.seats[0]
        async with chosen(seat, screenPop="never"):
            await simulator.call_from_outside("0155171889", number, name="GIRARD")
            await expect(page.ringing).to_be_visible()
            await page.page.wait_for_function("window.shown.length > 0")
            assert await page.evaluate("window.shown") == [["GIRARD", "01 55 17 18 89"]]
            await page.click("Reject", page.ringing)
        # With what the Alerter's template says, where its card is shown as soon as it rings.
        template = '<alerter><text y="9">Below</text><text>For [-MyUsername-]</text></alerter>'
        async with (
            chosen(seat, screenPop="ringing"),
            with_alerter(simulated, template, AlerterXml="pop.xml"),
        ):
            notified = page.page.locator("html")
            await simulator.call_from_outside("0155171889", number, name="GIRARD")
            said = f"GIRARD: For {me}\nBelow"
            await expect(notified).to_have_attribute("data-notified", said)
            await choose(seat, screenPop="never")
            await expect(notified).to_have_attribute("data-notified", "GIRARD: 01 55 17 18 89")


async def test_a_telephone_in_the_hand(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, *_ = simulated.seats
    look = {"width": 360, "height": 740}
    async with caller(browser, simulated.tws.base, f"user{me.number}", **look) as page:
        bar = page.page.get_by_role("navigation")
        await page.click("Keypad", bar)
        for digit in other.number:
            await page.page.get_by_role("button", name=re.compile(rf"^{digit}( |$)")).click()
        await page.click("Call")
        await other.phone.rings()
        await expect(page.call(other.number)).to_contain_text("Ringing there")
        await page.click("Hang up")
        await me.phone.idle()

        await simulator.call_from_outside("0155171889", me.number)
        await expect(page.ringing).to_be_visible()
        box = await page.ringing.bounding_box()
        assert box is not None
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
        await page.click("Answer", page.ringing)
        await expect(page.ringing).to_have_count(0)
        await expect(page.call("01 55 17 18 89")).to_contain_text("Connected")


def lines(seat: Seat) -> list[dict[str, Any]]:
    """Of the log, as they were told when each call had ended."""
    entries = (moment["entry"] for moment in seat.live.moments if moment["kind"] == "log")
    return [entry for entry in entries if entry["ended"]]


async def test_space_can_be_switched_off(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    told = len(lines(me))
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        shown = await page.preferences()
        space = shown.get_by_role("switch", name="Space answers the ringing call")
        await space.click()
        await expect(space).not_to_be_checked()
        await page.click("Close", shown)
        await other.phone.dial(me.number)
        await page.answer()
        await page.click("Reject", page.ringing)
        await me.phone.idle()
        await expect(page.calls).to_have_count(0)
        shown = await page.preferences()
        await space.click()
        await expect(space).to_be_checked()
    # Written behind: the line of the test before may come first.
    (entry,) = await me.live.until(
        lambda: [line for line in lines(me)[told:] if line["number"] == other.number],
        "the call in the log",
    )
    assert entry["answered"] is None


async def test_forty_colleagues_fit_without_scrolling(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    made = [
        await me.api.post("/contacts", private=True, firstName="Fortieth", lastName=f"{n:02}")
        for n in range(40)
    ]
    try:
        async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
            await page.people.get_by_label("Filter contacts").fill("fortieth")
            people = page.people.get_by_role("listitem")
            await expect(people).to_have_count(40)
            await expect(people.last).to_be_in_viewport(ratio=1)
            await expect(people.first).to_be_in_viewport(ratio=1)
    finally:
        for row in made:
            await me.api.request("DELETE", f"/contacts/{row['id']}?version={row['version']}")

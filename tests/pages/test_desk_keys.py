"""Keys that the helper of a desk holds on a real display of X11."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.desktop.helping import Helper
from tests.end_to_end.site import Seat, Site
from tests.pages.customers import IMPORTANT, with_customers
from tests.pages.opening import caller
from tests.pages.parameters import meanwhile
from tests.pages.test_alerter import NAME, with_alerter
from tests.pages.test_preferences import NOTHING, choose, chosen
from tests.peers import require_peer
from tests.peers.dunst import running_dunst
from tests.peers.xvfb import Display, running_xvfb
from tests.running import Problem
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def display() -> Iterator[Display]:
    require_peer("xvfb")
    with running_xvfb() as running:
        yield running


@asynccontextmanager
async def helped(
    seat: Seat, display: Display, folder: Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Helper]:
    """The helper of somebody who sits at that display."""
    made = await seat.api.post("/api-keys", label="Desk", helper=True)
    helper = Helper(folder, **(environment or display.environment))
    try:
        await helper.connect(seat.site.tws.base, made["secret"])
        async with helper.running():
            yield helper
    finally:
        await seat.api.request("DELETE", f"/api-keys/{made['key']['id']}")


async def test_what_is_selected_anywhere_is_called(
    simulated: Site, display: Display, tmp_path: Path
) -> None:
    me, other, third, *_ = simulated.seats
    async with chosen(me), helped(me, display, tmp_path) as helper:
        await helper.says("keys held: Ctrl+F12")
        with display.selected(f"Person {other.number}, desk 7"):
            display.press("ctrl+F12")
            await other.phone.rings()
            await me.phone.hang_up()
            await other.phone.idle()
            rung = other.phone.rung
            await choose(me, hotKeys=[{"key": 3, "number": third.number}])
            await helper.says("keys held: Ctrl+F12, Ctrl+F3")
            # It forbids no other shortcut.
            async with meanwhile(simulated, AuthorizeHotKeysExe=False):
                await helper.says("keys held: Ctrl+F3")
                # Whatever locks are on.
                display.press("ctrl+F12", "Num_Lock", "Caps_Lock", "ctrl+F3")
                display.press("Num_Lock", "Caps_Lock")
                await third.phone.rings()
                await me.phone.hang_up()
                await third.phone.idle()
                with pytest.raises(Problem, match="AuthorizeHotKeysExe"):
                    await me.api.post("/desk/helper/callSelected", number=other.number)
            await helper.says("keys held: Ctrl+F12, Ctrl+F3")
        async with meanwhile(simulated, AuthorizeHotKeys=False):
            await helper.says("keys held: Ctrl+F12")
            with pytest.raises(Problem, match="AuthorizeHotKeys"):
                await me.api.post("/desk/helper/callChosen", key=3)
        assert other.phone.rung == rung, "nobody is called by a key that is not allowed"
        # Somebody else has the key already: whoever comes later is told so.
        async with helped(me, display, tmp_path / "second") as late:
            await late.says("Ctrl+F12 is held by another program")


async def test_calls_are_notifications_of_the_computer(
    simulated: Site, display: Display, simulator: Simulator, tmp_path: Path
) -> None:
    """With what the template of the Alerter says, where the user has the card shown at once."""
    require_peer("dunst")
    await with_customers(simulated)
    me = simulated.seats[0]
    template = (
        '<alerter><text y="20">[-PhoneNumber-]</text><text>VIP &amp; &lt;Co&gt;</text></alerter>'
    )
    with running_dunst(display) as dunst:
        async with (
            chosen(me, notifiedByHelper=True),
            helped(me, display, tmp_path, dunst.environment) as helper,
        ):
            await simulator.call_from_outside(IMPORTANT, me.number)
            await helper.says("a call is shown")
            await me.phone.hang_up()
            told = await asyncio.to_thread(dunst.next_closed)
            assert told["summary"] == NAME
            async with with_alerter(simulated, template, AlerterXml="pop.xml"):
                await choose(me, screenPop="ringing")
                await simulator.call_from_outside(IMPORTANT, me.number)
                await helper.says("a call is shown")
                await me.phone.hang_up()
                told = await asyncio.to_thread(dunst.next_closed)
                assert told["summary"] == NAME
                assert told["body"].startswith("VIP &amp; &lt;Co&gt;\\n")


async def test_another_key_is_chosen_in_the_preferences(
    browser: Browser, simulated: Site, display: Display, tmp_path: Path
) -> None:
    me, other, *_ = simulated.seats
    async with (
        chosen(me),
        helped(me, display, tmp_path) as helper,
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        await helper.says("keys held: Ctrl+F12")
        shown = await page.preferences()
        field = shown.get_by_label("Key that calls it")
        await expect(field).to_have_value("Ctrl+F12")
        await field.press("Control+F3")
        await page.sees("is none of a card's", shown)
        await field.press("Control+Alt+d")
        await expect(field).to_have_value("Ctrl+Alt+D")
        await helper.says("keys held: Ctrl+Alt+D")
        await expect(shown.get_by_role("switch", name="Ctrl+Alt+D calls")).to_be_checked()
        with display.selected(other.number):
            display.press("ctrl+alt+d")
            await other.phone.rings()
        await page.click("Hang up", page.calls)
        await other.phone.idle()
        # The page has that key too, where no helper holds it.
        await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
        await expect(page.card.get_by_text(other.number, exact=True).first).to_be_visible()
        await page.press("Control+Alt+d")
        await other.phone.rings()
        await page.click("Hang up", page.calls)
        await choose(me, **NOTHING)
        await helper.says("keys held: Ctrl+F12")

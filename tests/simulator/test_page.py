"""The page, in a real browser: by mouse, by keyboard alone, in both languages, wide and narrow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.peers import require_peer
from tests.peers.chromium import running_chromium
from tests.simulator.running import Simulator, running_simulator

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    require_peer("chromium")
    async with running_chromium() as browser:
        yield browser


@asynccontextmanager
async def opened(
    browser: Browser,
    sim: Simulator,
    *,
    locale: str = "en-GB",
    width: int = 1400,
    dark: bool = False,
) -> AsyncIterator[Page]:
    """The page; whatever it complains of in the console fails the test."""
    context = await browser.new_context(
        locale=locale,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(sim.page_url)
    await expect(page.locator("#phone-4001")).to_be_visible()
    yield page
    await context.close()
    assert not complaints


async def test_a_call_by_mouse(browser: Browser) -> None:
    async with running_simulator() as sim, opened(browser, sim) as page:
        alice, bruno = page.locator("#phone-4001"), page.locator("#phone-4002")
        await alice.get_by_role("button", name="Lift 4001").click()
        await expect(alice).to_contain_text("dial tone")
        await alice.get_by_role("textbox").fill("4002")
        await alice.get_by_role("button", name="Dial").click()
        await expect(bruno).to_have_attribute("data-state", "ringing")
        await expect(bruno).to_contain_text("Alice")
        await bruno.get_by_role("button", name="Answer", exact=True).click()
        await expect(alice).to_have_attribute("data-state", "talking")
        await alice.get_by_role("button", name="Hold").click()
        await expect(alice).to_contain_text("on hold")
        await alice.get_by_role("button", name="Resume").click()
        await bruno.get_by_role("button", name="Hang up 4002").click()
        await expect(alice).to_have_attribute("data-state", "idle")
        assert (await sim.phone("4001")).idle


async def test_a_call_from_outside_by_keyboard_alone(browser: Browser) -> None:
    async with running_simulator() as sim, opened(browser, sim) as page:
        await page.get_by_label("Call", exact=True).focus()
        await page.keyboard.press("ControlOrMeta+A")
        await page.keyboard.type("4003")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="Marc Girard")).to_be_focused()
        await page.keyboard.press("Enter")
        chloe = page.locator("#phone-4003")
        await expect(chloe).to_contain_text("Marc Girard")
        await chloe.get_by_role("button", name="Answer 4003").focus()
        await page.keyboard.press("Enter")
        await expect(chloe).to_have_attribute("data-state", "talking")
        await expect(chloe.get_by_role("button", name="Hang up 4003")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(chloe).to_have_attribute("data-state", "idle")
        assert (await sim.state()).pbx.calls == 0


async def test_settings_of_a_phone(browser: Browser) -> None:
    async with running_simulator() as sim, opened(browser, sim) as page:
        emma = page.locator("#phone-4005")
        await emma.get_by_label("Settings of phone 4005").click()
        await emma.get_by_label("Do not disturb").check()
        await emma.get_by_label("Forward all calls to").fill("7770")
        await emma.get_by_role("button", name="Forward").click()
        await emma.get_by_role("button", name="Leave a voice message").click()
        state = await sim.wait(lambda s: s.phones["4005"].lamp)
        assert state.phones["4005"].do_not_disturb
        assert state.phones["4005"].forwardings[0].destination == "7770"
        await expect(emma.get_by_label("1 message(s)")).to_be_visible()
        await emma.get_by_role("button", name="Unplug").click()
        await expect(emma).to_have_attribute("data-state", "unplugged")


async def test_a_refusal_is_said_in_words(browser: Browser) -> None:
    async with running_simulator() as sim, opened(browser, sim, locale="fr-FR") as page:
        david = page.locator("#phone-4004")
        await david.get_by_label("Réglages du poste 4004").click()
        await david.get_by_label("Renvoi immédiat vers").fill("4999")
        await david.get_by_role("button", name="Activer").click()
        await expect(page.get_by_role("alert")).to_have_text("Ce renvoi ne mène nulle part.")


async def test_traffic_is_started_and_stopped(browser: Browser) -> None:
    async with running_simulator() as sim, opened(browser, sim, locale="fr-FR") as page:
        await page.get_by_label("Appels par seconde").fill("20")
        await page.get_by_role("button", name="Lancer le trafic").click()
        await sim.wait(lambda s: s.pbx.traffic.started > 3)
        await page.get_by_role("button", name="Arrêter le trafic").click()
        await sim.wait(lambda s: s.pbx.traffic.calls_per_second == 0)


async def test_it_says_when_the_simulator_is_gone_and_finds_it_again(browser: Browser) -> None:
    async with running_simulator() as sim, opened(browser, sim) as page:
        await sim.kill()
        await expect(page.get_by_text("does not answer")).to_be_visible()
        await sim.start()
        await expect(page.get_by_text("does not answer")).to_be_hidden(timeout=20_000)
        await sim.dial("4001", "4002")
        await expect(page.locator("#phone-4002")).to_have_attribute("data-state", "ringing")


async def test_a_large_pbx_is_looked_at_through_the_filter(browser: Browser) -> None:
    phones = [{"number": "4001", "name": "Alice"}, {"from": 10000, "count": 3000}]
    async with running_simulator(phones=phones) as sim, opened(browser, sim) as page:
        await expect(page.locator("#shown")).to_have_text("60 phones of 3001")
        await page.get_by_role("searchbox").fill("12999")
        await expect(page.locator(".phone")).to_have_count(1)
        await sim.dial("12999", "4001")
        await expect(page.locator("#phone-12999")).to_have_attribute("data-state", "calling")


@pytest.mark.parametrize("dark", [False, True])
async def test_nothing_overflows_and_axe_is_content(browser: Browser, dark: bool) -> None:
    async with running_simulator() as sim, opened(browser, sim, locale="fr-FR", dark=dark) as page:
        await sim.dial("4001", "4002")
        await sim.answer("4002")
        await sim.dial("4001", "4003")
        await sim.answer("4003")
        await sim.unplug("4006")
        await sim.call_from_outside("0155171889", "4004", name="Paul Martin")
        await expect(page.locator("#phone-4004")).to_have_attribute("data-state", "ringing")
        for width in (360, 900, 1400):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            if AXE.exists():  # `make test` installs it with the pages
                assert await _serious(page) == []


async def _serious(page: Page) -> list[str]:
    """What axe finds serious, or worse."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(
        "axe.run().then((all) => all.violations"
        ".filter((one) => ['serious', 'critical'].includes(one.impact))"
        ".map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`))"
    )
    return found

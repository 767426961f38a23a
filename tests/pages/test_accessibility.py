"""axe finds nothing on any screen, and no screen is wider than the window; in both languages."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.end_to_end.site import Site
from tests.pages.opening import AXE, Opened, Scheme
from tests.pages.scenes import ADMINISTRATION, CALLER, administered, at_the_door, played
from tests.running import running_tws
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def findings(window: Opened, *, colours: bool) -> list[str]:
    """What axe has against the page as it stands, in one line each."""
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {"color-contrast": {"enabled": colours}},
        "resultTypes": ["violations"],
    }
    found: dict[str, Any] = await window.page.evaluate("options => axe.run(options)", options)
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} "
        f"[{' '.join(node['target'])}]"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


async def overflow(window: Opened) -> int:
    """Pixels by which the page is wider than its window."""
    width: int = await window.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


async def assert_good(window: Opened) -> None:
    """`window` speaks French."""
    # Transitions end before contrast is judged.
    await window.evaluate(
        "Promise.allSettled(document.getAnimations()"
        ".filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))"
    )
    # Through the debugger: the page itself runs no script but its own.
    await window.evaluate(AXE.read_text(encoding="utf-8"))
    assert await findings(window, colours=True) == []
    assert await overflow(window) == 0
    # The same page in other words: its colours, which take axe longest, are those already seen.
    await window.speak("en-GB")
    assert await findings(window, colours=False) == []
    assert await overflow(window) == 0


@pytest.fixture(scope="module", params=[(1400, "light"), (360, "dark")], ids=["wide", "narrow"])
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    width: int
    scheme: Scheme
    width, scheme = request.param
    return {"width": width, "scheme": scheme, "height": 800}


@pytest.mark.parametrize("name", CALLER)
async def test_caller(
    browser: Browser, simulated: Site, simulator: Simulator, name: str, look: dict[str, Any]
) -> None:
    if name == "journal":
        await simulator.dial(simulated.seats[1].number, simulated.seats[0].number)
        await simulated.seats[0].phone.rings()
        await simulated.seats[1].phone.hang_up()
    async with played(browser, simulated, simulator, name, "fr", **look) as window:
        await assert_good(window)


@pytest.mark.parametrize("name", ADMINISTRATION)
async def test_administration(
    browser: Browser, simulated: Site, name: str, look: dict[str, Any]
) -> None:
    async with administered(browser, simulated, name, "fr", **look) as window:
        await assert_good(window)


async def test_signing_in_and_the_first_start(
    browser: Browser, simulated: Site, tmp_path: Path, look: dict[str, Any]
) -> None:
    async with at_the_door(browser, simulated.tws.base, "fr", **look) as window:
        await assert_good(window)
    async with running_tws(tmp_path) as new, at_the_door(browser, new.base, "fr", **look) as door:
        await assert_good(door)

"""Opening the Caller with 500 colleagues on the page, in a real browser on this machine.

From the navigation to when the first colleague is there with a known sign, and to when all are.
Beside it: how long the same browser takes for a page that has nothing, from the same server.
"""

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Page
from tests.peers import PeerMissing
from tests.peers import chromium as peer
from tests.peers.chromium import running_chromium

from bench.company import make_company, settings_of
from bench.figures import Figure, median
from bench.processes import monitored, serving
from bench.switch import Switch
from tws.app.house import open_house
from tws.organisation.actor import SYSTEM, UserId

PEOPLE = 501
RUNS = 5
PASSWORD = "a long password"
SETTINGS = '{"operator": "on", "notifications": "off"}'
KNOWN = "() => document.querySelectorAll('[data-person] svg[aria-label=Free]').length >= %d"
SOME, ALL = KNOWN % 1, KNOWN % (PEOPLE - 1)
TIME = "() => performance.now()"


async def measure() -> list[Figure]:
    try:
        peer.prepare()
    except PeerMissing as missing:
        print(f"  not measured: {missing}")
        return []
    first, every, bare = [], [], []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        switch = Switch()
        await switch.start()
        stack.push_async_callback(switch.stop)
        settings: dict[str, object] = {
            "host": "127.0.0.1",
            "port": switch.port,
            "session": "off",
            "features": "off",
        }
        members = await make_company(folder, PEOPLE, "csta_xml", settings, keys=False)
        async with open_house(settings_of(folder)) as house:
            passwords = house.rooms.access.passwords
            await passwords.set_password(SYSTEM, UserId(members[0].user), PASSWORD)
        server = await stack.enter_async_context(serving(folder))
        await monitored(server, PEOPLE)
        browser = await stack.enter_async_context(running_chromium())
        context = await browser.new_context(
            locale="en-GB", viewport={"width": 1400, "height": 900}
        )
        await context.add_init_script(f"localStorage.setItem('tws.caller', '{SETTINGS}')")
        page, base = await context.new_page(), f"http://127.0.0.1:{server.port}"
        await _sign_in(page, base)
        for _ in range(RUNS):
            await page.goto(f"{base}/favicon.svg")
            bare.append(await page.evaluate(TIME))
            await page.goto(base, wait_until="commit")
            first.append(await _when(page, SOME))
            every.append(await _when(page, ALL))
    shown = f"{PEOPLE - 1} colleagues"
    return [
        median(
            f"Caller with {shown}: first one with its sign",
            "ms",
            first,
            bare=median("", "", bare).value,
            at_most=1500.0,
        ),
        median("  all of them", "ms", every),
    ]


async def _sign_in(page: Page, base: str) -> None:
    await page.goto(base)
    await page.locator("input[name=username]").fill("user0")
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await _when(page, ALL)


async def _when(page: Page, ready: str) -> float:
    """Milliseconds since the navigation began."""
    await page.wait_for_function(ready, polling="raf", timeout=60_000)
    return float(await page.evaluate(TIME))

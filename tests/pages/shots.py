"""Screenshots of every screen into ./shots: `make shots`; words after it choose among them.

In both languages, at 360, 900 and 1400 pixels, light and dark, named
`caller-talking-fr-1400-light.png`. They are for looking at: nothing is compared.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from tests.end_to_end.simulated_pbx import SimulatedPbx, simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.pages.opening import Opened
from tests.pages.scenes import (
    ADMINISTRATION,
    CALLER,
    NARROW,
    OUTSIDE,
    administered,
    at_the_door,
    played,
)
from tests.peers.chromium import running_chromium
from tests.running import TwsServer, running_tws
from tests.simulator.running import Simulator

SHOTS = Path(__file__).parents[2] / "shots"
LOOKS: list[dict[str, Any]] = [
    {"width": width, "height": height, "scheme": scheme}
    for width, height in ((360, 740), (900, 800), (1400, 900))
    for scheme in ("light", "dark")
]
Scene = AbstractAsyncContextManager[Opened]


def scenes(
    browser: Browser, site: Site, simulator: Simulator, new: TwsServer, wanted: list[str]
) -> Iterator[tuple[str, Any]]:
    """Names, and how to play each in a language and a look."""
    everything: dict[str, Any] = {
        "door-signin": partial(at_the_door, browser, site.tws.base),
        "door-first-start": partial(at_the_door, browser, new.base),
    }
    for name in CALLER:
        everything[f"caller-{name}"] = partial(played, browser, site, simulator, name)
    for name in ADMINISTRATION:
        everything[f"admin-{name}"] = partial(administered, browser, site, name)
    for name, play in everything.items():
        if not wanted or any(word in name for word in wanted):
            yield name, play


async def take(name: str, play: Any, language: str, look: dict[str, Any]) -> None:
    file = SHOTS / f"{name}-{language}-{look['width']}-{look['scheme']}.png"
    scene: Scene = play(language, **look)
    async with scene as window:
        # Pictures are of what has come to rest, but for what rings.
        await window.evaluate(
            "Promise.allSettled(document.getAnimations()"
            ".filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))"
        )
        await window.page.screenshot(path=file)
    print(file.relative_to(SHOTS.parent))


PEOPLE = (("Marie", "Durand"), ("Paul", "Martin"), ("Alice", "Bernard"), ("Bruno", "Petit"))


async def named(site: Site) -> None:
    """Names as in the demonstration, and an outside contact."""
    for row in await site.admin.get("/admin/users"):
        place = [f"user{seat.number}" for seat in site.seats].index(row["username"])
        first, last = PEOPLE[place]
        body = {"version": row["version"], "firstName": first, "lastName": last}
        await site.admin.request("PATCH", f"/admin/users/{row['id']}", body)
    await site.seats[0].api.post(
        "/contacts",
        private=False,
        firstName="Marc",
        lastName="Girard",
        company="Transports Girard",
        email="marc@girard.example",
        numbers=[{"kind": "work", "number": OUTSIDE}, {"kind": "mobile", "number": "0611223344"}],
    )


async def some_history(site: Site) -> None:
    """So that the journal has something to show."""
    me, other, third, *_ = site.seats
    for caller, called, answered in ((other, me, False), (me, third, True), (third, me, True)):
        await caller.phone.dial(called.number)
        await called.phone.rings()
        if answered:
            await called.phone.answer()
            await caller.phone.talks_with(called.phone)
        await caller.phone.hang_up()
        await called.phone.idle()


async def a_gap(site: Site, pbx: SimulatedPbx) -> None:
    """So that the state of links has one to show: a power cut in mid-call."""
    me, other, *_ = site.seats
    await me.phone.dial(other.number)
    await other.phone.answer()
    await me.live.call(state="connected")
    await pbx.kill()
    await me.live.device(state="linkDown")
    await pbx.restart()
    await me.live.no_call()
    for seat in site.seats:
        await seat.live.device(number=seat.number, state="monitored")


async def main(wanted: list[str]) -> None:
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for server in ("site", "new"):
            (data / server).mkdir()
        async with (
            running_chromium() as browser,
            simulated_pbx() as pbx,
            running_site(pbx, data / "site") as site,
            running_tws(data / "new") as new,
        ):
            await named(site)
            await some_history(site)
            await a_gap(site, pbx)
            for name, play in scenes(browser, site, pbx.simulator, new, wanted):
                for language in ("fr", "en"):
                    for look in LOOKS:
                        if name == "caller-keypad" and look["width"] > NARROW:
                            continue
                        await take(name, play, language, look)
                        await site.clear()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))

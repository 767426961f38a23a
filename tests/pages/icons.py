"""Draws the icons of the installed page and of the browser extension from `favicon.svg`: `make
icons`, after it has changed.

A maskable icon is cut to any shape by the system: what counts stands within the circle of 40 % of
its size around the middle (W3C, Web Application Manifest, "purpose"), and its colour fills the
rest.
"""

import asyncio
from pathlib import Path

from playwright.async_api import Page

from tests.pages.opening import FRONTEND
from tests.peers.chromium import running_chromium

PUBLIC = FRONTEND / "public"
COLOUR = "#2756c7"
WITHIN = 0.66
"Of a maskable icon: the part that the drawing takes."
SIZES = (180, 192, 512)
"Pixels. 180: what iOS puts on its first screen."
EXTENSION, SMALL = FRONTEND.parent / "extension", (16, 32, 48, 128)


async def draw(page: Page, file: Path, size: int, part: float, ground: str) -> None:
    svg = (PUBLIC / "favicon.svg").read_text(encoding="utf-8")
    await page.set_viewport_size({"width": size, "height": size})
    middle = f"display:grid;place-items:center;height:{size}px;margin:0;background:{ground}"
    shape = f"<style>svg{{width:{size * part}px;height:{size * part}px}}</style>"
    await page.set_content(f'{shape}<body style="{middle}">{svg}</body>')
    await page.screenshot(path=file, omit_background=True)


async def main() -> None:
    async with running_chromium() as browser:
        page = await browser.new_page()
        for size in SIZES:
            await draw(page, PUBLIC / f"icons/{size}.png", size, 1, "transparent")
        for size in SMALL:
            await draw(page, EXTENSION / f"icons/{size}.png", size, 1, "transparent")
        await draw(page, PUBLIC / "icons/maskable.png", 512, WITHIN, COLOUR)


if __name__ == "__main__":
    asyncio.run(main())

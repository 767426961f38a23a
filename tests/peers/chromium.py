"""Chromium, for the tests of pages: this machine's, or Debian's installed where we may.

async with running_chromium() as browser:
    page = await browser.new_page(locale="fr-FR")

Its headless shell is the same engine without the desktop around it: a page costs less than half.
`desktop=True` is for what needs that desktop: notifications.
"""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache

from playwright.async_api import Browser, async_playwright

from tests.peers import PeerMissing
from tests.peers.debian import cache_folder
from tests.peers.locks import locked

DESKTOP = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"


@cache
def program() -> str:
    """The path of Chromium; installed from Debian first where it is missing and we are root.

    The headless shell comes along where Debian has it. Raises PeerMissing.
    """
    with locked(cache_folder() / "chromium.lock"):
        if found := _found(*DESKTOP):
            return found
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            raise PeerMissing(f"none of {', '.join(DESKTOP)} is installed")
        words = _apt_get("update")
        for packages in ((DESKTOP[0], SHELL), DESKTOP[:1]):
            words = _apt_get("-y", "install", *packages)
            if found := _found(*DESKTOP):
                return found
        raise PeerMissing(f"chromium could not be installed: {words}")


def _found(*names: str) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _apt_get(*arguments: str) -> str:
    """The last words of a failure."""
    done = subprocess.run(["apt-get", "-q", *arguments], capture_output=True, text=True)
    words = (done.stderr or done.stdout).strip().splitlines()
    return words[-1] if done.returncode and words else ""


def prepare() -> None:
    program()


@asynccontextmanager
async def running_chromium(
    *arguments: str, desktop: bool = False, env: Mapping[str, str] | None = None
) -> AsyncIterator[Browser]:
    """`env`: in place of this process's own."""
    path = program() if desktop else _found(SHELL) or program()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", *arguments], env=dict(env or os.environ)
        )
        try:
            yield browser
        finally:
            await browser.close()

"""Chromium, for the tests of pages: this machine's, or Debian's installed where we may.

async with running_chromium() as browser:
    page = await browser.new_page(locale="fr-FR")
"""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from playwright.async_api import Browser, async_playwright

from tests.peers import PeerMissing
from tests.peers.debian import cache_folder
from tests.peers.locks import locked

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"The first is the same engine without the windows around it: a page costs less than half."
PACKAGES = NAMES[:2]


@cache
def program() -> str:
    """Its path; installed from Debian first where it is missing and we are root. PeerMissing."""
    with locked(cache_folder() / "chromium.lock"):
        return next(filter(None, map(shutil.which, NAMES)), None) or _installed()


def _installed() -> str:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise PeerMissing(f"none of {', '.join(NAMES)} is installed")
    words = _apt_get("update")
    for package in PACKAGES:
        words = _apt_get("-y", "install", package)
        if found := shutil.which(package):
            return found
    raise PeerMissing(f"chromium could not be installed: {words}")


def _apt_get(*arguments: str) -> str:
    """Its last line."""
    done = subprocess.run(["apt-get", "-q", *arguments], capture_output=True, text=True)
    return "".join((done.stderr or done.stdout).strip().splitlines()[-1:])


def prepare() -> None:
    program()


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program(), args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            await browser.close()

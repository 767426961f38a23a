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

NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def program() -> str:
    """Its path; installed from Debian first where it is missing and we are root. PeerMissing."""
    with locked(cache_folder() / "chromium.lock"):
        return next(filter(None, map(shutil.which, NAMES)), None) or _installed()


def _installed() -> str:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise PeerMissing(f"none of {', '.join(NAMES)} is installed")
    for command in (["apt-get", "-q", "update"], ["apt-get", "-q", "-y", "install", NAMES[0]]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            words = (done.stderr or done.stdout).strip().splitlines()
            raise PeerMissing(f"chromium could not be installed: {words[-1] if words else '?'}")
    return shutil.which(NAMES[0]) or NAMES[0]


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

"""The page as a program of the computer: installed, opened by links of other pages, never old."""

import json
import shutil
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import STATIC, caller, opened
from tests.plain import PLAIN
from tests.web.house import served
from tws.web.pages import Pages

pytestmark = pytest.mark.asyncio(loop_scope="session")
OFFERED = """
window.asked = 0;
addEventListener("load", () => {
  const offer = new Event("beforeinstallprompt", {cancelable: true});
  offer.prompt = async () => { window.asked += 1; return {outcome: "accepted"}; };
  dispatchEvent(offer);
});
"""
"What Chromium says of a page that it would install; its own question cannot be seen by a test."
READY = "navigator.serviceWorker.ready.then(found => found.active.state)"


def size(png: bytes) -> tuple[int, int]:
    """Pixels, as the file itself says (PNG, 11.2.1)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_manifest_names_what_is_there(simulated: Site, language: str) -> None:
    async with httpx.AsyncClient(base_url=simulated.tws.base, verify=PLAIN) as client:
        answer = await client.get(f"/manifest.{language}.webmanifest")
        assert answer.headers["content-type"] == "application/manifest+json"
        assert answer.headers["cache-control"] == "no-cache"
        manifest = answer.json()
        assert (manifest["lang"], manifest["id"]) == (language, "/")
        for icon in manifest["icons"]:
            image = await client.get(icon["src"])
            assert image.headers["content-type"] == icon["type"]
            if icon["type"] == "image/png":
                assert "{}x{}".format(*size(image.content)) == icon["sizes"]
        worker = await client.get("/sw.js")
        assert worker.headers["cache-control"] == "no-cache"
        assert "fetch" not in [one.strip("`\"'") for one in worker.text.split("addEventListener(")]


async def test_chromium_finds_nothing_that_hinders_an_installation(
    browser: Browser, simulated: Site
) -> None:
    """By its own words, of the manifest and of the worker."""
    me = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, me) as window:
        control = await window.context.new_cdp_session(window.page)
        assert await window.evaluate(READY) in ("activated", "activating")
        read: dict[str, Any] = await control.send("Page.getAppManifest")
        assert read["url"].endswith("/manifest.en.webmanifest") and not read["errors"]
        handlers = json.loads(read["data"])["protocol_handlers"]
        assert [one["protocol"] for one in handlers] == ["tel", "sip"]
        found: dict[str, Any] = await control.send("Page.getInstallabilityErrors")
        # Its window of tests is a private one, in which nothing is installed.
        assert {one["errorId"] for one in found["installabilityErrors"]} <= {"in-incognito"}


async def test_it_is_installed_from_the_preferences(browser: Browser, simulated: Site) -> None:
    me = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, me, script=OFFERED) as page:
        shown = await page.preferences()
        await page.click("Install TWS", shown)
        assert await page.evaluate("window.asked") == 1
        # An offer is good for once.
        await expect(page.button("Install TWS", shown)).to_have_count(0)


async def test_a_link_of_a_page_makes_a_call_ready(browser: Browser, simulated: Site) -> None:
    me, other, *_ = simulated.seats
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        link = f"tel:{other.number};phone-context=ssdei.example"
        await page.go("/?call=" + quote(link, safe=""))
        await expect(page.search).to_have_value(other.number)
        await expect(page.suggestion).to_contain_text(other.number)
        # It is said by no address any more, so that loading anew asks for nothing.
        assert await page.evaluate("location.href") == simulated.tws.base + "/"
        await page.ready()
        await expect(page.calls).to_have_count(0)
        await page.suggestion.click()
        await other.phone.rings()
        await page.click("Hang up", page.calls)
        await me.phone.idle()

        # In the page that is open, without loading it anew.
        await page.evaluate("window.stays = true; location.hash = '#call=callto:0155171889'")
        await expect(page.search).to_have_value("0155171889")
        assert await page.evaluate("[window.stays, location.hash]") == [True, ""]
        await page.page.reload()
        await page.ready()
        await expect(page.search).to_have_value("")


async def test_what_a_link_asks_for_outlives_signing_in(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    async with opened(browser, simulated.tws.base) as window:
        await window.sign_in(f"user{me.number}", path="/?call=tel%3A%2B33155171889")
        await expect(window.page.get_by_role("combobox").first).to_have_value("+33155171889")


@asynccontextmanager
async def served_from(folder: Path) -> AsyncIterator[str]:
    """The files alone: the pages stand before a server that is away."""
    app = FastAPI()
    app.router.default = Pages(folder)
    async with served(app) as url:
        yield url


async def test_no_page_is_older_than_its_server(browser: Browser, tmp_path: Path) -> None:
    """An upgrade puts other files there: the next page is the new one, and so is the worker."""
    folder = tmp_path / "static"
    shutil.copytree(STATIC, folder)
    async with served_from(folder) as url, opened(browser, url) as window:
        await window.go()
        await window.evaluate("navigator.serviceWorker.register('/sw.js')")
        assert await window.evaluate(READY) in ("activated", "activating")
        page, worker = folder / "index.html", folder / "sw.js"
        page.write_text(page.read_text("utf-8").replace("<body>", "<body data-new>"), "utf-8")
        worker.write_text(worker.read_text("utf-8") + "\nself.isNew = true;\n", "utf-8")
        await window.evaluate(
            """navigator.serviceWorker.getRegistration().then(found => new Promise(done => {
                navigator.serviceWorker.addEventListener('controllerchange', done);
                found.update();
            }))"""
        )
        await window.page.reload()
        await expect(window.page.locator("body[data-new]")).to_be_attached()
        assert await window.evaluate("caches.keys()") == []

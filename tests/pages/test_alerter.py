"""The Alerter in a browser: its windows in the Caller, and where templates are written."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import gethostname

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.desktop.helping import Helper, arguments, recorder
from tests.end_to_end.site import Site
from tests.pages.administration import to
from tests.pages.customers import IMPORTANT, with_customers
from tests.pages.opening import Caller, administration, caller
from tests.pages.parameters import meanwhile
from tests.pages.test_preferences import choose, chosen
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME = "Claire Vasseur"
STRANGER = "0655443322"
WHOLE = """<alerter vip="true">
  <text x="10" y="20">[-DisplayName-] &lt;b&gt;</text>
  <text x="10" y="50" directory="none">Nobody knows [-PhoneNumber-]</text>
  <text x="10" y="50" directory="buyers">A customer</text>
  <image x="200" y="20">{picture}</image>
  <button x="10" y="80" url="https://crm.example/?q=[-DisplayName-]">Customer card</button>
  <button x="10" y="120" exe="c:\\crm.exe">Only a program</button>
</alerter>"""
PICTURE = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='30'>"
    b"<rect width='30' height='30' fill='red'/></svg>"
)


class Elsewhere:
    """Somebody else's server, with one picture that is a page as well; what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        kind = b"text/html" if "/page" in self.asked[-1] else b"image/svg+xml"
        body = b"<h1>Their page</h1>" if kind == b"text/html" else PICTURE
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
        writer.write(head % (kind, len(body)) + body)
        await writer.drain()
        writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def elsewhere() -> AsyncIterator[Elsewhere]:
    known = Elsewhere()
    async with await asyncio.start_server(known.answer, "127.0.0.1", 0) as server:
        known.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield known


@asynccontextmanager
async def with_alerter(
    site: Site, template: str = "", **parameters: object
) -> AsyncIterator[None]:
    """The first person has the Alerter meanwhile, with these parameters and this template."""
    user = next(
        row
        for row in await site.admin.get("/admin/users")
        if row["username"] == f"user{site.seats[0].number}"
    )
    grant = {"kind": "application", "objectKind": "application", "object": "TWS Alerter"}
    made = await site.admin.post("/admin/grants", **grant, granteeKind="user", grantee=user["id"])
    try:
        async with meanwhile(site, **parameters):
            if template:
                await stored(site, template)
            yield
    finally:
        await site.admin.request("DELETE", f"/admin/grants/{made['id']}?version=1")
        if template:
            gone = f"/admin/files?company={site.company}&name=pop.xml"
            await site.admin.request("DELETE", gone)


@asynccontextmanager
async def alerted(
    browser: Browser,
    site: Site,
    template: str = "",
    when: str = "ringing",
    /,
    **parameters: object,
) -> AsyncIterator[tuple[Caller, Locator]]:
    """The Caller of that person, who wants to be shown it then; its windows."""
    await with_customers(site)
    async with (
        chosen(site.seats[0], screenPop=when),
        with_alerter(site, template, **parameters),
        caller(browser, site.tws.base, f"user{site.seats[0].number}") as page,
    ):
        yield page, page.page.locator("section[aria-label^='Alerter:']")


async def stored(site: Site, text: str) -> None:
    where = f"/admin/alerter/template?company={site.company}&name=pop.xml"
    await site.admin.request("PUT", where, {"text": text})


async def test_a_template_with_everything(
    browser: Browser, simulated: Site, simulator: Simulator, elsewhere: Elsewhere
) -> None:
    template = WHOLE.format(picture=f"{elsewhere.url}/logo.svg")
    settings = {"AlerterXml": "pop.xml", "AlerterWidth": 360, "AlerterHeight": 200}
    programs = {"AlerterPrograms": "c:\\crm.exe"}
    async with alerted(browser, simulated, template, **settings, **programs) as (page, windows):
        me = simulated.seats[0]
        await simulator.call_from_outside(IMPORTANT, me.number)
        shown = windows.get_by_role("region", name=f"Card: {NAME}")
        await expect(shown).to_be_visible()
        await expect(shown.get_by_text(f"{NAME} <b>", exact=True)).to_be_visible()
        await expect(shown.get_by_text("A customer", exact=True)).to_be_visible()
        await expect(shown.get_by_text("Nobody knows")).to_have_count(0)
        link = shown.get_by_role("link", name="Customer card")
        await expect(link).to_have_attribute("href", "https://crm.example/?q=Claire%20Vasseur")
        await expect(link).to_have_attribute("rel", "noopener noreferrer")
        await expect(shown.get_by_text("Only a program")).to_have_count(0)
        box = await shown.bounding_box()
        assert box is not None and (box["width"], box["height"]) == (360, 200)
        picture = shown.frame_locator("iframe").locator("img")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("each => each.naturalWidth") == 30
        assert all("referer" not in one.lower() for one in elsewhere.asked)
        # The window of somebody important is coloured, and the text on it can be read.
        await expect(windows).to_have_attribute("data-vip", "true")
        await expect(windows).to_have_css("background-color", "rgb(255, 224, 138)")
        await expect(windows).to_have_css("color", "rgb(0, 0, 0)")
        # On a telephone the buttons of the call are not behind it.
        await page.page.set_viewport_size({"width": 360, "height": 740})
        await page.button("Reject", page.ringing).click(trial=True)
        await page.page.set_viewport_size({"width": 1400, "height": 900})
        await page.click("Answer", windows)
        await expect(page.button("Answer", windows)).to_have_count(0)
        await expect(shown).to_be_visible()
        # It is the card of the call: the contact's own has not opened beside it, but can be.
        await expect(page.card.get_by_role("article")).to_have_count(0)
        await page.click(NAME, page.calls)
        await expect(page.card.get_by_role("heading", name=NAME)).to_be_visible()
        await page.click("Hang up", page.calls)
        await expect(windows).to_have_count(0)
        await simulator.call_from_outside(STRANGER, me.number)
        await page.sees("Nobody knows 06 55 44 33 22", windows)
        await expect(windows).not_to_have_attribute("data-vip", "true")
        await page.click("Close the card", windows)
        await expect(windows).to_have_count(0)
        await page.click("Show the card", page.ringing)
        await expect(windows).to_have_count(1)
        await page.click("Reject", page.ringing)
        await expect(windows).to_have_count(0)


async def test_a_button_starts_a_program_by_the_helper_of_the_desk(
    browser: Browser, simulated: Site, simulator: Simulator, tmp_path: Path
) -> None:
    program, told = recorder(tmp_path)
    template = f'<alerter><button exe="{program} [-DisplayName-]">Open it</button></alerter>'
    settings = {"AlerterXml": "pop.xml", "AlerterPrograms": str(program)}
    async with alerted(browser, simulated, template, **settings) as (page, windows):
        prefs = await page.preferences()
        desk = prefs.get_by_role("region", name="Desk helper")
        await page.sees("None is connected.", desk)
        await page.click("Connect a computer", desk)
        boxes = [desk.get_by_role("textbox", name=name) for name in ("In the folder", "Paste")]
        command, key = [await box.input_value() for box in boxes]
        assert command == f"python3 tws-helper.pyz connect {simulated.tws.base}"
        async with page.page.expect_download() as waiting:
            await desk.get_by_role("link", name="tws-helper.pyz").click()
        helper = Helper(tmp_path / "computer", start=(str(await (await waiting.value).path()),))
        await helper.connect(simulated.tws.base, key)
        await helper.does("allow", "--yes")
        await page.click("I have it", desk)
        await simulator.call_from_outside(IMPORTANT, simulated.seats[0].number)
        button = windows.get_by_role("button", name="Open it")
        await expect(windows).to_have_count(1)
        await expect(button).to_have_count(0)
        async with helper.running():
            await page.sees(f"Connected: {gethostname()}.", desk)
            await button.click()
            assert await arguments(told) == [NAME]
            await page.sees(f"Started on {gethostname()}.", windows)
            (tmp_path / "computer" / "programs.json").unlink()
            await button.click()
            await page.sees("this program is not accepted on", windows)
        await expect(button).to_have_count(0)
        await page.click("Reject", page.ringing)
        me = simulated.seats[0].api
        for one in await me.get("/api-keys"):
            await me.request("DELETE", f"/api-keys/{one['id']}")


async def test_a_page_of_another_program(
    browser: Browser, simulated: Site, simulator: Simulator, elsewhere: Elsewhere
) -> None:
    url = f"{elsewhere.url}/page?q=[-DisplayName-]"
    async with alerted(browser, simulated, AlerterMode="URL", AlerterUrl=url) as (page, windows):
        await simulator.call_from_outside(IMPORTANT, simulated.seats[0].number)
        theirs = windows.frame_locator("iframe").frame_locator("iframe")
        await expect(theirs.get_by_role("heading", name="Their page")).to_be_visible()
        assert elsewhere.asked[0].startswith("GET /page?q=Claire%20Vasseur ")
        await expect(windows.get_by_role("link", name="Open in a tab")).to_be_visible()
        await page.click("Reject", page.ringing)
        await expect(windows).to_have_count(0)


async def test_a_template_is_written_with_what_it_shows(browser: Browser, simulated: Site) -> None:
    await stored(simulated, "<alerter><text>[-DisplayName-]</text></alerter>")
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Alerter")
        page = window.page
        preview = page.get_by_role("region", name="Preview").first
        await window.sees("Paul Martin", preview)
        await page.get_by_label("DisplayName", exact=True).fill("<i>Eve</i>")
        await window.sees("<i>Eve</i>", preview)
        text = page.get_by_role("textbox", name="The template's XML")
        await text.fill(
            '<alerter>\n<button url="javascript:alert(1)">x</button>\n'
            "<text>[-Nope-]</text></alerter>"
        )
        await window.sees("Line 2, column 1: url is no address that begins with one of")
        await window.sees("Nothing is known of [-Nope-]")
        await expect(window.button("Save")).to_be_disabled()
        await text.fill('<alerter><button exe="c:\\crm.exe [-Id-]">Open</button></alerter>')
        await window.sees("No button may start c:\\crm.exe yet")
        await window.click("Save")
        await window.sees("c:\\crm.exe is no program that AlerterPrograms lets buttons start.")
        await text.fill("<alerter>\n</alerter>")
        await text.press("Control+End")
        await window.click("Button")
        await page.get_by_label("Insert a field…").select_option("CompanyName")
        await expect(text).to_have_value(
            '<alerter>\n  <button x="12" y="12" url="https://www.company.example/'
            '?q=[-PhoneNumber-]">…</button>\n[-CompanyName-]</alerter>'
        )
        await window.sees("Text stands in <text>, <image> or <button> only.")
        await text.fill('<alerter><text x="5">[-CompanyName-]</text></alerter>')
        await window.sees("SSDEI", preview)
        await window.click("Save")
        await window.sees("Saved.")
    query = {"company": simulated.company, "name": "pop.xml"}
    kept = await simulated.admin.get("/admin/alerter/template", **query)
    assert "CompanyName" in kept["text"]


async def test_it_comes_when_the_user_wants_it_and_never_where_he_does_not(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    template = "<alerter><text>[-DisplayName-]</text></alerter>"
    async with alerted(browser, simulated, template, "never", AlerterXml="pop.xml") as (
        page,
        windows,
    ):

        async def rings() -> None:
            await simulator.call_from_outside(IMPORTANT, me.number)
            await expect(page.button("Show the card", page.ringing)).to_be_visible()
            await expect(page.ringing.get_by_text(NAME, exact=True)).to_be_visible()
            await expect(windows).to_have_count(0)

        await rings()
        await page.answer()
        row = page.call(NAME)
        await expect(row).to_contain_text("Connected")
        await expect(windows).to_have_count(0)
        # Once it is wanted it is there: so nothing but the choice had kept it away.
        await choose(me, screenPop="answered")
        await expect(windows).to_have_count(1)
        await page.click("Hang up", page.calls)
        await expect(page.calls).to_have_count(0)
        await rings()
        await page.answer()
        await expect(windows).to_have_count(1)
        await page.click("Hang up", page.calls)
        await expect(windows).to_have_count(0)
        await choose(me, screenPop="ringing")
        await simulator.call_from_outside(IMPORTANT, me.number)
        await expect(windows).to_have_count(1)
        await expect(page.ringing).to_be_visible()
        await page.click("Reject", page.ringing)

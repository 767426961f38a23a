"""The pages in a real browser, as people open them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.running import ADMINISTRATOR, DEADLINE, PASSWORD

FRONTEND = Path(__file__).parents[2] / "frontend"
STATIC = Path(__file__).parents[2] / "src/tws/web/static"
AXE = FRONTEND / "node_modules/axe-core/axe.min.js"
SPEAK = """locale => {
    Object.defineProperty(navigator, 'languages', {value: [locale], configurable: true});
    window.dispatchEvent(new Event('languagechange'));
}"""
Scheme = Literal["light", "dark"]
EXPECTED = ("Failed to load resource", "WebSocket", "when fetching the script")
"Of a server that refuses or is away; the last is of the worker, which is looked for again later."

expect.set_options(timeout=DEADLINE * 1000)


class Opened:
    """One browser window; `complaints` is what its console said was wrong."""

    def __init__(self, context: BrowserContext, page: Page, base: str) -> None:
        self.context, self.page, self.base = context, page, base
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        page.set_default_timeout(DEADLINE * 1000)

    def _hear(self, message: ConsoleMessage) -> None:
        # A refusal is an answer like any other; the browser calls it a failed load.
        expected = any(words in message.text for words in EXPECTED)
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    async def go(self, path: str = "/") -> None:
        await self.page.goto(self.base + path)

    async def sign_in(self, username: str, password: str = PASSWORD, path: str = "/") -> None:
        await self.go(path)
        await self.page.locator("input[name=username]").fill(username)
        await self.page.locator("input[name=password]").fill(password)
        await self.page.keyboard.press("Enter")

    async def speak(self, locale: str) -> None:
        """The browser is set to another language while the page is open."""
        await self.page.evaluate(SPEAK, locale)
        await expect(self.page.locator("html")).to_have_attribute("lang", locale[:2])

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        await self.page.keyboard.type(text)

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    async def click(self, name: str, within: Locator | None = None) -> None:
        await self.button(name, within).click()

    async def sees(self, text: str, within: Locator | None = None) -> None:
        await expect((within or self.page).get_by_text(text).first).to_be_visible()

    async def preferences(self, part: str | None = None, words: str = "Preferences") -> Locator:
        """The preferences of the Caller, at the menu of that name; `words`: what they are called
        in the page's language."""
        await self.page.locator("header button[aria-haspopup=dialog]").last.click()
        sheet = self.page.get_by_role("dialog")
        await self.click(words, sheet)
        # It fades: what is still seen of it would be judged with the page.
        await expect(sheet).to_have_count(0)
        found = self.page.get_by_role("region", name=words)
        await expect(found).to_be_visible()
        if part is not None:
            await found.get_by_role("tab", name=part).click()
        return found

    async def evaluate(self, script: str) -> Any:
        return await self.page.evaluate(script)


@asynccontextmanager
async def opened(
    browser: Browser,
    base: str,
    *,
    locale: str = "en-GB",
    width: int = 1400,
    height: int = 900,
    scheme: Scheme = "light",
    script: str | None = None,
    zone: str | None = None,
) -> AsyncIterator[Opened]:
    """A window of its own, with nobody signed in; what its console complains of fails the test.

    `script` runs before the page's own.
    """
    context = await browser.new_context(
        locale=locale,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        timezone_id=zone,
    )
    if script is not None:
        await context.add_init_script(script)
    window = Opened(context, await context.new_page(), base)
    try:
        yield window
    finally:
        await context.close()
    assert not window.complaints, window.complaints


class Caller(Opened):
    """The Caller, by the words on it (in English)."""

    @property
    def search(self) -> Locator:
        return self.page.get_by_role("combobox", name="Search or dial")

    @property
    def calls(self) -> Locator:
        return self.page.get_by_role("region", name="Calls").get_by_role("article")

    @property
    def journal(self) -> Locator:
        return self.page.get_by_role("region", name="Journal")

    @property
    def people(self) -> Locator:
        return self.page.get_by_role("region", name="Directory")

    @property
    def card(self) -> Locator:
        return self.page.get_by_role("region", name="Card", exact=True)

    @property
    def suggestion(self) -> Locator:
        """The first line under a box where one types whom to call."""
        return self.page.locator("[role=option]").first

    async def pick(self, text: str) -> None:
        """Type into the box that has the keyboard, and take the first suggestion."""
        await self.type(text)
        await expect(self.suggestion).to_contain_text(text, ignore_case=True)
        await self.press("Enter")

    def calls_text(self, text: str) -> Locator:
        """A state said on the row of a call, in whichever language."""
        return self.page.locator("main article").filter(has_text=text).first

    def call(self, text: str) -> Locator:
        return self.calls.filter(has_text=text)

    async def ready(self) -> None:
        """Signed in, the live stream heard, the telephone free."""
        await expect(self.page.get_by_role("img", name="Free").first).to_be_visible()

    async def dial(self, text: str) -> None:
        await self.search.fill(text)
        await expect(self.suggestion).to_be_visible()
        await self.press("Enter")

    @property
    def ringing(self) -> Locator:
        return self.page.get_by_role("article", name="Incoming call")

    async def answer(self) -> None:
        """With the space bar, once it rings."""
        await expect(self.ringing).to_be_visible()
        await self.press("Space")

    async def open_device(self) -> Locator:
        await self.page.locator("header button[aria-haspopup=dialog]").last.click()
        sheet = self.page.get_by_role("dialog")
        await expect(sheet).to_be_visible()
        return sheet


@asynccontextmanager
async def caller(browser: Browser, base: str, username: str, **more: Any) -> AsyncIterator[Caller]:
    """The Caller of a user, signed in and ready (in English unless told otherwise)."""
    async with opened(browser, base, **more) as window:
        page = Caller(window.context, window.page, base)
        page.complaints = window.complaints
        await page.sign_in(username)
        if more.get("locale", "en-GB").startswith("en"):
            await page.ready()
        yield page


@asynccontextmanager
async def administration(browser: Browser, base: str, **more: Any) -> AsyncIterator[Opened]:
    """Administration, signed in (in English unless told otherwise)."""
    async with opened(browser, base, **more) as window:
        await window.sign_in(ADMINISTRATOR, path="/admin")
        await expect(window.page.locator("header h1")).to_be_visible()
        yield window

"""What hands do on the pages of the administration: go to one, fill in its form, save."""

from playwright.async_api import Locator, expect

from tests.pages.opening import Opened


async def to(window: Opened, page: str) -> None:
    await window.click(page, window.page.get_by_role("navigation"))
    await expect(window.page.get_by_role("heading", name=page, exact=True)).to_be_visible()


def form(window: Opened) -> Locator:
    return window.page.get_by_role("form")


async def choose(window: Opened, label: str, option: str) -> None:
    """From a list that is opened by its field."""
    await form(window).get_by_role("combobox", name=label, exact=True).click()
    await window.page.get_by_role("option", name=option, exact=True).click()


async def save(window: Opened) -> None:
    await window.click("Save", form(window))
    # While it saves the button is disabled too.
    await expect(
        form(window).locator("[type=submit]:disabled:not([data-loading])")
    ).to_be_visible()

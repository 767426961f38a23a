"""What an administrator forbids goes from an open page at once, and comes back with the right."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.scenes import consulting
from tests.end_to_end.site import Site
from tests.pages.opening import Caller, caller
from tests.pages.parameters import meanwhile
from tests.pages.test_rules import rules

pytestmark = pytest.mark.asyncio(loop_scope="session")
Play = Callable[[Caller, Site, AsyncExitStack], Awaitable[Locator]]
"""Opens what has the controls, which are its result; the stack removes what was made for them."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def window(browser: Browser, simulated_site: Site) -> AsyncIterator[Caller]:
    """One page for all: each test loads it anew."""
    user = f"user{simulated_site.seats[0].number}"
    async with caller(browser, simulated_site.tws.base, user) as page:
        yield page


@asynccontextmanager
async def kept(site: Site, rows: str, **fields: Any) -> AsyncIterator[dict[str, Any]]:
    api = site.seats[0].api
    made = await api.post(f"/{rows}", **fields)
    try:
        yield made
    finally:
        await api.request("DELETE", f"/{rows}/{made['id']}?version={made['version']}")


async def notes(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    """Of the journal, of a card, and one that is being changed."""
    contact = await stack.enter_async_context(
        kept(site, "contacts", private=True, lastName="Corbin")
    )
    await stack.enter_async_context(kept(site, "notes", text="Later", contact=contact["id"]))
    await page.page.reload()
    await page.people.get_by_role("button", name="Corbin").first.click()
    changed = page.button("Change the note", page.card)
    await expect(changed).to_be_visible()
    line = page.journal.get_by_role("listitem").filter(has_text="Later")
    await page.click("Change the note", line)
    field = page.page.get_by_role("textbox", name="Write a note")
    await expect(field).to_have_count(3)
    return field.or_(changed)


async def public_lists(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    await stack.enter_async_context(kept(site, "contact-lists", name="Workshop"))
    await page.click("My lists")
    return page.page.get_by_role("dialog").get_by_label("Colleagues see it")


async def own_words(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    own = (await page.open_device()).get_by_role("form", name="My presence")
    return own.get_by_label("Message to your colleagues").or_(page.button("Say so", own))


async def conference(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    held, active = await consulting(*site.seats[:3])
    await site.seats[0].do("conferenceCall", held=held, active=active)
    return page.button("Messages", page.calls)


async def telephone(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    """What is forwarded by it."""
    return (await page.open_device()).get_by_role(
        "heading", name="The telephone’s own forwardings"
    )


async def rule(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    """One that there is, and stays, and the way to another."""
    there = {"type": "immediate", "destination": site.seats[1].number, "active": False}
    await stack.enter_async_context(kept(site, "forwarding-rules", **there))
    part = rules(await page.open_device())
    return part.get_by_role("button", name=re.compile("^(Add a|Move the) rule"))


async def begun_rule(page: Caller, site: Site, stack: AsyncExitStack) -> Locator:
    controls = await rule(page, site, stack)
    await controls.filter(has_text="Add").click()
    save = page.button("Save", page.page.get_by_role("dialog"))
    await expect(save).to_be_visible()
    return controls.or_(save)


@pytest.mark.parametrize(
    ("parameter", "play"),
    [
        ("AuthorizeNote", notes),
        ("AuthorizePublicList", public_lists),
        ("AuthorizedCustomMessagePresences", own_words),
        ("AuthorizedMultiChat", conference),
        ("DisplaySimpleRules", telephone),
        ("AuthorizeSimpleRules", rule),
        ("AuthorizeSimpleRules", begun_rule),
    ],
)
async def test_a_control_goes_at_once_and_comes_back(
    window: Caller, simulated: Site, parameter: str, play: Play
) -> None:
    await window.page.reload()
    await window.ready()
    async with AsyncExitStack() as stack:
        controls = await play(window, simulated, stack)
        await expect(controls.first).to_be_visible()
        shown = await controls.count()
        async with meanwhile(simulated, **{parameter: False}):
            await expect(controls).to_have_count(0)
        await expect(controls).to_have_count(shown)


async def test_where_a_contact_is_kept_is_what_one_may(window: Caller, simulated: Site) -> None:
    await window.page.reload()
    page, api = window, simulated.seats[0].api
    await page.click("New contact", page.people)
    private = page.card.get_by_role("radio", name="Private")
    await expect(private).to_be_checked()
    async with meanwhile(simulated, AuthorizeContactFavorite=False):
        await expect(private).to_have_count(0)
        await page.sees("You may write down no private contact any more.", page.card)
        await page.sees("The whole company will see it.", page.card)
        await page.click("Cancel", page.card)
        await page.click("My lists")
        dialog = page.page.get_by_role("dialog")
        await expect(page.button("Export (vCard)", dialog)).to_be_visible()
        await expect(page.button("Import vCards…", dialog)).to_have_count(0)
        await page.click("Close", dialog)
        await page.click("New contact", page.people)
        await expect(page.card.get_by_role("status")).to_have_text("")
        await page.card.get_by_label("Last name").fill("Corbin")
        await page.click("Save", page.card)
        await expect(page.card.get_by_role("heading", name="Corbin")).to_be_visible()
        (made,) = await api.get("/contacts", lastName="Corbin")
        assert made["source"] == "public"
    await api.request("DELETE", f"/contacts/{made['id']}?version={made['version']}")
    await page.click("New contact", page.people)
    await expect(private).to_be_checked()

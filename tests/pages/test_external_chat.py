"""Somebody writes to people outside, in a browser, by a real XMPP server."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.pages.opening import Caller, caller
from tests.pages.test_chat import conversation, unread, write
from tests.pages.test_erasure import assert_well_made
from tests.peers.prosody import Prosody
from tests.peers.xmpp_client import CLIENT
from tests.running import PASSWORD
from tests.web.house import furnish
from tests.web.outside import PASSWORD as OURS
from tests.web.outside import RECEIPTS, STATES, Scene, numbers, scene
from tws.organisation.actor import SYSTEM

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def there(tmp_path: Path, prosody: Prosody, trust: ssl.SSLContext) -> AsyncIterator[Scene]:
    """Whose Alice may write to people outside."""
    database = tmp_path / "tws.db"
    await furnish(database)
    async with scene(database, prosody, trust, next(numbers)) as found:
        house = found.house
        await house.rooms.access.passwords.set_password(SYSTEM, house.users["alice"].id, PASSWORD)
        await house.parameter("AuthorizedExternalChat", True, "alice")
        for link in house.links:
            house.connect(link)
        yield found


async def account(page: Caller, there: Scene, password: str) -> None:
    form = page.page.get_by_role("form", name="Chat with people outside (XMPP)")
    await form.get_by_label("XMPP address").fill(there.own)
    await form.get_by_label("Password", exact=False).first.fill(password)
    await form.get_by_label("Server, where").fill("127.0.0.1")
    await form.get_by_label("Port").fill(str(there.server.port))
    await page.click("Save", form)


async def test_somebody_writes_to_people_outside(browser: Browser, there: Scene) -> None:
    house = there.house
    async with caller(browser, house.url, "alice") as page, there.outside() as friend:
        await (await page.preferences("Contact")).wait_for()
        part = page.page.get_by_role("region", name="Chat with people outside (XMPP)")
        await page.click("Add my account", part)
        await account(page, there, "wrong0word")
        await expect(part.get_by_role("status")).to_contain_text("has to be mended")
        await expect(part).to_contain_text("refuses the address or the password")
        await page.click(there.own, part)
        await account(page, there, OURS)
        await expect(part.get_by_role("status")).to_have_text("Connected")
        # Nobody is let in unasked.
        friend.present(there.own, "subscribe")
        await expect(part).to_contain_text(f"{friend.own} asks to see your state.")
        await assert_well_made(page)
        await page.click("Accept", part)
        await friend.heard(lambda one: one.kind == "subscribed")
        friend.present(there.own, "subscribed")
        await expect(part.get_by_role("img", name="Available")).to_be_visible()
        await part.get_by_role("button", name=f"Available {friend.own}").click()
        card = page.card
        await expect(conversation(page).locator("input[type=file]")).to_have_count(0)
        await write(page, "Lunch? <b>12:30</b>")
        taken = await friend.heard(lambda one: one.text == "Lunch? <b>12:30</b>")
        await expect(conversation(page)).to_contain_text("Sent")
        friend.sign(there.own, f"{{{RECEIPTS}}}received", taken.id)
        await expect(conversation(page)).to_contain_text("Delivered")
        friend.write(there.own, None, composing=STATES)
        await expect(conversation(page)).to_contain_text("is writing…")
        friend.write(there.own, "<i>Gladly</i>")
        await expect(conversation(page)).to_contain_text("<i>Gladly</i>")
        await assert_well_made(page)
        await page.click("Close the card", card)
        friend.write(there.own, "Are you there?")
        await expect(unread(page, 1)).to_be_visible()
        await unread(page, 1).click()
        dialog = page.page.get_by_role("dialog")
        await expect(dialog.get_by_role("region", name="External contacts")).to_be_visible()
        await dialog.get_by_role("button", name="Are you there?").click()
        await expect(unread(page, 0)).to_be_visible()
        # Without the right there is nothing of it any more.
        await house.parameter("AuthorizedExternalChat", False, "alice")
        await expect(conversation(page)).to_have_count(0)
        await expect(page.card).to_contain_text("not there any more")
    assert taken.xml.tag == f"{CLIENT}message"

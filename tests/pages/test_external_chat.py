"""Somebody writes to people outside, in a browser, by a real XMPP server."""

import os
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.pages.opening import Caller, caller
from tests.pages.test_chat import conversation, unread, write
from tests.pages.test_erasure import assert_well_made
from tests.peers import require_peer
from tests.peers.prosody import CERTIFICATE, DOMAIN, Prosody, running_prosody
from tests.peers.xmpp_client import CLIENT, xmpp_client
from tests.running import PASSWORD
from tests.web.house import PAPER, House, _furnish, open_rooms, serving
from tests.web.test_presence import set_parameter
from tws.connectors.xmpp.line import XmppLine
from tws.organisation.actor import SYSTEM

pytestmark = pytest.mark.asyncio(loop_scope="session")
OURS, THEIRS = "sesame0inside", "sesame0outside"
RECEIPTS = "{urn:xmpp:receipts}received"


@pytest_asyncio.fixture(loop_scope="session")
async def outside(tmp_path: Path) -> AsyncIterator[tuple[House, Prosody]]:
    """A house whose Alice may write to people outside, and the server of both."""
    require_peer("prosody")
    (tmp_path / "prosody").mkdir()
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    dial = partial(XmppLine, context=context, loopback=True)
    windows = replace(PAPER, external_chat=dial)
    with running_prosody(tmp_path / "prosody", {"inside": OURS, "outside": THEIRS}) as server:
        async with open_rooms(tmp_path / "tws.db", outside=windows) as opened:
            await _furnish(opened[0])
            async with serving(*opened) as house:
                user = house.users["alice"].id
                await house.rooms.access.passwords.set_password(SYSTEM, user, PASSWORD)
                await set_parameter(house, "AuthorizedExternalChat", True, "alice")
                for link in ("Paris", "Nice", "Berlin"):
                    house.connect(link)
                yield house, server


async def account(page: Caller, server: Prosody, password: str) -> None:
    form = page.page.get_by_role("form", name="Chat with people outside (XMPP)")
    await form.get_by_label("XMPP address").fill(f"inside@{DOMAIN}")
    await form.get_by_label("Password", exact=False).first.fill(password)
    await form.get_by_label("Server, where").fill("127.0.0.1")
    await form.get_by_label("Port").fill(str(server.port))
    await page.click("Save", form)


async def test_somebody_writes_to_people_outside(
    browser: Browser, outside: tuple[House, Prosody]
) -> None:
    house, server = outside
    async with (
        caller(browser, house.url, "alice") as page,
        xmpp_client("outside", THEIRS, server.port) as friend,
    ):
        await (await page.preferences("Contact")).wait_for()
        part = page.page.get_by_role("region", name="Chat with people outside (XMPP)")
        await page.click("Add my account", part)
        await account(page, server, "wrong0word")
        await expect(part.get_by_role("status")).to_contain_text("has to be mended")
        await expect(part).to_contain_text("refuses the address or the password")
        await shot(page, "refused")
        await page.click(f"inside@{DOMAIN}", part)
        await account(page, server, OURS)
        await expect(part.get_by_role("status")).to_have_text("Connected")
        # Nobody is let in unasked.
        friend.present(f"inside@{DOMAIN}", "subscribe")
        await expect(part).to_contain_text(f"outside@{DOMAIN} asks to see your state.")
        await shot(page, "asked")
        await assert_well_made(page)
        await page.click("Accept", part)
        await friend.heard(lambda one: one.kind == "subscribed")
        friend.present(f"inside@{DOMAIN}", "subscribed")
        await expect(part.get_by_role("img", name="Available")).to_be_visible()
        await part.get_by_role("button", name=f"Available outside@{DOMAIN}").click()
        card = page.card
        await expect(conversation(page).locator("input[type=file]")).to_have_count(0)
        await write(page, "Lunch? <b>12:30</b>")
        taken = await friend.heard(lambda one: one.text == "Lunch? <b>12:30</b>")
        await expect(conversation(page)).to_contain_text("Sent")
        friend.sign(f"inside@{DOMAIN}", RECEIPTS, taken.id)
        await expect(conversation(page)).to_contain_text("Delivered")
        friend.write(f"inside@{DOMAIN}", None, composing="http://jabber.org/protocol/chatstates")
        await expect(conversation(page)).to_contain_text("is writing…")
        friend.write(f"inside@{DOMAIN}", "<i>Gladly</i>")
        await expect(conversation(page)).to_contain_text("<i>Gladly</i>")
        await assert_well_made(page)
        await shot(page, "card")
        await page.click("Close the card", card)
        friend.write(f"inside@{DOMAIN}", "Are you there?")
        await expect(unread(page, 1)).to_be_visible()
        await unread(page, 1).click()
        dialog = page.page.get_by_role("dialog")
        await expect(dialog.get_by_role("region", name="External contacts")).to_be_visible()
        if "TWS_SHOTS" in os.environ:
            path = os.environ["TWS_SHOTS"] + "/external-menu.png"
            await page.page.screenshot(path=path, animations="disabled")
        await dialog.get_by_role("button", name="Are you there?").click()
        await expect(unread(page, 0)).to_be_visible()
        # Without the right there is nothing of it any more.
        await set_parameter(house, "AuthorizedExternalChat", False, "alice")
        await expect(conversation(page)).to_have_count(0)
        await expect(page.card).to_contain_text("not there any more")
    assert taken.xml.tag == f"{CLIENT}message"


async def shot(page: Caller, name: str) -> None:
    """Into a folder that one names, in both languages."""
    folder = os.environ.get("TWS_SHOTS")
    if folder is None:
        return
    for locale in ("fr-FR", "en-GB"):
        await page.speak(locale)
        await page.page.screenshot(path=f"{folder}/external-{name}-{locale[:2]}.png")

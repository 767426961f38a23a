"""On a PBX that cannot do everything, the page has no button for what it cannot."""

import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.pages.opening import Caller, caller
from tws.links.csta_xml.profiles import A5000, GENERIC

pytestmark = pytest.mark.asyncio(loop_scope="session")
STRANGER = "0493001122"
BUT_CALLING = [
    "HoldCall", "RetrieveCall", "AlternateCall", "ReconnectCall", "ConsultationCall",
    "TransferCall", "SingleStepTransferCall", "ConferenceCall", "SingleStepConferenceCall",
    "DeflectCall", "DirectedPickupCall", "GroupPickupCall", "ParkCall", "GenerateDigits",
    "SetForwarding", "GetForwarding", "SetDoNotDisturb", "GetDoNotDisturb",
    "SetMessageWaitingIndicator",
]  # fmt: skip
"A PBX without these makes calls, answers them and ends them."


@contextlib.asynccontextmanager
async def desk(
    browser: Browser, data: Path, pbx_type: str, *without: str, width: int = 1400
) -> AsyncIterator[tuple[Caller, Site]]:
    """The page of somebody whose PBX has not these services."""
    async with (
        simulated_pbx(pbx_type, without=without) as pbx,
        running_site(pbx, data, people=3) as site,
        caller(browser, site.tws.base, f"user{site.seats[0].number}", width=width) as page,
    ):
        yield page, site


@pytest_asyncio.fixture(loop_scope="session")
async def bare(browser: Browser, tmp_path: Path) -> AsyncIterator[tuple[Caller, Site]]:
    async with desk(browser, tmp_path, GENERIC, *BUT_CALLING) as found:
        yield found


async def test_calls_have_buttons_for_making_answering_and_ending(
    bare: tuple[Caller, Site],
) -> None:
    page, site = bare
    me, other, _ = site.seats
    await expect(page.button("Pick up a call of the group")).to_have_count(0)
    await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
    await expect(
        page.button(f"Call Person {other.number}, {other.number}", page.card)
    ).to_be_visible()
    await expect(page.card.get_by_role("button", name="Pick up")).to_have_count(0)

    await site.pbx.call_from_outside(STRANGER, me.number)
    await expect(page.ringing).to_be_visible()
    await expect(page.ringing.get_by_role("button")).to_have_text(["Answer", "Ignore", "Reject"])
    await page.answer()
    row = page.call("04 93 00 11 22")
    await expect(row).to_contain_text("Connected")
    await expect(row.get_by_role("button")).to_have_text(["Create contact", "Hang up"])
    # A second call makes nothing possible that needs two.
    await other.phone.dial(me.number)
    await expect(page.ringing).to_be_visible()
    name = f"Person {other.number}"
    await expect(page.ringing.get_by_role("button")).to_have_text(
        [name, "Answer", "Message", "Ignore", "Reject"]
    )
    await page.answer()
    second = page.call(name)
    await expect(second).to_contain_text("Connected")
    await expect(second.get_by_role("button")).to_have_text([name, "Hang up"])
    for word in ("Transfer", "Merge", "Swap", "Back", "Hold", "Resume", "Digits", "Park", "Add"):
        await expect(page.button(word)).to_have_count(0)


async def test_a_telephone_without_settings_says_so(bare: tuple[Caller, Site]) -> None:
    page, _ = bare
    sheet = await page.open_device()
    await expect(sheet).to_contain_text("neither forwarding nor do not disturb")
    await expect(sheet.get_by_role("switch", name="Do not disturb")).to_have_count(0)
    await expect(sheet.get_by_role("button", name="Forward")).to_have_count(0)


async def test_one_setting_without_the_other(browser: Browser, tmp_path: Path) -> None:
    async with desk(browser, tmp_path, GENERIC, "SetForwarding", "GetForwarding") as (page, _):
        sheet = await page.open_device()
        await expect(sheet.get_by_role("switch", name="Do not disturb")).to_be_enabled()
        await expect(sheet.get_by_role("button", name="Forward")).to_have_count(0)
        await expect(sheet).not_to_contain_text("neither")


async def test_a_type_of_pbx_that_has_less(browser: Browser, tmp_path: Path) -> None:
    """It tells nothing of its services: those that are usual on its type are offered."""
    async with desk(browser, tmp_path, A5000, "GetCSTAFeatures") as (page, site):
        _, other, _ = site.seats
        await page.dial(other.number)
        await other.phone.answer()
        row = page.call(other.number)
        await expect(row).to_contain_text("Connected")
        await expect(page.button("Transfer", row)).to_be_visible()
        await expect(page.button("Park", row)).to_have_count(0)
        await page.click("Add", row)
        await page.pick(site.seats[2].number)
        await expect(page.button("Ask first", row)).to_be_visible()
        await expect(page.button("Now", row)).to_have_count(0)
        sheet = await page.open_device()
        await page.click("Forward, At once", sheet)
        await expect(sheet.get_by_role("radiogroup", name="Which calls")).to_have_count(0)


async def test_what_the_pbx_turns_out_not_to_have_goes_away(
    browser: Browser, tmp_path: Path
) -> None:
    lacks = ("GetCSTAFeatures", "HoldCall", "SetDoNotDisturb")
    async with desk(browser, tmp_path, GENERIC, *lacks) as (page, site):
        _, other, _ = site.seats
        await page.dial(other.number)
        await other.phone.answer()
        row = page.call(other.number)
        await page.click("Hold", row)
        await expect(row.get_by_role("alert")).to_contain_text("lacks this function")
        await expect(page.button("Hold", row)).to_have_count(0)
        sheet = await page.open_device()
        switch = sheet.get_by_role("switch", name="Do not disturb")
        await switch.click()
        await expect(sheet.get_by_role("alert")).to_be_visible()
        await expect(switch).to_have_count(0)
        await expect(sheet.get_by_role("button", name="Forward, At once")).to_be_visible()


async def test_a_pbx_that_makes_no_calls_has_no_button_for_it(
    browser: Browser, tmp_path: Path
) -> None:
    async with desk(browser, tmp_path, GENERIC, "MakeCall") as (page, site):
        me, other, _ = site.seats
        name = f"Person {other.number}"
        asked: list[str] = []
        page.page.on("request", lambda request: asked.append(request.url))
        calling = page.page.get_by_role("button", name=re.compile("^Call "))
        # It is known once the PBX has told its features: until then nothing is said either way.
        only = page.page.get_by_role("combobox", name="Search", exact=True)
        await expect(only).to_be_visible()

        person = page.people.get_by_role("button", name=name).first
        await expect(person).to_be_visible()
        await person.dblclick()
        await expect(page.card.get_by_role("heading", name=name)).to_be_visible()
        await expect(page.card.get_by_text(other.number, exact=True)).to_be_visible()
        await person.press("Control+Enter")
        await site.pbx.call_from_outside(STRANGER, me.number)
        await page.answer()
        await page.click("Hang up", page.call("04 93 00 11 22"))
        await expect(page.button("Create contact, 04 93 00 11 22", page.journal)).to_be_visible()
        await expect(calling).to_have_count(0)

        await page.click("Close the card")
        await only.fill("0612345678")
        await expect(page.page.get_by_text("Nobody matches.", exact=True)).to_be_visible()
        await page.press("Enter")
        await only.fill(name)
        await expect(page.suggestion).to_contain_text(name)
        await page.press("Enter")
        await expect(page.card.get_by_role("heading", name=name)).to_be_visible()
        assert not [url for url in asked if url.endswith("/makeCall")]


async def test_a_pbx_that_makes_no_calls_has_no_keypad(browser: Browser, tmp_path: Path) -> None:
    async with desk(browser, tmp_path, GENERIC, "MakeCall", width=360) as (page, _):
        await expect(page.page.get_by_role("navigation").get_by_role("button")).to_have_text(
            ["Calls", "Directory", "Journal"]
        )


async def test_a_consultation_that_leads_nowhere_is_not_offered(
    browser: Browser, tmp_path: Path
) -> None:
    lacks = (
        "TransferCall", "ConferenceCall", "SingleStepTransferCall", "SingleStepConferenceCall",
    )  # fmt: skip
    async with desk(browser, tmp_path, GENERIC, *lacks) as (page, site):
        _, other, _ = site.seats
        await page.dial(other.number)
        await other.phone.answer()
        row = page.call(other.number)
        await expect(row).to_contain_text("Connected")
        await expect(page.button("Hold", row)).to_be_visible()
        await expect(page.button("Transfer", row)).to_have_count(0)
        await expect(page.button("Add", row)).to_have_count(0)
        await expect(row).to_have_attribute("draggable", "false")


async def test_asking_first_is_offered_for_what_can_follow(
    browser: Browser, tmp_path: Path
) -> None:
    lacks = ("ConferenceCall", "SingleStepTransferCall")
    async with desk(browser, tmp_path, GENERIC, *lacks) as (page, site):
        _, other, third = site.seats
        await page.dial(other.number)
        await other.phone.answer()
        row = page.call(other.number)
        await page.click("Transfer", row)
        await page.pick(third.number)
        await expect(page.button("Ask first", row)).to_be_visible()
        await expect(page.button("Now", row)).to_have_count(0)
        await page.click("Add", row)
        await page.pick(third.number)
        await expect(page.button("Now", row)).to_be_visible()
        await expect(page.button("Ask first", row)).to_have_count(0)

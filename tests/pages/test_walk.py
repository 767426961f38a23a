"""An integrator's first day, by mouse: from an empty server to a call, and what keeps it running.

The chapters are those of the guide: 3 (first configuration), 6 (signing in), 7 (users, imports,
groups, authorisations), 10 (maintenance).
"""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Browser, Locator, expect

from tests.licences.test_document import licence
from tests.pages.opening import Caller, Opened, opened
from tests.pages.test_admin import choose, form, save, to
from tests.pages.test_directories import company_folder
from tests.running import PASSWORD, TwsServer, running_tws
from tests.simulator.running import Simulator, running_simulator
from tws.issuing import public_text
from tws.licences.document import signed

pytestmark = pytest.mark.asyncio(loop_scope="session")
EMPLOYEES = "Id;username;lastname;firstname;tel1\n17;chloe;robert;Chloé;4003\n"


def step(window: Opened, name: str) -> Locator:
    return window.page.get_by_role("listitem").filter(
        has=window.page.get_by_role("heading", name=name)
    )


@pytest.mark.timeout(300)
async def test_from_an_empty_server_to_a_call(browser: Browser, tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    async with (
        running_simulator() as pbx,
        running_tws(tmp_path, TWS_LICENCE_ISSUERS=public_text(key)) as tws,
        opened(browser, tws.base) as window,
    ):
        await first_start(window)
        await a_licence(window, key, tmp_path)
        await a_link(window, pbx)
        for username, first, last, number in (
            ("marie", "Marie", "Durand", "4001"),
            ("paul", "Paul", "Martin", "4002"),
        ):
            await a_user(window, username, first, last, number)
        await how_they_sign_in(window)
        await an_import(window, tws)
        await everybody_may_call(window)
        await it_is_well(window)
        await a_trial_call(window, pbx)
        await marie_calls_paul(browser, tws, pbx)
        await what_was_done_is_known(window)


async def first_start(window: Opened) -> None:
    """3.2."""
    page = window.page
    await window.go()
    await expect(page.get_by_role("heading", name="First start")).to_be_visible()
    for label, text in (("User name", "root"), ("Company", "SSDEI"), ("Domain", "Paris")):
        await page.get_by_label(label).fill(text)
    for label in ("Password", "Password, once more"):
        await page.get_by_label(label, exact=True).fill(PASSWORD)
    await window.click("Create and open Administration")
    await expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    await window.sees("Steps done: 2 of 6.")
    await expect(step(window, "The link to the PBX")).to_have_attribute("aria-current", "step")


async def a_licence(window: Opened, key: Ed25519PrivateKey, folder: Path) -> None:
    """3.3.1, 3.3.2: the number of the installation goes to whoever sells, a file comes back."""
    await window.click("Licences", step(window, "The licence"))
    dongle = await window.page.locator("[class*=dongle]").inner_text()
    file = folder / "ssdei.licence"
    file.write_text(signed(licence(dongle=dongle, applications={"TWS Caller": 3}), key))
    await window.page.locator("input[type=file]").set_input_files(file)
    row = window.page.get_by_role("table").get_by_role("row", name="TWS Caller")
    await expect(row).to_have_text("TWS Caller303")


async def a_link(window: Opened, pbx: Simulator) -> None:
    """3.3.3."""
    await to(window, "First steps")
    await window.click("PBX links", step(window, "The link to the PBX"))
    fields = form(window)
    await fields.get_by_label("Name", exact=True).fill("PBX Paris")
    await choose(window, "Type", "CSTA (XML over TCP)")
    await fields.get_by_label("Address").fill("127.0.0.1")
    await fields.get_by_label("Port", exact=True).fill(str(pbx.csta_port))
    await choose(window, "PBX type", "generic")
    await save(window)
    await to(window, "State of links")
    row = window.page.get_by_role("row").filter(has_text="PBX Paris")
    await expect(row).to_contain_text("Connected")


async def a_user(window: Opened, username: str, first: str, last: str, number: str) -> None:
    """3.3.4."""
    await to(window, "Users")
    await window.click("Add")
    fields = form(window)
    await fields.get_by_label("User name").fill(username)
    await fields.get_by_label("First name").fill(first)
    await fields.get_by_label("Last name").fill(last)
    await fields.get_by_label("Password", exact=True).fill(PASSWORD)
    await window.click("Add a telephone", fields)
    await fields.get_by_label("Number", exact=True).fill(number)
    await save(window)


async def how_they_sign_in(window: Opened) -> None:
    """6: what each method makes of a password, before anybody is told to use it."""
    await window.page.get_by_role("row").filter(has_text="marie").get_by_role("button").click()
    fields = form(window)
    trying = fields.get_by_role("region", name="Test signing in")
    await trying.get_by_label("Test signing in", exact=True).fill("not hers at all")
    await window.click("Test", trying)
    await expect(trying).to_contain_text("refuses")
    await trying.get_by_label("Test signing in", exact=True).fill(PASSWORD)
    await window.click("Test", trying)
    await expect(trying).to_contain_text("accepts")


async def an_import(window: Opened, tws: TwsServer) -> None:
    """7.2: a third one, from a file."""
    company = (await window.evaluate("fetch('/api/v1/admin/companies').then(a => a.json())"))[0]
    (company_folder(tws.data, company["id"]) / "employees.csv").write_text(EMPLOYEES)
    await to(window, "User imports")
    await window.click("Add")
    fields = form(window)
    await fields.get_by_label("Description").fill("Employees")
    await choose(window, "Type of import", "CSV file")
    await fields.get_by_label("File").fill("employees.csv")
    await fields.get_by_label("Last name").fill("lastname|u")
    await fields.get_by_label("Link").click()
    await window.page.get_by_role("listbox").get_by_role("option").nth(1).click()
    await save(window)
    await window.click("Dry run", fields)
    await expect(fields.get_by_role("region", name="What would be done")).to_contain_text(
        "Created1"
    )
    row = window.page.get_by_role("row").filter(has_text="Employees")
    await window.click("Synchro", row)
    await expect(row).to_contain_text("Created 1")


async def everybody_may_call(window: Opened) -> None:
    """3.3.5 to 3.3.7, 7.3, 7.4."""
    await to(window, "First steps")
    callers = step(window, "Who may use the Caller")
    await window.click("Make the group All of all 3 users and grant it the Caller", callers)
    await expect(callers).to_contain_text("Users who may: 3 of 3.")
    await to(window, "Authorisations")
    await window.page.get_by_role("combobox", name="Application", exact=True).click()
    await window.page.get_by_role("option", name="TWS Caller", exact=True).click()
    granted = window.page.get_by_role("region", name="Authorised: TWS Caller")
    await expect(granted).to_contain_text("All")


async def it_is_well(window: Opened) -> None:
    """10.1, 10.4, 10.5, 10.8: everything runs, each telephone is monitored, nothing is missing."""
    await to(window, "TWS services")
    await expect(window.page.get_by_role("table")).to_contain_text("Running")
    await to(window, "State of devices")
    for number in ("4001", "4002", "4003"):
        device = window.page.get_by_role("row").filter(has_text=number)
        await expect(device).to_contain_text("Monitored")
    await to(window, "Troubleshooting")
    await expect(window.page.get_by_role("table")).not_to_contain_text("4001")


async def a_trial_call(window: Opened, pbx: Simulator) -> None:
    """3.3.9, for who stands in the machine room."""
    await to(window, "First steps")
    call = step(window, "A call").get_by_role("form")
    await call.get_by_label("From").select_option("4001")
    await call.get_by_label("To", exact=True).fill("4002")
    await window.click("Call", call)
    await expect(call).to_contain_text("4002 rings: answer it.")
    await pbx.answer("4002")
    await expect(call).to_contain_text("Answered.")
    await window.click("Hang up", call)
    await expect(call).to_contain_text("The call worked from end to end.")
    await window.sees("Everything works, up to a call that was answered.")
    await pbx.wait(lambda state: state.phones["4002"].idle)


async def marie_calls_paul(browser: Browser, tws: TwsServer, pbx: Simulator) -> None:
    """3.3.9: where she works."""
    async with opened(browser, tws.base) as window:
        caller = Caller(window.context, window.page, tws.base)
        await caller.sign_in("marie", PASSWORD)
        await expect(caller.page.locator("header")).to_contain_text("Marie Durand")
        await caller.ready()
        await caller.dial("paul")
        await pbx.wait(lambda state: state.phones["4002"].ringing)
        await pbx.answer("4002")
        await expect(caller.call("Paul Martin")).to_be_visible()
        await pbx.wait(lambda state: state.phones["4001"].talking_to == {"4002"})
        await pbx.hang_up("4002")
        await expect(caller.journal).to_contain_text("Paul Martin")


async def what_was_done_is_known(window: Opened) -> None:
    """10.7, and beyond the guide: a backup, and who changed what."""
    await to(window, "Backups")
    await window.click("Back up now")
    await expect(window.page.get_by_role("table")).to_contain_text("TWS")
    await to(window, "Audit log")
    await expect(window.page.get_by_role("main")).to_contain_text("root")

"""Lists of contacts in the Caller."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration, caller

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_list_is_made_filled_shared_and_deleted(browser: Browser, simulated: Site) -> None:
    me, other, third, *_ = simulated.seats
    base = simulated.tws.base
    async with (
        caller(browser, base, f"user{me.number}") as page,
        caller(browser, base, f"user{me.number}") as second,
        caller(browser, base, f"user{third.number}") as colleague,
    ):
        await page.click("My lists")
        dialog = page.page.get_by_role("dialog", name="My lists")
        await dialog.get_by_label("New list").fill("Workshop")
        await page.click("Create", dialog)
        await expect(dialog.get_by_label("Name of the list Workshop")).to_be_visible()
        await page.press("Escape")
        await page.sees("Nobody in this list.", page.people)
        which = page.people.get_by_label("Which list")
        await which.select_option("Everybody")
        await page.people.get_by_role("button", name=f"Person {other.number}").first.click()
        await page.card.get_by_label("Add to a list…").select_option("Workshop")
        await page.sees("Now in “Workshop”.", page.card)
        await which.select_option("Workshop")
        await expect(page.people.get_by_role("listitem")).to_have_count(1)

        # The user's other window knows it already, and follows.
        await second.people.get_by_label("Which list").select_option("Workshop")
        await expect(second.people.get_by_role("listitem")).to_have_count(1)
        await page.click("Take out of “Workshop”", page.card)
        await expect(second.people.get_by_role("listitem")).to_have_count(0)

        theirs = colleague.people.get_by_label("Which list")
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(0)
        await page.click("My lists")
        await dialog.get_by_label("Colleagues see it").click()
        await expect(dialog.get_by_label("Colleagues see it")).to_be_checked()
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(1)
        await page.click("Delete the list Workshop", dialog)
        await expect(dialog.get_by_label("Name of the list Workshop")).to_have_count(0)
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(0)


CARDS = """BEGIN:VCARD
VERSION:4.0
UID:{uid}
FN:{name}
N:{name};;;;
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Half
"""


async def test_private_contacts_come_from_a_file_and_go_into_one(
    browser: Browser, simulated: Site
) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.click("My lists")
        files = page.page.get_by_role("region", name="My private contacts")
        cards = CARDS.format(uid="one", name="Besnard").encode()
        await files.locator("input[type=file]").set_input_files(
            {"name": "people.vcf", "mimeType": "text/vcard", "buffer": cards}
        )
        await page.sees("1 created, 0 updated, 1 ignored.", files)
        await expect(files).to_contain_text("Card 2: line 7: it has no end")
        async with page.page.expect_download() as download:
            await files.get_by_role("link", name="Export (vCard)").click()
        path = await (await download.value).path()
        assert "FN:Besnard\r\n" in path.read_bytes().decode()
        await page.press("Escape")
        await expect(page.people).to_contain_text("Besnard")
    (made,) = await me.api.get("/contacts", q="besnard")
    await me.api.request("DELETE", f"/contacts/{made['id']}?version={made['version']}")


async def test_an_administrator_imports_public_contacts(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=directories")
        row = window.page.get_by_role("row").filter(has_text="public").first
        await row.get_by_role("button").first.click()
        files = window.page.get_by_role("region", name="Contacts as files")
        cards = CARDS.format(uid="two", name="Carpentier").encode()
        await files.locator("input[type=file]").set_input_files(
            {"name": "people.vcf", "mimeType": "text/vcard", "buffer": cards}
        )
        await window.sees("1 created, 0 updated, 1 ignored.", files)
    api = simulated.seats[0].api
    (made,) = await api.get("/contacts", q="carpentier")
    assert made["source"] == "public"
    query = f"version={made['version']}"
    await simulated.admin.request("DELETE", f"/contacts/{made['id']}?{query}")

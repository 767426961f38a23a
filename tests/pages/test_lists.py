"""Lists of contacts in the Caller."""

import re

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
        name = dialog.get_by_label("Name of the list Workshop")
        own = name.locator("xpath=ancestor::*[.//input[@type='checkbox']][1]")
        await own.get_by_label("Colleagues see it").click()
        await expect(own.get_by_label("Colleagues see it")).to_be_checked()
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(1)
        await page.click("Delete the list Workshop", dialog)
        await expect(dialog.get_by_label("Name of the list Workshop")).to_have_count(0)
        await expect(theirs.get_by_role("option", name="Workshop")).to_have_count(0)


async def test_a_list_is_put_in_order_and_exported(browser: Browser, simulated: Site) -> None:
    me, *others = simulated.seats[:4]
    made = await me.api.post("/contact-lists", name="In order")
    names = [f"Person {one.number}" for one in others]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.people.get_by_label("Which list").select_option("In order")
        await page.click("Export (CSV)", page.people)
        await page.sees("Nobody to export: no file was made.", page.people)
        found = {one["displayName"]: one["id"] for one in await me.api.get("/contacts")}
        await me.api.post(
            f"/contact-lists/{made['id']}/contacts", contacts=[found[name] for name in names]
        )
        lines = page.people.get_by_role("listitem")
        await expect(lines).to_have_text([re.compile(name) for name in names])

        await lines.first.get_by_role("button").first.focus()
        await page.press("Alt+ArrowDown", "Alt+ArrowDown")
        first, second, third = names
        moved = [re.compile(name) for name in (second, third, first)]
        await expect(lines).to_have_text(moved)
        await expect(lines.last.get_by_role("button").first).to_be_focused()
        await page.sees(f"{first}: place 3 of 3", page.people)
        await page.click("Order", page.people)
        async with page.page.expect_response(lambda one: one.request.method == "PUT"):
            await page.click(f"Move {first} up", page.people)
        await expect(lines.nth(1)).to_contain_text(first)
        await page.page.reload()
        await page.people.get_by_label("Which list").select_option("In order")
        await expect(lines.nth(1)).to_contain_text(first)

        async with page.page.expect_download() as download:
            await page.click("Export (CSV)", page.people)
        path = await (await download.value).path()
        assert path.read_text().count("Person") == 3
        await lines.first.get_by_role("button").first.click()
        async with page.page.expect_download() as download:
            await page.click("Export (vCard)", page.card)
        path = await (await download.value).path()
        assert path.read_text().count("BEGIN:VCARD") == 1
    (row,) = [one for one in await me.api.get("/contact-lists") if one["name"] == "In order"]
    await me.api.request("DELETE", f"/contact-lists/{row['id']}?version={row['version']}")


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
            await page.click("Export (vCard)", files)
        path = await (await download.value).path()
        assert "FN:Besnard\r\n" in path.read_bytes().decode()
        await page.press("Escape")
        await expect(page.people).to_contain_text("Besnard")
    (made,) = await me.api.get("/contacts", q="besnard")
    await me.api.request("DELETE", f"/contacts/{made['id']}?version={made['version']}")


async def test_an_administrator_imports_public_contacts(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=directories")
        row = window.page.get_by_role("row").filter(has_text="Public contacts").first
        await row.get_by_role("button").first.click()
        files = window.page.get_by_role("region", name="Contacts as files")
        cards = CARDS.format(uid="two", name="Charpenel").encode()
        await files.locator("input[type=file]").set_input_files(
            {"name": "people.vcf", "mimeType": "text/vcard", "buffer": cards}
        )
        await window.sees("1 created, 0 updated, 1 ignored.", files)
    api = simulated.seats[0].api
    (made,) = await api.get("/contacts", q="charpenel")
    assert made["source"] == "public"
    query = f"version={made['version']}"
    await simulated.admin.request("DELETE", f"/contacts/{made['id']}?{query}")


async def test_people_are_dragged_into_a_list_and_into_order(
    browser: Browser, simulated: Site
) -> None:
    me, other, third, *_ = simulated.seats
    made = await me.api.post("/contact-lists", name="Favourites")
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        mouse = page.page.mouse
        for seat in (other, third):
            line = page.people.get_by_role("listitem").filter(has_text=f"Person {seat.number}")
            await line.hover()
            await mouse.down()
            box = await line.bounding_box()
            assert box is not None
            await mouse.move(box["x"] + 40, box["y"] + 30, steps=4)
            place = page.people.get_by_role("listitem").filter(has_text="Favourites")
            await place.hover()
            await mouse.up()
            await expect(place).to_have_count(0)
        await page.people.get_by_label("Which list").select_option("Favourites")
        lines = page.people.locator("[data-person]")
        await expect(lines).to_have_count(2)
        await expect(lines.first).to_contain_text(other.number)
        async with page.page.expect_response(lambda answer: answer.request.method == "PUT"):
            await lines.last.drag_to(lines.first)
        await expect(lines.first).to_contain_text(third.number)
    (row,) = [one for one in await me.api.get("/contact-lists") if one["id"] == made["id"]]
    kept = await me.api.get(f"/contact-lists/{made['id']}/contacts")
    assert [one["numbers"][0]["number"] for one in kept] == [third.number, other.number]
    await me.api.request("DELETE", f"/contact-lists/{row['id']}?version={row['version']}")

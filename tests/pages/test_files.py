"""The file of a directory is sent from its form; in both languages."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import choose, form, save, to
from tests.pages.opening import administration
from tests.pages.test_accessibility import assert_good

pytestmark = pytest.mark.asyncio(loop_scope="session")
NAME = "clients été.csv"
CONTENT = b"Id;lastname\n1;Lemaire\n"


async def test_a_file_is_sent_chosen_used_and_deleted(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Name", exact=True).fill("Sent file")
        await choose(window, "Type of server", "CSV file")
        async with window.page.expect_file_chooser() as chosen:
            await window.click("Send a file", fields)
        file = {"name": NAME, "mimeType": "text/csv", "buffer": CONTENT}
        await (await chosen.value).set_files(file)  # type: ignore[arg-type]
        await expect(fields.get_by_label("File", exact=True)).to_have_value(NAME)
        await expect(fields).to_contain_text("changed")
        await expect(window.button("Delete this file", fields)).to_be_visible()
        stored = simulated.tws.data / "files" / simulated.company / NAME
        assert stored.read_bytes() == CONTENT
        await save(window)
        await expect(fields).to_contain_text("Read by: Sent file.")
        await expect(window.button("Delete this file", fields)).to_have_count(0)
        await window.speak("fr-FR")
        await expect(fields).to_contain_text("Lu par : Sent file.")
        await assert_good(window)
        (row,) = [
            each
            for each in await simulated.admin.get("/admin/directories")
            if each["name"] == "Sent file"
        ]
        path = f"/admin/directories/{row['id']}?version={row['version']}"
        await simulated.admin.request("DELETE", path)

        await window.page.reload()
        await window.click("Add")
        await choose(window, "Type of server", "CSV file")
        await fields.get_by_label("File", exact=True).click()
        await window.page.get_by_role("option", name=NAME).click()
        await window.click("Delete this file", fields)
        await expect(window.button("Delete this file", fields)).to_have_count(0)
        assert not stored.exists()

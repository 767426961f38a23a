"""The page of imports of users, by mouse: from a file to people who are there, and a question
before many of them go."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.administration import choose, form, save, to
from tests.pages.opening import Opened, administration
from tests.pages.test_directories import company_folder

pytestmark = pytest.mark.asyncio(loop_scope="session")
FILE = "employees.csv"
HEAD = "Id;username;lastname;firstname;tel1\n"


def line(n: int, number: str = "") -> str:
    return f"i{n};imported{n};Imported{n};Zoé;{number or f'77{n:02}'}\n"


@pytest_asyncio.fixture(loop_scope="session")
async def folder(simulated: Site) -> Path:
    (company,) = await simulated.admin.get("/admin/companies")
    return company_folder(simulated.tws.data, company["id"])


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def _nobody_left(simulated: Site) -> AsyncIterator[None]:
    yield
    for kind in ("user-imports", "users"):
        for row in await simulated.admin.get(f"/admin/{kind}"):
            if kind == "user-imports" or row["username"].startswith("imported"):
                path = f"/admin/{kind}/{row['id']}?version={row['version']}"
                await simulated.admin.request("DELETE", path)


def row_of(window: Opened) -> Locator:
    return window.page.get_by_role("row").filter(has_text="Employees")


async def test_people_of_a_file_become_users(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    (folder / FILE).write_text(HEAD + line(1) + line(2) + "i3;imported 3;Blank;Zoé;7703\n")
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "User imports")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Description").fill("Employees")
        await choose(window, "Type of import", "CSV file")
        await choose(window, "Synchronisation", "Insert, update and delete")
        await fields.get_by_label("File").fill("employees.csv")
        await expect(fields.get_by_label("Identifier")).to_have_value("Id")
        await expect(fields.get_by_label("User name")).to_have_value("username")
        await fields.get_by_label("Last name").fill("lastname|u")
        await fields.get_by_label("Link").click()
        await window.page.get_by_role("listbox").get_by_role("option").nth(1).click()
        await save(window)

        await window.click("Dry run", fields)
        trial = fields.get_by_role("region", name="What would be done")
        await expect(trial).to_contain_text("Created2")
        details = trial.get_by_role("region", name="Details")
        await expect(details).to_contain_text("Left outimported 3a value is refused")
        await expect(details).to_contain_text("a user name has no blanks")
        await expect(row_of(window)).to_contain_text("never")

        await window.click("Synchro", row_of(window))
        await expect(row_of(window)).to_contain_text("Created 2 · Left out 1")
        report = fields.get_by_role("region", name="Reports").get_by_role("group").first
        await expect(report).to_contain_text("Done")
        await expect(report.get_by_role("table")).to_contain_text("imported1")

        await to(window, "Users")
        await expect(window.page.get_by_role("row").filter(has_text="imported1")).to_contain_text(
            "7701"
        )


async def test_a_question_before_many_go_and_what_is_wrong(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    (folder / FILE).write_text(HEAD + "".join(map(line, range(1, 5))))
    (domain,) = await simulated.admin.get("/admin/domains")
    await simulated.admin.post(
        "/admin/user-imports",
        domain=domain["id"],
        name="Employees",
        connector="csv",
        settings={"file": FILE},
        mapping={"last_name": "lastname", "first_name": "firstname"},
        fields={"username": "username", "identifier": "Id"},
        mode="insertUpdateDelete",
    )
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "User imports")
        row = row_of(window)
        await window.click("Synchro", row)
        await expect(row).to_contain_text("Created 4")
        (folder / FILE).write_text(HEAD + line(1) + line(2))
        await window.click("Synchro", row)
        await expect(row).to_contain_text("2 of 4 users would be deleted or disabled")
        await window.click("No", row)
        await expect(row).to_contain_text("Cancelled")
        await window.click("Synchro", row)
        await window.click("Yes, 2 fewer", row)
        await expect(row).to_contain_text("Deleted 2")
        (folder / FILE).unlink()
        await window.click("Synchro", row)
        await expect(row).to_contain_text("Something has to be put right here.")

        await row.get_by_role("button", name="Employees").click()
        fields = form(window)
        await fields.get_by_label("Identifier").fill("")
        await window.click("Save", fields)
        await expect(fields.get_by_role("alert")).to_be_visible()
        await expect(fields.get_by_label("Identifier")).to_have_attribute("aria-invalid", "true")

"""The page of directories: from a file to a report; a question before much goes; what is wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.administration import choose, form, save, to
from tests.pages.opening import Opened, administration, caller

pytestmark = pytest.mark.asyncio(loop_scope="session")
HEAD = "Id;lastname;firstname;tel1;hide;vip\n"
MANY = 40_000
"So many that reading and merging can be watched."


BROKEN_WORDS = """[...document.querySelectorAll("tbody td:first-child button")].flatMap(button => {
    const text = button.firstChild, range = document.createRange();
    return [...text.data.matchAll(/\\S+/g)].filter(word => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return range.getClientRects().length > 1;
    }).map(String);
})"""


def line(n: int, more: str = "") -> str:
    return f"{n};Contact{n};Zoé;01551{n:05};;{more}\n"


def company_folder(data: Path, company: str) -> Path:
    folder = data / "files" / company
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def folder(simulated: Site) -> Path:
    """The company's files."""
    (company,) = await simulated.admin.get("/admin/companies")
    return company_folder(simulated.tws.data, company["id"])


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def before(simulated: Site) -> AsyncIterator[frozenset[str]]:
    """The directories that others have made; those of a test are deleted after it."""
    rows = await simulated.admin.get("/admin/directories")
    found = frozenset(row["id"] for row in rows)
    yield found
    for row in await simulated.admin.get("/admin/directories"):
        if row["id"] not in found:
            path = f"/admin/directories/{row['id']}?version={row['version']}"
            await simulated.admin.request("DELETE", path)


async def made(simulated: Site, file: str, **more: object) -> str:
    """A directory of that file, which everybody of the domain may look into."""
    (domain,) = await simulated.admin.get("/admin/domains")
    row = await simulated.admin.post(
        "/admin/directories",
        domain=domain["id"],
        name="Customers",
        connector="csv",
        settings={"file": file},
        mapping={"identifier": "Id", "last_name": "lastname", "work": "tel1"},
        **more,
    )
    id: str = row["id"]
    return id


def row_of(window: Opened, name: str = "Customers") -> Locator:
    return window.page.get_by_role("row").filter(has_text=name)


def tab(window: Opened, name: str) -> Locator:
    return form(window).get_by_role("tab", name=name, exact=True)


async def test_a_directory_is_made_synchronised_and_found(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    hidden = "2;Roux;Nadia;0155171890;lr;\n"
    nameless = "3;;;0155171891;;\n"
    (folder / "people.csv").write_text(HEAD + line(1, "gold") + hidden + nameless)
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Name", exact=True).fill("Customers")
        await choose(window, "Type of server", "CSV file")
        await fields.get_by_label("File").fill("people.csv")
        await tab(window, "Fields").click()
        await expect(fields.get_by_label("Identifier", exact=True)).to_have_value("Id")
        await fields.get_by_label("Last name").fill("lastname|u")
        await fields.get_by_label("Work, red list").fill("hide")
        await fields.get_by_label("Label of private 0").fill("[VIP]")
        await fields.get_by_label("Private 0", exact=True).fill("vip")
        await tab(window, "Rights").click()
        await fields.get_by_label("Grant it to a").select_option("domain")
        await fields.get_by_role("combobox", name="Who").click()
        await window.page.get_by_role("listbox").get_by_role("option", name="Paris").click()
        await save(window)
        await tab(window, "Connector").click()
        await window.click("Test the source", fields)
        trial = fields.get_by_role("region", name="Test the source").get_by_role("group")
        await expect(trial).to_have_count(3)
        await expect(trial.first).to_contain_text("CONTACT1")
        await expect(trial.last).to_contain_text("no name, no company and no e-mail address")
        row = row_of(window)
        await expect(row).to_contain_text("never")
        await window.click("Synchronise", row)
        await expect(row).to_contain_text("2 created · 1 entry left out: no name")
        await expect(row).to_contain_text("Done")

        await tab(window, "Synchronisation").click()
        report = fields.get_by_role("region", name="Reports").get_by_role("group").first
        await expect(report).to_contain_text("Read3Created2Updated0Deleted0Unchanged0Left out1")
        await expect(report).to_contain_text("1 no name, no company and no e-mail address")
        await expect(report).to_contain_text("Id=3")
        stored = await simulated.admin.get("/admin/directories")
        (customers,) = [each for each in stored if each["name"] == "Customers"]
        assert customers["mapping"]["work_red"] == "hide"
        assert customers["labels"] == {"private0": "[VIP]"}
        async with caller(browser, simulated.tws.base, "user" + simulated.seats[0].number) as page:
            await page.search.fill("contact1")
            await expect(page.suggestion).to_contain_text("CONTACT1")

        await tab(window, "Rights").click()
        await window.click("Withdraw from Paris", fields)
        await save(window)
        await expect(row).to_contain_text("Nobody is authorised to see this directory.")
        await tab(window, "Connector").click()
        await window.click("Grant it", row)
        await expect(tab(window, "Rights")).to_have_attribute("aria-selected", "true")
        assert await simulated.admin.get("/admin/grants", object=customers["id"]) == []

        await window.click("Delete", fields)
        question = window.page.get_by_role("dialog", name="Delete “Customers”?")
        await expect(question).to_contain_text("with its 2 contacts")
        await window.click("Delete", question)
        await expect(row).to_have_count(0)


@pytest.mark.parametrize("width", [1400, 900, 360])
async def test_names_in_a_list_break_at_words_only(
    browser: Browser, simulated: Site, folder: Path, width: int
) -> None:
    (folder / "people.csv").write_text(HEAD + line(1))
    await made(simulated, "people.csv")
    async with administration(browser, simulated.tws.base, locale="fr-FR", width=width) as window:
        await window.go("/admin?page=directories")
        if width == 1400:
            await row_of(window, "Contacts publics").get_by_role("button").click()
            await expect(form(window)).to_be_visible()
        await expect(row_of(window)).to_have_count(1)
        assert await window.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize("width", [1280, 360])
async def test_an_unsaved_source_is_tested_and_the_answer_seen_where_its_button_is(
    browser: Browser, simulated: Site, folder: Path, width: int, before: frozenset[str]
) -> None:
    (folder / "people.csv").write_text(HEAD + line(1) + "2;;;0155171891;;\n")
    async with administration(browser, simulated.tws.base, width=width, height=620) as window:
        await window.go("/admin?page=directories&edit=new")
        await choose(window, "Type of server", "CSV file")
        await form(window).get_by_label("File").fill("people.csv")
        trial = form(window).get_by_role("region", name="Test the source")
        await window.click("Test the source", trial)
        verdict = trial.get_by_role("status").get_by_text("The source can be read")
        await expect(verdict).to_contain_text("1 would be left out")
        await uncovered(verdict)
        await form(window).get_by_label("File").fill("missing.csv")
        await expect(verdict).to_have_count(0)
        await window.click("Test the source", trial)
        wrong = trial.get_by_role("alert")
        await expect(wrong).to_contain_text("There is no file missing.csv")
        await uncovered(wrong)
    rows = await simulated.admin.get("/admin/directories")
    assert {row["id"] for row in rows} == before


async def test_what_the_server_knows_by_a_code_is_said_in_french(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    (folder / "people.csv").write_text(HEAD + line(1) + "2;;;0155171891;;\n")
    directory = await made(simulated, "people.csv")
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go("/admin?page=directories")
        for name in ("Contacts privés", "Contacts publics", "Utilisateurs"):
            await expect(row_of(window, name)).to_have_count(1)
        row = row_of(window)
        await expect(row).to_contain_text("Fichier CSV")
        await window.click("Synchroniser", row)
        await expect(row).to_contain_text("Terminée")
        await row.get_by_role("button", name="Customers").click()
        await tab(window, "Synchronisation").click()
        await window.sees("sans nom, société ni adresse e-mail", form(window))

        await window.go(f"/admin?page=directories&edit={directory}")
        await form(window).get_by_label("Fichier").fill("")
        await window.page.keyboard.press("Tab")  # the choice of files is not in the way any more
        await window.click("Tester la source", form(window))
        await window.sees("Fichier : à remplir", form(window))
        await window.page.goto("about:blank")
    own = [row for row in await simulated.admin.get("/admin/directories") if row["builtIn"]]
    assert {row["name"] for row in own} == {"Private contacts", "Public contacts", "Users"}


async def uncovered(shown: Locator) -> None:
    """In the window, with nothing over it."""
    await expect(shown).to_be_in_viewport(ratio=1)
    top = """element => {
        const {left, bottom} = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + 4, bottom - 4));
    }"""
    assert await shown.evaluate(top)


async def test_rights_on_a_directory_of_tws_itself(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        await row_of(window, "Private contacts").get_by_role("button").first.click()
        rights = form(window).get_by_role("region", name="Rights")
        granted = rights.get_by_role("listitem")
        await expect(granted).to_have_count(1)
        await granted.get_by_role("button").click()
        await save(window)
        directory = await own(simulated, "tws_private")
        assert directory not in [one["object"] for one in await grants(simulated)]
        await rights.get_by_label("Grant it to a").select_option("domain")
        await rights.get_by_role("combobox", name="Who").click()
        await window.page.get_by_role("listbox").get_by_role("option", name="Paris").click()
        await save(window)
        (again,) = [one for one in await grants(simulated) if one["object"] == directory]
        assert again["granteeKind"] == "domain"


async def own(simulated: Site, kind: str) -> str:
    rows = await simulated.admin.get("/admin/directories")
    id: str = next(row["id"] for row in rows if row["builtIn"] == kind)
    return id


async def grants(simulated: Site) -> list[dict[str, str]]:
    found: list[dict[str, str]] = await simulated.admin.get("/admin/grants", kind="directory")
    return found


async def test_progress_is_seen_and_can_be_cancelled(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    (folder / "many.csv").write_text(HEAD + "".join(map(line, range(MANY))))
    await made(simulated, "many.csv")
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        row = row_of(window)
        await window.click("Synchronise", row)
        await expect(row).to_contain_text("entries read")
        await window.click("Cancel", row)
        await expect(row).to_contain_text("Cancelled")
        await window.click("Synchronise", row)
        await expect(row).to_contain_text("Done", timeout=60_000)
        (folder / "many.csv").write_text(HEAD + "".join(line(n, "gold") for n in range(MANY)))
        await window.click("Synchronise", row)
        bar = row.get_by_role("progressbar")
        await expect(bar).to_be_visible()
        await expect(row).to_contain_text(f"of {MANY:,}")
        await window.click("Cancel", row)
        await expect(row).to_contain_text("Cancelled")
        await expect(bar).to_have_count(0)


async def beside(text: Locator, other: Locator) -> None:
    """Neither is over the other."""
    one, two = await text.bounding_box(), await other.bounding_box()
    assert one is not None
    assert two is not None
    apart = one["x"] + one["width"] <= two["x"] or two["x"] + two["width"] <= one["x"]
    above = one["y"] + one["height"] <= two["y"] or two["y"] + two["height"] <= one["y"]
    assert apart or above, (one, two)


@pytest.mark.parametrize("answer", ["Yes, delete 20", "No"])
async def test_deleting_much_is_asked_about(
    browser: Browser, simulated: Site, folder: Path, answer: str
) -> None:
    file = folder / "people.csv"
    file.write_text(HEAD + "".join(map(line, range(30))))
    await made(simulated, file.name)
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        row = row_of(window)
        await window.click("Synchronise", row)
        await expect(row).to_contain_text("30 created")
        file.write_text(HEAD + "".join(map(line, range(10))))
        await window.click("Synchronise", row)
        await expect(row).to_contain_text("would delete 20 contacts of 30")
        await row.get_by_role("button", name="Customers").click()
        await beside(row.locator("time").first, window.button("Yes, delete 20", row))
        await form(window).get_by_role("button", name="Close").click()
        await window.button(answer, row).focus()
        await window.press("Enter")
        after = "Cancelled" if answer == "No" else "20 deleted"
        await expect(row).to_contain_text(after)
        await expect(form(window)).to_have_count(0)


async def test_what_is_wrong_is_said_in_words(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    await made(simulated, "missing.csv")
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        row = row_of(window)
        await window.click("Synchronise", row)
        await expect(row).to_contain_text("Failed")
        await expect(row).to_contain_text("There is no file missing.csv")
        await row.get_by_role("button", name="Customers").click()
        await window.click("Test the source", form(window))
        trial = form(window).get_by_role("alert")
        await expect(trial).to_contain_text("There is no file missing.csv")
        await tab(window, "Synchronisation").click()
        await window.sees("There is no file missing.csv", form(window))

        await tab(window, "Fields").click()
        await form(window).get_by_label("Mobile", exact=True).fill("gsm|z")
        await tab(window, "Connector").click()
        await window.click("Save", form(window))
        # The tab with the field opens.
        await expect(tab(window, "Fields")).to_have_attribute("aria-selected", "true")
        await window.sees("No such option", form(window))


async def test_when_a_directory_is_synchronised(
    browser: Browser, simulated: Site, folder: Path
) -> None:
    (folder / "people.csv").write_text(HEAD + line(1))
    directory = await made(simulated, "people.csv")
    path = f"/admin/directories/{directory}"
    async with administration(browser, simulated.tws.base) as window:
        await window.go(f"/admin?page=directories&edit={directory}")
        await expect(form(window).get_by_role("tab")).to_have_text(
            ["Connector", "Fields", "Synchronisation", "Rights"]
        )
        row = row_of(window)
        await expect(row).to_contain_text("By hand")
        assert "neverBy" not in await row.inner_text()
        await tab(window, "Synchronisation").click()
        await choose(window, "When", "Every so often (high frequency)")
        await form(window).get_by_label("Every", exact=True).fill("2")
        await form(window).get_by_label("Unit").select_option("hours")
        await save(window)
        stored = await simulated.admin.get(path)
        assert (stored["schedule"], stored["minutes"]) == ("interval", 120)
        # What was never synchronised is due at once.
        await expect(row).to_contain_text("1 created")
        await expect(row).to_contain_text("Every 2 hours · next")
        await form(window).get_by_label("Unit").select_option("minutes")
        await save(window)
        await expect(row).to_contain_text("Every 2 minutes")

        await choose(window, "When", "Every day")
        await window.sees("Every day at 03:00", form(window))
        await save(window)
        await expect(row).to_contain_text("Every day at 03:00")
        await window.click("Change the hour", form(window))
        heading = form(window).get_by_role("heading", name="timeSynchronizationDirectories")
        await expect(heading).to_be_visible()


async def test_of_tws_s_own_little_can_be_changed(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Directories")
        row = row_of(window, "Users")
        await expect(window.button("Synchronise", row)).to_have_count(0)
        await row.get_by_role("button").click()
        await expect(form(window).get_by_role("tab")).to_have_count(0)
        await form(window).get_by_label("Priority").fill("7")
        await save(window)
        rows = await simulated.admin.get("/admin/directories")
        (users,) = [each for each in rows if each["name"] == "Users"]
        assert users["priority"] == 7
        change = {"version": users["version"], "priority": 2}
        await simulated.admin.request("PATCH", f"/admin/directories/{users['id']}", change)

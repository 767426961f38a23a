"""Application parameters: what there is, what is set for whom, and which value wins."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.opening import Opened, administration
from tests.pages.test_admin import form, save, to

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOUR, MAPS = "timeSynchronizationDirectories", "MapServiceURL"


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def _nothing_set(simulated: Site) -> AsyncIterator[None]:
    yield
    for row in await simulated.admin.get("/admin/parameter-values"):
        gone = f"/admin/parameter-values/{row['id']}?version={row['version']}"
        await simulated.admin.request("DELETE", gone)


def row_of(window: Opened, name: str) -> Locator:
    button = window.page.get_by_role("button", name=name, exact=True)
    return window.page.get_by_role("row").filter(has=button)


async def pick(window: Opened, label: str, option: str) -> None:
    await form(window).get_by_role("combobox", name=label, exact=True).click()
    shown = window.page.get_by_role("listbox")
    await shown.get_by_role("option", name=option, exact=True).click()


async def test_the_nearest_value_wins(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Application parameters")
        await window.page.get_by_label("Filter").fill("mapserv")
        await expect(window.page.get_by_role("row")).to_have_count(2)
        await row_of(window, MAPS).get_by_role("button").click()
        fields = form(window)
        await window.sees("The nearest wins: user, then group, then domain", fields)
        await window.click("Set a value", fields)
        await fields.get_by_label("Value for The whole company", exact=True).fill(
            "https://whole.example/{0}"
        )
        await fields.get_by_label("Set it for").select_option("user")
        users = await simulated.admin.get("/admin/users")
        name, other = users[0]["displayName"], users[1]["displayName"]
        await pick(window, "Who", name)
        await fields.get_by_label(f"Value for {name}", exact=True).fill("no address")
        await window.click("Save", fields)
        await window.sees("an address such as https://maps.example/?q={0} is expected", fields)
        await fields.get_by_label(f"Value for {name}", exact=True).fill("https://mine.example/{0}")
        await save(window)
        await expect(row_of(window, MAPS)).to_contain_text("https://whole.example/{0}")
        await expect(row_of(window, MAPS)).to_contain_text("1 particular value")

        why = fields.get_by_role("status").filter(has_text="example/{0}")
        await pick(window, "What it is for a user", name)
        await expect(why).to_contain_text("https://mine.example/{0} · User: ")
        await expect(why).to_contain_text("instead of https://whole.example/{0}")
        await pick(window, "What it is for a user", other)
        await expect(why).to_contain_text("https://whole.example/{0} · for the whole company")

        await window.click(f"Take back the value for {name}", fields)
        await save(window)
        (left,) = await simulated.admin.get("/admin/parameter-values")
        assert (left["parameter"], left["value"]) == (MAPS, "https://whole.example/{0}")


async def test_a_level_that_a_parameter_has_not_is_said(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go(f"/admin?page=parameters&edit={HOUR}")
        levels = form(window).get_by_label("Fixer pour")
        refused = levels.get_by_role("option", name="Groupe : pas pour ce paramètre")
        await expect(refused).to_be_disabled()
        await levels.select_option("domain")
        await pick(window, "Qui", "Paris")
        hour = form(window).get_by_label("Valeur pour Paris", exact=True)
        await hour.fill("25:00")
        await window.click("Enregistrer", form(window))
        await window.sees("une heure HH:MM est attendue", form(window))
        await hour.fill("04:30")
        await window.click("Enregistrer", form(window))
        await window.sees("Enregistré.", form(window))
        (domain,) = await simulated.admin.get("/admin/domains")
        await window.go(f"/admin?page=parameters&domain={domain['id']}")
        await expect(row_of(window, HOUR)).to_contain_text("04:30 pour le domaine")


async def test_somebody_else_s_value_is_not_overwritten_unasked(
    browser: Browser, simulated: Site
) -> None:
    (domain,) = await simulated.admin.get("/admin/domains")
    put = {"parameter": HOUR, "domain": domain["id"]}
    await simulated.admin.request("PUT", "/admin/parameter-values", {**put, "value": "01:00"})
    async with administration(browser, simulated.tws.base) as window:
        await window.go(f"/admin?page=parameters&edit={HOUR}")
        hour = form(window).get_by_label("Value for Paris", exact=True)
        await hour.fill("02:00")
        theirs = {**put, "value": "05:00", "version": 1}
        await simulated.admin.request("PUT", "/admin/parameter-values", theirs)
        await window.click("Save", form(window))
        clash = form(window).get_by_role("alert")
        await expect(clash).to_contain_text("Somebody else has changed this line")
        await window.click("Save", form(window))
        await expect(clash).to_contain_text("Somebody else has changed this line")
        (still,) = await simulated.admin.get("/admin/parameter-values")
        assert still["value"] == "05:00"
        await window.click("Save mine", form(window))
        await window.sees("Saved.", form(window))
        (row,) = await simulated.admin.get("/admin/parameter-values")
        assert row["value"] == "02:00"


async def test_each_parameter_says_what_it_is_for(browser: Browser, simulated: Site) -> None:
    names = {row["name"] for row in await simulated.admin.get("/admin/parameters")}
    assert {HOUR, MAPS} <= names
    for locale in ("fr-FR", "en-GB"):
        async with administration(browser, simulated.tws.base, locale=locale) as window:
            await window.go("/admin?page=parameters")
            rows = window.page.get_by_role("row")
            await expect(rows).to_have_count(len(names) + 1)
            for name in names:
                what = row_of(window, name).get_by_role("cell").nth(3)
                await expect(what).to_contain_text(".")

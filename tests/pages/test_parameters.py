"""Application parameters: what there is, what is set for whom, and which value wins."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form, save, to
from tests.pages.opening import Opened, administration, caller

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


async def tab(window: Opened, name: str) -> None:
    await form(window).get_by_role("tab", name=name, exact=True).click()


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
        await window.sees("A change takes effect at once.", fields)
        await window.sees("The nearest wins: user, then group, then domain", fields)
        await window.click("Set a value", fields)
        await fields.get_by_label("Value for The whole company", exact=True).fill(
            "https://whole.example/{0}"
        )
        await tab(window, "Users")
        users = await simulated.admin.get("/admin/users")
        name, other = users[0]["displayName"], users[1]["displayName"]
        await pick(window, "Add a value for a user", name)
        await fields.get_by_label(f"Value for {name}", exact=True).fill("no address")
        await tab(window, "Groups")
        await window.click("Save", fields)
        # Back to where it is wrong.
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
        values = await simulated.admin.get("/admin/parameter-values")
        [left] = [one["value"] for one in values if one["parameter"] == MAPS]
        assert left == "https://whole.example/{0}"


async def test_a_level_that_a_parameter_has_not_is_said(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go(f"/admin?page=parameters&edit={HOUR}")
        await tab(window, "Groupes")
        await window.sees("Ce paramètre ne se fixe pas par groupe.", form(window))
        await tab(window, "Domaines")
        await pick(window, "Ajouter un paramètre pour un domaine", "Paris")
        hour = form(window).get_by_label("Valeur pour Paris", exact=True)
        await hour.fill("25:00")
        await window.click("Enregistrer", form(window))
        await window.sees("une heure HH:MM est attendue", form(window))
        await hour.fill("04:30")
        await window.click("Enregistrer", form(window))
        await window.sees("Enregistré.", form(window))
        (domain,) = await simulated.admin.get("/admin/domains")
        await window.go(f"/admin?page=parameters&expert=1&domain={domain['id']}")
        await expect(row_of(window, HOUR)).to_contain_text("04:30 pour le domaine")


async def test_somebody_else_s_value_is_not_overwritten_unasked(
    browser: Browser, simulated: Site
) -> None:
    (domain,) = await simulated.admin.get("/admin/domains")
    put = {"parameter": HOUR, "domain": domain["id"]}
    await simulated.admin.request("PUT", "/admin/parameter-values", {**put, "value": "01:00"})
    async with administration(browser, simulated.tws.base) as window:
        await window.go(f"/admin?page=parameters&edit={HOUR}")
        await tab(window, "Domains (1)")
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
    known = await simulated.admin.get("/admin/parameters")
    for locale, unused, told in (
        ("fr-FR", "Enregistré ; pas encore utilisé par cette version.", False),
        ("en-GB", "Stored; not used yet by this version.", True),
    ):
        async with administration(browser, simulated.tws.base, locale=locale) as window:
            await window.go("/admin?page=parameters&expert=1")
            rows = window.page.get_by_role("row")
            await expect(rows).to_have_count(len(known) + 1)
            cells = "rows => rows.map(row => row.querySelectorAll('td')[3]?.textContent ?? '')"
            await window.sees("." if told else "Le plan qu’ouvre une adresse postale")
            shown = (await rows.evaluate_all(cells))[1:]
            for each, words in zip(known, shown, strict=True):
                assert (each["help"] in words) == told, words
                assert (unused in words.replace("\u00a0", " ")) == (not each["served"])


async def test_one_application_expert_mode_and_a_search(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go("/admin?page=parameters")
        application = window.page.get_by_role("combobox", name="Application", exact=True)
        await application.select_option("TWS Server")
        await expect(row_of(window, "SmtServer")).to_be_visible()
        await expect(row_of(window, MAPS)).to_have_count(0)
        # What is for experts is not shown, and it is said that it is there.
        await window.page.get_by_label("Filtrer").fill("smtp")
        await expect(row_of(window, "SmtServer")).to_be_visible()
        await expect(row_of(window, "SmtServerPort")).to_have_count(0)
        await window.click("4 de plus en mode Expert")
        await expect(row_of(window, "SmtServerPort")).to_be_visible()
        await expect(window.page.get_by_role("checkbox", name="mode Expert")).to_be_checked()
        # By its help, whatever the accents; the address leads there again.
        await application.select_option("Système")
        await window.page.get_by_label("Filtrer").fill("PURGE chaque nuit")
        await expect(row_of(window, "CallLog-StartCleaningHour")).to_be_visible()
        await window.page.reload()
        await expect(row_of(window, "CallLog-StartCleaningHour")).to_be_visible()
        await expect(window.page.get_by_role("row")).to_have_count(3)


async def test_a_secret_is_set_and_never_shown(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=parameters&edit=SmtAuthPassword")
        await window.click("Set a value", form(window))
        secret = form(window).get_by_label("Value for The whole company", exact=True)
        await secret.fill("over the hills")
        await save(window)
        await window.page.reload()
        await expect(secret).to_have_attribute("placeholder", "set: type to replace it")
        await expect(secret).to_have_value("")
        await expect(row_of(window, "SmtAuthPassword")).to_contain_text(
            "set for the whole company"
        )
        (row,) = await simulated.admin.get("/admin/parameter-values")
        assert row["value"] is None and row["version"] == 1
        # What is beside it is changed without it.
        await tab(window, "Domains")
        await pick(window, "Add a value for a domain", "Paris")
        await form(window).get_by_label("Value for Paris", exact=True).fill("and far away")
        await save(window)
        rows = await simulated.admin.get("/admin/parameter-values")
        assert [(row["value"], row["version"]) for row in rows] == [(None, 1), (None, 1)]


async def test_a_group_and_methods_are_chosen(browser: Browser, simulated: Site) -> None:
    (domain,) = await simulated.admin.get("/admin/domains")
    made = {"domain": domain["id"], "name": "Patrons of the parameters"}
    group = await simulated.admin.request("POST", "/admin/groups", made)
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=parameters&edit=AuthorizeP2pAppSharing")
        await window.sees("Stored; not used yet by this version.", form(window))
        await window.go("/admin?page=parameters&edit=AuthorizeShareRulesGroup")
        await window.click("Set a value", form(window))
        await pick(window, "Value for The whole company", made["name"])
        await save(window)
        await window.go("/admin?page=parameters&edit=AuthMethods")
        await window.click("Set a value", form(window))
        await form(window).get_by_role("checkbox", name="LDAP").check()
        await save(window)
        await expect(row_of(window, "AuthMethods")).to_contain_text("TWS | LDAP")
    rows = await simulated.admin.get("/admin/parameter-values")
    assert [row["value"] for row in rows] == [made["name"], "TWS|LDAP"]
    await simulated.admin.request("DELETE", f"/admin/groups/{group['id']}?version=1")


async def test_an_open_caller_follows_at_once(browser: Browser, simulated: Site) -> None:
    me = f"user{simulated.seats[0].number}"
    (company,) = await simulated.admin.get("/admin/companies")
    off = {"parameter": "AuthorizedAdvancedSearch", "value": False, "company": company["id"]}
    async with caller(browser, simulated.tws.base, me) as page:
        magnifier = page.button("Advanced search")
        await expect(magnifier).to_be_visible()
        row = await simulated.admin.request("PUT", "/admin/parameter-values", off)
        await expect(magnifier).to_have_count(0)
        back = f"/admin/parameter-values/{row['id']}?version={row['version']}"
        await simulated.admin.request("DELETE", back)
        await expect(magnifier).to_be_visible()

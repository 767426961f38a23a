"""Private fields: those without a label, and the one that marks important people."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.administration import form
from tests.pages.opening import administration, caller

pytestmark = pytest.mark.asyncio(loop_scope="session")
FILE = f"id;sn;class\n1;Ferrand;Wholesale\n2;Gaillard;{'x' * 2001}\n2;Gaillard;Retail\n"
DIRECTORY: dict[str, Any] = {
    "name": "Sans libellé",
    "connector": "csv",
    "settings": {"file": "unlabelled.csv"},
    "mapping": {"identifier": "id|h", "last_name": "sn", "private0": "class"},
}


async def made(site: Site, directory: dict[str, Any], content: str) -> dict[str, Any]:
    file = site.tws.data / "files" / site.company / directory["settings"]["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    row: dict[str, Any] = await site.admin.post(
        "/admin/directories", domain=site.domain, **directory
    )
    grant = granting.directory(row["id"], domain=site.domain)
    await site.admin.post("/admin/grants", **granting.sent(grant))
    return row


async def removed(site: Site, row: dict[str, Any]) -> None:
    now = await site.admin.get(f"/admin/directories/{row['id']}")
    path = f"/admin/directories/{row['id']}?version={now['version']}"
    await site.admin.request("DELETE", path)


async def test_they_are_called_by_their_number_in_the_language_of_the_page(
    browser: Browser, simulated: Site
) -> None:
    row = await made(simulated, DIRECTORY, FILE)
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go(f"/admin?page=directories&edit={row['id']}")
        shown = window.page.get_by_role("row").filter(has_text="Sans libellé")
        await window.click("Synchroniser", shown)
        await expect(shown).to_contain_text("Terminée")
        await form(window).get_by_role("tab", name="Synchronisation", exact=True).click()
        report = form(window).get_by_role("region", name="Rapports").get_by_role("group").first
        await expect(report).to_contain_text("1 Réservé 0")
        await expect(report).to_contain_text("2 : 2001 caractères, 2000 sont gardés")
        await expect(report).to_contain_text("identifiant qu’une autre entrée a aussi2")
    user = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, user, locale="fr-FR") as page:
        await page.click("Recherche avancée")
        asked = page.page.get_by_role("form", name="Recherche avancée")
        await asked.get_by_label("Dans quel annuaire").select_option("Sans libellé")
        await asked.get_by_label("Autre champ").select_option("Réservé 0")
        await asked.get_by_label("Texte de ce champ").fill("wholes")
        found = page.page.get_by_role("region", name="Annuaire").get_by_role("listitem")
        await expect(found).to_have_count(1)
        await found.get_by_role("button").first.click()
        card = page.page.get_by_role("region", name="Fiche")
        await expect(card.get_by_role("term")).to_have_text("Réservé 0")
        await page.speak("en-GB")
        await expect(page.card.get_by_role("term")).to_have_text("Private field 0")
    await removed(simulated, row)


async def test_a_long_name_does_not_hide_that_somebody_is_important(
    browser: Browser, simulated: Site
) -> None:
    name, company = "Hollande-Montmorency de la Fontaine-Bleue", "Compagnie générale des eaux"
    content = f"id;gn;sn;org;tel;vip\n1;Noa;{name};{company};+33 4 93 99 88 77;1\n"
    directory = {
        "name": "Importants",
        "connector": "csv",
        "settings": {"file": "important.csv"},
        "mapping": {
            "identifier": "id",
            "first_name": "gn",
            "last_name": "sn",
            "organisation": "org",
            "work": "tel",
            "private0": "vip",
        },
        "labels": {"private0": "[VIP]"},
    }
    row = await made(simulated, directory, content)
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=directories")
        shown = window.page.get_by_role("row").filter(has_text="Importants")
        await window.click("Synchronise", shown)
        await expect(shown).to_contain_text("Done")
    async with caller(browser, simulated.tws.base, f"user{simulated.seats[0].number}") as page:
        await page.people.get_by_label("Filter contacts").fill("montmorency")
        found = page.people.get_by_role("listitem")
        await expect(found).to_have_count(1)
        await expect(found.get_by_text("VIP", exact=True)).to_be_in_viewport(ratio=1)
    await removed(simulated, row)

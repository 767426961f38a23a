"""Private fields to which nobody gave a label."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration, caller
from tests.pages.test_admin import form

pytestmark = pytest.mark.asyncio(loop_scope="session")
FILE = f"id;sn;class\n1;Ferrand;Wholesale\n2;Gaillard;{'x' * 2001}\n2;Gaillard;Retail\n"
DIRECTORY = {
    "name": "Sans libellé",
    "connector": "csv",
    "settings": {"file": "unlabelled.csv"},
    "mapping": {"identifier": "id|h", "last_name": "sn", "private0": "class"},
}


async def test_they_are_called_by_their_number_in_the_language_of_the_page(
    browser: Browser, simulated: Site
) -> None:
    file = simulated.tws.data / "files" / simulated.company / "unlabelled.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILE, "utf-8")
    row = await simulated.admin.post("/admin/directories", domain=simulated.domain, **DIRECTORY)
    await simulated.admin.post(
        "/admin/directory-grants", directory=row["id"], domain=simulated.domain
    )
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
    now = await simulated.admin.get(f"/admin/directories/{row['id']}")
    path = f"/admin/directories/{row['id']}?version={now['version']}"
    await simulated.admin.request("DELETE", path)

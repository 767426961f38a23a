"""Why a source cannot be read, a card or a rule not taken, in French, from sources that fail."""

import re
import socket
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.administration import form
from tests.pages.opening import Opened, administration, caller

pytestmark = pytest.mark.asyncio(loop_scope="session")
BROKEN = b"BEGIN:VCARD\nVERSION:3.0\nFN\nEND:VCARD\n"


async def made(site: Site, name: str, connector: str, **settings: object) -> dict[str, Any]:
    (domain,) = await site.admin.get("/admin/domains")
    row: dict[str, Any] = await site.admin.post(
        "/admin/directories",
        domain=domain["id"],
        name=name,
        connector=connector,
        settings=settings,
        mapping={"identifier": "uid", "last_name": "sn"},
    )
    return row


async def removed(site: Site, row: dict[str, Any]) -> None:
    now = await site.admin.get(f"/admin/directories/{row['id']}")
    path = f"/admin/directories/{row['id']}?version={now['version']}"
    await site.admin.request("DELETE", path)


async def tried(window: Opened, row: dict[str, Any]) -> None:
    await window.go(f"/admin?page=directories&edit={row['id']}")
    await window.click("Tester la source", form(window))


async def test_why_a_source_cannot_be_read_is_said_in_french(
    browser: Browser, simulated: Site
) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and nobody listens there
        port = bound.getsockname()[1]
        where = {"host": "127.0.0.1", "port": port, "base": "dc=arda,dc=example"}
        away = await made(simulated, "Nobody listens", "ldap", **where)
        lost = await made(simulated, "No such file", "csv", file="nulle-part.csv")
        async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
            await tried(window, away)
            wrong = form(window).get_by_role("alert")
            await expect(wrong).to_contain_text(f"Rien ne répond sur le port {port} de 127.0.0.1")
            await form(window).get_by_label("Adresse", exact=True).fill("ldap://127.0.0.1")
            await window.click("Tester la source", form(window))
            await expect(wrong).to_contain_text("un nom ou une adresse seule est attendu")
            await tried(window, lost)
            words = "Il n’y a pas de fichier nulle-part.csv dans le dossier de la société"
            await expect(wrong).to_contain_text(words)
            assert str(simulated.tws.data) not in await wrong.inner_text()
            # The report of a synchronisation was stored in between.
            await window.go("/admin?page=directories")
            row = window.page.get_by_role("row").filter(has_text="No such file")
            await window.click("Synchroniser", row)
            await expect(row).to_contain_text("Échouée")
            await window.go(f"/admin?page=directories&edit={lost['id']}")
            await form(window).get_by_role("tab", name="Synchronisation", exact=True).click()
            await window.sees(words, form(window))
            await window.speak("en-GB")
            await window.sees("There is no file nulle-part.csv", form(window))
        for each in (away, lost):
            await removed(simulated, each)


async def test_a_damaged_file_is_said_in_the_list_and_not_called_unreachable(
    browser: Browser, simulated: Site
) -> None:
    (company,) = await simulated.admin.get("/admin/companies")
    folder = simulated.tws.data / "files" / company["id"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.csv").write_text('Id;lastname\n1;"Durand\n2;Martin\n')
    row = await made(simulated, "Open quote", "csv", file="broken.csv")
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go("/admin?page=directories")
        shown = window.page.get_by_role("row").filter(has_text="Open quote")
        await window.click("Synchroniser", shown)
        words = "broken.csv, ligne 2 : un guillemet ouvert dans cette ligne n’est pas fermé"
        await expect(shown).to_contain_text(words)
        await expect(shown).not_to_contain_text("ne répond pas")
    await removed(simulated, row)


async def test_why_a_card_is_not_imported_is_said_in_french(
    browser: Browser, simulated: Site
) -> None:
    me = f"user{simulated.seats[0].number}"
    async with caller(browser, simulated.tws.base, me, locale="fr-FR") as page:
        await page.click("Mes listes")
        await page.page.locator("input[type=file]").set_input_files(
            {"name": "broken.vcf", "mimeType": "text/vcard", "buffer": BROKEN}
        )
        await page.sees("Fiche 1 : ligne 1 : pas une propriété : 'FN'")


async def test_why_an_expression_cannot_be_read_is_said_in_french(
    browser: Browser, simulated: Site
) -> None:
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go("/admin?page=dialPlan")
        await window.click("Ajouter une règle")
        pattern = window.page.get_by_label(re.compile("^Modèle, règle")).last
        await pattern.fill("[^0(12]")
        await window.click("Enregistrer")
        refusal = window.page.get_by_role("alert")
        await expect(refusal).to_contain_text("l’expression est illisible (il manque ) : ^0(12)")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "Un numéro de téléphone n’a pas de lettres : abc"),
        ("01@55", "Un numéro de téléphone n’a pas ce signe : @"),
        ("1" * 65, "trop long pour un numéro de téléphone : 65 caractères"),
        ("0155171889 ou 0601020304", "plusieurs numéros, choisissez-en un"),
    ],
)
async def test_why_a_number_is_none_is_said_in_french(
    browser: Browser, simulated: Site, typed: str, words: str
) -> None:
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go("/admin?page=dialPlan")
        tester = window.page.get_by_role("region", name="Tester le plan de numérotation")
        await tester.get_by_label("Numéro à tester").fill(typed)
        await window.press("Enter")
        await expect(tester.get_by_role("alert")).to_contain_text(words)


@pytest.mark.parametrize(
    ("field", "written", "words"),
    [
        ("Nom", "sn|q", "Nom : Il n’y a pas d’option 'q'"),
        ("Nom", "|u", "Nom : Le nom du champ de la source manque."),
        ("Portable", "gsm|p:", "Portable : Option p : il n’y a rien à mettre"),
        (
            "Portable, liste rouge",
            "x|p:9{0}::(?=a)",
            "Portable, liste rouge : (?= n’est pas permis",
        ),
        ("Réservé 3", "x|z", "Réservé 3 : Il n’y a pas d’option 'z'"),
    ],
)
async def test_what_is_wrong_with_a_field_is_said_in_french_with_its_name(
    browser: Browser, simulated: Site, field: str, written: str, words: str
) -> None:
    row = await made(simulated, "Champs", "csv", file="fields.csv")
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go(f"/admin?page=directories&edit={row['id']}")
        await form(window).get_by_role("tab", name="Champs", exact=True).click()
        await form(window).get_by_label(field, exact=True).fill(written)
        await window.click("Enregistrer", form(window))
        await expect(form(window).get_by_role("alert").last).to_contain_text(words)
        await form(window).get_by_role("tab", name="Connecteur", exact=True).click()
        await window.click("Tester la source", form(window))
        trial = form(window).get_by_role("region", name="Tester la source").get_by_role("alert")
        await expect(trial).to_contain_text(words)
    await removed(simulated, row)

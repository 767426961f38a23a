"""7: the people of the company's LDAP become users, and it is said who may see what."""

from playwright.async_api import expect

from tests.pages.administration import choose, form
from tests.pages.opening import Opened
from tests.pages.walk.place import GROUP, Place, edit, pick, region, row, save, to
from tests.peers.answering import CERTIFICATE
from tests.peers.slapd import PASSWORD, PEOPLE, READER

IMPORT = "Annuaire LDAP"


async def users(place: Place) -> None:
    await an_import(place)
    await a_group(place.window)
    await an_authorisation(place.window)
    await why(place.window)


async def an_import(place: Place) -> None:
    """7.2: tried, then done, then read in its report."""
    window = place.window
    await to(window, "Import(s) Utilisateurs")
    await window.click("Ajouter")
    fields = form(window)
    await fields.get_by_label("Description").fill(IMPORT)
    await choose(window, "Type d’import", "LDAP")
    await choose(window, "Synchronisation", "Insertion, mise à jour et désactivation")
    for label, text in (
        ("Adresse", place.slapd.host),
        ("Port", str(place.slapd.port)),
        ("Base", PEOPLE),
    ):
        await fields.get_by_label(label, exact=True).fill(text)
    settings = fields.get_by_role("group", name="Réglages")
    await settings.get_by_label("Nom d’utilisateur", exact=True).fill(READER)
    await settings.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    await settings.get_by_text("Réglages avancés").click()
    await pick(window, "Autorité de certification", CERTIFICATE.name)
    await pick(window, "Lien", "PBX Paris")
    await expect(fields.get_by_label("Numéro", exact=True)).to_have_value("telephonenumber")
    await pick(window, "Ajouter dans un groupe", GROUP)
    await save(window)

    await window.click("Essai à blanc", fields)
    trial = fields.get_by_role("region", name="Ce qui serait fait")
    await expect(trial).to_contain_text("Créés2")
    await expect(trial.get_by_role("region", name="Détail")).to_contain_text(
        "Ignorézoeaucun numéro de téléphone"
    )
    await expect(row(window, IMPORT)).to_contain_text("jamais")
    await window.click("Synchro", row(window, IMPORT))
    await expect(row(window, IMPORT)).to_contain_text("Créés 2")
    report = fields.get_by_role("region", name="Rapports").get_by_role("group").first
    await expect(report.get_by_role("table")).to_contain_text("existait déjà : repris")
    await window.click("Ouvrir l’annuaire", fields)
    await expect(row(window, IMPORT)).to_contain_text("Terminée")
    await to(window, "Utilisateurs")
    await expect(row(window, "david")).to_contain_text("4004")
    await to(window, "Licences")
    await expect(row(window, "TWS Caller")).to_have_text("TWS Caller651")


async def a_group(window: Opened) -> None:
    """7.3."""
    await to(window, "Groupes")
    await window.click("Ajouter")
    await form(window).get_by_label("Nom", exact=True).fill("Commerce")
    await pick(window, "Membres", "David Moreau")
    await window.press("Escape")
    await save(window)
    await expect(row(window, "Commerce")).to_contain_text("1")


async def an_authorisation(window: Opened) -> None:
    """7.2.4, 7.4: what was imported is seen by those who are told."""
    await to(window, "Autorisations")
    await window.page.get_by_label("Type d’objet").select_option("directory")
    await pick(window, "Annuaire", f"{IMPORT} · Paris", window.page.get_by_role("main"))
    side = region(window, "À autoriser")
    await side.get_by_label("Ce sont des").select_option("group")
    await side.get_by_role("checkbox", name="Commerce").check()
    await window.click("Ajouter 1", side)
    await expect(side.get_by_role("status")).to_have_text("1 autorisation ajoutée.")
    await expect(region(window, f"Autorisés : {IMPORT}")).to_contain_text("Commerce")


async def why(window: Opened) -> None:
    """7.4: by which groups and grants; of who may not, what is missing."""
    for name, username, verdict, because in (
        ("David Moreau", "david", "Oui, c’est autorisé.", "Commerce"),
        ("Marie Durand", "marie", "Non, ce n’est pas autorisé.", "noGrant"),
    ):
        await to(window, "Utilisateurs")
        fields = await edit(window, username)
        await window.click(f"Droits de {name}", fields)
        asking = region(window, f"Pourquoi {name}")
        await asking.get_by_label("Type d’objet").select_option("directory")
        await pick(window, "Annuaire", f"{IMPORT} · Paris", asking)
        await expect(asking.get_by_role("status")).to_contain_text(verdict)
        await expect(asking.get_by_role("status")).to_contain_text(because)

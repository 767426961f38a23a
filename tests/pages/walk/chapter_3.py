"""3: from an empty server to people who may use the Caller."""

import re

from playwright.async_api import Locator, expect

from tests.licences.test_document import licence
from tests.pages.administration import choose, form
from tests.pages.opening import Opened
from tests.pages.walk.place import GROUP, Place, pick, region, row, save, to
from tests.running import PASSWORD
from tws.licences.document import signed

DONGLE = re.compile(r"([0-9A-F]{4}-){7}[0-9A-F]{4}")


async def first_configuration(place: Place) -> None:
    window = place.window
    await a_company_and_its_domains(window)
    await a_licence(place)
    await a_link(place)
    for username, first, last, number, password in (
        ("marie", "Marie", "Durand", "4001", PASSWORD),
        ("paul", "Paul", "Martin", "4002", PASSWORD),
        ("claire", "Claire", "Petit", "4003", ""),
    ):
        await a_user(window, username, first, last, number, password)
    await everybody_may_use_the_caller(window)


def step(window: Opened, name: str) -> Locator:
    heading = window.page.get_by_role("heading", name=name)
    return window.page.get_by_role("listitem").filter(has=heading)


async def a_company_and_its_domains(window: Opened) -> None:
    """3.1, 3.2."""
    page = window.page
    await window.go()
    await expect(page.get_by_role("heading", name="Initialisation")).to_be_visible()
    for label, text in (("Nom d’utilisateur", "root"), ("Société", "SSDEI"), ("Domaine", "Paris")):
        await page.get_by_label(label).fill(text)
    for label in ("Mot de passe", "Mot de passe, encore une fois"):
        await page.get_by_label(label, exact=True).fill(PASSWORD)
    await window.click("Créer et ouvrir l’administration")
    await expect(page.get_by_role("heading", name="Premiers pas")).to_be_visible()
    await window.sees("Étapes faites : 2 sur 6.")
    await expect(step(window, "La connexion au PBX")).to_have_attribute("aria-current", "step")
    await to(window, "Domaines")
    await window.click("Ajouter")
    await form(window).get_by_label("Nom", exact=True).fill("Nice")
    await form(window).get_by_label("Lg plan de num int.").fill("4")
    await save(window)
    await expect(row(window, "Nice")).to_be_visible()
    # What follows is of one domain: that of the headquarters.
    await page.get_by_label("Domaine", exact=True).select_option("Paris")


async def a_licence(place: Place) -> None:
    """3.3.1, 3.3.2: the number of the installation goes to whoever sells, a file comes back."""
    window = place.window
    await to(window, "Premiers pas")
    await window.click("Licences", step(window, "La licence"))
    await window.sees("Licence communautaire")
    dongle = await window.page.get_by_text(DONGLE).inner_text()
    file = place.folder / "ssdei.licence"
    bought = licence(dongle=dongle, applications={"TWS Caller": 6})
    file.write_text(signed(bought, place.key))
    async with window.page.expect_file_chooser() as asked:
        await window.click("Charger un fichier")
    await (await asked.value).set_files(file)
    await window.sees("La licence est valable.")
    await expect(row(window, "TWS Caller")).to_have_text("TWS Caller606")


async def a_link(place: Place) -> None:
    """3.3.3."""
    window = place.window
    await to(window, "Premiers pas")
    await window.click("Connexions PBX", step(window, "La connexion au PBX"))
    fields = form(window)
    await fields.get_by_label("Nom", exact=True).fill("PBX Paris")
    await choose(window, "Type", "CSTA (XML sur TCP)")
    await fields.get_by_label("Adresse").fill("127.0.0.1")
    await fields.get_by_label("Port", exact=True).fill(str(place.pbx.csta_port))
    await choose(window, "Type PBX", "generic")
    await save(window)
    await to(window, "État des connexions")
    await expect(row(window, "PBX Paris")).to_contain_text("Connecté")


async def a_user(
    window: Opened, username: str, first: str, last: str, number: str, password: str
) -> None:
    """3.3.4."""
    await to(window, "Utilisateurs")
    await window.click("Ajouter")
    fields = form(window)
    await fields.get_by_label("Nom d’utilisateur").fill(username)
    await fields.get_by_label("Prénom").fill(first)
    await fields.get_by_label("Nom", exact=True).fill(last)
    if password:
        await fields.get_by_label("Mot de passe", exact=True).fill(password)
    await window.click("Ajouter un poste", fields)
    await fields.get_by_label("Numéro", exact=True).fill(number)
    await save(window)
    await expect(row(window, username)).to_contain_text(number)


async def everybody_may_use_the_caller(window: Opened) -> None:
    """3.3.5 to 3.3.8; nothing has to be started."""
    await to(window, "Premiers pas")
    callers = step(window, "Qui utilise le Caller")
    await window.click(
        f"Créer le groupe {GROUP} des 3 utilisateurs et l’autoriser au Caller", callers
    )
    await expect(callers).to_contain_text("Utilisateurs autorisés : 3 sur 3.")
    await to(window, "Autorisations")
    await pick(window, "Application", "TWS Caller", window.page.get_by_role("main"))
    await expect(region(window, "Autorisés : TWS Caller")).to_contain_text(GROUP)
    await to(window, "Licences")
    await expect(row(window, "TWS Caller")).to_have_text("TWS Caller633")

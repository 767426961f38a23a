"""6: people sign in by the accounts that the company has already."""

from playwright.async_api import expect

from tests.pages.administration import form
from tests.pages.opening import Opened
from tests.pages.walk.place import GROUP, LDAP_PASSWORD, Place, caller_of, edit, pick, save, to
from tests.peers.answering import CERTIFICATE
from tests.peers.slapd import PEOPLE
from tests.running import PASSWORD


async def authentication(place: Place) -> None:
    await ldap_or_tws(place)
    await what_each_says_of_a_password(place.window)
    await claire_comes_in_by_ldap(place)


async def ldap_or_tws(place: Place) -> None:
    """6.1, 6.3: the methods of a group, the server of a domain."""
    window = place.window
    await to(window, "Paramètres applicatifs")
    await window.page.get_by_label("Filtrer").fill("Auth")
    await edit(window, "AuthMethods")
    await form(window).get_by_role("tab", name="Groupes").click()
    await pick(window, "Ajouter un paramètre pour un groupe", GROUP)
    methods = form(window).get_by_role("group", name=f"Valeur pour {GROUP}")
    await expect(methods.get_by_role("checkbox", name="TWS", exact=True)).to_be_checked()
    await methods.get_by_role("checkbox", name="LDAP", exact=True).check()
    await save(window)
    for parameter, value in (
        ("AuthLdapServer", place.slapd.host),
        ("AuthLdapPort", str(place.slapd.port)),
        ("AuthLdapDn", f"uid=?,{PEOPLE}"),
    ):
        await for_paris(window, parameter)
        await form(window).get_by_label("Valeur pour Paris", exact=True).fill(value)
        await save(window)
    await for_paris(window, "AuthLdapCertificate")
    async with window.page.expect_file_chooser() as asked:
        await window.click("Envoyer un fichier", form(window))
    await (await asked.value).set_files(CERTIFICATE)
    held = form(window).get_by_role("combobox", name="Valeur pour Paris", exact=True)
    await expect(held).to_have_value(CERTIFICATE.name)
    await save(window)


async def for_paris(window: Opened, parameter: str) -> None:
    await edit(window, parameter)
    await form(window).get_by_role("tab", name="Domaines").click()
    await pick(window, "Ajouter un paramètre pour un domaine", "Paris")


async def what_each_says_of_a_password(window: Opened) -> None:
    """Before anybody is told to use it. Marie has a password of TWS, and Claire has none."""
    await to(window, "Utilisateurs")
    for username, password, said in (
        ("claire", "not hers at all", "LDAP refuse."),
        ("claire", LDAP_PASSWORD, "LDAP accepte."),
        ("claire", LDAP_PASSWORD, "TWS refuse."),
        ("marie", PASSWORD, "TWS accepte."),
    ):
        fields = await edit(window, username)
        trying = fields.get_by_role("region", name="Tester l’authentification")
        await trying.get_by_label("Tester l’authentification", exact=True).fill(password)
        await window.click("Tester", trying)
        await expect(trying).to_contain_text(said)


async def claire_comes_in_by_ldap(place: Place) -> None:
    async with caller_of(place) as window:
        await window.sign_in("claire", "not hers at all")
        await window.sees("Nom d’utilisateur ou mot de passe refusé.")
        await window.sign_in("claire", LDAP_PASSWORD)
        await expect(window.page.locator("header")).to_contain_text("Claire Petit")
        await expect(window.page.get_by_role("img", name="Libre").first).to_be_visible()

"""10: who else administers it, what keeps it running, and what brings it back."""

import gzip

from playwright.async_api import expect

from tests.house.commands import tws
from tests.pages.administration import form
from tests.pages.opening import Opened
from tests.pages.walk.chapter_3 import step
from tests.pages.walk.place import Place, edit, pick, row, save, to
from tests.running import PASSWORD


async def maintenance(place: Place) -> None:
    window = place.window
    await another_administrator(window)
    await what_is_kept_for_how_long(window)
    await everything_runs(window)
    await a_trial_call_that_is_traced(place)
    await nothing_is_wrong(window)
    await lost_and_restored(place)
    await who_did_what_is_known(window)


async def another_administrator(window: Opened) -> None:
    """10.1: of one company."""
    await to(window, "Administrateurs")
    await window.click("Ajouter")
    await form(window).get_by_label("Nom d’utilisateur").fill("AdmCompany1")
    await form(window).get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    await pick(window, "Sociétés", "SSDEI")
    await window.press("Escape")
    await save(window)
    await expect(row(window, "AdmCompany1")).to_contain_text("Non")


async def what_is_kept_for_how_long(window: Opened) -> None:
    """10.2."""
    await to(window, "Paramètres applicatifs")
    await window.page.get_by_label("Filtrer").fill("CallLog-")
    fields = await edit(window, "CallLog-NumberDaysOfStorage")
    await fields.get_by_role("tab", name="Valeur par défaut").click()
    await window.click("Fixer une valeur", fields)
    await fields.get_by_label("Valeur pour Toute la société", exact=True).fill("60")
    await save(window)
    await expect(row(window, "CallLog-NumberDaysOfStorage")).to_contain_text("60 jours")


async def everything_runs(window: Opened) -> None:
    """10.3 to 10.5: a service is stopped and started again; what is monitored."""
    await to(window, "TWS Services")
    imports = row(window, "Imports d’utilisateurs")
    await window.click("Arrêter", imports)
    await window.click("Arrêter", window.page.get_by_role("dialog"))
    await expect(imports).to_contain_text("Arrêté")
    await window.click("Démarrer", imports)
    await expect(imports).to_contain_text("En marche")
    await to(window, "État des connexions")
    await expect(row(window, "PBX Paris")).to_contain_text("Connecté")
    await to(window, "État des postes")
    for number in ("4001", "4002", "4003", "4004", "4005"):
        await expect(row(window, number)).to_contain_text("Surveillé")


async def a_trial_call_that_is_traced(place: Place) -> None:
    """3.3.9 for who stands in the machine room, 10.6 for who wants to know what was said."""
    window, page = place.window, place.window.page
    await to(window, "Traces")
    await page.get_by_label("Numéro de poste").fill("4001")
    await window.click("Démarrer")
    await expect(row(window, "PBX Paris")).to_contain_text("en cours")

    await to(window, "Premiers pas")
    call = step(window, "Un appel").get_by_role("form")
    await call.get_by_label("De", exact=True).select_option("4001")
    await call.get_by_label("Vers", exact=True).fill("4002")
    await window.click("Appeler", call)
    await expect(call).to_contain_text("4002 sonne : décrochez.")
    await place.pbx.answer("4002")
    await expect(call).to_contain_text("On a répondu.")
    await window.click("Raccrocher", call)
    await expect(call).to_contain_text("L’appel a fonctionné de bout en bout.")
    await window.sees("Tout fonctionne, jusqu’à un appel auquel on a répondu.")
    await place.pbx.wait(lambda state: state.phones["4002"].idle)

    await to(window, "Traces")
    traced = row(window, "PBX Paris")
    await traced.get_by_role("button", name="Arrêter").click()
    await expect(traced).to_contain_text("terminée")
    async with page.expect_download() as coming:
        await traced.get_by_role("link", name="Télécharger").click()
    file = place.folder / "trace.jsonl.gz"
    await (await coming.value).save_as(file)
    written = gzip.decompress(file.read_bytes()).decode()
    assert "EstablishedEvent" in written
    assert "4001" in written


async def nothing_is_wrong(window: Opened) -> None:
    """10.8."""
    await to(window, "Dépannage")
    await window.sees("0 en échec")
    await expect(row(window, "Connexions aux PABX")).to_contain_text("En ordre")
    await expect(row(window, "Chacun se connecte avec un mot de passe")).to_contain_text(
        "En ordre"
    )
    await expect(row(window, "Le serveur LDAP localhost répond")).to_contain_text("En ordre")


async def lost_and_restored(place: Place) -> None:
    """10.7: Emma is deleted by mistake. What restores is a command, with the server stopped."""
    window, page = place.window, place.window.page
    await to(window, "Sauvegardes")
    await window.click("Sauvegarder maintenant")
    made = row(window, "demandée")
    async with page.expect_download() as coming:
        await made.get_by_role("link", name="Télécharger").click()
    file = place.folder / (await coming.value).suggested_filename
    await (await coming.value).save_as(file)

    await to(window, "Utilisateurs")
    await window.click("Supprimer", await edit(window, "emma"))
    await window.click("Supprimer", page.get_by_role("dialog"))
    await expect(row(window, "emma")).to_have_count(0)

    await place.tws.stop()
    restored = await tws("restore", str(file), "--yes", f"--data={place.tws.data}")
    assert restored.code == 0, restored.error
    await place.tws.restart()

    await page.reload()
    await to(window, "Utilisateurs")
    await expect(row(window, "emma")).to_contain_text("4005")
    await to(window, "État des postes")
    await expect(row(window, "4005")).to_contain_text("Surveillé")


async def who_did_what_is_known(window: Opened) -> None:
    """Beyond the guide."""
    await to(window, "Journal d’audit")
    log = window.page.get_by_role("main")
    for what in ("root", "Trace téléchargée", "Service démarré", "AdmCompany1"):
        await expect(log).to_contain_text(what)

"""Tools / Backups: one is made now, why the last one failed is in red, and the settings."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.pages.opening import opened
from tests.running import PASSWORD, TwsServer, running_tws
from tws.maintenance.backups.archive import Archive

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def initialise(tws: TwsServer) -> None:
    await tws.client().post(
        "/initialisation",
        username="root",
        password=PASSWORD,
        company="SSDEI",
        domain={"name": "Paris", "timeZone": "Europe/Paris"},
    )


async def test_one_is_made_downloaded_and_deleted(browser: Browser, tmp_path: Path) -> None:
    second = tmp_path / "second"
    async with (
        running_tws(tmp_path, TWS_BACKUP_COPY_TO=str(second)) as tws,
        opened(browser, tws.base, locale="fr-FR") as window,
    ):
        await initialise(tws)
        await window.sign_in("root", PASSWORD, "/admin?page=backups")
        page = window.page
        await window.sees("Il n’y a pas encore de sauvegarde.")
        await window.sees("Prochaine sauvegarde")
        await window.click("Sauvegarder maintenant")
        row = page.get_by_role("table").get_by_role("row").nth(1)
        await expect(row).to_contain_text("demandée")
        # The second place is not there: said in red, and the backup stays.
        alert = page.get_by_role("alert")
        await expect(alert).to_contain_text("n’a pas été copiée")
        await expect(alert).to_contain_text(str(second))
        second.mkdir()
        await expect(page.get_by_role("button", name="Sauvegarder maintenant")).to_be_enabled()
        await window.click("Sauvegarder maintenant")
        await expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
        await expect(alert).to_have_count(0)
        async with page.expect_download() as coming:
            await row.get_by_role("link", name="Télécharger").click()
        copy = tmp_path / "copy.twsbackup"
        await (await coming.value).save_as(copy)
        assert Archive(copy).checked().tables
        await row.get_by_role("button", name="Restaurer").click()
        asking = page.get_by_role("dialog")
        await window.click("Vérifier", asking)
        await window.sees("Elle est entière", asking)
        await expect(asking.get_by_role("row", name="Sociétés")).to_contain_text("1")
        await expect(asking.locator("pre")).to_contain_text(f"tws restore --data {tmp_path}")
        await expect(window.button("Copier", asking)).to_be_visible()
        await window.press("Escape")
        await row.get_by_role("button", name="Supprimer").click()
        await window.click("Supprimer", page.get_by_role("dialog"))
        await expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)


async def test_the_settings_are_followed_at_once(browser: Browser, tmp_path: Path) -> None:
    second = tmp_path / "second"
    async with (
        running_tws(tmp_path, TWS_BACKUP_KEEP="5") as tws,
        opened(browser, tws.base, locale="fr-FR") as window,
    ):
        await initialise(tws)
        await window.sign_in("root", PASSWORD, "/admin?page=backups")
        form = window.page.get_by_role("region", name="Réglages")
        await window.sees("Fixé par TWS_BACKUP_KEEP sur le serveur", form)
        await expect(form.get_by_label("quotidiennes conservées")).to_be_disabled()
        place = form.get_by_label("Second endroit")
        await place.fill(str(second))
        await window.click("Tester", form)
        await window.sees("No such file", form)
        second.mkdir()
        await window.click("Tester", form)
        await window.sees("Un fichier y a été écrit, puis supprimé.", form)
        await form.get_by_label("À (HH:MM, heure du serveur)").fill("04:30")
        await form.get_by_label("Chiffrer les sauvegardes").check()
        await form.get_by_role("textbox", name="Phrase secrète").fill("une phrase secrète")
        await window.click("Enregistrer", form)
        await expect(window.page.locator("dl")).to_contain_text(str(second))
        await expect(window.page.locator("dl")).to_contain_text("chiffrée")
        await window.sees("Vide : celle qui existe.", form)
        chosen = json.loads((tmp_path / "backups.json").read_text())
        assert (chosen["at"], chosen["copy_to"]) == ("04:30", str(second))
        await form.get_by_label("Une sauvegarde chaque jour").uncheck()
        await window.click("Enregistrer", form)
        await window.sees("Aucune automatique : désactivée")
        await window.click("Sauvegarder maintenant")
        await expect(window.page.get_by_role("table").get_by_role("row")).to_have_count(2)
        await expect(window.page.get_by_role("table")).to_contain_text("chiffrée")
        # It is listed before it is copied.
        await expect(window.page.get_by_role("progressbar")).to_have_count(0)
        [copy] = second.glob("*.twsbackup")
        assert Archive(copy, "une phrase secrète").checked().key_inside

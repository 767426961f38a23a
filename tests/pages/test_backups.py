"""Tools / Backups: one is made now, and why the last one failed is in red."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.pages.opening import opened
from tests.running import PASSWORD, running_tws
from tws.maintenance.backups.archive import Archive

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_is_made_downloaded_and_deleted(browser: Browser, tmp_path: Path) -> None:
    second = tmp_path / "second"
    async with (
        running_tws(tmp_path, TWS_BACKUP_COPY_TO=str(second)) as tws,
        opened(browser, tws.base, locale="fr-FR") as window,
    ):
        await tws.client().post(
            "/initialisation",
            username="root",
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "timeZone": "Europe/Paris"},
        )
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
        await row.get_by_role("button", name="Supprimer").click()
        await window.click("Supprimer", page.get_by_role("dialog"))
        await expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)

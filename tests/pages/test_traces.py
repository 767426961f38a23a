"""Tools / Traces: one is started, followed, ended, replayed, and deleted."""

import gzip
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import running_site
from tests.pages.opening import opened
from tests.running import ADMINISTRATOR, PASSWORD
from tws.maintenance.traces.lines import header_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_trace_from_start_to_replay(browser: Browser, tmp_path: Path) -> None:
    async with (
        simulated_pbx() as pbx,
        running_site(pbx, tmp_path, people=2) as site,
        opened(browser, site.tws.base, locale="fr-FR") as window,
    ):
        page = window.page
        await window.sign_in(ADMINISTRATOR, PASSWORD, "/admin?page=traces")
        await window.sees("Pas encore de trace.")
        await page.get_by_label("Recommencer la connexion").check()
        await window.click("Démarrer")
        row = page.get_by_role("table").get_by_role("row").nth(1)
        await expect(row).to_contain_text("au plus tard")
        await expect(page.get_by_role("button", name="Démarrer", exact=True)).to_be_disabled()
        a, b = site.seats
        await a.live.device(number=a.number, state="monitored")
        await b.live.device(number=b.number, state="monitored")
        await a.do("makeCall", called=b.number)
        await b.phone.rings()
        await row.get_by_role("button", name="Suivre").click()
        panel = page.get_by_role("region", name="Ce qui passe par")
        await expect(panel).to_contain_text("DeliveredEvent")
        await a.phone.hang_up()
        await a.live.no_call()
        await b.live.no_call()
        await row.get_by_role("button", name="Arrêter").click()
        await expect(row).to_contain_text("terminée")
        await row.get_by_role("button", name="Rejouer").click()
        panel = page.get_by_role("region", name="rejouée")
        await expect(panel).to_contain_text("Chaque appel s’est passé comme sur le serveur")
        await panel.get_by_text("Appel 1").click()
        await expect(panel).to_contain_text(f"{b.number} sonne")
        async with page.expect_download() as coming:
            await row.get_by_role("link", name="Télécharger").click()
        copy = tmp_path / "copy.jsonl.gz"
        await (await coming.value).save_as(copy)
        with gzip.open(copy) as file:
            assert header_of(file.readline()).link == site.link
        await row.get_by_role("button", name="Supprimer").click()
        await window.click("Supprimer", page.get_by_role("dialog"))
        await page.get_by_role("combobox", name="Transport").click()
        await page.get_by_role("option", name="TCP").click()
        await expect(page.get_by_label("Port", exact=True)).to_have_value("601")
        await page.get_by_label("Collecteur", exact=True).fill("127.0.0.1")
        await page.get_by_label("Port", exact=True).fill("1")
        await window.click("Tester")
        await window.sees("Le collecteur n’a pas été atteint")
        await window.click("Démarrer l’envoi")
        panel = page.get_by_role("region", name="Syslog")
        await expect(panel).to_contain_text("n’est pas atteint : connexion refusée")
        await window.click("Arrêter l’envoi")
        await window.sees("Les lignes ne vont nulle part.")
        await window.sees("Pas encore de trace.")

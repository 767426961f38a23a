"""Security / Licences: a licence is loaded, and counts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Browser, expect

from tests.licences.test_document import licence
from tests.pages.opening import opened
from tests.running import PASSWORD, running_tws
from tws.issuing import public_text
from tws.licences.document import signed

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_licence_is_loaded_and_the_number_renewed(
    browser: Browser, tmp_path: Path
) -> None:
    key = Ed25519PrivateKey.generate()
    file = tmp_path / "ssdei.licence"
    async with (
        running_tws(tmp_path, TWS_LICENCE_ISSUERS=public_text(key)) as tws,
        opened(browser, tws.base, locale="fr-FR") as window,
    ):
        await tws.client().post(
            "/initialisation",
            username="root",
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "timeZone": "Europe/Paris"},
        )
        await window.sign_in("root", PASSWORD, "/admin?page=licences")
        page = window.page
        dongle = await page.locator("[class*=dongle]").inner_text()
        table = page.get_by_role("table")
        caller = table.get_by_role("row", name="TWS Caller")
        await expect(caller).to_contain_text("illimité")
        await expect(table.get_by_role("row")).to_have_count(18)
        for name in ("TWS Audio channel", "TWS Video channel"):
            row = table.get_by_role("row", name=name)
            await expect(row).to_contain_text("cette version n’en ouvre aucun")
        chooser = page.locator("input[type=file]")
        file.write_text("rien")
        await chooser.set_input_files(file)
        await window.sees("ce n’est pas un fichier de licence de TWS")
        file.write_text(signed(licence(dongle=dongle, applications={"TWS Caller": 30}), key))
        await chooser.set_input_files(file)
        await window.sees("La licence est valable.")
        await expect(caller).to_have_text("TWS Caller30030")
        await window.click("Nouveau numéro")
        question = page.get_by_role("dialog")
        await window.click("Nouveau numéro", question)
        await window.sees("La licence est celle d’une autre installation")
        await expect(page.locator("[class*=dongle]")).not_to_have_text(dongle)

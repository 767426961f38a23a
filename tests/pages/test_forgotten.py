"""A forgotten password, replaced by a letter, as its owner does it."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.mail.server import post_office
from tests.pages.opening import opened
from tests.running import ADMINISTRATOR, PASSWORD, running_tws

pytestmark = pytest.mark.asyncio(loop_scope="session")
PUBLIC = "http://tws.company.example"
NEW = "another right horse battery"


async def test_a_letter_leads_to_a_new_password(browser: Browser, tmp_path: Path) -> None:
    async with (
        post_office() as post,
        running_tws(tmp_path, TWS_PUBLIC_URL=PUBLIC) as tws,
        opened(browser, tws.base, locale="fr-FR") as window,
    ):
        admin = tws.client()
        await admin.post(
            "/initialisation",
            username=ADMINISTRATOR,
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "timeZone": "Europe/Paris"},
        )
        await admin.sign_in_as_administrator()
        page = window.page
        await window.go("/admin")
        await expect(page.get_by_label("Nom d’utilisateur")).to_be_visible()
        await expect(page.get_by_text("Mot de passe oublié")).to_have_count(0)
        (company, *_) = await admin.get("/admin/companies")
        for name, value in (("SmtServer", "127.0.0.1"), ("SmtServerPort", post.port)):
            body = {"parameter": name, "value": value, "company": company["id"]}
            await admin.request("PUT", "/admin/parameter-values", body)
        (own,) = await admin.get("/admin/administrators")
        told = {"version": own["version"], "email": "ada@ssdei.example"}
        await admin.request("PATCH", f"/admin/administrators/{own['id']}", told)

        await window.go("/admin")
        await page.get_by_label("Nom d’utilisateur").fill(ADMINISTRATOR)
        await page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        await window.click("S’authentifier")
        await expect(page.get_by_role("navigation")).to_be_visible()
        await window.go(f"/admin?page=administrators&edit={own['id']}")
        await window.click("Envoyer un e-mail d’essai")
        await window.sees("Le serveur de courriel a pris le courriel pour ada@ssdei.example.")
        await window.click("Se déconnecter")
        await window.click("Mot de passe oublié ?")
        await page.get_by_label("Nom d’utilisateur").fill(ADMINISTRATOR)
        await window.click("Envoyer l’e-mail")
        await window.sees("un e-mail est en route")
        _, letter = await post.arrived(2)
        link = re.search(rf"{PUBLIC}(/admin#reset=\w+)", letter.get_content())
        assert link is not None
        await window.go(link[1])
        await expect(page).to_have_url(f"{tws.base}/admin")
        await page.get_by_label("Nouveau mot de passe").fill("court")
        await window.click("Enregistrer")
        await expect(page.get_by_role("alert")).to_be_visible()
        await page.get_by_label("Nouveau mot de passe").fill(NEW)
        await window.click("Enregistrer")
        await window.sees("Le nouveau mot de passe est enregistré")
        await window.click("Retour à la connexion")
        await page.get_by_label("Nom d’utilisateur").fill(ADMINISTRATOR)
        await page.get_by_label("Mot de passe", exact=True).fill(NEW)
        await window.click("S’authentifier")
        await expect(page.get_by_role("navigation")).to_be_visible()
        await window.go("/admin")
        await window.go(link[1])
        await page.get_by_label("Nouveau mot de passe").fill(NEW)
        await window.click("Enregistrer")
        await window.sees("Ce lien a déjà servi")

"""Erasing a company or a person: how much is said before, and what went afterwards."""

import re

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.opening import AXE, Opened, administration
from tests.pages.test_accessibility import findings
from tests.running import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def assert_well_made(window: Opened) -> None:
    """A dialog's own heading is a second banner to axe, whatever it is."""
    await window.evaluate(AXE.read_text(encoding="utf-8"))
    found = await findings(window, colours=False)
    assert [one for one in found if not one.startswith("landmark-")] == []


async def erases(window: Opened, button: str, name: str, *lines: str) -> Locator:
    """The question is answered; the report, which has `lines` as the question had."""
    await window.click(button)
    question = window.page.get_by_role("dialog")
    for line in lines:
        await expect(question.get_by_role("row", name=line)).to_be_visible()
    await assert_well_made(window)
    await expect(window.button(button, question)).to_be_disabled()
    await question.get_by_role("textbox").fill(name)
    await window.click(button, question)
    report = window.page.get_by_role("dialog", name=re.compile(f"(Erased|Effacement).*{name}"))
    for line in lines:
        await expect(report.get_by_role("row", name=line)).to_be_visible()
    await expect(window.page.get_by_role("dialog")).to_have_count(1)
    return report


async def test_a_company(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    company = await admin.post("/admin/companies", name="To be erased")
    for name in ("East", "West"):
        await admin.post(
            "/admin/domains", company=company["id"], name=name, timeZone="Europe/Paris"
        )
    async with administration(browser, simulated.tws.base) as window:
        await window.go(f"/admin?page=companies&edit={company['id']}")
        report = await erases(window, "Erase the company", "To be erased", "Domains 2")
        await expect(report.get_by_role("row", name="Companies 1")).to_be_visible()
        # It stays though the company and its form are gone.
        await expect(window.page.get_by_role("form")).to_have_count(0)
        await expect(window.page.get_by_text("To be erased", exact=True)).to_have_count(0)
        await assert_well_made(window)
        await window.page.get_by_role("button", name="Close", exact=True).last.click()
        await expect(report).to_have_count(0)


async def test_a_person_in_french(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    user = await admin.post("/admin/users", domain=simulated.domain, username="to.be.erased")
    place = f"/admin/users/{user['id']}/password"
    await admin.request("PUT", place, {"password": PASSWORD})
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go(f"/admin?page=users&edit={user['id']}")
        report = await erases(
            window, "Effacer la personne", "to.be.erased", "Utilisateurs 1", "Mots de passe 1"
        )
        await window.sees("sans plus dire de qui il s’agissait", report)
        await expect(report.get_by_role("row", name="journal d’audit")).to_be_visible()
        await window.page.get_by_role("button", name="Fermer", exact=True).last.click()
        await expect(report).to_have_count(0)
    assert user["id"] not in {row["id"] for row in await admin.get("/admin/users")}

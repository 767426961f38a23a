"""Addresses, web site and private fields of one's own contacts, on the pages."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Seat, Site
from tests.pages.administration import form
from tests.pages.opening import Caller, administration, caller

pytestmark = pytest.mark.asyncio(loop_scope="session")
ADDRESS = "12 rue de la Paix\n75002 Paris"


@asynccontextmanager
async def kept(me: Seat, **fields: Any) -> AsyncIterator[dict[str, Any]]:
    """A private contact for as long as a test looks at it."""
    made = await me.api.post("/contacts", private=True, **fields)
    try:
        yield made
    finally:
        await forgotten(me, made["lastName"])


async def forgotten(me: Seat, name: str) -> None:
    for one in await me.api.get("/contacts", lastName=name):
        if not one["editable"]:
            continue  # another directory has one of that name
        version = {"version": one["version"]}
        await me.api.request("DELETE", f"/contacts/{one['id']}", params=version)


def fact(card: Locator, label: str) -> Locator:
    term = card.page.get_by_role("term").filter(has_text=re.compile(f"^{label}$"))
    return card.locator("dl > div").filter(has=term).get_by_role("definition")


async def test_a_contact_is_filled_in_by_keyboard(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.click("New contact", page.people)
        card = page.card
        await expect(card.get_by_label("First name")).to_be_focused()
        await page.press("Tab")
        await page.type("Lemaire")
        await page.press("Tab", "Tab")
        await expect(card.get_by_label("Web site")).to_be_focused()
        await page.type("www.lemaire.example")
        await card.get_by_label("E-mail", exact=True).fill("one@lemaire.example")
        for address in ("two@lemaire.example", "three@lemaire.example"):
            await card.get_by_role("button", name="Add an e-mail").focus()
            await page.press("Enter")
            await expect(card.get_by_label("E-mail", exact=True).last).to_be_focused()
            await page.type(address)
        await card.get_by_role("button", name="Remove this e-mail").nth(1).focus()
        await page.press("Enter")
        await expect(card.get_by_role("button", name="Add an e-mail")).to_be_focused()
        await page.press("Tab")
        await expect(card.get_by_label("Address")).to_be_focused()
        await page.type("12 rue de la Paix")
        await page.press("Enter")
        await page.type("75002 Paris")
        await page.press("Tab")
        await page.type("Buyer")
        await page.press("Tab")
        await page.type("Gold")
        await page.press("Control+Enter")
        await expect(card.get_by_role("heading", name="Lemaire")).to_be_visible()
        emails = card.locator("a[href^='mailto:']")
        assert await emails.all_inner_texts() == ["one@lemaire.example", "three@lemaire.example"]
        site = fact(card, "Web site").get_by_role("link")
        await expect(site).to_have_attribute("href", "https://www.lemaire.example/")
        await expect(fact(card, "Title")).to_have_text("Buyer")
        await expect(fact(card, "Note")).to_have_text("Gold")
        where = fact(card, "Address").get_by_role("link")
        await expect(where).to_contain_text("75002 Paris")
        await expect(where).to_have_attribute(
            "href", re.compile("12%20rue%20de%20la%20Paix%2075002")
        )
        await forgotten(me, "Lemaire")


async def test_what_is_wrong_is_said_where_it_stands(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    async with (
        kept(me, lastName="Vautrin", emails=["a@vautrin.example"]),
        caller(browser, simulated.tws.base, f"user{me.number}") as page,
    ):
        await edited(page, "Vautrin")
        await page.card.get_by_label("Web site").fill("ftp://vautrin.example")
        await page.click("Save", page.card)
        wrong = page.card.get_by_label("Web site")
        await expect(wrong).to_have_attribute("aria-invalid", "true")
        await page.sees("such as https://www.company.example", page.card)
        await wrong.fill("")
        await page.card.get_by_label("Note").fill("x" * 2001)
        await page.click("Save", page.card)
        await page.sees("longer than 2000 characters", page.card)
        await page.card.get_by_label("Note").fill("")
        await page.click("Save", page.card)
        await expect(page.button("Edit", page.card)).to_be_visible()


async def edited(page: Caller, name: str, word: str = "Edit") -> None:
    await page.people.get_by_role("button", name=name).first.click()
    await page.click(word, page.card)


async def test_the_fields_are_in_the_language_of_the_page(
    browser: Browser, simulated: Site
) -> None:
    me = simulated.seats[0]
    texts = {"Address": ADDRESS, "Title": "Acheteur", "Note": "Or"}
    async with (
        kept(me, lastName="Corbin", fields=texts),
        caller(browser, simulated.tws.base, f"user{me.number}", locale="fr-FR") as page,
    ):
        people = page.page.get_by_role("region", name="Annuaire")
        card = page.page.get_by_role("region", name="Fiche")
        await people.get_by_role("button", name="Corbin").first.click()
        await expect(fact(card, "Fonction")).to_have_text("Acheteur")
        await expect(fact(card, "Adresse").get_by_role("link")).to_be_visible()
        await page.click("Modifier", card)
        await expect(card.get_by_label("Adresse")).to_have_value(ADDRESS)
        await card.get_by_label("Fonction").fill("Achats")
        await page.click("Enregistrer", card)
        await expect(fact(card, "Fonction")).to_have_text("Achats")
        await page.click("Recherche avancée")
        search = page.page.get_by_role("form", name="Recherche avancée")
        await search.get_by_label("Autre champ").select_option("Fonction")
        await search.get_by_label("Texte de ce champ").fill("acha")
        await expect(people).to_contain_text("Corbin")
        await search.get_by_label("Texte de ce champ").fill("vente")
        await expect(people).not_to_contain_text("Corbin")


async def test_an_administrator_names_the_fields(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[0]
    rows = await simulated.admin.get("/admin/directories")
    before = next(row for row in rows if row["builtIn"] == "tws_private")
    try:
        async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
            await window.go(f"/admin?page=directories&edit={before['id']}")
            fields = form(window)
            await expect(fields.get_by_label("Libellé de Réservé 0")).to_have_value("Adresse")
            await fields.get_by_label("Libellé de Réservé 1").fill("Kunde seit")
            await fields.get_by_label("Libellé de Réservé 3").fill("Chantier")
            await fields.get_by_label("Propriété vCard 3").fill("ADR.WORK|a")
            async with window.page.expect_response(lambda one: one.request.method == "PATCH"):
                await window.click("Enregistrer", fields)
        row = await simulated.admin.get(f"/admin/directories/{before['id']}")
        assert row["labels"] == {
            **before["labels"],
            "private1": "Kunde seit",
            "private3": "Chantier",
        }
        assert row["mapping"] == {**before["mapping"], "private3": "ADR.WORK|a"}
        async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
            await page.click("New contact", page.people)
            await expect(page.card.get_by_label("Kunde seit")).to_be_visible()
            await page.card.get_by_text("Public", exact=True).click()
            await expect(page.card.get_by_label("Kunde seit")).to_have_count(0)
            await expect(page.card.get_by_label("Title")).to_be_visible()
    finally:
        row = await simulated.admin.get(f"/admin/directories/{before['id']}")
        was = {name: before[name] for name in ("labels", "mapping")}
        body = {"version": row["version"], **was}
        await simulated.admin.request("PATCH", f"/admin/directories/{before['id']}", body)

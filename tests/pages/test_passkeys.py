"""Passkeys as people have them: made, shown and taken away, by the browser's own authenticator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.opening import AXE, Opened, opened
from tests.running import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def authenticator(window: Opened) -> tuple[CDPSession, str]:
    """Of this window: it looks who it is, and says that it was they."""
    control = await window.context.new_cdp_session(window.page)
    await control.send("WebAuthn.enable")
    made: dict[str, Any] = await control.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return control, str(made["authenticatorId"])


@asynccontextmanager
async def person(site: Site, username: str) -> AsyncIterator[str]:
    """A user of this test alone, who may open the Caller."""
    [domain, *_] = await site.admin.get("/admin/domains")
    body = {"domain": domain["id"], "username": username, "lastName": username.title()}
    user = await site.admin.post("/admin/users", **body)
    await site.admin.request("PUT", f"/admin/users/{user['id']}/password", {"password": PASSWORD})
    granted = granting.sent(granting.application("TWS Caller", user=user["id"]))
    await site.admin.post("/admin/grants", **granted)
    try:
        yield str(user["id"])
    finally:
        await site.admin.request("DELETE", f"/admin/users/{user['id']}?version=1")


def by_name(site: Site) -> str:
    """Passkeys are of a name, never of an address in digits."""
    return site.tws.base.replace("127.0.0.1", "localhost")


async def serious(window: Opened) -> list[str]:
    await window.evaluate(AXE.read_text(encoding="utf-8"))
    found = await window.evaluate("axe.run({resultTypes: ['violations']})")
    return [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]


async def test_a_passkey_from_first_to_last(browser: Browser, simulated: Site) -> None:
    base = by_name(simulated)
    async with person(simulated, "passkey-en"), opened(browser, base) as window:
        control, key = await authenticator(window)
        await window.sign_in("passkey-en")
        await window.preferences()
        part = window.page.get_by_role("region", name="Passkeys")
        await window.click("Add a passkey", part)
        await expect(part.get_by_label("Name")).to_have_value("Linux")
        await part.get_by_label("Name").fill("My desk")
        await window.press("Enter")
        await expect(part.get_by_role("listitem")).to_contain_text("My desk")
        await expect(part.get_by_role("listitem")).to_contain_text("never used")
        assert await serious(window) == []
        await window.click("Add a passkey", part)
        await window.press("Enter")
        await window.sees("This device has a passkey for your account already.", part)
        await window.click("Cancel", part)

        await window.click("Sign out")
        await window.click("Sign in with a passkey")
        await window.preferences()
        await expect(part.get_by_role("listitem")).to_contain_text("last used")
        await window.click("Remove the passkey My desk", part)
        await expect(window.button("No", part)).to_be_focused()
        await window.click("Yes, remove", part)
        await expect(part.get_by_role("listitem")).to_have_count(0)
        await expect(window.button("Add a passkey", part)).to_be_focused()

        # Nobody has one now; one that was open before is told so.
        stored = await control.send("WebAuthn.getCredentials", {"authenticatorId": key})
        assert len(stored["credentials"]) == 1
        await window.click("Sign out")
        await expect(window.page.get_by_role("heading", name="Sign in")).to_be_visible()
        await expect(window.button("Sign in with a passkey")).to_have_count(0)


async def test_in_french_and_without_a_person_before_it(browser: Browser, simulated: Site) -> None:
    base = by_name(simulated)
    async with (
        person(simulated, "passkey-fr") as user,
        opened(browser, base, locale="fr-FR") as window,
    ):
        control, key = await authenticator(window)
        await window.sign_in("passkey-fr")
        await window.preferences(words="Préférences")
        part = window.page.get_by_role("region", name="Clés d’accès (passkeys)")
        await window.click("Ajouter une clé d’accès", part)
        await window.press("Enter")
        await expect(part.get_by_role("listitem")).to_contain_text("jamais servie")
        await window.click("Se déconnecter")

        who = {"authenticatorId": key, "isUserVerified": False}
        await control.send("WebAuthn.setUserVerified", who)
        await window.click("Utiliser une clé d’accès")
        await window.sees("Aucune clé d’accès n’a été présentée.")
        await control.send("WebAuthn.setUserVerified", who | {"isUserVerified": True})
        (one,) = await simulated.admin.get(f"/admin/users/{user}/passkeys")
        await window.click("Utiliser une clé d’accès")
        await expect(
            window.page.locator("header button[aria-haspopup=dialog]").last
        ).to_be_visible()
        await window.page.locator("header button[aria-haspopup=dialog]").last.click()
        await window.click("Se déconnecter")

        await window.button("Utiliser une clé d’accès").wait_for()
        await simulated.admin.request("DELETE", f"/passkeys/{one['id']}")
        await window.click("Utiliser une clé d’accès")
        await window.sees("Cette clé d’accès n’est plus connue ici")


async def test_an_administrator_has_one_and_takes_a_user_s_away(
    browser: Browser, simulated: Site
) -> None:
    base = by_name(simulated)
    async with person(simulated, "passkey-lost"), opened(browser, base) as window:
        control, key = await authenticator(window)
        await window.sign_in("passkey-lost")
        await window.preferences()
        await window.click("Add a passkey")
        await window.press("Enter")
        await window.sees("never used")
        await window.click("Sign out")

        # Of two passkeys this authenticator shows whichever it likes.
        await control.send("WebAuthn.clearCredentials", {"authenticatorId": key})
        await window.sign_in("admin", path="/admin")
        await window.page.get_by_title("My account").click()
        part = window.page.get_by_role("region", name="Passkeys")
        await window.click("Add a passkey", part)
        await window.press("Enter")
        await expect(part.get_by_role("listitem")).to_have_count(1)
        assert await serious(window) == []
        await window.press("Escape")
        await window.go("/admin?page=users")
        await window.page.get_by_text("passkey-lost").first.click()
        theirs = window.page.get_by_role("region", name="Passkeys")
        await window.click("Remove the passkey Linux", theirs)
        await window.click("Yes, remove", theirs)
        await expect(theirs).to_have_count(0)

        await window.context.clear_cookies()
        await window.go("/admin")
        await window.click("Sign in with a passkey")
        await window.page.get_by_title("My account").click()
        await expect(part.get_by_role("listitem")).to_contain_text("last used")
        await window.click("Remove the passkey Linux", part)
        await window.click("Yes, remove", part)
        await expect(part.get_by_role("listitem")).to_have_count(0)


async def test_over_http_nobody_is_offered_one(browser: Browser, simulated: Site) -> None:
    """Nor by the address in digits, which is of no name."""
    async with person(simulated, "passkey-none"), opened(browser, simulated.tws.base) as window:
        await window.sign_in("passkey-none")
        await window.preferences()
        await expect(window.button("Add a second factor")).to_be_visible()
        await expect(window.button("Add a passkey")).to_have_count(0)

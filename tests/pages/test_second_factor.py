"""A second factor is set up, asked for and taken off, and sessions are ended, in the pages."""

import base64
import json
import time
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.administration import form, to
from tests.pages.opening import AXE, Opened, administration, opened
from tests.running import PASSWORD
from tws.protocols import totp

pytestmark = pytest.mark.asyncio(loop_scope="session")


def code_of(secret: str, later: int = 0) -> str:
    """What the telephone shows, now or in the next steps."""
    padded = secret + "=" * (-len(secret) % 8)
    return totp.code(base64.b32decode(padded), totp.step_of(time.time()) + later)


async def person(site: Site) -> str:
    """A user of this test alone, who may open the Caller."""
    [domain, *_] = await site.admin.get("/admin/domains")
    body = {"domain": domain["id"], "username": "factor", "firstName": "Fay", "lastName": "Torr"}
    user = await site.admin.post("/admin/users", **body)
    await site.admin.request("PUT", f"/admin/users/{user['id']}/password", {"password": PASSWORD})
    granted = granting.sent(granting.application("TWS Caller", user=user["id"]))
    await site.admin.post("/admin/grants", **granted)
    return str(user["id"])


async def code_step(window: Opened, code: str) -> None:
    field = window.page.get_by_label("Code")
    await expect(field).to_be_focused()
    await window.type(code)
    await window.press("Enter")


async def sent(window: Opened, method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """To the API, as whoever has signed in there."""
    asked = """async ([method, path, body]) => {
        const headers = {"Content-Type": "application/json"};
        const answer = await fetch("/api/v1" + path, {method, headers, body});
        return answer.ok ? answer.json() : Promise.reject(await answer.text());
    }"""
    text = None if body is None else json.dumps(body)
    return await window.page.evaluate(asked, [method, path, text])


async def test_an_administrator_who_lost_the_telephone_is_helped(
    browser: Browser, simulated: Site
) -> None:
    admin, base = simulated.admin, simulated.tws.base
    made = await admin.post("/admin/administrators", username="lost-phone", superUser=True)
    place = f"/admin/administrators/{made['id']}"
    await admin.request("PUT", f"{place}/password", {"password": PASSWORD})
    async with opened(browser, base) as theirs, administration(browser, base) as window:
        await theirs.sign_in("lost-phone", PASSWORD, "/admin")
        await expect(theirs.page.get_by_role("navigation").first).to_be_visible()
        begun = await sent(theirs, "POST", "/second-factor")
        code = {"code": code_of(begun["secret"])}
        await sent(theirs, "POST", "/second-factor/confirmation", code)

        await to(window, "Administrators")
        await window.click("lost-phone")
        fields = form(window)
        sessions = fields.get_by_role("region", name="Open sessions")
        await window.click("Show 1 session", sessions)
        await sessions.get_by_role("listitem").get_by_role("button").click()
        await expect(theirs.page.get_by_role("heading", name="Sign in")).to_be_visible()
        await window.sees("None.", sessions)

        await theirs.sign_in("lost-phone", PASSWORD, "/admin")
        await expect(theirs.page.get_by_label("Code")).to_be_focused()
        taken = window.button("Take off their second factor", fields)
        await taken.click()
        await expect(taken).to_have_count(0)
        await theirs.sign_in("lost-phone", PASSWORD, "/admin")
        await expect(theirs.page.get_by_role("navigation").first).to_be_visible()
    row = await admin.get(place)
    await admin.request("DELETE", f"{place}?version={row['version']}")


async def test_a_second_factor_from_first_to_last(browser: Browser, simulated: Site) -> None:
    user = await person(simulated)
    base = simulated.tws.base
    async with opened(browser, base) as window, opened(browser, base) as second:
        await window.sign_in("factor")
        await window.preferences()
        part = window.page.get_by_role("region", name="Second factor")
        await window.click("Add a second factor", part)
        picture = part.get_by_role("img")
        assert (await picture.get_attribute("src") or "").startswith("data:image/svg+xml")
        box = await picture.bounding_box()
        assert box is not None and box["width"] > 100  # the policy lets it be shown
        secret = await part.locator("[class*=secret]").inner_text()
        await window.type("000000")
        await window.press("Enter")
        await window.sees("This code is not right", part)
        await part.get_by_label("Code").fill(code_of(secret))
        await window.press("Enter")
        await expect(part.get_by_role("listitem")).to_have_count(8)
        recovery = await part.get_by_role("listitem").first.inner_text()
        await window.evaluate(AXE.read_text(encoding="utf-8"))
        found = await window.evaluate("axe.run({resultTypes: ['violations']})")
        serious = [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]
        assert serious == []
        await window.click("I have written them down", part)
        await window.sees("8 recovery codes", part)

        await second.sign_in("factor")
        await code_step(second, "123456")
        await second.sees("This code is not right, or was used already.")
        await second.page.get_by_label("Code").fill(code_of(secret, 1))
        await second.press("Enter")
        await expect(
            second.page.locator("header button[aria-haspopup=dialog]").last
        ).to_be_visible()

        await window.page.reload()
        await window.preferences()
        sessions = window.page.get_by_role("region", name="Open sessions")
        await window.click("Show 2 sessions", sessions)
        await expect(sessions.get_by_role("listitem")).to_have_count(2)
        await sessions.get_by_role("button").click()
        await expect(sessions.get_by_role("listitem")).to_have_count(1)
        await expect(second.page.get_by_role("heading", name="Sign in")).to_be_visible()

        await window.click("Remove the second factor", part)
        await window.type(recovery)
        await window.press("Enter")
        await expect(window.button("Add a second factor", part)).to_be_visible()
    await simulated.admin.request("DELETE", f"/admin/users/{user}?version=1")

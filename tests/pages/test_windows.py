"""The session of Windows on the pages: whoever has one is in, and nobody is asked for a name by
the browser itself."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Error, expect

from tests.pages.opening import Caller, Opened, opened
from tests.peers import require_peer
from tests.peers.chromium import running_chromium
from tests.web.house import PASSWORD, House, furnish, running_house
from tests.web.tickets import REALM, Domain, running_domain
from tws.organisation.actor import SYSTEM

pytestmark = pytest.mark.asyncio(loop_scope="session")
TRUSTING = "--auth-server-allowlist=localhost"


class Scene:
    def __init__(self, house: House, domain: Domain) -> None:
        self.house, self.domain = house, domain
        self.base = house.url.replace("127.0.0.1", "localhost")

    async def set(self, parameter: str, value: str) -> None:
        company = self.house.companies["SSDEI"].id
        known = self.house.rooms.registry.parameter_value(parameter, company)
        await self.house.rooms.organisation.parameters.set_parameter(
            SYSTEM,
            parameter=parameter,
            value=value,
            company=company,
            version=known.version if known else None,
        )

    @asynccontextmanager
    async def browser(
        self, person: str | None, *arguments: str, locale: str = "en-GB"
    ) -> AsyncIterator[Opened]:
        """Of somebody who has signed in to the domain; None: of nobody. It tells in `asked` for
        what the browser itself would ask people."""
        tickets = self.domain.folder / "none" if person is None else self.domain.session(person)
        env = self.domain.realm.holding(tickets)
        async with (
            running_chromium(*arguments, env=env) as running,
            opened(running, self.base, locale=locale) as window,
        ):
            yield window


async def asked_by(window: Opened) -> list[str]:
    """What the browser asks people for by itself, from now on; it is told that they refuse."""
    asked: list[str] = []
    cdp = await window.context.new_cdp_session(window.page)

    async def paused(event: dict[str, Any]) -> None:
        try:
            await cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
        except Error as error:
            # the page has left meanwhile, and the request with it
            assert "Invalid InterceptionId" in str(error), error

    async def wanted(event: dict[str, Any]) -> None:
        asked.append(event["request"]["url"])
        refused = {"response": "CancelAuth"}
        answer = {"requestId": event["requestId"], "authChallengeResponse": refused}
        await cdp.send("Fetch.continueWithAuth", answer)

    cdp.on("Fetch.requestPaused", paused)
    cdp.on("Fetch.authRequired", wanted)
    await cdp.send("Fetch.enable", {"handleAuthRequests": True})
    return asked


@pytest_asyncio.fixture(loop_scope="session")
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    require_peer("krb5_kdc")
    require_peer("chromium")
    await furnish(tmp_path / "tws.db")
    with running_domain(tmp_path) as domain:
        monkeypatch.setenv("TWS_KEYTAB", str(domain.keytab))
        monkeypatch.setenv("TWS_ADMINISTRATORS_REALM", REALM)
        async with running_house(tmp_path / "tws.db") as house:
            scene = Scene(house, domain)
            await scene.set("AuthMethods", "WindowsSecurity|TWS")
            await scene.set("AuthWindowsRealm", REALM)
            yield scene


async def test_the_caller_opens_by_itself(scene: Scene) -> None:
    async with scene.browser("alice", TRUSTING) as window:
        asked = await asked_by(window)
        await window.go()
        page = Caller(window.context, window.page, window.base)
        await page.ready()
        assert asked == []
        sheet = await page.open_device()
        await page.click("Sign out", sheet)
        await expect(page.page.locator("input[name=username]")).to_be_visible()
        await page.go()  # who went does not come in again unasked
        await page.click("Sign in with the Windows session")
        await page.ready()


async def test_administration_opens_by_itself(scene: Scene) -> None:
    administrators = scene.house.rooms.organisation.administrators
    await administrators.create_administrator(SYSTEM, username="bob", super_user=True)
    async with scene.browser("bob", TRUSTING) as window:
        asked = await asked_by(window)
        await window.go("/admin")
        await expect(window.page.get_by_role("navigation").first).to_be_visible()
        assert asked == []


@pytest.mark.parametrize(
    ("person", "arguments"),
    [(None, [TRUSTING]), ("alice", []), (None, [])],
    ids=["no ticket", "not trusted", "neither"],
)
async def test_who_has_no_ticket_sees_the_form_and_nothing_else(
    scene: Scene, person: str | None, arguments: list[str]
) -> None:
    async with scene.browser(person, *arguments) as window:
        asked = await asked_by(window)
        await window.go()
        await expect(window.page.locator("input[name=username]")).to_be_visible()
        await expect(window.page.get_by_role("alert")).to_have_count(0)
        assert asked == []
        await window.click("Sign in with the Windows session")
        await window.sees("This browser shows no Windows session to this server")


async def test_no_browser_asks_people_unless_they_press_the_button(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chromium on Windows asks people where Negotiate has no ticket; elsewhere it does so for
    Basic alone."""
    negotiator = scene.house.rooms.access.windows._negotiator
    monkeypatch.setattr(negotiator, "schemes", ('Basic realm="TWS"',))
    async with scene.browser("alice", TRUSTING) as window:
        asked = await asked_by(window)
        await window.go()
        await expect(window.page.locator("input[name=username]")).to_be_visible()
        await expect(window.button("Sign in with the Windows session")).to_be_visible()
        assert asked == []
        await window.click("Sign in with the Windows session")
        await window.sees("This browser shows no Windows session to this server")
        assert asked == [f"{scene.base}/api/v1/login/windows"]


async def test_whom_windows_knows_and_nobody_here_is_told_so(scene: Scene) -> None:
    async with scene.browser("zoe", TRUSTING, locale="fr-FR") as window:
        await window.go()
        alert = window.page.get_by_role("alert")
        await expect(alert).to_contain_text("Windows vous connaît comme zoe@LAB.TEST")
        await expect(window.page.locator("input[name=username]")).to_be_visible()


async def test_every_page_warns_while_a_hash_is_kept(scene: Scene) -> None:
    words = "NT hashes are kept (NTLM without a domain, users: 1)"
    async with scene.browser("zoe") as window:
        await window.sign_in("admin-SSDEI", PASSWORD, "/admin")
        await expect(window.page.get_by_role("navigation").first).to_be_visible()
        await expect(window.page.get_by_text(words)).to_have_count(0)
        await scene.house.rooms.organisation.parameters.set_parameter(
            SYSTEM,
            parameter="AuthNtlmPassword",
            value="secret of the computer",
            user=scene.house.users["alice"].id,
        )
        await window.go("/admin")
        await window.sees(words)
        await window.click("AuthNtlmPassword")
        await expect(window.page).to_have_url(re.compile("AuthNtlmPassword"))

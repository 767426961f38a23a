"""The lists of Administration as files."""

import csv

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import Opened, administration

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def exported(window: Opened, button: str = "Export (CSV)") -> list[list[str]]:
    async with window.page.expect_download() as download:
        await window.click(button)
    path = await (await download.value).path()
    text = path.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(text.removeprefix("\ufeff").splitlines()))


async def test_users_as_they_are_shown_in_the_words_of_the_page(
    browser: Browser, simulated: Site
) -> None:
    first, second = (seat.number for seat in simulated.seats[:2])
    domain = (await simulated.admin.get("/admin/domains"))[0]["id"]
    made = await simulated.admin.post(
        "/admin/users", domain=domain, username="reckoner", firstName="=1+1", lastName="Ré;-2"
    )
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=users")
        await expect(window.page.get_by_role("row").filter(has_text=first).first).to_be_visible()
        names, *rows = await exported(window)
        assert names[:4] == ["User name", "Number(s)", "First name", "Last name"]
        numbers = [row[1] for row in rows]
        assert first in numbers and second in numbers
        (risky,) = [row for row in rows if row[0] == "reckoner"]
        assert risky[2:4] == ["'=1+1", "Ré;'-2"]
        await window.page.get_by_label("Filter").fill(f"user{first}")
        await expect(window.page.get_by_role("row")).to_have_count(2)
        _, *rows = await exported(window)
        assert [row[1] for row in rows] == [first]
        await window.speak("fr-FR")
        names, *_ = await exported(window, "Exporter (CSV)")
        assert names[:2] == ["Nom d’utilisateur", "Numéro(s)"]
        await window.page.get_by_label("Filtrer").fill("nobody of this name")
        await expect(window.button("Exporter (CSV)")).to_be_disabled()
    await simulated.admin.request("DELETE", f"/admin/users/{made['id']}?version={made['version']}")


@pytest.mark.parametrize(
    ("page", "column", "cell"),
    [
        ("links", "State", "Connected"),
        ("linkStates", "Connected", "Connected"),
        ("deviceStates", "State", "Monitored"),
        ("parameters", "Parameter", "AuthMethods"),
    ],
)
async def test_what_is_drawn_is_exported_in_words(
    browser: Browser, simulated: Site, page: str, column: str, cell: str
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await window.go(f"/admin?page={page}")
        await expect(window.page.get_by_role("row").filter(has_text=cell).first).to_be_visible()
        names, *rows = await exported(window)
        assert cell in [row[names.index(column)] for row in rows], (names, rows)

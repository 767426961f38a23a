"""Where the walk takes place, who is in the company's LDAP, and the words of every French page."""

import re
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Browser, Locator, expect

from tests.pages.administration import form
from tests.pages.opening import Opened, opened
from tests.peers.slapd import PEOPLE, Attributes, Slapd
from tests.running import TwsServer
from tests.simulator.running import Simulator

LDAP_PASSWORD = "le mot de passe de l’annuaire"
GROUP = "Tous"


@dataclass(frozen=True)
class Place:
    """An empty server, a PBX, the company's LDAP, and the browser of who sets it all up."""

    browser: Browser
    window: Opened
    tws: TwsServer
    pbx: Simulator
    slapd: Slapd
    key: Ed25519PrivateKey
    "Of whoever issues licences."
    folder: Path
    "What is downloaded, and what comes by mail."


def accounts() -> Iterator[tuple[str, Attributes]]:
    """Claire has been made by hand before she is imported, and Zoé has no telephone."""
    for uid, first, last, number in (
        ("claire", "Claire", "Petit", "4003"),
        ("david", "David", "Moreau", "4004"),
        ("emma", "Emma", "Leroy", "4005"),
        ("zoe", "Zoé", "Roux", ""),
    ):
        yield (
            f"uid={uid},{PEOPLE}",
            {
                "objectClass": "inetOrgPerson",
                "uid": uid,
                "cn": f"{first} {last}",
                "sn": last,
                "givenName": first,
                "mail": f"{uid}@ssdei.example",
                "userPassword": LDAP_PASSWORD,
                **({"telephoneNumber": number} if number else {}),
            },
        )


async def to(window: Opened, page: str) -> None:
    await window.click(page, window.page.get_by_role("navigation"))
    await expect(window.page.get_by_role("heading", name=page, exact=True)).to_be_visible()


async def save(window: Opened) -> None:
    await window.click("Enregistrer", form(window))
    # While it saves the button is disabled too.
    await expect(
        form(window).locator("[type=submit]:disabled:not([data-loading])")
    ).to_be_visible()


def row(window: Opened, text: str | re.Pattern[str]) -> Locator:
    return window.page.get_by_role("table").get_by_role("row").filter(has_text=text)


async def edit(window: Opened, name: str) -> Locator:
    """Open the line that has it, for its form."""
    await row(window, name).get_by_role("button", name=name, exact=True).click()
    return form(window)


async def pick(window: Opened, label: str, option: str, within: Locator | None = None) -> None:
    field = (within or form(window)).get_by_role("combobox", name=label, exact=True)
    await field.click()
    offered = window.page.get_by_role("listbox", name=label, exact=True)
    await offered.get_by_role("option", name=option, exact=True).click()


def region(window: Opened, name: str) -> Locator:
    return window.page.get_by_role("region", name=name)


def caller_of(place: Place) -> AbstractAsyncContextManager[Opened]:
    """A window in which somebody else works."""
    return opened(place.browser, place.tws.base, locale="fr-FR")

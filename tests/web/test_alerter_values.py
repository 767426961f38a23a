"""What each token of a screen pop says of a real call, and what none may (9.2.1, 8.2.4)."""

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.web.calls import handed_on, rings
from tests.web.house import House
from tests.web.page import Page
from tests.web.pictures import photographed
from tests.web.test_alerter import Desk, popped
from tests.web.test_synchronisations import ONE, Shelf
from tws.alerter.tokens import ALL
from tws.organisation.model import BuiltIn

TOKENS = (
    *("Lastname", "Firstname", "DisplayName", "CompanyName", "Picture"),
    *("AssistantPhone", "StandardPhone", "WorkPhone", "MobilePhone", "HomePhone"),
    *("Email1", "Email2", "Url", "PhoneNumber", "ServerName", "PersonGuid"),
    *("Contact2DisplayName", "Contact2PhoneNumber", "VIP"),
    *("Custom0", "Custom1", "Custom2", "Custom3", "Custom4"),
    *("Custom5", "Custom6", "Custom7", "Custom8", "Custom9"),
    *("MyFirstname", "MyLastname", "MyUsername", "MyCompany", "MyDevice", "MyGsmPhone"),
    *("MyEmail", "MyExternalKey", "MyCustom0", "MyCustom1"),
)
"As the guide has them: none of them may go."
CALLER = "01 55 17 18 89"
NUMBERS = {
    "work": CALLER,
    "mobile": "06 12 34 56 78",
    "home": "01 44 55 66 77",
    "assistant": "01 55 17 18 90",
    "standard": "01 55 17 18 00",
}
USER = {
    "email": "alice@ssdei.example",
    "mobile": "06 98 76 54 32",
    "externalKey": "A-4001",
    "custom0": "Accueil",
    "custom1": "Etage 2",
}


@pytest.fixture
async def desk(house: House) -> Desk:
    desk = Desk(house, await house.administrator("SSDEI"))
    await desk.grant()
    lines = "".join(f"<text>{name}=[-{name}-]</text>" for name in TOKENS)
    assert (await desk.write(f"<alerter>{lines}</alerter>")).status_code == 200
    await desk.set("AlerterXml", "pop.xml")
    return desk


async def contact(desk: Desk) -> str:
    """Paul Martin, with all that a contact can have; his id."""
    known = desk.house.rooms.registry.directories.values()
    public = next(
        row for row in known if row.company == desk.company and row.built_in is BuiltIn.PUBLIC
    )
    labels = {f"private{n}": f"Field {n}" for n in range(10)} | {"private9": "[VIP]"}
    body = {"version": public.version, "labels": labels}
    done = await desk.admin.patch(f"admin/directories/{public.id}", json=body)
    assert done.status_code == 200, done.text
    written = {
        "lastName": "Martin",
        "firstName": "Paul",
        "company": "ARDA",
        "private": False,
        "emails": ["paul@arda.example", "martin@arda.example"],
        "website": "https://www.arda.example",
        "numbers": [{"kind": kind, "number": number} for kind, number in NUMBERS.items()],
        "fields": {f"Field {n}": f"text {n}" for n in range(9)} | {"[VIP]": "gold"},
    }
    made = await desk.admin.post("contacts", params={"company": desk.company}, json=written)
    assert made.status_code == 201, made.text
    id: str = made.json()["id"]
    await photographed(desk.house.storage, id)
    return id


async def said(page: Page) -> dict[str, str]:
    """By token."""
    pop = await popped(page)
    pairs: list[tuple[str, str]] = [one["text"].split("=", 1) for one in pop["elements"]]
    assert [name for name, _ in pairs] == list(TOKENS)
    return dict(pairs)


def test_the_guide_has_no_token_more() -> None:
    assert set(ALL) == set(TOKENS)


async def test_each_token_says_what_it_is_named_for(house: House, desk: Desk) -> None:
    id, alice = await contact(desk), house.users["alice"]
    body: dict[str, Any] = {"version": alice.version, **USER}
    assert (await desk.admin.patch(f"admin/users/{alice.id}", json=body)).status_code == 200
    reader = await house.sign_in("alice")
    photo = (await reader.get(f"contacts/{id}")).json()["photo"]
    assert photo
    async with house.page(reader) as page:
        house.report(handed_on("1", "4001", by="4003"))
        values = await said(page)
    assert values == {
        "Lastname": "Martin",
        "Firstname": "Paul",
        "DisplayName": "Paul Martin",
        "CompanyName": "ARDA",
        "Picture": photo,
        "AssistantPhone": NUMBERS["assistant"],
        "StandardPhone": NUMBERS["standard"],
        "WorkPhone": NUMBERS["work"],
        "MobilePhone": NUMBERS["mobile"],
        "HomePhone": NUMBERS["home"],
        "Email1": "paul@arda.example",
        "Email2": "martin@arda.example",
        "Url": "https://www.arda.example",
        "PhoneNumber": CALLER,
        "ServerName": socket.gethostname(),
        "PersonGuid": id,
        "Contact2DisplayName": "Bob Durand",
        "Contact2PhoneNumber": "4003",
        "VIP": "gold",
        **{f"Custom{n}": f"text {n}" for n in range(9)},
        "Custom9": "gold",
        "MyFirstname": "Alice",
        "MyLastname": "Martin",
        "MyUsername": "alice",
        "MyCompany": "SSDEI",
        "MyDevice": "4001",
        "MyGsmPhone": USER["mobile"],
        "MyEmail": USER["email"],
        "MyExternalKey": USER["externalKey"],
        "MyCustom0": USER["custom0"],
        "MyCustom1": USER["custom1"],
    }


async def test_a_number_on_the_red_list_stands_in_no_token(reading: House, database: Path) -> None:
    house = reading
    house.connect("Paris")
    desk = Desk(house, await house.administrator("SSDEI"))
    shelf = Shelf(house, desk.admin, database.parent)
    kinds = {"home": "tel", "home_red": "hide", "mobile": "tel", "assistant": "tel"}
    mapping = {"standard": "tel", "work": "tel", "work_red": "hide", **kinds}
    people = {"identifier": "id", "last_name": "sn", "first_name": "gn"}
    await shelf.made(mapping={**people, **mapping})
    await desk.grant()
    lines = "".join(f"<text>{name}=[-{name}-]</text>" for name in TOKENS)
    address = "https://crm.example/[-PhoneNumber-][-WorkPhone-][-HomePhone-]"
    await desk.write(f'<alerter>{lines}<button url="{address}">Open</button></alerter>')
    await desk.set("AlerterXml", "pop.xml")
    async with house.page(desk.admin) as runs:
        await shelf.run(runs, ONE.replace("89;", "89;LR"))
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001"))
        pop = await popped(page)
    texts = dict(one["text"].split("=", 1) for one in pop["elements"] if one["kind"] == "text")
    assert texts["DisplayName"] == "Marie Lemaire"
    del texts["PersonGuid"]  # any digits
    assert [name for name, text in texts.items() if "55" in text] == []
    assert [texts[name] for name in TOKENS if name.endswith("Phone")][:5] == [""] * 5
    assert texts["PhoneNumber"] == "" and "55" not in str(pop["elements"])

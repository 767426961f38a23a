"""What programs and exports have of people whom several directories know."""

import csv
import io
from pathlib import Path

import pytest

from tests.web.house import House
from tests.web.pictures import picture, vcard
from tests.web.problems import problem
from tests.web.test_contact_photos import MAPPING, Shelf
from tws.organisation.model import BuiltIn

MAIL = "alice@arda.example"


@pytest.fixture
async def house(reading: House) -> House:
    return reading


@pytest.fixture
async def shelf(house: House, database: Path) -> Shelf:
    return Shelf(house, await house.administrator("SSDEI"), database.parent)


async def test_a_colleague_stays_one_whichever_directory_counts_first(
    house: House, shelf: Shelf
) -> None:
    alice, bob = house.users["alice"], await house.program("bob")
    body = {"version": alice.version, "email": MAIL}
    assert (await shelf.admin.patch(f"admin/users/{alice.id}", json=body)).status_code == 200
    given = await (await house.program("alice")).put(
        "user-photo", content=picture(), headers={"Content-Type": "application/octet-stream"}
    )
    assert given.status_code == 200, given.text
    first = await shelf.made(priority=1, merge=True)
    registry = house.rooms.registry
    own = registry.built_in(house.domains["Paris"].id, BuiltIn.USERS)
    assert own is not None
    second = {"version": own.version, "priority": 2, "merge": True}
    changed = await shelf.admin.patch(f"admin/directories/{own.id}", json=second)
    assert changed.status_code == 200, changed.text
    await shelf.run(first, vcard("1", "Customer", email=MAIL))
    card = await shelf.contact("customer", "bob")
    assert (card["parts"], card["lastName"], card["user"]) == (2, "Customer", alice.id)
    assert (await bob.get(card["photo"].removeprefix("/api/v1/"))).status_code == 200


async def test_private_fields_are_columns_of_a_csv(house: House, shelf: Shelf) -> None:
    labels = {"private1": "=Class"}
    id = await shelf.made(mapping={**MAPPING, "private1": "ROLE"}, labels=labels)
    await shelf.run(id, vcard("1", "Lemaire").replace("END:", "ROLE:Gold\r\nEND:"))
    found = await shelf.contact("lemaire")
    alice = await house.program("alice")
    query = {"format": "csv", "contact": found["id"]}
    file = await alice.get("contact-files", params=query)
    (row,) = csv.DictReader(io.StringIO(file.text))
    assert (row["lastName"], row["'=Class"]) == ("Lemaire", "Gold")


async def test_a_field_without_a_label_is_refused_in_words(house: House) -> None:
    alice = await house.program("alice")
    for written in ("Gold", "=Gold"):
        refused = problem(await alice.get("contacts", params={"field": written}), 422, "invalid")
        assert refused["field"] == "field" and "label=text" in refused["detail"]
    assert (await alice.get("contacts", params={"field": "Class="})).status_code == 200

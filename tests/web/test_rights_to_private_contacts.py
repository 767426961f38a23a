"""Private contacts while the right to them is there, and what is left when it goes (9.1.1)."""

import httpx

from tests.web.house import House
from tests.web.problems import problem
from tests.web.test_contact_files import FILE, names, sent
from tests.web.test_parameters import put
from tws.organisation.model import BuiltIn

WRITTEN = {"lastName": "Vasseur", "numbers": [{"kind": "work", "number": "01 55 17 18 89"}]}


async def write(client: httpx.AsyncClient) -> str:
    made = await client.post("contacts", json={**WRITTEN, "private": True})
    assert made.status_code == 201, made.text
    id: str = made.json()["id"]
    return id


async def grant_of_private(house: House, admin: httpx.AsyncClient) -> dict[str, str]:
    """The one by which the people of Paris have `[TwsPrivate]`."""
    private = house.rooms.registry.built_in(house.domains["Paris"].id, BuiltIn.PRIVATE)
    assert private is not None
    rows = (await admin.get("admin/grants")).json()
    (grant,) = [row for row in rows if row["object"] == private.id]
    found: dict[str, str] = grant
    return found


async def test_without_the_directory_there_are_no_private_contacts(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")
    id = await write(alice)
    assert await names(alice) == ["Vasseur"]
    grant = await grant_of_private(house, admin)
    gone = await admin.delete(f"admin/grants/{grant['id']}", params={"version": grant["version"]})
    assert gone.status_code == 204
    for asked in (await alice.post("contacts", json=WRITTEN), await sent(alice, FILE)):
        assert problem(asked, 403, "notAllowed")["why"] == "directoryNotGranted"
    assert await names(alice) == [] and await names(alice, q="vasseur") == []
    looked_up = await alice.get("contacts/reverse", params={"number": "0155171889"})
    assert looked_up.json()["match"] is None
    change = {"version": 1, "lastName": "Petit"}
    for refused in (
        await alice.get(f"contacts/{id}"),
        await alice.patch(f"contacts/{id}", json=change),
        await alice.delete(f"contacts/{id}", params={"version": 1}),
        await alice.get("contact-files", params={"contact": id}),
    ):
        problem(refused, 404, "notFound")
    body = {key: grant[key] for key in ("kind", "objectKind", "object", "granteeKind", "grantee")}
    assert (await admin.post("admin/grants", json=body)).status_code == 201
    assert await names(alice) == ["Vasseur"], "it was kept"


async def test_a_file_is_read_only_for_who_may_write_contacts_down(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")
    await put(admin, "AuthorizeContactFavorite", False, user=house.users["alice"].id)
    refused = problem(await sent(alice, FILE), 403, "notAllowed")
    assert (refused["why"], refused["parameters"]) == (
        "parameterForbids",
        {"parameter": "AuthorizeContactFavorite"},
    )
    assert await names(alice) == []
    bob = await house.program("bob")
    assert (await sent(bob, FILE)).json()["created"] == 2

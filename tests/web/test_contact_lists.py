"""Lists of contacts, through the API."""

from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem


async def contact(program: httpx.AsyncClient, name: str, *, private: bool = False) -> str:
    made = await program.post("contacts", json={"lastName": name, "private": private})
    return str(made.json()["id"])


async def made(program: httpx.AsyncClient, name: str, *contacts: str, **more: Any) -> Any:
    row = (await program.post("contact-lists", json={"name": name, **more})).json()
    if not contacts:
        return row
    into = f"contact-lists/{row['id']}/contacts"
    return (await program.post(into, json={"contacts": list(contacts)})).json()


async def inside(program: httpx.AsyncClient, row: Any) -> list[str]:
    found = await program.get(f"contact-lists/{row['id']}/contacts")
    assert found.status_code == 200, found.text
    return [one["displayName"] for one in found.json()]


async def names(program: httpx.AsyncClient) -> list[str]:
    return [row["name"] for row in (await program.get("contact-lists")).json()]


async def test_a_list_from_making_to_deleting(house: House) -> None:
    alice = await house.program("alice")
    a, b, c = [await contact(alice, name) for name in ("A", "B", "C")]
    row = await made(alice, "Friends", b, a)
    assert (row["version"], row["mine"], row["public"]) == (2, True, False)
    assert await inside(alice, row) == ["B", "A"]
    into = f"contact-lists/{row['id']}/contacts"
    again = await alice.post(into, json={"contacts": [a, c]})
    assert await inside(alice, row) == ["B", "A", "C"]
    order = {"version": again.json()["version"], "contacts": [c, a]}
    ordered = await alice.put(into, json=order)
    assert await inside(alice, row) == ["C", "A", "B"]
    late = problem(await alice.put(into, json=order), 409, "conflict")
    assert late["version"] == ordered.json()["version"]
    taken = await alice.delete(into, params={"contact": a})
    assert await inside(alice, row) == ["C", "B"]
    problem(await alice.delete(into, params={"contact": a}), 404, "notFound")
    address, version = f"contact-lists/{row['id']}", taken.json()["version"]
    renamed = await alice.patch(address, json={"version": version, "name": "Good friends"})
    assert renamed.json() == {**taken.json(), "name": "Good friends", "version": version + 1}
    problem(await alice.delete(address, params={"version": 1}), 409, "conflict")
    gone = await alice.delete(address, params={"version": version + 1})
    assert gone.status_code == 204
    problem(await alice.get(into), 404, "notFound")
    assert (await alice.get(f"contacts/{a}")).status_code == 200


async def test_ones_own_come_first_in_their_order(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    await made(alice, "Zebra")
    await made(alice, "Étable", position=1)
    await made(alice, "Ferme", position=1)
    await made(bob, "Ark", public=True)
    assert await names(alice) == ["Zebra", "Étable", "Ferme", "Ark"]
    assert await names(bob) == ["Ark"]


async def test_a_public_list_shows_each_what_they_may_see(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    mine = await contact(alice, "Mine", private=True)
    ours = await contact(alice, "Ours")
    colleague = house.users["bob"].id
    row = await made(alice, "All", mine, ours, colleague)
    assert (await inside(alice, row))[:2] == ["Mine", "Ours"]
    problem(await bob.get(f"contact-lists/{row['id']}/contacts"), 404, "notFound")
    public = {"version": row["version"], "public": True}
    await alice.patch(f"contact-lists/{row['id']}", json=public)
    seen = await inside(bob, row)
    assert seen[0] == "Ours" and len(seen) == 2
    (shown,) = (await bob.get("contact-lists")).json()
    assert (shown["mine"], shown["public"], bool(shown["owner"])) == (False, True, True)
    refused = await bob.patch(f"contact-lists/{row['id']}", json={"version": 3, "name": "X"})
    problem(refused, 403, "notAllowed")
    into = f"contact-lists/{row['id']}/contacts"
    problem(await bob.post(into, json={"contacts": [ours]}), 403, "notAllowed")
    problem(await bob.delete(into, params={"contact": ours}), 403, "notAllowed")


async def test_another_domain_and_company_see_no_public_list(house: House) -> None:
    alice = await house.program("alice")
    await made(alice, "All", public=True)
    for username in ("carol", "erin"):
        assert await names(await house.program(username)) == []


async def test_who_may_not_make_a_list_public(house: House) -> None:
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    row = await made(alice, "Friends")
    value = {"parameter": "AuthorizePublicList", "value": False}
    value["user"] = house.users["alice"].id
    await admin.put("admin/parameter-values", json=value)
    public = {"version": row["version"], "public": True}
    refused = await alice.patch(f"contact-lists/{row['id']}", json=public)
    problem(refused, 403, "notAllowed")
    refused = await alice.post("contact-lists", json={"name": "B", "public": True})
    problem(refused, 403, "notAllowed")
    values = (await alice.get("parameters")).json()["values"]
    assert values["AuthorizePublicList"] is False


async def test_who_may_not_write_down_private_contacts(house: House) -> None:
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    value = {"parameter": "AuthorizeContactFavorite", "value": False}
    value["user"] = house.users["alice"].id
    await admin.put("admin/parameter-values", json=value)
    refused = await alice.post("contacts", json={"lastName": "Mine", "private": True})
    problem(refused, 403, "notAllowed")
    assert await contact(alice, "Ours")


async def test_who_is_deleted_is_in_no_list(house: House) -> None:
    alice = await house.program("alice")
    a, b = [await contact(alice, name) for name in ("A", "B")]
    row = await made(alice, "Friends", a, b)
    await alice.delete(f"contacts/{a}", params={"version": 1})
    assert await inside(alice, row) == ["B"]


async def test_lists_go_with_their_user(house: House) -> None:
    admin = await house.administrator("SSDEI")
    alice, bob = await house.program("alice"), await house.program("bob")
    await made(bob, "All", public=True)
    assert await names(alice) == ["All"]
    user = house.rooms.registry.users[house.users["bob"].id]
    for device in house.rooms.registry.devices_of(user.id):
        await admin.delete(f"admin/devices/{device.id}", params={"version": device.version})
    gone = await admin.delete(f"admin/users/{user.id}", params={"version": user.version})
    assert gone.status_code == 204, gone.text
    assert await names(alice) == []


@pytest.mark.parametrize("public", [False, True])
async def test_other_windows_follow(house: House, public: bool) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    async with house.page(alice) as own, house.page(bob) as other:
        before, others = own.state["lists"]["changed"], other.state["lists"]["changed"]
        row = await made(alice, "Friends", public=public)
        await own.until(lambda page: page.state["lists"]["changed"] != before)
        if public:
            await other.until(lambda page: page.state["lists"]["changed"] != others)
            others = other.state["lists"]["changed"]
        before = own.state["lists"]["changed"]
        mine = await contact(alice, "A")
        await alice.post(f"contact-lists/{row['id']}/contacts", json={"contacts": [mine]})
        await own.until(lambda page: page.state["lists"]["changed"] != before)
        if not public:
            assert other.state["lists"]["changed"] == others
        assert await names(bob) == (["Friends"] if public else [])

"""SCIM over a real server: groups, lists, what the server says of itself, tokens and refusals."""

import asyncio

import pytest
from sqlalchemy import select

from tests import granting
from tests.web.house import House
from tests.web.provider import Provider, group, person
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.protocols.scim.attributes import USER
from tws.storage.audit import audit


@pytest.fixture
async def provider(house: House) -> Provider:
    return await Provider.connected(house)


async def test_groups_as_entra_id_keeps_them(provider: Provider) -> None:
    dora, emil = [(await provider.create(name))["id"] for name in ("dora", "emil")]
    assert await provider.found("Groups", 'displayName eq "Sales"') == []
    made = await provider.sent("POST", "Groups", group("Sales"), status=201)
    path = f"Groups/{made['id']}"
    for member in (dora, emil, dora):
        change = {"op": "Add", "path": "members", "value": [{"$ref": None, "value": member}]}
        await provider.patch(path, change, status=204)
    shown = await provider.sent("GET", path)
    assert {one["value"] for one in shown["members"]} == {dora, emil}
    assert shown["members"][0]["display"] == "Dora Test"
    left_out = await provider.sent("GET", path, params={"excludedAttributes": "members"})
    assert "members" not in left_out
    in_it = f'id eq "{made["id"]}" and members eq "{dora}"'
    assert len(await provider.found("Groups", in_it, attributes="id")) == 1
    assert (await provider.sent("GET", f"Users/{dora}"))["groups"][0]["display"] == "Sales"
    remove = {"op": "Remove", "path": "members", "value": [{"value": dora}]}
    await provider.patch(path, remove, status=204)
    assert await provider.found("Groups", in_it) == []
    await provider.patch(
        path, {"op": "Replace", "path": "displayName", "value": "Sale"}, status=204
    )
    found = (await provider.admin.get(f"admin/groups/{made['id']}")).json()
    assert (found["name"], found["members"]) == ("Sale", [emil])
    await provider.sent("DELETE", path, status=204)
    await provider.sent("GET", path, status=404)


async def test_groups_as_okta_pushes_them(provider: Provider) -> None:
    dora, emil = [(await provider.create(name))["id"] for name in ("dora", "emil")]
    made = await provider.sent("POST", "Groups", group("Sales", dora), status=201)
    assert [one["value"] for one in made["members"]] == [dora]
    path = f"Groups/{made['id']}"
    await provider.patch(
        path, {"op": "replace", "value": {"id": made["id"], "displayName": "S"}}, status=204
    )
    remove = {"op": "remove", "path": f'members[value eq "{dora}"]'}
    add = {"op": "add", "path": "members", "value": [{"value": emil, "display": "e"}]}
    await provider.patch(path, remove, add, status=204)
    shown = await provider.sent("GET", path)
    assert (shown["displayName"], [x["value"] for x in shown["members"]]) == ("S", [emil])
    after = await provider.sent("PUT", path, group("S"))
    assert after["members"] == []


async def test_members_that_it_does_not_know_stay(house: House, provider: Provider) -> None:
    """Nor can it put somebody in whom it does not know."""
    made = await provider.sent("POST", "Groups", group("Sales"), status=201)
    alice = house.users["alice"].id
    row = (await provider.admin.get(f"admin/groups/{made['id']}")).json()
    members = f"admin/groups/{made['id']}/members"
    body = {"version": row["version"], "members": [alice]}
    put = await provider.admin.put(members, json=body)
    assert put.status_code == 200, put.text
    path = f"Groups/{made['id']}"
    assert (await provider.sent("GET", path))["members"] == []
    await provider.sent("PUT", path, group("Sales"))
    row = (await provider.admin.get(f"admin/groups/{made['id']}")).json()
    assert row["members"] == [alice]
    for unknown in (alice, house.users["erin"].id, "nobody"):
        refused = await provider.sent("PUT", path, group("Sales", unknown), status=400)
        assert refused["scimType"] == "invalidValue"


async def test_members_that_come_at_once_are_all_there(provider: Provider) -> None:
    ids = [(await provider.create(f"user{n}"))["id"] for n in range(8)]
    made = await provider.sent("POST", "Groups", group("Sales"), status=201)
    path = f"Groups/{made['id']}"
    adds = [{"op": "add", "path": "members", "value": [{"value": id}]} for id in ids]
    await asyncio.gather(*(provider.patch(path, add, status=204) for add in adds))
    shown = await provider.sent("GET", path)
    assert [one["value"] for one in shown["members"]] == sorted(ids)


async def test_others_groups_are_as_if_they_were_not_there(
    house: House, provider: Provider
) -> None:
    body = {"domain": house.domains["Paris"].id, "name": "By hand"}
    other = (await provider.admin.post("admin/groups", json=body)).json()["id"]
    await provider.sent("GET", f"Groups/{other}", status=404)
    await provider.sent("DELETE", f"Groups/{other}", status=404)
    refused = await provider.sent("POST", "Groups", group("by HAND"), status=409)
    assert refused["scimType"] == "uniqueness"
    taking = await Provider.connected(house, name="Other", takeOver=True)
    assert (await taking.sent("POST", "Groups", group("By hand"), status=201))["id"] == other


async def test_a_group_that_is_used_is_not_deleted(house: House, provider: Provider) -> None:
    made = await provider.sent("POST", "Groups", group("Sales"), status=201)
    await house.rooms.organisation.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, group=made["id"])
    )
    refused = await provider.sent("DELETE", f"Groups/{made['id']}", status=409)
    assert "in use" in refused["detail"]


# ---------------------------------------------------------------- lists


async def test_lists_come_in_pages(provider: Provider) -> None:
    ids = [(await provider.create(f"user{n}"))["id"] for n in range(5)]
    page = await provider.sent("GET", "Users", params={"startIndex": 3, "count": 2})
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (5, 3, 2)
    assert [one["id"] for one in page["Resources"]] == ids[2:4]
    none = await provider.sent("GET", "Users", params={"count": 0})
    assert (none["totalResults"], none["Resources"]) == (5, [])
    search = {"filter": 'userName sw "USER" and active eq true', "count": 1, "attributes": ["id"]}
    found = await provider.sent("POST", "Users/.search", search)
    assert found["totalResults"] == 5
    assert found["Resources"] == [{"schemas": [USER], "id": ids[0]}]
    refused = await provider.sent("GET", "Users", params={"filter": "userName"}, status=400)
    assert refused["scimType"] == "invalidFilter"


async def test_what_the_server_says_of_itself(provider: Provider) -> None:
    config = await provider.sent("GET", "ServiceProviderConfig")
    assert config["bulk"]["supported"] is False
    kinds = await provider.sent("GET", "ResourceTypes")
    assert {one["endpoint"] for one in kinds["Resources"]} == {"/Users", "/Groups"}
    assert (await provider.sent("GET", "ResourceTypes/User"))["schema"] == USER
    said = await provider.sent("GET", "Schemas")
    assert (await provider.sent("GET", f"Schemas/{USER}")) in said["Resources"]
    await provider.sent("GET", "Schemas", params={"filter": "id pr"}, status=403)
    await provider.sent("GET", "Schemas/none", status=404)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("POST", "Bulk", 404), ("GET", "Me", 404), ("GET", "", 404), ("GET", "Users/a/b", 404)),
        *(("PUT", "Users", 405), ("POST", "Users/a", 405), ("DELETE", "Schemas", 405)),
    ],
)
async def test_what_is_not_there(provider: Provider, method: str, path: str, status: int) -> None:
    await provider.sent(method, path, {} if method != "GET" else None, status=status)


async def test_bodies_of_another_kind_are_refused(provider: Provider) -> None:
    text = {"Content-Type": "text/plain"}
    answer = await provider.client.post("Users", content=b"x", headers=text)
    assert answer.status_code == 415 and answer.json()["status"] == "415"
    answer = await provider.client.post("Users", content=b"{" * 100_000)
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")
    answer = await provider.client.post("Users", content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413 and answer.json()["status"] == "413"
    deep = b'{"userName": ' + b"[" * 5_000 + b"]" * 5_000 + b"}"
    answer = await provider.client.post("Users", content=deep)
    assert answer.status_code == 400


async def test_while_the_database_is_away_nothing_changes(
    house: House, provider: Provider
) -> None:
    made = await provider.create("dora")
    await house.storage.close()
    answer = await provider.client.put(f"Users/{made['id']}", json=person("emil"))
    assert (answer.status_code, answer.json()["status"]) == (503, "503")
    assert answer.headers["retry-after"]
    assert (await provider.sent("GET", f"Users/{made['id']}")) == made
    await house.storage.open()
    await provider.sent("PUT", f"Users/{made['id']}", person("emil"))


# ---------------------------------------------------------------- tokens


async def test_a_token_opens_nothing_else_and_nothing_else_opens_scim(
    house: House, provider: Provider
) -> None:
    browser = await house.client(Authorization=provider.client.headers["authorization"])
    assert (await browser.get("session")).status_code == 401
    assert (await browser.get("admin/users")).status_code == 401
    key = await house.program("alice")
    for client in (key, provider.admin, await house.client(Authorization="Bearer scim_x_y")):
        answer = await client.get(f"{house.url}/scim/v2/Users")
        assert (answer.status_code, answer.json()["status"]) == (401, "401")
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_is_made_anew_and_revoked(house: House, provider: Provider) -> None:
    path = f"admin/scim-connections/{provider.row['id']}"
    assert provider.row["tokenMade"] and provider.row["tokenUsed"] is None
    await provider.create("dora")
    row = (await provider.admin.get(path)).json()
    assert row["tokenUsed"] and (row["users"], row["groups"]) == (1, 0)
    await house.rooms.provisioning.tokens.tend()
    assert house.rooms.registry.scim_connections[row["id"]].seen is not None
    new = (await provider.admin.post(f"{path}/token")).json()["token"]
    await provider.sent("GET", "Users", status=401)
    provider.client.headers["Authorization"] = f"Bearer {new}"
    await provider.sent("GET", "Users")
    revoked = (await provider.admin.delete(f"{path}/token")).json()
    assert revoked["tokenMade"] is None
    await provider.sent("GET", "Users", status=401)
    assert "dora" in await provider.users()


async def test_who_did_what_is_in_the_audit_log_and_no_secret(
    house: House, provider: Provider
) -> None:
    await provider.create("dora")
    async with house.storage.reading() as reader:
        rows = (await reader.execute(select(audit))).mappings().all()
    told = {row["action"]: row for row in rows}
    assert told["user created"]["actor"] == "SCIM connection Entra ID"
    assert "SCIM connection changed" in told
    (held,) = house.rooms.registry.scim_connections.values()
    assert held.secret and not [row for row in rows if held.secret in repr(dict(row))]

"""Troubleshooting: what is usually wrong is found, told with what to do, to whom it concerns."""

from typing import Any

import httpx

from tests.web.house import House
from tests.web.problems import problem
from tests.web.test_backups import made
from tws.organisation.actor import SYSTEM


async def examined(admin: httpx.AsyncClient) -> dict[str, list[dict[str, Any]]]:
    """By the check."""
    answer = await admin.get("admin/doctor")
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, Any]]] = {}
    for one in answer.json()["findings"]:
        found.setdefault(one["check"], []).append(one)
    return found


def outcomes(found: list[dict[str, Any]]) -> list[str]:
    return [one["outcome"] for one in found]


async def test_a_house_in_order_is_well(house: House) -> None:
    admin = await house.administrator("all")
    [backups] = (await examined(admin))["backups"]
    assert (backups["outcome"], backups["page"]) == ("warning", "backups")
    assert backups["said"]["words"] == "There is no backup yet."
    await admin.post("admin/backups")
    [one] = (await made(admin))["backups"]
    found = await examined(admin)
    [backups] = found["backups"]
    assert one["taken"][:10] in backups["said"]["words"]
    told = {outcome for ones in found.values() for outcome in outcomes(ones)}
    assert told == {"ok", "notApplicable"}, found
    assert len(found) == 20 and outcomes(found["certificate"]) == ["notApplicable"]
    assert outcomes(found["nodes"]) == ["notApplicable"], "there is one"


async def test_an_administrator_sees_his_companies_only(house: House) -> None:
    ours = await house.administrator("SSDEI")
    server = {"database", "disk", "clock", "certificate", "licences", "services", "nodes"}
    assert not server & (await examined(ours)).keys()
    for name in ("Paris", "Berlin"):
        house.cut(name)
    found = (await examined(ours))["links"]
    assert [one["row"] for one in found] == [house.links["Paris"].id]
    assert {one["company"] for one in found} == {house.companies["SSDEI"].id}
    everybody = await house.administrator("all")
    assert len((await examined(everybody))["links"]) == 2
    problem(await (await house.program("alice")).get("admin/doctor"), 403, "notAllowed")


async def test_a_link_that_is_down_says_where_to_look(house: House) -> None:
    house.cut(why="connection refused")
    everybody = await house.administrator("all")
    [found] = (await examined(everybody))["links"]
    assert (found["outcome"], found["page"]) == ("failed", "links")
    assert found["said"]["words"] == "The link PBX Paris is not up: connection refused"
    assert "pbx.example answers at port 1" in found["todo"]["words"]
    assert "Sharpen the pencil." in found["todo"]["words"]
    await everybody.post("admin/services/links/stop")
    [service] = (await examined(everybody))["services"]
    assert (service["outcome"], service["page"]) == ("failed", "services")
    assert len((await examined(everybody))["links"]) == 3


async def test_users_who_cannot_call_are_named(house: House) -> None:
    admin, service = await house.administrator("SSDEI"), house.rooms.organisation
    assert outcomes((await examined(admin))["users"]) == ["ok"]
    for n in range(13):
        await service.users.create_user(
            SYSTEM, domain=house.domains["Nice"].id, username=f"new{n:02}"
        )
    found = (await examined(admin))["users"]
    words = [one["said"]["words"] for one in found]
    assert "new00 may not use TWS Caller." in words and "new00 has no telephone." in words
    assert len(found) == 21 and words[-1] == "6 more are like these."
    alone = next(one for one in found if one["said"]["words"] == "new00 has no telephone.")
    known = {user.id: user.username for user in house.rooms.registry.users.values()}
    assert (alone["page"], known[alone["row"]]) == ("users", "new00")


async def test_doors_that_stand_open_are_seen(house: House) -> None:
    admin = await house.administrator("SSDEI")
    domain = house.domains["Paris"].id
    for methods, outcome, words in (
        ("None|TWS", "warning", "2 users sign in by None: no password is asked"),
        ("WindowsSecurity", "failed", "2 users sign in by WindowsSecurity, which"),
        ("LDAP", "failed", "2 users sign in by LDAP, and AuthLdapServer is empty"),
    ):
        await setting(admin, "AuthMethods", methods, domain)
        [found] = (await examined(admin))["signingIn"]
        assert found["outcome"] == outcome and found["said"]["words"].startswith(words)
        assert found["page"] == "parameters"
    await setting(admin, "AuthLdapServer", "127.0.0.1", domain)
    await setting(admin, "AuthLdapPort", 1, domain)
    away, well = (await examined(admin))["signingIn"]
    assert outcomes([away, well]) == ["failed", "ok"]
    assert away["said"]["words"].startswith("LDAP: Nothing answers on port 1 of 127.0.0.1")
    assert (away["page"], away["row"]) == ("parameters", "AuthLdapServer")


async def setting(admin: httpx.AsyncClient, parameter: str, value: str | int, domain: str) -> None:
    body = {"parameter": parameter, "value": value, "domain": domain}
    known = (await admin.get("admin/parameter-values", params={"parameter": parameter})).json()
    more = {"version": known[0]["version"]} if known else {}
    made = await admin.put("admin/parameter-values", json={**body, **more})
    assert made.status_code == 200, made.text

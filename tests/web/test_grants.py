"""What is granted to whom, through the API: types, filters, refusals; and a user's rights."""

from typing import Any

import httpx

from tests import granting
from tests.web.house import House
from tests.web.problems import problem
from tws.organisation.grant import GrantKind


async def granted(admin: httpx.AsyncClient, grant: dict[str, Any]) -> dict[str, Any]:
    made = await admin.post("admin/grants", json=granting.sent(grant))
    assert made.status_code == 201, made.text
    row: dict[str, Any] = made.json()
    return row


async def listed(admin: httpx.AsyncClient, **where: str) -> list[str]:
    return [row["id"] for row in (await admin.get("admin/grants", params=where)).json()]


async def test_the_types_say_what_may_be_granted(house: House) -> None:
    admin = await house.administrator("Other")
    types = {each["kind"]: each for each in (await admin.get("admin/grant-kinds")).json()}
    assert list(types) == [*GrantKind]
    assert types["statistics"] == {
        "kind": "statistics",
        "objects": ["user", "group"],
        "grantees": ["user"],
        "acrossDomains": False,
        "reversed": True,
        "applications": [],
    }
    names = types["application"]["applications"]
    assert len(names) == 15 and "TWS Smart Attendant" in names and "TWS Audio channel" not in names
    assert "intercomGroup" in types["directory"]["grantees"]


async def test_grants_are_found_by_either_side(house: House) -> None:
    admin = await house.administrator("SSDEI")
    alice, bob = house.users["alice"].id, house.users["bob"].id
    domain = house.domains["Paris"].id
    body = {"domain": domain, "name": "Hotline"}
    hotline = (await admin.post("admin/intercom-groups", json=body)).json()["id"]
    seen = await granted(admin, granting.intercom_group(hotline, user=alice))
    shown = await granted(admin, granting.calendars({"user": alice}, user=bob))
    log = await granted(admin, granting.of_people(GrantKind.CALL_LOG, {"user": alice}, user=alice))
    assert seen == {
        "id": seen["id"],
        "version": 1,
        "company": house.companies["SSDEI"].id,
        **granting.sent(granting.intercom_group(hotline, user=alice)),
    }
    assert await listed(admin, object=hotline) == [seen["id"]]
    assert await listed(admin, objectKind="intercomGroup") == [seen["id"]]
    assert await listed(admin, kind="calendar") == [shown["id"]]
    assert await listed(admin, kind="calendar", object=alice) == [shown["id"]]
    assert await listed(admin, object=alice) == [shown["id"], log["id"]]
    assert await listed(admin, object=alice, grantee=bob) == [shown["id"]]
    to_alice = await listed(admin, grantee=alice)
    assert {seen["id"], log["id"]} < {*to_alice} and shown["id"] not in to_alice
    assert await listed(admin, kind="callLog", granteeKind="group") == []
    assert len(await listed(admin)) > 3
    assert await listed(admin, company="unknown") == []
    problem(await admin.get("admin/grants", params={"kind": "everything"}), 422, "invalid")

    address = f"admin/grants/{shown['id']}"
    assert (await admin.get(address)).json() == shown
    other = await house.administrator("Other")
    problem(await other.get(address), 404, "notFound")
    assert (await admin.delete(address, params={"version": 1})).status_code == 204
    problem(await admin.get(address), 404, "notFound")
    assert await listed(admin, kind="calendar") == []


async def test_what_is_refused_says_why(house: House) -> None:
    admin = await house.administrator("SSDEI")
    alice = house.users["alice"]
    nice = (
        await admin.post(
            "admin/queues", json={"domain": house.domains["Nice"].id, "name": "Accueil"}
        )
    ).json()
    assert alice.domain != nice["domain"]
    away = granting.sent(granting.queue(nice["id"], user=alice.id))
    for change, field, why in (
        ({}, "grantee", "acrossDomains"),
        ({"granteeKind": "domain"}, "granteeKind", "oneOf"),
        ({"kind": "statistics"}, "objectKind", "oneOf"),
    ):
        told = problem(await admin.post("admin/grants", json={**away, **change}), 422, "invalid")
        assert (told["field"], told["why"]) == (field, why)
    channel = granting.sent(granting.application("TWS Video channel", user=alice.id))
    told = problem(await admin.post("admin/grants", json=channel), 422, "invalid")
    assert (told["field"], told["why"]) == ("object", "oneOf")
    caller = granting.sent(granting.application("TWS Caller", user=alice.id))
    told = problem(await admin.post("admin/grants", json=caller), 409, "conflict")
    assert (told["field"], told["why"]) == ("grantee", "granted")
    for missing in away:
        left = {name: value for name, value in away.items() if name != missing}
        problem(await admin.post("admin/grants", json=left), 422, "invalid")


async def test_a_users_rights_and_why_he_has_them(house: House) -> None:
    admin = await house.administrator("SSDEI")
    alice, bob = house.users["alice"].id, house.users["bob"].id
    body = {"domain": house.domains["Paris"].id, "name": "Commerce"}
    group = (await admin.post("admin/groups", json=body)).json()
    members = {"version": 1, "members": [alice, bob]}
    await admin.put(f"admin/groups/{group['id']}/members", json=members)
    grant = await granted(admin, granting.calendars({"group": group["id"]}, group=group["id"]))
    reason = {
        "grant": grant["id"],
        **{"byKind": "group", "by": group["id"], "ofKind": "group", "of": group["id"]},
    }
    rights = (await admin.get(f"admin/users/{alice}/rights")).json()
    assert [right for right in rights if right["kind"] == "calendar"] == [
        {"kind": "calendar", "objectKind": "group", "object": group["id"], "reasons": [reason]}
    ]
    assert {right["kind"] for right in rights} == {"application", "directory", "calendar"}

    why = f"admin/users/{alice}/rights/why"
    about = {"kind": "calendar", "object": bob}
    assert (await admin.get(why, params=about)).json() == {
        "sees": True,
        "own": False,
        "objectKind": "user",
        "reasons": [reason],
        "denials": [],
    }
    await admin.delete(f"admin/grants/{grant['id']}", params={"version": 1})
    denied = (await admin.get(why, params=about)).json()
    assert (denied["sees"], denied["reasons"]) == (False, [])
    [denial] = denied["denials"]
    assert (denial["why"], denial["parameters"]) == ("noGrant", {}) and denial["detail"]
    statistics = {"kind": "statistics", "object": group["id"]}
    denials = (await admin.get(why, params=statistics)).json()["denials"]
    assert [each["why"] for each in denials] == ["noGrant", "applicationNotGranted"]
    assert denials[1]["parameters"] == {"application": "TWS Stats Admin"}
    problem(await admin.get(why, params={"kind": "queue", "object": bob}), 404, "notFound")
    problem(await admin.get(why, params={"kind": "queue"}), 422, "invalid")

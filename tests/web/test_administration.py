"""Companies, people and links through the administration's operations; and whose they are."""

from typing import Any

import httpx

from tests import granting
from tests.web.house import PASSWORD, House
from tests.web.naming import IMPORT
from tests.web.problems import problem


async def test_a_company_from_making_to_deleting(house: House) -> None:
    admin = await house.administrator()
    made = await admin.post("admin/companies", json={"name": "New"})
    assert made.status_code == 201
    company = made.json()
    address = f"admin/companies/{company['id']}"
    assert (await admin.get(address)).json() == company
    assert company in (await admin.get("admin/companies")).json()
    problem(await admin.post("admin/companies", json={"name": "new"}), 409, "conflict")
    renamed = await admin.patch(address, json={"version": company["version"], "name": "Newer"})
    assert renamed.json() == {**company, "name": "Newer", "version": company["version"] + 1}
    late = await admin.patch(address, json={"version": company["version"], "name": "Late"})
    assert problem(late, 409, "conflict")["version"] == company["version"] + 1
    problem(await admin.delete(address), 422, "invalid")
    problem(await admin.delete(address, params={"version": 1}), 409, "conflict")
    assert (await admin.delete(address, params={"version": 2})).status_code == 204
    problem(await admin.get(address), 404, "notFound")


async def test_a_company_in_use_is_not_deleted(house: House) -> None:
    admin = await house.administrator()
    company = house.companies["SSDEI"]
    answer = await admin.delete(f"admin/companies/{company.id}?version={company.version}")
    used = problem(answer, 409, "conflict")
    assert used["domains"] == 2 and "2 domains" in used["detail"]


async def test_a_domain(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {
        "company": house.companies["SSDEI"].id,
        "name": "Madrid",
        "timeZone": "Europe/Madrid",
        "countryPrefix": "34",
        "nationalPrefix": "",
    }
    domain = (await admin.post("admin/domains", json=body)).json()
    assert domain.items() >= body.items() and domain["internalLength"] == 4
    address = f"admin/domains/{domain['id']}"
    changed = await admin.patch(address, json={"version": 1, "inverseLength": 6})
    assert changed.json() == {**domain, "inverseLength": 6, "version": 2}
    for change, field in (
        ({"timeZone": "Mars/Base"}, "timeZone"),
        ({"countryPrefix": ""}, "countryPrefix"),
        ({"countryPrefix": "x"}, "countryPrefix"),
        ({"internalLength": 4.5}, "internalLength"),
        ({"internalLength": True}, "internalLength"),
        ({"name": None}, "name"),
        ({"company": house.companies["Other"].id}, "company"),
    ):
        sent: dict[str, Any] = {"version": 2, **change}
        assert problem(await admin.patch(address, json=sent), 422, "invalid")["field"] == field
    assert (await admin.get(address)).json() == changed.json()
    assert (await admin.delete(address, params={"version": 2})).status_code == 204


async def test_a_user_becomes_able_to_call(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {"domain": house.domains["Paris"].id, "username": "david", "firstName": "David"}
    user = (await admin.post("admin/users", json=body)).json()
    assert user["company"] == house.companies["SSDEI"].id and user["displayName"] == "David"
    account = {"username": "david", "password": PASSWORD}
    browser = await house.client()
    problem(await browser.post("login", json=account), 401, "loginRefused")
    password = f"admin/users/{user['id']}/password"
    assert (await admin.put(password, json={"password": PASSWORD})).status_code == 204
    problem(await browser.post("login", json=account), 401, "loginRefused")
    grant = granting.sent(granting.application("TWS Caller", user=user["id"]))
    granted = (await admin.post("admin/grants", json=grant)).json()
    assert (await browser.post("login", json=account)).status_code == 200

    device = {"user": user["id"], "link": house.links["Paris"].id, "number": "4009"}
    made = (await admin.post("admin/devices", json={**device, "label": "Desk"})).json()
    assert made["domain"] == house.domains["Paris"].id and made["protocol"] == "CSTA"
    (seen,) = (await browser.get("devices")).json()
    assert seen["number"] == "4009" and seen["state"] == "monitored"
    taken = problem(await admin.post("admin/devices", json=device), 409, "conflict")
    assert taken["field"] == "number"
    moved = await admin.patch(f"admin/devices/{made['id']}", json={"version": 1, "number": "4010"})
    assert moved.json()["number"] == "4010"
    query = {"user": user["id"]}
    assert (await admin.get("admin/devices", params=query)).json() == [moved.json()]
    await admin.delete(f"admin/devices/{made['id']}?version=2")
    assert (await browser.get("devices")).json() == []

    await admin.delete(f"admin/grants/{granted['id']}?version=1")
    problem(await browser.get("session"), 401, "notSignedIn")
    renamed = await admin.patch(
        f"admin/users/{user['id']}", json={"version": 1, "culture": "fr", "enabled": False}
    )
    assert (renamed.json()["culture"], renamed.json()["enabled"]) == ("fr", False)
    assert (await admin.delete(f"admin/users/{user['id']}?version=2")).status_code == 204


async def test_passwords_of_the_pbx_are_not_told(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {"domain": house.domains["Paris"].id, "username": "erika"}
    made = await admin.post("admin/users", json={**body, "voicemailPassword": "hidden-7957"})
    user = made.json()
    assert user["voicemailPasswordSet"] is True and "voicemailPassword" not in user
    device = {"user": user["id"], "link": house.links["Paris"].id, "number": "4094"}
    sip = {"protocol": "SIP", "sipProxy": "192.1.3.253", "softphone": True, "video": True}
    answer = await admin.post("admin/devices", json={**device, **sip, "password": "hidden-4094"})
    row = answer.json()
    assert row["passwordSet"] is True and row["sipProxy"] == "192.1.3.253" and row["softphone"]
    address = f"admin/devices/{row['id']}"
    refused = await admin.patch(
        address, json={"version": 1, "protocol": "CSTA", "oneNumber": True}
    )
    assert problem(refused, 422, "invalid")["field"] == "oneNumber"
    bare = (await admin.patch(address, json={"version": 1, "password": ""})).json()
    assert bare["passwordSet"] is False
    listed = await admin.get("admin/users", params={"domain": body["domain"]})
    audit = await admin.get("admin/audit")
    assert audit.status_code == 200
    for told in (made, answer, listed, audit):
        assert "hidden-" not in told.text and "sealed:" not in told.text


async def test_a_group(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {"domain": house.domains["Paris"].id, "name": "Sales"}
    group = (await admin.post("admin/groups", json=body)).json()
    assert group["members"] == []
    address = f"admin/groups/{group['id']}"
    members = [house.users["alice"].id, house.users["carol"].id]
    changed = await admin.put(f"{address}/members", json={"version": 1, "members": members})
    assert sorted(changed.json()["members"]) == sorted(members)
    erin = house.users["erin"].id
    theirs = await admin.put(f"{address}/members", json={"version": 2, "members": [erin]})
    unknown = await admin.put(f"{address}/members", json={"version": 2, "members": ["unknown"]})
    assert problem(theirs, 404, "notFound") == problem(unknown, 404, "notFound")
    grant = granting.sent(granting.application("TWS Toolkit", group=group["id"]))
    made = (await admin.post("admin/grants", json=grant)).json()
    assert (await admin.get(f"admin/grants/{made['id']}")).json() == made
    query = {"grantee": group["id"]}
    assert (await admin.get("admin/grants", params=query)).json() == [made]
    problem(await admin.delete(f"{address}?version=2"), 409, "conflict")
    for change in (
        {"object": "TWS Everything"},
        {"object": "TWS Audio channel"},
        {"objectKind": "group"},
        {"granteeKind": "domain"},
    ):
        sent = {**grant, **change}
        problem(await admin.post("admin/grants", json=sent), 422, "invalid")
    renamed = await admin.patch(address, json={"version": 2, "name": "Sales Paris"})
    assert renamed.json()["name"] == "Sales Paris"
    where = {"domain": house.domains["Paris"].id}
    assert (await admin.get("admin/groups", params=where)).json() == [renamed.json()]


async def test_administrators(house: House) -> None:
    chief, other = await house.administrator(), await house.administrator("Other")
    body = {"username": "second", "superUser": False, "companies": [house.companies["Other"].id]}
    made = (await chief.post("admin/administrators", json=body)).json()
    address = f"admin/administrators/{made['id']}"
    assert made.items() >= body.items()
    assert (await chief.put(f"{address}/password", json={"password": PASSWORD})).status_code == 204
    account = {"username": "second", "password": PASSWORD}
    browser = await house.client()
    assert (await browser.post("administrator/login", json=account)).status_code == 200
    problem(await other.post("admin/administrators", json=body), 403, "notAllowed")
    problem(await other.get(address), 404, "notFound")
    assert len((await other.get("admin/administrators")).json()) == 1
    promoted = await chief.patch(address, json={"version": 1, "superUser": True})
    assert promoted.json()["superUser"] is True
    assert len((await browser.get("admin/companies")).json()) == 2
    assert (await chief.delete(f"{address}?version=2")).status_code == 204
    problem(await browser.get("session"), 401, "notSignedIn")


# ---------------------------------------------------------------- links


# ---------------------------------------------------------------- who may


async def operations(house: House) -> list[tuple[str, str, bool]]:
    """Every operation of the administration: method, path, and whether the path names a row."""
    document = (await (await house.client()).get(f"{house.url}/api/openapi.json")).json()
    return [
        (method, path.removeprefix("/api/v1/"), "{id}" in path)
        for path, methods in document["paths"].items()
        for method in methods
        if path.startswith("/api/v1/admin/")
    ]


BODIES: dict[str, dict[str, Any]] = {
    "dialPlan": {"version": 1},
    "test": {"direction": "dialled", "number": "4092"},
    "rules": {"content": ""},
    "companies": {"version": 1, "name": "X"},
    "domains": {"version": 1, "name": "X"},
    "users": {"version": 1, "firstName": "X"},
    "devices": {"version": 1, "label": "X"},
    "groups": {"version": 1, "name": "X"},
    "queues": {"version": 1, "name": "X"},
    "intercom-groups": {"version": 1, "name": "X"},
    "directories": {"version": 1, "name": "X"},
    "collaboration-sources": {"version": 1, "name": "X"},
    "user-imports": {"version": 1, "name": "X"},
    "sms-providers": {"version": 1, "name": "X"},
    "scim-connections": {"version": 1, "name": "X"},
    "links": {"version": 1, "name": "X"},
    "administrators": {"version": 1, "username": "X"},
    "password": {"password": "a pass phrase"},
    "members": {"version": 1, "members": []},
    "erasure": {"name": "X"},
}
QUERIES: dict[str, dict[str, str]] = {"why": {"kind": "application", "object": "TWS Caller"}}
ASKED = ("synchronise", "run", "try", "approve", "cancel", "refresh", "sign-in-test", "token")
"Of a row, without a body."


async def ask(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    """With a body that is right in itself."""
    if method in ("get", "delete"):
        query = QUERIES.get(path.split("/")[-1], {}) if method == "get" else {"version": "1"}
        return await client.request(method, path, params=query)
    last = path.split("/")[-1]
    body = {} if last in ASKED else BODIES.get(last) or BODIES[path.split("/")[1]]
    return await client.request(method, path, json=body)


async def test_users_and_strangers_have_no_administration(house: House) -> None:
    alice, nobody = await house.program("alice"), await house.client()
    walked = await operations(house)
    assert len(walked) > 40
    for method, path, _ in walked:
        path = path.replace("{id}", house.users["alice"].id)
        problem(await ask_anything(nobody, method, path), 401, "notSignedIn")
        problem(await ask_anything(alice, method, path), 403, "notAllowed")


FILES = ("admin/files",)
"Whose body is a file."


async def ask_anything(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    if path in FILES and method == "put":
        file = {"Content-Type": "application/octet-stream"}
        return await client.request(method, path, content=b"x", headers=file)
    return await client.request(method, path, json={} if method not in ("get", "delete") else None)


async def test_rows_of_other_companies_are_answered_as_unknown(house: House) -> None:
    other, own = await house.administrator("Other"), await house.administrator("SSDEI")
    paris = {"domain": house.domains["Paris"].id}
    group = await own.post("admin/groups", json={**paris, "name": "Sales"})
    hotline = await own.post("admin/intercom-groups", json={**paris, "name": "Hotline"})
    queue = await own.post("admin/queues", json={**paris, "name": "Reception"})
    calendars = await own.post(
        "admin/collaboration-sources",
        json={
            "domain": house.domains["Paris"].id,
            "name": "Calendars",
            "connector": "ical",
            "settings": {"url": "http://127.0.0.1:1/{user}.ics"},
        },
    )
    gateway = await own.post(
        "admin/sms-providers",
        json={
            "domain": house.domains["Paris"].id,
            "name": "Gateway",
            "connector": "http",
            "settings": {"url": "http://127.0.0.1:1/", "body": "{to} {text}"},
        },
    )
    entra = await own.post("admin/scim-connections", json={**paris, "name": "Entra ID"})
    employees = await own.post("admin/user-imports", json={**paris, **IMPORT})
    alice, bob = (house.users[name].id for name in ("alice", "bob"))
    shown = await own.post(
        "admin/grants", json=granting.sent(granting.calendars({"user": alice}, user=bob))
    )
    value = await own.put(
        "admin/parameter-values",
        json={
            "parameter": "MapServiceURL",
            "value": "https://maps.example/{0}",
            "company": house.companies["SSDEI"].id,
        },
    )
    chief = await own.get("admin/administrators")
    theirs = {
        "companies": house.companies["SSDEI"].id,
        "domains": house.domains["Paris"].id,
        "users": house.users["alice"].id,
        "devices": house.device("4001"),
        "groups": group.json()["id"],
        "queues": queue.json()["id"],
        "intercom-groups": hotline.json()["id"],
        "directories": (await own.get("admin/directories")).json()[0]["id"],
        "collaboration-sources": calendars.json()["id"],
        "sms-providers": gateway.json()["id"],
        "user-imports": employees.json()["id"],
        "scim-connections": entra.json()["id"],
        "grants": shown.json()["id"],
        "parameter-values": value.json()["id"],
        "links": house.links["Paris"].id,
        "administrators": chief.json()[0]["id"],
        # By its leg, to nobody but who made it: `tests.web.test_trial_calls`.
        "trial-calls": "a leg",
    }
    for method, path, named in await operations(house):
        if not named:
            continue
        kind = path.split("/")[1]
        of_theirs = await ask(other, method, path.replace("{id}", theirs[kind]))
        unknown = await ask(other, method, path.replace("{id}", "unknown"))
        same = (of_theirs.status_code, of_theirs.json()) == (unknown.status_code, unknown.json())
        assert same, (method, path)
        assert of_theirs.status_code in (403, 404), (method, path)


WINDOWS = (
    *("admin/alerter/templates", "admin/alerter/template", "admin/alerter/tokens"),
    "admin/dialects",
    "admin/connectors",
    "admin/calendar-connectors",
    "admin/files",
    "admin/grant-kinds",
    "admin/licences",
    "admin/services",
    "admin/nodes",
    "admin/support-bundle",
    "admin/doctor",
    *("admin/audit/export", "admin/incidents/export"),
    "admin/backups",
    "admin/backups/{name}",
    "admin/backup-settings",
    "admin/syslog",
    "admin/traces/{trace}",
    "admin/traces/{trace}/tail",
    *("admin/application-users", "admin/configuration"),
)
"Of no company: kinds of things, the whole server's. Files are of one company; an export no list."
EMPTY = {
    f"admin/{of}"
    for of in (
        *("groups", "traces", "incidents", "call-gaps", "queues", "intercom-groups"),
        "parameter-values",
        "collaboration-sources",
        "collaboration-states",
        "user-imports",
        "scim-connections",
        *("sms-providers", "sms-provider-states"),
    )
}


async def test_lists_hold_what_an_administrator_manages(house: House) -> None:
    other = await house.administrator("Other")
    company = house.companies["Other"].id
    for method, path, named in await operations(house):
        if method != "get" or named or path in WINDOWS:
            continue
        listed = (await other.get(path)).json()
        listed = listed["entries"] if isinstance(listed, dict) else listed
        assert listed or path in EMPTY, path
        assert {one.get("company", company) for one in listed} <= {company}, path
        hidden = await other.get(path, params={"company": house.companies["SSDEI"].id})
        unknown = await other.get(path, params={"company": "unknown"})
        assert hidden.json() == unknown.json(), path


async def test_nothing_can_be_made_in_another_company(house: House) -> None:
    other = await house.administrator("Other")
    domain, link = house.domains["Paris"].id, house.links["Paris"].id
    user, company = house.users["alice"].id, house.companies["SSDEI"].id
    settings, erin = {"host": "pbx.example"}, house.users["erin"].id
    directory = house.rooms.registry.directories_of(house.domains["Paris"].id)[0].id
    own = house.rooms.registry.directories_of(house.domains["Berlin"].id)[0].id
    for path, body, member in (
        ("domains", {"company": company, "name": "X", "timeZone": "Europe/Paris"}, "company"),
        ("users", {"domain": domain, "username": "x"}, "domain"),
        ("groups", {"domain": domain, "name": "x"}, "domain"),
        (
            "links",
            {"domain": domain, "name": "x", "dialect": "paper", "settings": settings},
            "domain",
        ),
        ("devices", {"user": user, "link": link, "number": "1"}, "user"),
        ("devices", {"user": house.users["erin"].id, "link": link, "number": "1"}, "link"),
        (
            "grants",
            granting.sent(granting.application("TWS Caller", user=user)),
            "grantee",
        ),
        ("queues", {"domain": domain, "name": "x"}, "domain"),
        ("intercom-groups", {"domain": domain, "name": "x"}, "domain"),
        (
            "directories",
            {"domain": domain, "name": "x", "connector": "paper", "settings": settings},
            "domain",
        ),
        ("grants", granting.sent(granting.directory(directory, user=erin)), "object"),
        ("grants", granting.sent(granting.directory(own, domain=domain)), "grantee"),
        ("grants", granting.sent(granting.calendars({"user": user}, user=erin)), "object"),
        ("grants", granting.sent(granting.calendars({"user": erin}, user=user)), "grantee"),
    ):
        sent: dict[str, Any] = dict(body)
        theirs = await other.post(f"admin/{path}", json=sent)
        unknown = await other.post(f"admin/{path}", json={**sent, member: "unknown"})
        assert problem(theirs, 404, "notFound") == problem(unknown, 404, "notFound"), path

"""Directories, who may look into them, and parameters, through the administration's operations."""

from typing import Any

import httpx

from tests import granting
from tests.web.house import House
from tests.web.problems import problem
from tws.organisation.model import BuiltIn

SECRET = "secret of the directory"


def body(house: House, **other: Any) -> dict[str, Any]:
    whole = {
        "domain": house.domains["Paris"].id,
        "name": "Customers",
        "connector": "paper",
        "settings": {"host": "ldap.example", "password": SECRET},
        "mapping": {"last_name": "sn|u", "work": "tel", "photo": ""},
        "labels": {"private0": "[VIP]"},
        "schedule": "daily",
    }
    return whole | other


async def test_what_directories_can_be_read_from(house: House) -> None:
    admin = await house.administrator("SSDEI")
    absent, paper = (await admin.get("admin/connectors")).json()
    assert absent["unavailable"] == "Not installed: install tws[absent]."
    assert absent["fields"] == [] and absent["name"] == "absent"
    assert (paper["name"], paper["title"]) == ("paper", "Directory on paper")
    assert (paper["public"], paper["private"]) == (True, False)
    assert paper["suggested"] == {"last_name": "sn", "work": "telephoneNumber"}
    assert "unavailable" not in paper
    fields = {field["name"]: field for field in paper["fields"]}
    assert fields["host"]["required"] and fields["password"]["secret"]


async def test_a_directory_from_making_to_deleting(house: House) -> None:
    admin = await house.administrator("SSDEI")
    made = await admin.post("admin/directories", json=body(house))
    assert made.status_code == 201, made.text
    row = made.json()
    assert row["mapping"] == {"last_name": "sn|u", "work": "tel"}
    assert (row["kind"], row["schedule"], row["minutes"], row["priority"]) == (
        "public",
        "daily",
        10,
        1,
    )
    assert row["builtIn"] is None and row["synchronised"] is None
    address = f"admin/directories/{row['id']}"
    changed = await admin.patch(
        address,
        json={"version": 1, "kind": "disabled", "schedule": "interval", "minutes": 60},
    )
    assert changed.json() == {
        **row,
        "version": 2,
        "kind": "disabled",
        "schedule": "interval",
        "minutes": 60,
    }
    assert (await admin.get(address)).json() == changed.json()
    where = {"domain": house.domains["Paris"].id}
    listed = (await admin.get("admin/directories", params=where)).json()
    assert changed.json() in listed and len(listed) == 4
    assert (
        problem(await admin.patch(address, json={"version": 1}), 409, "conflict")["version"] == 2
    )
    assert (await admin.delete(address, params={"version": 2})).status_code == 204
    problem(await admin.get(address), 404, "notFound")


async def test_what_is_wrong_is_named(house: House) -> None:
    admin = await house.administrator("SSDEI")
    for wrong, field in (
        ({"connector": "smoke"}, "connector"),
        ({"connector": "tws_contacts"}, "connector"),
        ({"settings": {"host": 5}}, "settings.host"),
        ({"settings": {"host": "x", "bind_dn": 5}}, "settings.bind_dn"),
        ({"mapping": {"last_name": "sn|z"}}, "mapping.last_name"),
        ({"mapping": {"nothing": "sn"}}, "mapping.nothing"),
        ({"labels": {"private0": "A", "private1": "a"}}, "labels.private1"),
        ({"kind": "private"}, "kind"),
        ({"kind": "secret"}, "kind"),
        ({"priority": -1}, "priority"),
        ({"minutes": 20_000}, "minutes"),
        ({"merge": 1}, "merge"),
        ({"synchronised": None}, "synchronised"),
    ):
        answer = await admin.post("admin/directories", json=body(house, **wrong))
        assert problem(answer, 422, "invalid")["field"] == field, wrong


async def test_secrets_of_a_directory_are_never_told(house: House) -> None:
    admin = await house.administrator("SSDEI")
    seen: list[httpx.Response] = [await admin.post("admin/directories", json=body(house))]
    row = seen[0].json()
    assert row["settings"] == {"host": "ldap.example", "bind_dn": "", "password": None}
    assert row["isSet"] == {"password": True}
    address = f"admin/directories/{row['id']}"
    moved: dict[str, Any] = {"version": 1, "settings": {"host": "ldap2.example"}}
    refused = await admin.patch(address, json=moved)
    assert problem(refused, 422, "invalid")["field"] == "settings.password"
    changed = {"version": 1, "settings": {"host": "ldap.example", "bind_dn": "cn=tws"}}
    seen.append(await admin.patch(address, json=changed))
    assert seen[-1].json()["isSet"] == {"password": True}
    stored = house.rooms.registry.directories[row["id"]]
    assert house.rooms.organisation.directories.opened_settings(stored)["password"] == SECRET
    seen += [await admin.get(address), await admin.get("admin/directories")]
    assert all(SECRET not in one.text and "sealed:" not in one.text for one in seen)
    emptied = {"version": 2, "settings": {"host": "ldap2.example", "password": ""}}
    assert (await admin.patch(address, json=emptied)).json()["isSet"] == {"password": False}


async def test_of_a_built_in_directory_little_is_changed(house: House) -> None:
    admin = await house.administrator("SSDEI")
    users = house.rooms.registry.built_in(house.domains["Paris"].id, BuiltIn.USERS)
    assert users is not None
    address = f"admin/directories/{users.id}"
    shown = (await admin.get(address)).json()
    assert (shown["builtIn"], shown["priority"], shown["settings"]) == ("tws_users", 2, {})
    changed = await admin.patch(address, json={"version": 1, "priority": 5, "merge": True})
    assert (changed.json()["priority"], changed.json()["merge"]) == (5, True)
    refused = await admin.patch(address, json={"version": 2, "kind": "disabled"})
    assert problem(refused, 422, "invalid")["field"] == "kind"
    problem(await admin.delete(address, params={"version": 2}), 409, "conflict")


async def test_a_directory_is_granted_and_withdrawn(house: House) -> None:
    admin = await house.administrator("SSDEI")
    directory = (await admin.post("admin/directories", json=body(house))).json()["id"]
    domain = house.domains["Nice"].id
    queue = (await admin.post("admin/queues", json={"domain": domain, "name": "Desk"})).json()
    intercom = (
        await admin.post("admin/intercom-groups", json={"domain": domain, "name": "Hotline"})
    ).json()
    renamed = await admin.patch(f"admin/queues/{queue['id']}", json={"version": 1, "name": "B"})
    assert renamed.json() == {**queue, "version": 2, "name": "B"}
    carol = house.users["carol"].id
    granted = []
    for to in (
        {"user": carol},
        {"queue": queue["id"]},
        {"intercomGroup": intercom["id"]},
        {"domain": domain},
    ):
        grant = granting.sent(granting.directory(directory, **to))
        made = await admin.post("admin/grants", json=grant)
        assert made.status_code == 201, made.text
        granted.append(made.json())
        assert made.json().items() >= grant.items()
        again = problem(await admin.post("admin/grants", json=grant), 409, "conflict")
        assert again["field"] == "grantee"
        where = {"object": directory, "grantee": grant["grantee"]}
        found = await admin.get("admin/grants", params=where)
        assert found.json() == [made.json()]
    registry = house.rooms.registry
    assert directory in {d.id for d in registry.directories_for(house.users["carol"].id)}
    used = await admin.delete(f"admin/queues/{queue['id']}?version=2")
    assert problem(used, 409, "conflict")["directoryGrants"] == 1
    for grant in granted:
        address = f"admin/grants/{grant['id']}"
        assert (await admin.get(address)).json() == grant
        assert (await admin.delete(address, params={"version": 1})).status_code == 204
    assert directory not in {d.id for d in registry.directories_for(house.users["carol"].id)}
    assert (await admin.delete(f"admin/queues/{queue['id']}?version=2")).status_code == 204
    gone = await admin.delete(f"admin/intercom-groups/{intercom['id']}?version=1")
    assert gone.status_code == 204


async def test_parameters(house: House) -> None:
    admin = await house.administrator("SSDEI")
    known = {one["name"]: one for one in (await admin.get("admin/parameters")).json()}
    assert known["timeSynchronizationDirectories"] == {
        "application": "Système",
        "name": "timeSynchronizationDirectories",
        "kind": "time",
        "help": "The hour of the daily synchronisations of directories,"
        " in the domain's time zone.",
        "default": "03:00",
        "levels": ["default", "domain"],
        "expert": True,
        "served": True,
        "aliases": [],
        "choices": [],
    }
    user, company = house.users["alice"].id, house.companies["SSDEI"].id

    async def put(value: object, **where: Any) -> httpx.Response:
        sent = {"parameter": "mapserviceurl", "value": value, **where}
        return await admin.put("admin/parameter-values", json=sent)

    whole = await put("https://maps.example/{0}", company=company)
    assert whole.status_code == 200 and whole.json()["parameter"] == "MapServiceURL"
    own = (await put("https://own.example/{0}", user=user)).json()
    address = f"admin/users/{user}/parameters?parameter=MapServiceURL"
    (told,) = (await admin.get(address)).json()
    assert told in (await admin.get(f"admin/users/{user}/parameters")).json()
    assert told["value"] == "https://own.example/{0}"
    assert told["winner"] == {
        "level": "user",
        "name": "alice",
        "value": told["value"],
        "row": own["id"],
    }
    assert [each["row"] for each in told["losers"]] == [whole.json()["id"], None]
    assert problem(await put("https://b.example/{0}", user=user), 409, "conflict")["version"] == 1
    changed = await put("https://b.example/{0}", user=user, version=1)
    assert (changed.json()["value"], changed.json()["version"]) == ("https://b.example/{0}", 2)
    listed = await admin.get("admin/parameter-values", params={"user": user})
    assert listed.json() == [changed.json()]
    for value in ("javascript:{0}", 5, True, None):
        problem(await put(value, user=user, version=2), 422, "invalid")
    problem(await put("https://b.example/{0}"), 422, "invalid")
    unknown = await admin.get(f"admin/users/{user}/parameters", params={"parameter": "nothing"})
    problem(unknown, 404, "notFound")
    gone = await admin.delete(f"admin/parameter-values/{own['id']}", params={"version": 2})
    assert gone.status_code == 204
    assert (await admin.get(address)).json()[0]["winner"]["row"] == whole.json()["id"]


async def test_people_are_told_what_their_parameters_are(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")

    async def told() -> dict[str, Any]:
        values: dict[str, Any] = (await alice.get("parameters")).json()["values"]
        # What they may is as it comes; of the rest two are texts.
        may = {name: value for name, value in values.items() if isinstance(value, bool)}
        assert may["AuthorizeContactFavorite"] and not may["AuthorizeInterception"]
        return {name: values[name] for name in ("MapServiceURL", "vmNumber")}

    default = "https://www.openstreetmap.org/search?query={0}"
    assert await told() == {"MapServiceURL": default, "vmNumber": ""}
    for member, id in (
        ("company", house.companies["SSDEI"].id),
        ("user", house.users["alice"].id),
    ):
        sent = {"parameter": "MapServiceURL", "value": f"https://{member}.example/{{0}}"}
        assert (await admin.put("admin/parameter-values", json={**sent, member: id})).is_success
        address = f"https://{member}.example/{{0}}"
        assert await told() == {"MapServiceURL": address, "vmNumber": ""}
    problem(await admin.get("parameters"), 403, "notAllowed")


async def test_values_are_set_in_ones_own_company_only(house: House) -> None:
    other = await house.administrator("Other")
    theirs: dict[str, str] = {
        "user": house.users["alice"].id,
        "domain": house.domains["Paris"].id,
        "company": house.companies["SSDEI"].id,
    }
    for member, id in theirs.items():
        sent = {"parameter": "MapServiceURL", "value": "https://maps.example/{0}"}
        foreign = await other.put("admin/parameter-values", json={**sent, member: id})
        unknown = await other.put("admin/parameter-values", json={**sent, member: "unknown"})
        assert problem(foreign, 404, "notFound") == problem(unknown, 404, "notFound")


async def test_groups_are_ranked(house: House) -> None:
    admin = await house.administrator("SSDEI")
    place = {"domain": house.domains["Paris"].id, "name": "Sales"}
    group = (await admin.post("admin/groups", json=place)).json()
    assert group["rank"] == 10_000
    address = f"admin/groups/{group['id']}"
    ranked = await admin.patch(address, json={"version": 1, "rank": 3})
    assert ranked.json() == {**group, "rank": 3, "version": 2}
    problem(await admin.patch(address, json={"version": 2, "rank": -1}), 422, "invalid")

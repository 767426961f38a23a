"""SCIM over a real server: users, in the sequences that identity providers document."""

from typing import Any

import pytest

from tests import granting
from tests.web.house import PASSWORD, House
from tests.web.provider import Provider, person
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.protocols.scim.attributes import ENTERPRISE

WORK, MOBILE = 'phoneNumbers[type eq "work"].value', 'phoneNumbers[type eq "mobile"].value'


@pytest.fixture
async def provider(house: House) -> Provider:
    return await Provider.connected(house)


@pytest.fixture
async def giving(house: House) -> Provider:
    """It gives extensions."""
    return await Provider.connected(house, link=house.links["Paris"].id, label="Desk")


async def test_entra_id_looks_makes_changes_and_disables(provider: Provider) -> None:
    assert await provider.found("Users", 'userName eq "dora"') == []
    enterprise: Any = {ENTERPRISE: {"department": "Sales", "manager": {"value": "x"}}}
    made = await provider.create("dora", **enterprise, title="Dr.")
    assert made["meta"]["location"].endswith(f"/scim/v2/Users/{made['id']}")
    assert made["userName"] == "dora" and made["active"] is True
    assert ENTERPRISE not in made and "title" not in made
    row = (await provider.users())["dora"]
    assert (row["firstName"], row["lastName"], row["email"]) == (
        *("Dora", "Test"),
        "dora@company.example",
    )
    assert (row["externalKey"], row["userImport"]) == ("external-dora", provider.row["id"])
    (found,) = await provider.found("Users", 'externalId eq "external-dora"')
    assert found == made == await provider.sent("GET", f"Users/{made['id']}")
    path = f"Users/{made['id']}"
    after = await provider.patch(
        path,
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "d@company.example"},
        {"op": "Replace", "path": "name.familyName", "value": "Martin"},
        {"op": "Add", "path": MOBILE, "value": "+33 6 12 34 56 78"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Sales"},
    )
    assert after["emails"][0]["value"] == "d@company.example"
    assert after["displayName"] == "Dora Martin"
    row = (await provider.users())["dora"]
    assert (row["mobile"], row["lastName"]) == ("+33 6 12 34 56 78", "Martin")
    after = await provider.patch(path, {"op": "Replace", "path": "active", "value": "False"})
    assert after["active"] is False
    assert (await provider.users())["dora"]["enabled"] is False
    after = await provider.patch(path, {"op": "Replace", "path": "active", "value": "True"})
    assert after["active"] is True
    await provider.sent("DELETE", path, status=204)
    await provider.sent("GET", path, status=404)
    assert "dora" not in await provider.users()


async def test_okta_makes_replaces_and_disables(provider: Provider) -> None:
    page = await provider.sent("GET", "Users", params={"startIndex": "1", "count": "2"})
    assert (page["totalResults"], page["Resources"]) == (0, [])
    made = await provider.create("dora", locale="fr-FR", displayName="Dora T.", groups=[])
    assert made["preferredLanguage"] == "fr"
    whole = person("dora.martin", id=made["id"], locale="en-GB", emails=[])
    after = await provider.sent("PUT", f"Users/{made['id']}", whole)
    assert (after["userName"], after["preferredLanguage"]) == ("dora.martin", "en")
    assert "emails" not in after
    after = await provider.patch(
        f"Users/{made['id']}", {"op": "replace", "value": {"active": False}}
    )
    assert after["active"] is False


async def test_a_disabled_user_is_signed_out_and_kept(house: House, provider: Provider) -> None:
    made = await provider.create("dora")
    user = house.rooms.registry.users[made["id"]]
    house.users["dora"] = user
    await house.rooms.access.passwords.set_password(SYSTEM, user.id, PASSWORD)
    await house.rooms.organisation.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, user=user.id)
    )
    browser = await house.sign_in("dora")
    assert (await browser.get("session")).status_code == 200
    path = f"Users/{made['id']}"
    await provider.patch(path, {"op": "replace", "path": "active", "value": False})
    assert (await browser.get("session")).status_code == 401
    account = {"username": "dora", "password": PASSWORD}
    assert (await browser.post("login", json=account)).status_code == 401
    await provider.patch(path, {"op": "replace", "path": "active", "value": True})
    assert (await browser.post("login", json=account)).status_code == 200


async def test_whom_an_administrator_has_disabled_stays_so(provider: Provider) -> None:
    made = await provider.create("dora")
    row = (await provider.users())["dora"]
    body = {"version": row["version"], "enabled": False}
    assert (await provider.admin.patch(f"admin/users/{row['id']}", json=body)).status_code == 200
    after = await provider.patch(
        f"Users/{made['id']}", {"op": "replace", "path": "active", "value": True}
    )
    assert after["active"] is False


# ---------------------------------------------------------------- numbers


async def test_the_number_of_work_becomes_an_extension(giving: Provider) -> None:
    made = await giving.create("dora", phoneNumbers=[{"type": "work", "value": "40 21"}])
    assert made["phoneNumbers"] == [{"value": "4021", "type": "work"}]
    assert await giving.numbers("dora") == ["4021"]
    path = f"Users/{made['id']}"
    await giving.patch(path, {"op": "Replace", "path": WORK, "value": "4022"})
    assert await giving.numbers("dora") == ["4022"]
    other = await giving.create("emil", phoneNumbers=[{"type": "work", "value": "tel:4021"}])
    assert await giving.numbers("emil") == ["4021"]
    refused = await giving.patch(
        f"Users/{other['id']}", {"op": "Replace", "path": WORK, "value": "4022"}, status=409
    )
    assert refused["scimType"] == "uniqueness"
    await giving.patch(path, {"op": "Remove", "path": 'phoneNumbers[type eq "work"]'})
    assert await giving.numbers("dora") == []


async def test_numbers_go_through_the_dial_plan(house: House) -> None:
    giving = await Provider.connected(house, link=house.links["Paris"].id, adapt=True)
    outside = [{"type": "work", "value": "+33 1 55 17 40 92"}]
    refused = await giving.create("dora", 400, phoneNumbers=outside)
    assert refused["scimType"] == "invalidValue" and "outsideNumber" in refused["detail"]
    assert "dora" not in await giving.users()
    made = await giving.create("dora", phoneNumbers=[*outside, {"type": "work", "value": "4092"}])
    assert await giving.numbers("dora") == ["4092"]
    again = await giving.sent("PUT", f"Users/{made['id']}", made)
    assert again["meta"]["version"] == made["meta"]["version"]


async def test_what_others_gave_is_not_taken_away(giving: Provider) -> None:
    """A telephone that an administrator has given stays, one of a colleague's cannot be had."""
    taken = await giving.create(
        "dora", 409, phoneNumbers=[{"type": "work", "value": "4003"}]
    )  # bob's
    assert taken["scimType"] == "uniqueness"
    made = await giving.create("dora", phoneNumbers=[{"type": "work", "value": "4021"}])
    link = giving.house.links["Paris"].id
    body = {"user": made["id"], "link": link, "number": "4031"}
    assert (await giving.admin.post("admin/devices", json=body)).status_code == 201
    await giving.sent("PUT", f"Users/{made['id']}", person("dora"))
    assert await giving.numbers("dora") == ["4031"]


# ---------------------------------------------------------------- whose


async def test_others_users_are_as_if_they_were_not_there(
    house: House, provider: Provider
) -> None:
    alice = house.users["alice"].id
    assert await provider.found("Users", 'userName eq "alice"') == []
    missing = await provider.sent("GET", "Users/nobody", status=404)
    for person_of in ("alice", "carol", "erin"):
        path = f"Users/{house.users[person_of].id}"
        assert await provider.sent("GET", path, status=404) == missing
        assert await provider.sent("DELETE", path, status=404) == missing
        assert await provider.sent("PUT", path, person(person_of), status=404) == missing
        change = {"op": "replace", "path": "active", "value": False}
        assert await provider.patch(path, change, status=404) == missing
    refused = await provider.create("ALICE", 409)
    assert refused["scimType"] == "uniqueness"
    assert (await provider.users())["alice"]["id"] == alice
    await provider.create("erin")  # of another company: the name is free here


async def test_two_connections_do_not_touch_each_others_users(house: House) -> None:
    entra = await Provider.connected(house, takeOver=True)
    okta = await Provider.connected(house, name="Okta", takeOver=True)
    made = await entra.create("dora")
    await okta.sent("GET", f"Users/{made['id']}", status=404)
    await okta.create("dora", 409)
    body = f"admin/scim-connections/{entra.row['id']}"
    version = (await entra.admin.get(body)).json()["version"]
    assert (await entra.admin.delete(body, params={"version": version})).status_code == 204
    await entra.sent("GET", "Users", status=401)
    # Nobody's any more: it may be taken over now.
    assert (await okta.create("dora"))["id"] == made["id"]


async def test_who_is_there_is_taken_over_where_that_was_asked_for(house: House) -> None:
    provider = await Provider.connected(house, takeOver=True)
    (alice,) = await provider.found("Users", 'userName eq "alice"')
    refused = await provider.sent("DELETE", f"Users/{alice['id']}", status=403)
    assert "not brought" in refused["detail"]
    assert await provider.found("Users", 'userName eq "carol"') == []  # of another domain
    made = await provider.create("alice")
    assert made["id"] == alice["id"] == house.users["alice"].id
    assert (await provider.users())["alice"]["userImport"] == provider.row["id"]
    assert await provider.numbers("alice") == ["4001", "4002"]
    await provider.create("alice", 409)
    (bob,) = await provider.found("Users", 'userName eq "bob"')
    await provider.patch(f"Users/{bob['id']}", {"op": "Add", "path": "externalId", "value": "7"})
    assert (await provider.users())["bob"]["userImport"] == provider.row["id"]


# ---------------------------------------------------------------- seen before


async def test_a_change_of_what_was_changed_meanwhile_is_refused(provider: Provider) -> None:
    made = await provider.create("dora")
    path, tag = f"Users/{made['id']}", made["meta"]["version"]
    answer = await provider.client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.headers["etag"]) == (304, tag)
    body = {"Operations": [{"op": "replace", "path": "userName", "value": "dora2"}]}
    seen = {"If-Match": tag}
    after = await provider.sent("PATCH", path, body, headers=seen)
    assert after["meta"]["version"] != tag
    for method, sent in (("PATCH", body), ("PUT", person("dora3")), ("DELETE", None)):
        await provider.sent(method, path, sent, status=412, headers=seen)
    await provider.sent("PUT", path, person("dora3"), headers={"If-Match": "*"})
    await provider.sent("DELETE", path, status=204, headers={"If-Match": "*"})


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ([], "invalidSyntax"),
        ({"userName": " "}, "invalidValue"),
        ({"userName": 7}, "invalidValue"),
        (person("do ra"), "invalidValue"),
        (person("d" * 101), "invalidValue"),
        (person("dora", active="maybe"), "invalidValue"),
        (person("dora", emails=[{"value": "no address"}]), "invalidValue"),
        (person("dora", emails=[{"value": {"a": 1}}]), "invalidValue"),
        (person("dora", name={"givenName": "a\u0000b"}), "invalidValue"),
        (person("dora", externalId="x" * 256), "invalidValue"),
    ],
)
async def test_what_cannot_be_a_user_is_refused(provider: Provider, body: Any, kind: str) -> None:
    refused = await provider.sent("POST", "Users", body, status=400)
    assert refused["scimType"] == kind
    assert refused["detail"]

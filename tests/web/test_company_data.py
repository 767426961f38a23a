"""All of a company: given out whole without secrets, taken away whole without touching another."""

import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from tests.web.calls import answered, ends, rings
from tests.web.house import PASSWORD, House
from tests.web.problems import problem
from tests.web.things import things
from tws.maintenance import store
from tws.storage import Storage, StorageUnavailable
from tws.storage.belonging import OfCompany, OfUser, Whose, tables
from tws.storage.columns import metadata

PASSING = {"calendar_refresh", "calendar_reading"}
"Written at any moment by who reads calendars."
OF_PASSKEYS = ("credential", "public_key")
OF_NOBODY = {"administrator", "installation", "licence_file", "push_key"}
"Tables of the installation."


def test_every_table_is_of_companies_or_known_to_be_of_none() -> None:
    named = {table.name for table in tables(OfCompany(""))}
    assert metadata.tables.keys() - named == OF_NOBODY


async def rows(storage: Storage, whose: Whose) -> dict[str, list[Any]]:
    found = {}
    async with storage.reading() as reader:
        for table in store.tables_of(whose):
            pages = [page async for page in store.pages(reader, table, whose)]
            found[table] = [row for page in pages for row in page]
    return {table: all_ for table, all_ in found.items() if all_ and table not in PASSING}


async def furnished(house: House) -> None:
    for domain in ("Paris", "Berlin"):
        await things(house, domain)
    house.report(rings("9", "4001"), answered("9", "4001"), ends("9", "4001"))
    await house.rooms.bus.settle()
    await house.rooms.journal.flush()


async def erase(admin: httpx.AsyncClient, company: str, name: str) -> httpx.Response:
    return await admin.post(f"admin/companies/{company}/erasure", json={"name": name})


async def test_all_of_it_is_in_the_file_and_no_secret(house: House) -> None:
    await furnished(house)
    admin = await house.administrator("SSDEI")
    company = house.companies["SSDEI"].id
    user = (await admin.get("admin/users")).json()[0]
    box = {"version": user["version"], "voicemailPassword": PASSWORD}
    assert (await admin.patch(f"admin/users/{user['id']}", json=box)).status_code == 200
    answer = await admin.get(f"admin/companies/{company}/export")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    members = {
        name: [json.loads(line) for line in archive.read(name).decode().splitlines()]
        for name in archive.namelist()
    }
    stored = await rows(house.storage, OfCompany(company))
    filled = {name.removesuffix(".jsonl") for name, lines in members.items() if lines}
    assert filled - PASSING == stored.keys()
    assert all(len(members[f"{table}.jsonl"]) == len(found) for table, found in stored.items())
    assert "alice" in {row["username"] for row in members["user_account.jsonl"]}
    text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "argon2" not in text and "sealed:" not in text and PASSWORD not in text
    assert {row["hash"] for row in members["password.jsonl"]} == {"***"}
    keys = {row[column] for row in members["passkey.jsonl"] for column in OF_PASSKEYS}
    assert keys == {"***"}
    theirs = house.companies["Other"].id
    assert theirs not in text
    problem(await admin.get(f"admin/companies/{theirs}/export"), 404, "notFound")


async def test_all_of_it_is_gone_and_nothing_of_another(house: House) -> None:
    await furnished(house)
    company, other = house.companies["SSDEI"], house.companies["Other"]
    kept = await rows(house.storage, OfCompany(other.id))
    everybody, ours = await house.administrator("all"), await house.administrator("SSDEI")
    program = await house.program("alice")
    problem(await erase(ours, company.id, company.name), 403, "notAllowed")
    problem(await erase(everybody, company.id, "ssdei "), 422, "invalid")
    assert (await program.get("session")).status_code == 200
    place = f"admin/companies/{company.id}/erasure"
    problem(await ours.get(place), 403, "notAllowed")
    before = (await everybody.get(place)).json()["rows"]
    answer = await erase(everybody, company.id, company.name)
    assert answer.status_code == 200, answer.text
    told = answer.json()["rows"]
    for table in ("user_account", "domain", "contact", "call_leg"):
        assert before[table] == told[table], table
    assert told["user_account"] >= 3 and told["company"] == 1 and told["call_leg"] >= 1
    assert await rows(house.storage, OfCompany(company.id)) == {}
    left = await rows(house.storage, OfCompany(other.id))
    assert left.keys() == kept.keys()
    assert {t: len(found) for t, found in left.items()} == {t: len(f) for t, f in kept.items()}
    registry = house.rooms.registry
    assert company.id not in registry.companies
    assert all(user.company == other.id for user in registry.users.values())
    assert all(link.company == other.id for link in registry.links.values())
    assert (await program.get("session")).status_code == 401
    problem(await everybody.get(f"admin/companies/{company.id}"), 404, "notFound")
    page = (await everybody.get("admin/audit", params={"action": "company erased"})).json()
    [entry] = page["entries"]
    assert entry["before"] == {"name": company.name} and entry["after"] == told
    erin = await house.program("erin")
    assert (await erin.get("session")).status_code == 200
    problem(await erase(everybody, company.id, company.name), 404, "notFound")


async def test_a_person_is_given_out_and_forgotten(house: House) -> None:
    await furnished(house)
    alice, admin = house.users["alice"], await house.administrator("SSDEI")
    stranger = await house.administrator("Other")
    place = f"admin/users/{alice.id}"
    for client in (stranger, await house.program("erin")):
        for asked in ("export", "erasure"):
            assert (await client.get(f"{place}/{asked}")).status_code in (403, 404)
        answer = await client.post(f"{place}/erasure", json={"name": "alice"})
        assert answer.status_code in (403, 404)
    archive = zipfile.ZipFile(io.BytesIO((await admin.get(f"{place}/export")).content))
    held = {name: archive.read(name).decode() for name in archive.namelist()}
    assert "alice" in held["user_account.jsonl"] and "4001" in held["user_device.jsonl"]
    assert held["call_leg.jsonl"] and "argon2" not in "".join(held.values())
    others = await rows(house.storage, OfUser(house.users["erin"].id))
    problem(await admin.post(f"{place}/erasure", json={"name": "bob"}), 422, "invalid")
    before = (await admin.get(f"{place}/erasure")).json()["rows"]
    answer = await admin.post(f"{place}/erasure", json={"name": "alice"})
    assert answer.status_code == 200, answer.text
    told = answer.json()["rows"]
    assert all(told[table] >= count for table, count in before.items())
    assert before["user_account"] == 1 and before["call_leg"] >= 1 and "call_fact" not in before
    assert told["user_account"] == 1 and told["call_leg"] >= 1 and told["audit"] >= 1
    assert (await rows(house.storage, OfUser(alice.id))).keys() <= {"call_fact"}
    assert await rows(house.storage, OfUser(house.users["erin"].id)) == others
    page = (await admin.get("admin/audit", params={"target": alice.id, "limit": 200})).json()
    assert page["entries"][0]["action"] == "user erased"
    assert all(entry["before"] is None for entry in page["entries"])
    mine = (await admin.get("admin/audit", params={"actor": "alice", "limit": 200})).json()
    assert mine["entries"] == []


async def test_an_erasure_that_was_interrupted_is_asked_for_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the person was gone already: nothing of him stays, and no stranger can ask."""
    await furnished(house)
    alice, admin = house.users["alice"], await house.administrator("SSDEI")
    place, body = f"admin/users/{alice.id}/erasure", {"name": "alice"}
    with monkeypatch.context() as broken:

        async def away(*_: object) -> int:
            raise StorageUnavailable("the database is away")

        broken.setattr(store, "forget_in_audit", away)
        assert (await admin.post(place, json=body)).status_code == 503
    assert (await admin.get(f"admin/users/{alice.id}")).status_code == 404
    problem(await (await house.administrator("Other")).post(place, json=body), 404, "notFound")
    told = await admin.post(place, json=body)
    assert told.status_code == 200 and told.json()["rows"]["audit"] >= 1
    assert (await rows(house.storage, OfUser(alice.id))).keys() <= {"call_fact"}
    page = (await admin.get("admin/audit", params={"target": alice.id, "limit": 200})).json()
    assert page["entries"][0]["action"] == "user erased"
    assert all(entry["before"] is None for entry in page["entries"])
    problem(await admin.post(place, json=body), 404, "notFound")

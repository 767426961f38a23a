"""The audit log: who changed what, seen by who manages it, and as a file."""

import csv
import io

from tests import granting
from tests.web.house import House
from tests.web.problems import problem


async def test_a_change_says_who_what_and_what_it_was(house: House) -> None:
    admin, alice = await house.administrator("SSDEI"), house.users["alice"]
    sent = {"version": alice.version, "lastName": "=HYPERLINK(evil)"}
    changed = await admin.patch(f"admin/users/{alice.id}", json=sent)
    assert changed.status_code == 200
    page = (await admin.get("admin/audit", params={"target": alice.id})).json()
    [latest, *_] = page["entries"]
    assert latest["actor"] == "administrator admin-SSDEI"
    assert (latest["action"], latest["what"]) == ("user changed", "alice")
    assert latest["before"]["last_name"] == alice.last_name
    assert latest["after"]["last_name"] == "=HYPERLINK(evil)"
    numbers = [entry["number"] for entry in page["entries"]]
    assert numbers == sorted(numbers, reverse=True)


async def test_only_what_one_manages_is_seen(house: House) -> None:
    ours, theirs, everybody = [
        await house.administrator(name) for name in ("SSDEI", "Other", "all")
    ]
    other = house.companies["Other"].id
    problem(await ours.get("admin/audit", params={"company": other}), 404, "notFound")
    problem(await ours.get("admin/audit/export", params={"company": other}), 404, "notFound")
    mine = (await ours.get("admin/audit", params={"limit": 200})).json()["entries"]
    assert {entry["company"] for entry in mine} == {house.companies["SSDEI"].id}
    assert (await theirs.get("admin/audit", params={"company": other})).json()["entries"]
    seen = (await everybody.get("admin/audit", params={"limit": 200})).json()["entries"]
    assert {None, other, house.companies["SSDEI"].id} <= {entry["company"] for entry in seen}
    program = await house.program("alice")
    problem(await program.get("admin/audit"), 403, "notAllowed")


async def test_a_super_user_sees_the_server_beside_a_company(house: House) -> None:
    ours = house.companies["SSDEI"].id
    params = {"company": ours, "server": "true", "limit": "200"}
    for who, sees in (("SSDEI", {ours}), ("all", {ours, None})):
        admin = await house.administrator(who)
        seen = (await admin.get("admin/audit", params=params)).json()["entries"]
        assert {entry["company"] for entry in seen} == sees
        lines = (await admin.get("admin/audit/export", params=params)).text.splitlines()
        assert len(lines) == len(seen) + 1


async def test_it_is_searched_and_paged(house: House) -> None:
    everybody = await house.administrator("all")
    first = (await everybody.get("admin/audit", params={"limit": 3})).json()
    assert len(first["entries"]) == 3
    params = {"limit": 3, "before": first["before"]}
    second = (await everybody.get("admin/audit", params=params)).json()
    assert second["entries"][0]["number"] < first["entries"][-1]["number"]
    params = {"action": "PASSWORD", "limit": 200}
    found = (await everybody.get("admin/audit", params=params)).json()["entries"]
    assert found and {entry["action"] for entry in found} == {"password changed"}
    for nothing in ({"actor": "100%"}, {"until": "2001-01-01T00:00:00Z"}):
        page = (await everybody.get("admin/audit", params=nothing)).json()
        assert page == {"entries": [], "before": None}


async def test_a_file_of_it_reckons_nothing(house: House) -> None:
    admin = await house.administrator("SSDEI")
    place = house.domains["Paris"]
    sent = {"domain": place.id, "name": "=1+1"}
    assert (await admin.post("admin/groups", json=sent)).status_code == 201
    answer = await admin.get("admin/audit/export", params={"action": "group created"})
    assert answer.headers["content-type"].startswith("text/csv")
    head, latest, *_ = csv.reader(io.StringIO(answer.text))
    row = dict(zip(head, latest, strict=True))
    assert row["what"] == "'=1+1" and row["action"] == "group created"
    whole = list(csv.reader(io.StringIO((await admin.get("admin/audit/export")).text)))
    assert len(whole) > 10 and {len(line) for line in whole} == {len(head)}


async def test_rows_are_called_by_their_names(house: House) -> None:
    admin = await house.administrator("SSDEI")
    domain, alice = house.domains["Paris"], house.users["alice"]
    group = (
        await admin.post("admin/groups", json={"domain": domain.id, "name": "Callers"})
    ).json()
    body = {"version": group["version"], "members": [alice.id]}
    await admin.put(f"admin/groups/{group['id']}/members", json=body)
    grant = granting.sent(granting.application("TWS Caller", group=group["id"]))
    assert (await admin.post("admin/grants", json=grant)).status_code == 201
    granted, filled, *_ = (await admin.get("admin/audit")).json()["entries"]
    assert granted["what"] == "TWS Caller → Callers"
    assert granted["names"][group["id"]] == "Callers"
    wanted = {group["id"]: "Callers", alice.id: "alice", domain.id: "Paris"}
    assert wanted.items() <= filled["names"].items()
    assert (await admin.delete(f"admin/grants/{granted['target']}?version=1")).status_code == 204
    version = group["version"] + 1
    erased = await admin.delete(f"admin/groups/{group['id']}?version={version}")
    assert erased.status_code == 204, erased.text
    entries = (await admin.get("admin/audit", params={"action": "group "})).json()["entries"]
    assert entries[0]["action"] == "group deleted"
    assert all("group " in one["action"] for one in entries)
    assert group["id"] not in entries[0]["names"] and entries[0]["what"] == "Callers"

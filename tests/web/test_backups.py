"""Backups through the API: for super users, while everything goes on."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import httpx

from tests.web.house import DEADLINE, House
from tests.web.problems import problem
from tws.maintenance.backups.archive import Archive
from tws.organisation.actor import SYSTEM


async def made(admin: httpx.AsyncClient) -> dict[str, Any]:
    """What there is, once nothing is being made."""
    async with asyncio.timeout(DEADLINE):
        while True:
            found: dict[str, Any] = (await admin.get("admin/backups")).json()
            if found["running"] is None:
                return found


async def test_one_is_made_downloaded_and_deleted(house: House, tmp_path: Path) -> None:
    admin = await house.administrator()
    before = (await admin.get("admin/backups")).json()
    assert (before["backups"], before["failure"], before["keep"]) == ([], None, 14)
    assert before["next"] is not None and before["encrypted"] is False
    begun = await admin.post("admin/backups")
    assert begun.status_code == 202 and begun.json()["running"] is not None
    problem(await admin.post("admin/backups"), 409, "conflict")
    found = await made(admin)
    [one] = found["backups"]
    assert (one["why"], one["database"], one["encrypted"]) == ("asked", "sqlite", False)
    sent = await admin.get(f"admin/backups/{one['name']}")
    assert sent.headers["content-disposition"] == f'attachment; filename="{one["name"]}"'
    copy = tmp_path / "copy.twsbackup"
    copy.write_bytes(sent.content)
    assert Archive(copy).checked().tables["administrator"].rows == 3
    assert (await admin.delete(f"admin/backups/{one['name']}")).status_code == 204
    problem(await admin.delete(f"admin/backups/{one['name']}"), 404, "notFound")
    assert (await admin.get("admin/backups")).json()["backups"] == []
    told = (await admin.get("admin/audit", params={"action": "backup"})).json()["entries"]
    assert [entry["action"] for entry in told] == [
        "backup deleted",
        "backup downloaded",
        "backup made",
    ]
    assert {entry["actor"] for entry in told} == {"administrator admin-all"}


async def test_they_are_for_super_users(house: House, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups/one.twsbackup").write_bytes(b"x")
    for client in (await house.administrator("SSDEI"), await house.program("alice")):
        for method, path in (
            ("GET", "admin/backups"),
            ("POST", "admin/backups"),
            ("POST", "admin/backups/cancel"),
            ("GET", "admin/backups/one.twsbackup"),
            ("DELETE", "admin/backups/one.twsbackup"),
        ):
            problem(await client.request(method, path), 403, "notAllowed")


async def test_no_other_file_can_be_had(house: House, tmp_path: Path) -> None:
    admin = await house.administrator()
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups/link.twsbackup").symlink_to(tmp_path / "tws.db")
    for name in ("tws.db", "..%2Ftws.db", "link.twsbackup", ".hidden.twsbackup", "x" * 90):
        answer = await admin.get(f"admin/backups/{name}")
        assert answer.status_code == 404, name
    found = (await admin.get("admin/backups")).json()
    assert found["backups"] == []


async def test_one_that_cannot_be_read_is_listed_as_such(house: House, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups/broken.twsbackup").write_bytes(b"\x1f\x8bnothing")
    [one] = (await (await house.administrator()).get("admin/backups")).json()["backups"]
    assert (one["name"], one["taken"], one["version"]) == ("broken.twsbackup", None, None)


async def test_a_backup_is_examined_before_it_is_put_back(house: House, tmp_path: Path) -> None:
    admin = await house.administrator()
    await admin.post("admin/backups")
    [one] = (await made(admin))["backups"]
    name, file = one["name"], tmp_path / "backups" / one["name"]
    await house.rooms.organisation.companies.create_company(SYSTEM, name="Newer")
    answer = await admin.post(f"admin/backups/{name}/check", json={})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["taken"], told["schema"]) == (one["taken"], one["schema"])
    counts = {x["table"]: (x["backup"], x["now"]) for x in told["counts"]}
    assert counts["company"] == (2, 3) and counts["user_account"] == (4, 4)
    assert told["replaces"] == str(tmp_path / "tws.db") and "replaced-" in told["kept"]
    assert told["keyMissing"] is None
    assert told["command"] == f"tws restore --data {tmp_path} {file}"
    content = file.read_bytes()
    file.write_bytes(content[:-40] + bytes([content[-40] ^ 1]) + content[-39:])
    problem(await admin.post(f"admin/backups/{name}/check", json={}), 422, "invalid")
    # Its key is another one now: it is said, and the command goes on without it.
    file.write_bytes(content)
    (tmp_path / "secret.key").write_text(base64.b64encode(bytes(32)).decode())
    told = (await admin.post(f"admin/backups/{name}/check", json={})).json()
    assert "secret.key" in told["keyMissing"] and "--without-key" in told["command"]
    lower = await house.administrator("SSDEI")
    problem(await lower.post(f"admin/backups/{name}/check", json={}), 403, "notAllowed")
    problem(await admin.post("admin/backups/x.twsbackup/check", json={}), 404, "notFound")


async def test_an_encrypted_one_is_examined_with_its_passphrase(
    house: House, tmp_path: Path
) -> None:
    admin = await house.administrator()
    settings = {"version": 0, "at": "off", "keep": 1, "passphrase": "a passphrase of people"}
    assert (await admin.put("admin/backup-settings", json=settings)).status_code == 200
    await admin.post("admin/backups")
    [one] = (await made(admin))["backups"]
    place = f"admin/backups/{one['name']}/check"
    assert (await admin.post(place, json={})).status_code == 200
    for wrong in ("another passphrase", ""):
        await admin.put("admin/backup-settings", json={**settings, "version": 1, "passphrase": ""})
        told = problem(await admin.post(place, json={"passphrase": wrong}), 422, "invalid")
        assert "passphrase" in told["detail"]
    given = {"passphrase": "a passphrase of people"}
    assert (await admin.post(place, json=given)).status_code == 200

"""Backups through the API: for super users, while everything goes on."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from tests.web.house import DEADLINE, House
from tests.web.problems import problem
from tws.maintenance.backups.archive import Archive


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

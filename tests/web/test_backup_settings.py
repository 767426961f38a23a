"""When backups are made, and where else: set by super users, from now on, over restarts."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.running import ADMINISTRATOR, PASSWORD, Api, Problem, running_tws
from tests.web.house import House
from tests.web.problems import problem
from tests.web.test_backups import made
from tws.maintenance.backups.archive import Archive, about

PASSPHRASE = "a passphrase of people"
BODY: dict[str, Any] = {"version": 0, "at": "04:30", "keep": 3}


def found(house: House, tmp_path: Path) -> str:
    return (tmp_path / "backups.json").read_text()


async def test_they_are_followed_at_once_and_told(house: House, tmp_path: Path) -> None:
    admin, second = await house.administrator(), tmp_path / "second"
    second.mkdir()
    first = (await admin.get("admin/backup-settings")).json()
    assert (first["at"], first["keep"], first["fixed"]) == ("02:00", 14, [])
    assert (first["copyTo"], first["encrypted"], first["lost"]) == (None, False, None)
    body = {**BODY, "copyTo": str(second), "passphrase": PASSPHRASE}
    changed = await admin.put("admin/backup-settings", json=body)
    assert changed.status_code == 200 and changed.json()["encrypted"], changed.text
    assert PASSPHRASE not in changed.text and PASSPHRASE not in found(house, tmp_path)
    assert (tmp_path / "backups.json").stat().st_mode & 0o777 == 0o600
    await admin.post("admin/backups")
    now = await made(admin)
    assert (now["keep"], now["encrypted"], now["copyTo"]) == (3, True, str(second))
    [one] = now["backups"]
    assert Archive(second / one["name"], PASSPHRASE).checked().key_inside
    log = (await admin.get("admin/audit", params={"action": "backup settings"})).json()
    (entry,) = log["entries"]
    assert (entry["before"]["at"], entry["after"]["at"]) == ("02:00", "04:30")
    assert entry["after"]["passphrase"] == "changed" and PASSPHRASE not in str(log)


async def test_off_is_off_and_the_second_of_two_administrators_is_told(house: House) -> None:
    admin = await house.administrator()
    off = {**BODY, "at": "off"}
    assert (await admin.put("admin/backup-settings", json=off)).json()["version"] == 1
    problem(await admin.put("admin/backup-settings", json=off), 409, "conflict")
    assert (await admin.get("admin/backups")).json()["next"] is None
    findings = (await admin.get("admin/doctor")).json()["findings"]
    [one] = [one for one in findings if one["check"] == "backups"]
    assert one["outcome"] == "notApplicable" and "switched off" in one["said"]["words"]
    await admin.put("admin/backup-settings", json={**BODY, "version": 1})
    assert (await admin.get("admin/backups")).json()["next"] is not None


async def test_they_are_for_super_users(house: House) -> None:
    for client in (await house.administrator("SSDEI"), await house.program("alice")):
        problem(await client.get("admin/backup-settings"), 403, "notAllowed")
        problem(await client.put("admin/backup-settings", json=BODY), 403, "notAllowed")
        asked = await client.post("admin/backup-settings/test", json={"copyTo": "/tmp"})
        problem(asked, 403, "notAllowed")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"at": "25:00"}, "at"),
        ({"at": "02:00\n"}, "at"),
        ({"keep": 0}, "keep"),
        ({"copyTo": "backups"}, "copyTo"),
        ({"copyTo": "/a\0b"}, "copyTo"),
        ({"passphrase": "short"}, "passphrase"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_refused(
    house: House, tmp_path: Path, wrong: dict[str, Any], field: str
) -> None:
    admin = await house.administrator()
    answer = await admin.put("admin/backup-settings", json={**BODY, **wrong})
    assert problem(answer, 422, "invalid")["field"] == field
    assert not (tmp_path / "backups.json").exists()


async def test_the_folder_of_the_backups_is_no_second_place(house: House, tmp_path: Path) -> None:
    admin = await house.administrator()
    body = {**BODY, "copyTo": str(tmp_path / "x/../backups")}
    problem(await admin.put("admin/backup-settings", json=body), 422, "invalid")


async def test_a_second_place_is_tried_out(house: House, tmp_path: Path) -> None:
    admin, place = await house.administrator(), tmp_path / "place"

    async def tried() -> str | None:
        answer = await admin.post("admin/backup-settings/test", json={"copyTo": str(place)})
        assert answer.status_code == 200, answer.text
        wrong = answer.json()["wrong"]
        return None if wrong is None else str(wrong["words"])

    assert "No such file" in (await tried() or "")
    place.write_text("")
    assert "Not a directory" in (await tried() or "")
    place.unlink()
    place.mkdir()
    assert await tried() is None
    assert not list(place.iterdir()), "the file is deleted"


async def set_up(api: Api) -> Api:
    await api.post(
        "/initialisation",
        username=ADMINISTRATOR,
        password=PASSWORD,
        company="SSDEI",
        domain={"name": "Paris", "timeZone": "Europe/Paris"},
    )
    return await api.sign_in_as_administrator()


async def test_they_stay_and_what_the_environment_says_is_fixed(tmp_path: Path) -> None:
    async with running_tws(tmp_path, TWS_BACKUP_KEEP="5") as tws:
        admin = await set_up(tws.client())
        value = await admin.get("/admin/backup-settings")
        assert (value["keep"], value["fixed"]) == (5, ["keep"])
        with pytest.raises(Problem, match="environment"):
            await admin.request("PUT", "/admin/backup-settings", BODY)
        body = {**BODY, "keep": 5, "passphrase": PASSPHRASE}
        await admin.request("PUT", "/admin/backup-settings", body)
        await tws.stop()
        tws.environment["TWS_BACKUP_AT"] = "03:15"
        await tws.restart()
        admin = await tws.client().sign_in_as_administrator()
        value = await admin.get("/admin/backup-settings")
        assert (value["at"], value["fixed"]) == ("03:15", ["at", "keep"])
        assert value["encrypted"] and value["version"] == 1


async def test_a_passphrase_that_cannot_be_opened_makes_no_open_backup(tmp_path: Path) -> None:
    async with running_tws(tmp_path) as tws:
        admin = await set_up(tws.client())
        await admin.request("PUT", "/admin/backup-settings", {**BODY, "passphrase": PASSPHRASE})
        await tws.stop()
        (tmp_path / "secret.key").rename(tmp_path / "kept")
        await tws.restart()
        admin = await tws.client().sign_in_as_administrator()
        assert (await admin.get("/admin/backup-settings"))["lost"] is not None
        findings = (await admin.get("/admin/doctor"))["findings"]
        [one] = [one for one in findings if one["check"] == "backups"]
        assert one["outcome"] == "failed"
        await admin.post("/admin/backups")
        async with asyncio.timeout(20):
            while (now := await admin.get("/admin/backups"))["running"]:
                pass
        assert "secret.key" in now["failure"]["words"] and now["backups"] == []
        again = {**BODY, "version": 1}
        with pytest.raises(Problem, match="enter it again"):
            await admin.request("PUT", "/admin/backup-settings", again)
        value = await admin.request("PUT", "/admin/backup-settings", {**again, "passphrase": ""})
        assert value["lost"] is None and not value["encrypted"]
        await admin.post("/admin/backups")
        async with asyncio.timeout(20):
            while (now := await admin.get("/admin/backups"))["running"]:
                pass
        [one] = now["backups"]
        assert about(tmp_path / "backups" / one["name"])[1] is False

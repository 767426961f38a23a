"""What goes wrong with the server itself: found, an incident, and told by mail to super users."""

import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.licences.test_document import KEY, licence
from tests.mail import certificates
from tests.mail.server import Post, post_office
from tests.web.house import PAPER, House
from tests.web.test_backups import made
from tests.web.test_doctor import examined
from tests.web.test_incidents import incidents
from tests.web.test_mail import MINUTE, Clock, by, clock, mailing, told_at
from tws.app.house import House as Whole
from tws.app.outside import Outside
from tws.licences.document import signed
from tws.maintenance.backups import service as backing_up
from tws.organisation.actor import SYSTEM

__all__ = ["clock"]
ROOT = "root@ssdei.example"


@contextlib.asynccontextmanager
async def told_house(
    database: Path, outside: Outside = PAPER, **more: Any
) -> AsyncIterator[tuple[House, Whole, Post]]:
    async with mailing(database, outside, **more) as (house, whole), post_office() as post:
        await by(house, post)
        await told_at(house, "admin-all", ROOT, culture="fr")
        await told_at(house, "admin-SSDEI", "ssdei@ssdei.example")
        yield house, whole, post


async def told(
    house: House, whole: Whole, post: Post, clock: Clock, check: str, kind: str
) -> dict[str, Any]:
    """What the doctor finds is an open incident with its words, and the one mail is of it. That
    the clock is ahead of the database's is another."""
    admin = await house.administrator()
    wrong = [x for x in (await examined(admin))[check] if x["outcome"] in ("failed", "warning")]
    await whole.watch.look()
    seen = await incidents(admin, open=True, kind=kind)
    # How much room there is may be another figure by then.
    assert {x["said"]["template"] for x in wrong} == {x["said"]["template"] for x in seen}, seen
    await whole.teller.tell()
    clock.ahead += 2 * MINUTE
    await whole.teller.tell()
    (mail,) = await post.arrived(1)
    assert mail["To"] == ROOT, "it is of the server, and for super users"
    return {**seen[0], "finding": wrong[0], "subject": mail["Subject"], "mail": mail.get_content()}


async def test_a_disk_with_little_room(database: Path, clock: Clock) -> None:
    everything = replace(PAPER, scarce=1 << 60)
    async with told_house(database, everything) as (house, whole, post):
        one = await told(house, whole, post, clock, "disk", "diskFull")
        assert one["finding"]["outcome"] == "warning"
        assert "Disque presque plein" in one["subject"]
        assert str(database.parent) in one["mail"] and "Mo sont libres" in one["mail"]


@pytest.mark.parametrize(("days", "outcome"), [(10, "warning"), (-1, "failed")])
async def test_a_certificate_near_its_end(
    database: Path, tmp_path: Path, clock: Clock, days: int, outcome: str
) -> None:
    file, key = certificates.made(tmp_path, timedelta(days=days))
    async with told_house(database, tls_certificate=file, tls_key=key) as (house, whole, post):
        one = await told(house, whole, post, clock, "certificate", "certificate")
        assert one["finding"]["outcome"] == outcome
        end = f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"
        assert end in one["mail"] and "Certificat" in one["subject"]


async def test_a_second_place_that_is_not_there(
    database: Path, tmp_path: Path, clock: Clock
) -> None:
    away = tmp_path / "not mounted"
    async with told_house(database, backup_copy_to=away) as (house, whole, post):
        admin = await house.administrator()
        await admin.post("admin/backups")
        await made(admin)
        one = await told(house, whole, post, clock, "backups", "backupFailed")
        assert one["finding"]["page"] == "backups"
        assert str(away) in one["mail"] and "Sauvegarde en échec" in one["subject"]
        away.mkdir()
        await admin.post("admin/backups")
        await made(admin)
        await whole.watch.look()
        assert not await incidents(admin, open=True, kind="backupFailed"), "a copy ends it"


async def test_no_backup_for_more_than_a_night(database: Path, clock: Clock) -> None:
    async with told_house(database) as (house, whole, post):
        await whole.watch.look()
        admin = await house.administrator()
        assert not await incidents(admin, open=True, kind="backupFailed"), (
            "not before its first night"
        )
        await whole.schedule.end(backing_up.LOOK)  # a night in which none was made
        clock.ahead += timedelta(hours=27)
        one = await told(house, whole, post, clock, "backups", "backupFailed")
        assert one["said"]["words"] == "There is no backup yet."
        assert "Il n’y a pas encore de sauvegarde." in one["mail"]


async def test_one_that_is_too_old(database: Path, clock: Clock) -> None:
    async with told_house(database) as (house, whole, post):
        admin = await house.administrator()
        await admin.post("admin/backups")
        await made(admin)
        await whole.schedule.end(backing_up.LOOK)  # a night in which none was made
        clock.ahead += timedelta(hours=27)
        one = await told(house, whole, post, clock, "backups", "backupFailed")
        assert one["finding"]["outcome"] == "warning"
        assert f"{datetime.now(UTC):%Y-%m-%d}" in one["mail"]


async def test_a_licence_near_its_end(database: Path, clock: Clock) -> None:
    issuer = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    trusted = (base64.b64encode(issuer).decode(),)
    async with told_house(database, licence_issuers=trusted) as (house, whole, post):
        dongle = whole.rooms.licences.standing(SYSTEM).dongle
        ends = datetime.now(UTC) + timedelta(days=10)
        file = signed(licence(dongle=dongle, expires=ends), KEY)
        admin = await house.administrator()
        installed = await admin.put("admin/licences/file", json={"file": file})
        assert installed.status_code < 300, installed.text
        one = await told(house, whole, post, clock, "licences", "licence")
        assert one["finding"]["outcome"] == "warning"
        assert f"{ends:%Y-%m-%d}" in one["mail"] and "Licence" in one["subject"]

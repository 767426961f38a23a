"""Backups beside a server: made, listed, copied, kept, and each day by themselves."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.running import DEADLINE
from tws.app.house import House, open_house
from tws.app.outside import Outside
from tws.config import Settings
from tws.errors import Unavailable
from tws.maintenance.backups.archive import Archive
from tws.maintenance.backups.folder import listed
from tws.maintenance.backups.service import BackupSettings
from tws.organisation.actor import SYSTEM

PASSPHRASE = "a passphrase of people"
STUCK = "import signal, sys; sys.stdin.readline(); signal.pause()"


@asynccontextmanager
async def house(folder: Path, outside: Outside | None = None, **more: Any) -> AsyncIterator[House]:
    settings = Settings(
        data_dir=folder, state_dir=folder / "state", database="", backup_at="off", **more
    )
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    async with open_house(settings, outside) as made:
        yield made


def planned(settings: BackupSettings, at: str) -> BackupSettings:
    return replace(settings, plan=replace(settings.plan, at=at))


async def ended(of: House) -> None:
    async with asyncio.timeout(DEADLINE):
        await of.schedule.settle()


async def test_one_is_made_copied_and_told_of(tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    async with house(
        tmp_path / "data", backup_copy_to=second, backup_passphrase=PASSPHRASE
    ) as made:
        backups = made.rooms.backups
        await backups.begin(SYSTEM)
        await ended(made)
        standing = await backups.standing(SYSTEM)
        assert (standing.running, standing.failure, standing.next) == (None, None, None)
        [one] = standing.backups
        assert one.encrypted and one.about is not None
        for folder in (tmp_path / "data/backups", second):
            assert Archive(folder / one.name, PASSPHRASE).checked().tables
        await backups.delete(SYSTEM, one.name)
        assert not (await backups.standing(SYSTEM)).backups
        assert [x.name for x in listed(second)] == [one.name]


async def test_a_second_place_that_is_away_is_said_and_the_backup_stays(tmp_path: Path) -> None:
    away = tmp_path / "not mounted"
    async with house(tmp_path / "data", backup_copy_to=away) as made:
        await made.rooms.backups.begin(SYSTEM)
        await ended(made)
        standing = await made.rooms.backups.standing(SYSTEM)
        assert len(standing.backups) == 1
        assert standing.failure is not None and standing.failure.copied
        assert str(away) in standing.failure.words
    assert not away.exists()
    away.mkdir()
    async with house(tmp_path / "data", backup_copy_to=away) as made:
        assert (await made.rooms.backups.standing(SYSTEM)).failure == standing.failure
        await made.rooms.backups.begin(SYSTEM)
        await ended(made)
        assert (await made.rooms.backups.standing(SYSTEM)).failure is None
        assert len(listed(away)) == 1


async def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with house(tmp_path / "data", backup_dir=tmp_path / "file") as made:
        await made.rooms.backups.begin(SYSTEM)
        await ended(made)
        failure = made.rooms.backups._failure
        assert failure is not None and "cannot be written" in failure.words


async def test_one_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    outside = Outside(backup_maker=(sys.executable, "-c", STUCK))
    async with house(tmp_path / "data", outside) as made:
        backups = made.rooms.backups
        await backups.begin(SYSTEM)
        assert (await backups.standing(SYSTEM)).running is not None
        part = tmp_path / "data/backups/.tws-1.twsbackup.part"
        part.parent.mkdir()
        part.write_text("half")
        await backups.cancel(SYSTEM)
        await ended(made)
        assert (await backups.standing(SYSTEM)).running is None
        assert not part.exists()


async def test_one_that_is_cancelled_before_it_begins_is_not_waited_for(tmp_path: Path) -> None:
    outside = Outside(backup_maker=(sys.executable, "-c", STUCK))
    async with house(tmp_path / "data", outside) as made:
        backups = made.rooms.backups
        for _ in range(2):  # the second is no Conflict
            await backups.begin(SYSTEM)
            await backups.cancel(SYSTEM)
            assert (await backups.standing(SYSTEM)).running is None


async def test_as_a_part_that_is_stopped_none_is_made_or_left_half_way(tmp_path: Path) -> None:
    outside = Outside(backup_maker=(sys.executable, "-c", STUCK))
    async with house(tmp_path / "data", outside) as made:
        backups, services = made.rooms.backups, made.rooms.services
        backups.settings = planned(backups.settings, "02:00")
        await services.restart(SYSTEM, "backups")
        assert (await backups.standing(SYSTEM)).next is not None
        await backups.begin(SYSTEM)
        assert await services.stop(SYSTEM, "backups") == ["backups"]
        standing = await backups.standing(SYSTEM)
        assert (standing.running, standing.next, standing.backups) == (None, None, [])
        with pytest.raises(Unavailable) as refused:
            await backups.begin(SYSTEM)
        assert refused.value.why == "serviceStopped"
        await services.start(SYSTEM, "backups")
        await backups.begin(SYSTEM)
        assert (await backups.standing(SYSTEM)).next is not None


async def test_a_process_that_dies_is_a_failure(tmp_path: Path) -> None:
    outside = Outside(backup_maker=(sys.executable, "-c", "raise SystemExit(3)"))
    async with house(tmp_path / "data", outside) as made:
        await made.rooms.backups.begin(SYSTEM)
        await ended(made)
        failure = (await made.rooms.backups.standing(SYSTEM)).failure
        assert failure is not None and "without a word" in failure.words


async def test_each_day_one_is_made_and_the_oldest_goes(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    async with house(tmp_path / "data", backup_keep=2) as made:
        backups = made.rooms.backups
        backups._clock = lambda: now
        backups._next = now
        backups.settings = planned(backups.settings, f"{now.astimezone():%H:%M}")
        await backups.begin(SYSTEM)
        await ended(made)
        for day in range(1, 4):
            now += timedelta(days=1)
            await backups._look()
            await backups._look()
            await ended(made)
            assert backups._next > now
            assert len(listed(tmp_path / "data/backups")) == 1 + min(day, 2)
        whys = [x.about.why for x in listed(tmp_path / "data/backups") if x.about]
        assert sorted(whys) == ["asked", "scheduled", "scheduled"]


async def test_what_was_missed_is_made_up_for_soon_after_the_start(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    due = now + timedelta(hours=2)
    async with house(tmp_path / "data") as made:
        backups = made.rooms.backups
        backups._clock = lambda: now
        backups.settings = planned(backups.settings, f"{due.astimezone():%H:%M}")
        for missed in range(1, 3):
            # At first there never was one; the second time the newest is too old.
            await backups.stop()
            now += timedelta(hours=26)
            await backups.start()
            await backups._look()
            await ended(made)
            assert (await backups.last()).coming
            now += timedelta(minutes=1)
            await backups._look()
            await ended(made)
            assert len(listed(tmp_path / "data/backups")) == missed
            assert not (await backups.last()).coming
            assert backups._next is not None and backups._next - now < timedelta(hours=26)
        now = datetime.now(UTC) + timedelta(minutes=1)
        await backups.stop()
        await backups.start()
        assert not (await backups.last()).coming, "the newest is of this day"

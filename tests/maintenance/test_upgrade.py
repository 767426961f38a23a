"""An upgrade makes a backup first; that of an older TWS is restored, and brought up to date."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.databases import sqlite_url
from tests.organisation.test_secrets_of_links import OLD, PASSWORD, with_old_links
from tws.app.office import open_office
from tws.config import Settings
from tws.errors import Unavailable
from tws.maintenance.backups.archive import Archive
from tws.maintenance.backups.folder import listed
from tws.maintenance.backups.making import Order, make
from tws.maintenance.backups.model import Why
from tws.maintenance.backups.restoring import Place, Restoration
from tws.storage import SchemaMismatch, Storage, UnusableDatabase
from tws.storage.migrations import HEAD


def settings(url: str, folder: Path, **more: object) -> Settings:
    return Settings(database=url, data_dir=folder, state_dir=folder / "state", **more)  # type: ignore[arg-type]


async def passwords(url: str, folder: Path) -> set[object]:
    """Of the links, opened."""
    async with open_office(settings(url, folder)) as office:
        rows = [row for row in office.registry.links.values() if row.dialect == "asterisk"]
        assert rows
        return {office.organisation.links.opened_link(row).settings["password"] for row in rows}


@pytest.fixture
async def old_url(database_url: str) -> str:
    await with_old_links(database_url)
    return database_url


async def test_the_old_tables_are_in_a_backup_before_they_are_changed(
    old_url: str, tmp_path: Path
) -> None:
    assert PASSWORD in await passwords(old_url, tmp_path)
    [made] = listed(tmp_path / "backups")
    assert made.about is not None
    assert (made.about.schema, made.about.why) == ("0012", Why.UPGRADE)
    manifest = Archive(tmp_path / "backups" / made.name).checked()
    assert manifest.tables["link"].rows >= len(OLD)
    # Up to date: the next start has nothing to do, and makes none.
    await passwords(old_url, tmp_path)
    assert len(listed(tmp_path / "backups")) == 1


async def test_it_is_restored_and_brought_up_to_date(old_url: str, tmp_path: Path) -> None:
    before = await passwords(old_url, tmp_path)
    [made] = listed(tmp_path / "backups")
    for url in (sqlite_url(tmp_path / "elsewhere"), old_url):
        place = Place(database=url, data_dir=tmp_path / "elsewhere", keys=())
        path = tmp_path / "backups" / made.name
        restoration = Restoration(path, None, place, datetime.now(UTC))
        async with restoration.claimed():
            await restoration.run()
        assert await passwords(url, place.data_dir) == before
    async with open_office(settings(old_url, tmp_path / "elsewhere")) as office:
        async with office.storage.reading() as reader:
            found = await reader.execute(text("SELECT version_num FROM alembic_version"))
            assert found.scalar() == HEAD


async def test_without_room_for_a_backup_nothing_is_changed(old_url: str, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("")
    with pytest.raises(Unavailable, match="cannot be written"):
        async with open_office(settings(old_url, tmp_path, backup_dir=tmp_path / "full")):
            pass
    with pytest.raises(SchemaMismatch, match="must be migrated"):
        await Storage(old_url, print).open(migrate=False)
    without = settings(
        old_url, tmp_path, backup_dir=tmp_path / "full", backup_before_upgrade=False
    )
    async with open_office(without):
        pass


async def test_an_upgrade_that_fails_leaves_the_old_database(old_url: str, tmp_path: Path) -> None:
    order = Order(
        database=old_url,
        files=str(tmp_path / "files"),
        to=str(tmp_path / "backups"),
        why=Why.UPGRADE,
        passphrase=None,
        keys=(),
    )
    storage = Storage(old_url, print, None, partial(_made, order))
    with pytest.raises(UnusableDatabase):
        await storage.open()  # secrets are to be sealed, and there is nothing to seal them with
    assert len(listed(tmp_path / "backups")) == 1
    with pytest.raises(SchemaMismatch, match="must be migrated"):
        await Storage(old_url, print).open(migrate=False)
    assert PASSWORD in await passwords(old_url, tmp_path)


async def _made(order: Order) -> None:
    await make(order, lambda progress: None)

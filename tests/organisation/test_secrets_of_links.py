"""Secrets of links are sealed as those of directories are, also those that an older TWS stored
open."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, select, text

from tests.databases import sqlite_url
from tests.organisation.test_built_in import add, old_companies
from tests.organisation.world import KEY, Place, World, service_for
from tws.app.house import open_house
from tws.bus import Bus
from tws.config import Settings
from tws.errors import Invalid
from tws.organisation.actor import SYSTEM
from tws.organisation.model import Link
from tws.organisation.registry import Registry
from tws.organisation.store import link as link_table
from tws.storage import Storage, UnusableDatabase
from tws.storage.database import backend_for
from tws.storage.migrations.upgrade import config
from tws.storage.secrets import KEY_FILE, Secrets
from tws.telephony.model import LinkId, LinkState

PASSWORD = "correct horse battery staple"
OLD: Mapping[str, Mapping[str, object]] = {
    "asterisk": {"host": "127.0.0.1", "port": 1, "password": PASSWORD},
    "csta_xml": {"host": "127.0.0.1", "port": 1, "password": None},
    "toy": {"host": "127.0.0.1"},
}
MANY = 40
"More of the first kind: what each change leaves behind in a file is then found somewhere."
"Of links as they stood before, by their dialects, which are their names too."


def old_links(connection: Connection) -> None:
    old_companies(connection)
    command.upgrade(config(connection, compare=False), "0012")
    rows = {name: (name, settings) for name, settings in OLD.items()}
    rows |= {f"asterisk {n}": ("asterisk", OLD["asterisk"]) for n in range(MANY)}
    for name, (dialect, settings) in rows.items():
        row: dict[str, object] = {"id": name, "company": "ssdei", "domain": "paris"}
        row |= {"name": name, "name_key": name, "dialect": dialect, "capacity": 5, "epoch": 3}
        row["enabled"] = name in OLD
        add(connection, "link", {**row, "settings": json.dumps(settings)})


async def with_old_links(url: str) -> None:
    backend = backend_for(url)
    backend.prepare()
    async with backend.migrating() as connection:
        await connection.run_sync(old_links)
    await backend.dispose()


async def links_of(storage: Storage) -> dict[str, Link]:
    registry = Registry(Bus())
    await registry.load(storage)
    return dict(registry.links)


def files_with(word: str, folder: Path) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


async def test_what_an_older_version_stored_open_is_sealed_at_the_start(database_url: str) -> None:
    await with_old_links(database_url)
    secrets = Secrets(Path("unused"), KEY)
    storage = Storage(database_url, print, secrets.seal)
    await storage.open()
    links = await links_of(storage)
    async with storage.reading() as reader:
        rows = [str(tuple(row)) for row in await reader.execute(select(link_table))]
    await storage.close()
    assert len(rows) == len(OLD) + MANY and not [row for row in rows if PASSWORD in row]
    assert {link.epoch for link in links.values()} == {3}
    for name, settings in OLD.items():
        stored = links[name].settings
        assert stored.keys() == settings.keys()
        if settings.get("password"):
            opened = secrets.open(stored["password"], name, "password")
            assert {**stored, "password": opened} == settings
        else:
            assert stored == settings


async def test_nothing_is_migrated_without_a_key(database_url: str, tmp_path: Path) -> None:
    await with_old_links(database_url)
    (tmp_path / KEY_FILE).write_text("no key")
    for seal, words in ((None, "no key"), (Secrets(tmp_path).seal, "holds no key")):
        with pytest.raises(UnusableDatabase, match=words):
            await Storage(database_url, print, seal).open()
    backend = backend_for(database_url)
    backend.prepare()
    async with backend.migrating() as connection:
        stored = await connection.execute(text("SELECT settings FROM link WHERE id = 'asterisk'"))
        assert PASSWORD in str(stored.scalar_one())
    await backend.dispose()


async def test_a_house_seals_old_links_and_opens_them_for_their_drivers(tmp_path: Path) -> None:
    """With the real dialects. No file of the server has the password any more."""
    await with_old_links(sqlite_url(tmp_path))
    where = Settings(data_dir=tmp_path, state_dir=tmp_path / "state")
    async with open_house(where) as house:
        link = house.rooms.registry.links["asterisk"]
        assert PASSWORD not in str(link)
        assert house.rooms.organisation.links.opened_link(link).settings["password"] == PASSWORD
        await house.network.start()
        status = house.network.status(LinkId(link.id))
        assert status is not None and status.state is not LinkState.MISCONFIGURED
    assert files_with(PASSWORD, tmp_path) == []
    assert files_with("127.0.0.1", tmp_path) == ["tws.db"]
    (tmp_path / KEY_FILE).unlink()
    async with open_house(where) as house:
        await house.network.start()
        status = house.network.status(LinkId(link.id))
        assert status is not None and status.state is LinkState.MISCONFIGURED
        assert status.why is not None and "enter the secret again" in str(status.why)


async def test_a_lost_secret_is_entered_again(world: World, place: Place, tmp_path: Path) -> None:
    service = service_for(world.storage, world.registry, Secrets(tmp_path))
    with pytest.raises(Invalid, match="is gone") as lost:
        service.links.opened_link(place.link)
    assert lost.value.details == {"field": "settings.password"}
    # What needs no secret goes on.
    link = await service.links.update_link(SYSTEM, place.link.id, 1, name="Renamed")
    with pytest.raises(Invalid, match="enter the secret again"):
        await service.links.update_link(SYSTEM, link.id, 2, settings={"host": "pbx"})
    settings = {"host": "pbx", "password": "another"}
    link = await service.links.update_link(SYSTEM, link.id, 2, settings=settings)
    assert service.links.opened_link(link).settings["password"] == "another"


async def test_a_password_is_told_to_no_other_pbx(world: World, place: Place) -> None:
    """Whoever may change the address of a link could else have its password sent to himself."""
    service, link = world.service.links, place.link
    told = service.opened_link(link).settings["password"]
    for where in ({"host": "elsewhere.example"}, {"host": link.settings["host"], "port": 9}):
        with pytest.raises(Invalid, match="stored address only") as refused:
            await service.update_link(SYSTEM, link.id, 1, settings=where)
        assert refused.value.details == {"field": "settings.password"}
    same = {**link.settings, "password": None, "context": "other"}
    link = await service.update_link(SYSTEM, link.id, 1, settings=same)
    assert service.opened_link(link).settings["password"] == told
    moved = {"host": "elsewhere.example", "password": "another"}
    link = await service.update_link(SYSTEM, link.id, 2, settings=moved)
    assert service.opened_link(link).settings["password"] == "another"

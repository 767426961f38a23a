"""Migrations: what opens, what is refused, and that rooms declare nothing that they don't make."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tws.storage import InUse, SchemaMismatch, Storage
from tws.storage.database import backend_for
from tws.storage.migrations import HEAD, REVISIONS, TOGETHER
from tws.storage.migrations import upgrade as alembic
from tws.storage.schema import migrate_to


async def test_an_empty_database_gets_every_table_that_rooms_declare(database_url: str) -> None:
    storage = Storage(database_url, print)
    await storage.open()
    await storage.close()
    backend = backend_for(database_url)
    backend.prepare()
    try:
        async with backend.migrating() as connection:
            await connection.run_sync(alembic.check)
    finally:
        await backend.dispose()


def test_the_revisions_named_are_those_that_are_there() -> None:
    folder = Path(alembic.__file__).parent
    scripts = ScriptDirectory(str(folder))
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS
    assert scripts.get_current_head() == HEAD


async def write_revision(url: str, revision: str, serves: str = HEAD) -> None:
    backend = backend_for(url)
    backend.prepare()
    async with backend.migrating() as connection:
        write = text("UPDATE alembic_version SET version_num = :revision")
        await connection.execute(write, {"revision": revision})
        await connection.execute(text("UPDATE schema_serves SET oldest = :it"), {"it": serves})
    await backend.dispose()


async def test_a_newer_schema_is_refused_with_words(database_url: str) -> None:
    storage = Storage(database_url, print)
    await storage.open()
    await storage.close()
    await write_revision(database_url, "9999", serves="9998")
    with pytest.raises(SchemaMismatch, match="newer TWS"):
        await storage.open()
    await write_revision(database_url, HEAD)
    await storage.open()
    await storage.close()


async def test_what_a_newer_version_only_added_to_is_still_served(database_url: str) -> None:
    """A server that is restarted while the next version has prepared its tables goes on."""
    storage = Storage(database_url, print)
    await storage.open()
    await storage.close()
    await write_revision(database_url, "9999", serves=HEAD)
    await storage.open(migrate=False)
    async with storage.reading() as reader:
        found = await reader.execute(text("SELECT version_num FROM alembic_version"))
        assert list(found.scalars()) == ["9999"]
    await storage.close()


async def test_an_empty_database_is_refused_where_migrating_is_not_wanted(
    database_url: str,
) -> None:
    storage = Storage(database_url, print)
    with pytest.raises(SchemaMismatch, match="must be migrated"):
        await storage.open(migrate=False)
    await storage.open()
    await storage.close()
    await storage.open(migrate=False)
    await storage.close()


async def test_sqlite_is_not_migrated_beside_a_server(tmp_path: Path) -> None:
    """It has one writer: whoever makes an index is it. Alone it is brought up to date."""
    url = f"sqlite:///{tmp_path / 'tws.db'}"
    backend = backend_for(url)
    backend.prepare()
    async with backend.migrating() as connection:
        await migrate_to(connection, TOGETHER, None)
    await backend.dispose()
    storage = Storage(url, print)
    with pytest.raises(InUse, match="one writer"):
        await storage.open(beside=True)
    await storage.open()
    await storage.close()


async def test_several_that_start_together_migrate_once(database_url: str) -> None:
    storages = [Storage(database_url, print) for _ in range(5)]
    await asyncio.gather(*(storage.open() for storage in storages))
    async with storages[0].reading() as reader:
        found = await reader.execute(text("SELECT version_num FROM alembic_version"))
        assert list(found.scalars()) == [HEAD]
    for storage in storages:
        await storage.close()


async def test_a_migration_cut_short_leaves_nothing_behind(database_url: str) -> None:
    backend = backend_for(database_url)
    backend.prepare()
    with pytest.raises(ZeroDivisionError):
        async with backend.migrating() as connection:
            await connection.run_sync(alembic.upgrade)
            raise ZeroDivisionError
    await backend.dispose()
    with pytest.raises(SchemaMismatch, match="must be migrated"):
        await Storage(database_url, print).open(migrate=False)
    storage = Storage(database_url, print)
    await storage.open()
    await storage.close()


def test_an_existing_database_opens_without_loading_alembic(tmp_path: Path) -> None:
    """It would be half of the time that a start takes."""
    script = (
        "import asyncio, sys\n"
        "from tws.storage import Storage\n"
        f"storage = Storage('sqlite:///{tmp_path}/tws.db', print)\n"
        "async def use():\n"
        "    await storage.open()\n"
        "    await storage.close()\n"
        "asyncio.run(use())\n"
        "print('alembic' in sys.modules)\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert said == ["True", "False"]

"""PostgreSQL: the tables of the next version are made while a server of this one writes calls.

Who writes must not wait: `lock_timeout` of the database makes each wait of more than BOUND an
error of the writer.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from tests.house.commands import tws
from tests.peers.postgresql import Server
from tws.journal import store
from tws.journal.model import Leg
from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.storage import InUse, Storage, new_id, schema
from tws.storage.connection import OpenConnection
from tws.storage.database import backend_for
from tws.storage.migrations import HEAD, REVISIONS
from tws.storage.migrations import upgrade as alembic
from tws.telephony.model import CallId, DeviceId, Direction, LegId, LinkId, ThreadId

OLD = REVISIONS[REVISIONS.index("0047") - 1]
BOUND = "1500ms"
LEGS = """INSERT INTO call_leg (id, epoch, revision, link, call, device, thread, company, domain,
 "user", device_row, direction, number, heard, name, restricted, peer, created, ended, last_seen,
 outcome, cause, late, gap, folded) SELECT 'old' || n, 1, 1, 'l', n, '1', n, 'c', 'd', 'u', 'r',
 'incoming', '', '', '', false, '', now(), now(), now(), 'missed', '', false, false, ''
 FROM generate_series(1, 20000) n"""
PATIENCE = 60.0


@dataclass
class Old:
    """A database as the version before laid it out, with many calls, and who writes more."""

    url: str
    written: int = 0

    async def write(self, storage: Storage) -> None:
        """One after the other, until it is cancelled."""
        while True:
            async with storage.transaction() as tx:
                await store.write(tx, [leg()], {})
            self.written += 1

    async def more(self, writer: asyncio.Task[None], count: int = 20) -> None:
        """Wait until so many more are written."""
        wanted = self.written + count
        async with asyncio.timeout(PATIENCE):
            while self.written < wanted:
                if writer.done():
                    await writer
                await asyncio.sleep(0)


def leg() -> Leg:
    now = datetime.now(UTC)
    return Leg(
        id=LegId(new_id()),
        link=LinkId("l"),
        call=CallId(new_id()),
        device=DeviceId("2"),
        thread=ThreadId("t"),
        company=CompanyId("c"),
        domain=DomainId("d"),
        user=UserId("u"),
        device_row=DeviceRowId("r"),
        direction=Direction.INCOMING,
        created=now,
        last_seen=now,
    )


@pytest.fixture
async def old(postgresql: Server) -> Old:
    url = await postgresql.new_database()
    backend = backend_for(url)
    async with backend.migrating() as connection:
        await schema.migrate_to(connection, OLD, None)
        await connection.exec_driver_sql(LEGS)
        name = make_url(url).database
        await connection.exec_driver_sql(f"ALTER DATABASE {name} SET lock_timeout = '{BOUND}'")
    await backend.dispose()
    return Old(url)


@asynccontextmanager
async def version_before(old: Old) -> AsyncIterator[Storage]:
    """Open, as that version opens it, whatever was added since."""
    with pytest.MonkeyPatch.context() as patched:
        known = REVISIONS[: REVISIONS.index(OLD) + 1]
        patched.setattr(schema, "HEAD", OLD)
        patched.setattr(schema, "REVISIONS", known)
        storage = Storage(old.url, print)
        await storage.open(migrate=False)
    yield storage
    await storage.close()


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[AsyncConnection]:
    """Somebody has the table in an open transaction, as a backup does for minutes."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT count(*) FROM call_leg"))
        yield connection
    await engine.dispose()


@asynccontextmanager
async def watching(url: str) -> AsyncIterator[AsyncConnection]:
    """Sees each moment: in a transaction what others do is as it was."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


@asynccontextmanager
async def writing(old: Old, storage: Storage) -> AsyncIterator[asyncio.Task[None]]:
    writer = asyncio.create_task(old.write(storage))
    await old.more(writer)
    yield writer
    await old.more(writer)
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer


async def asked(connection: AsyncConnection, sql: str) -> object:
    return (await connection.execute(text(sql))).scalar()


async def test_indexes_are_made_while_calls_are_written(old: Old, tmp_path: Path) -> None:
    environment = {"TWS_DATABASE": old.url, "TWS_BACKUP_BEFORE_UPGRADE": "false"}
    building = (
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%'"
    )
    async with (
        version_before(old) as storage,
        storage.claimed(),
        writing(old, storage) as writer,
    ):
        async with reading(old.url), watching(old.url) as watcher:
            migrating = asyncio.create_task(tws("migrate", f"--data={tmp_path}", **environment))
            async with asyncio.timeout(PATIENCE):
                while not await asked(watcher, building):
                    assert not migrating.done(), migrating.result().error
                    await old.more(writer, 5)
            await old.more(writer)
            assert not migrating.done(), "an index waits for who reads: its writers must not"
        ended = await migrating
        assert ended.code == 0, ended.error
    async with watching(old.url) as watcher:
        assert await asked(watcher, "SELECT version_num FROM alembic_version") == HEAD
        assert not await asked(watcher, "SELECT count(*) FROM pg_index WHERE NOT indisvalid")


async def test_a_table_is_changed_once_it_is_free(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has it for long holds up the change: writers do not wait behind that."""
    tries = 0

    async def changed(connection: OpenConnection, revision: str, seal: object) -> None:
        nonlocal tries
        tries += 1
        await connection.exec_driver_sql("ALTER TABLE call_leg ADD COLUMN added TEXT")
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    async def nothing(connection: AsyncConnection, revision: str) -> None:
        assert revision == "9999"

    async with version_before(old) as storage, writing(old, storage) as writer:
        known = (*REVISIONS[: REVISIONS.index(OLD) + 1], "9999")
        monkeypatch.setattr(schema, "HEAD", "9999")
        monkeypatch.setattr(schema, "REVISIONS", known)
        monkeypatch.setattr(schema, "migrate_to", changed)
        monkeypatch.setattr(alembic, "prepare", nothing)
        monkeypatch.setattr(alembic, "contracts", lambda revision: False)
        async with reading(old.url):
            newer = Storage(old.url, print)
            migrating = asyncio.create_task(newer.open(beside=True))
            while tries < 2:
                await old.more(writer, 5)
            assert not migrating.done()
        await migrating
        await newer.close()
    async with watching(old.url) as watcher:
        assert await asked(watcher, "SELECT count(added) FROM call_leg") == 0


async def test_what_the_version_before_uses_is_not_taken_away_beside_it(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alembic, "contracts", lambda revision: True)
    with pytest.raises(InUse, match="stop it"):
        await Storage(old.url, print).open(beside=True)
    async with watching(old.url) as watcher:
        assert await asked(watcher, "SELECT version_num FROM alembic_version") == OLD

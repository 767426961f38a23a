"""Whether the database is laid out as this TWS knows it, and laying it out."""

import asyncio
import importlib
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, inspect, text

from tws.storage.backend import Backend
from tws.storage.connection import OpenConnection
from tws.storage.errors import InUse, SchemaMismatch, TableBusy
from tws.storage.migrations import HEAD, REVISIONS, SERVES, TOGETHER

Seal = Callable[[object, str, str], str]
"`Secrets.seal`."
Before = Callable[[], Awaitable[None]]
"What is done before the tables of an older TWS are changed."
LOCK_WAIT = 0.5
BETWEEN = 1.0
PATIENCE = 600.0
"All in seconds."
UPGRADE = "tws.storage.migrations.upgrade"
"Loaded by name, only when there is something to do: alembic costs half a second."


async def stored_revision(connection: OpenConnection) -> str | None:
    """The last migration that ran here; None in an empty database."""
    if not await connection.run_sync(lambda c: inspect(c).has_table("alembic_version")):
        return None
    return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()


async def bring_up_to_date(
    backend: Backend,
    *,
    migrate: bool,
    seal: Seal | None,
    before: Before | None,
    beside: bool = False,
) -> None:
    """Migrate to HEAD, under a lock, unless the database is there already.

    `beside`: a server of the version before may go on meanwhile; InUse where that cannot be.
    SchemaMismatch when it is newer than this TWS, or older and `migrate` is False; whatever
    `before` raises.
    """
    with backend.translated():
        stored = await _stored(backend)
        if _current(stored):
            return
        if not migrate:
            raise SchemaMismatch(
                "the database must be migrated first: `tws serve` does it at its start"
            )
        async with backend.alone():
            # Another process may have done it while we waited for the lock.
            stored = await _stored(backend)
            if _current(stored):
                return
            steps = _steps(backend, stored.revision)
            if beside:
                _refuse_beside(backend, stored.revision)
            if stored.revision is not None and before is not None:
                await before()
            for step in steps:
                await _take(backend, step, seal, empty=stored.revision is None)


@dataclass(frozen=True, slots=True)
class Stored:
    """How a database is laid out."""

    revision: str | None
    "The last migration that ran here; None in an empty database."
    serves: str | None
    "The oldest version of TWS that it still serves, by its last migration; None = not said."


async def _stored(backend: Backend) -> Stored:
    connection = await backend.connect(writing=False)
    try:
        revision = await stored_revision(connection)
        serves = None
        if revision is not None and revision not in REVISIONS:
            serves = await _serves(connection)
        return Stored(revision, serves)
    finally:
        await connection.close()


async def _serves(connection: OpenConnection) -> str | None:
    if not await connection.run_sync(lambda c: inspect(c).has_table(SERVES)):
        return None
    return (await connection.execute(text(f"SELECT oldest FROM {SERVES}"))).scalar()  # noqa: S608


def _current(stored: Stored) -> bool:
    """What a newer TWS has only added to goes on being served by this one."""
    if stored.revision is not None and stored.revision not in REVISIONS:
        if stored.serves in REVISIONS:
            return True
        raise SchemaMismatch(
            f"the database was written by a newer TWS (schema {stored.revision}; this one knows"
            f" {HEAD}): install that version again, or restore a backup made before the upgrade"
        )
    return stored.revision == HEAD


def _steps(backend: Backend, stored: str | None) -> Sequence[str]:
    """The migrations to which it is brought, one after the other, each whole or not at all."""
    if not backend.steps or stored is None:
        return (HEAD,)
    at, together = REVISIONS.index(stored), REVISIONS.index(TOGETHER)
    later = REVISIONS[max(at, together) + 1 :]
    return later if at >= together else (TOGETHER, *later)


def _refuse_beside(backend: Backend, stored: str | None) -> None:
    """InUse where what is to be done needs the server of the version before to be stopped."""
    tool = importlib.import_module(UPGRADE)
    if not backend.steps:
        raise InUse("SQLite has one writer at a time: stop the server, and start the new version")
    steps = _steps(backend, stored)
    if TOGETHER in steps or any(tool.contracts(one) for one in steps):
        raise InUse(
            "this upgrade changes what a server of the version before uses: stop it, and start"
            " the new version"
        )


async def _take(backend: Backend, step: str, seal: Seal | None, *, empty: bool) -> None:
    """One step. Who writes a table waits for it `LOCK_WAIT` seconds at most, then it lets go and
    tries again; TableBusy when it was not free for `PATIENCE` seconds."""
    if empty or not backend.steps or step == TOGETHER:
        async with backend.changing() as connection:
            await migrate_to(connection, step, seal)
        return
    async with backend.outside() as outside:
        await importlib.import_module(UPGRADE).prepare(outside, step)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with backend.translated():
                async with backend.changing(LOCK_WAIT) as connection:
                    await migrate_to(connection, step, seal)
            return
        except TableBusy:
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(BETWEEN)


async def migrate_to(connection: OpenConnection, revision: str, seal: Seal | None) -> None:
    """The tables of that migration, in the transaction of `connection`."""
    await connection.run_sync(partial(_upgrade, seal=seal, to=revision))
    if await stored_revision(connection) != revision:
        raise SchemaMismatch(f"no migration leads to {revision}: TWS is not whole")


def _upgrade(connection: Connection, seal: Seal | None, to: str) -> None:
    importlib.import_module(UPGRADE).upgrade(connection, seal, to)

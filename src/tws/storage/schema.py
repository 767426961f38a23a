"""Whether the database is laid out as this TWS knows it, and laying it out."""

import importlib
from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy import Connection, inspect, text

from tws.storage.backend import Backend
from tws.storage.connection import OpenConnection
from tws.storage.errors import SchemaMismatch
from tws.storage.migrations import HEAD, REVISIONS

Seal = Callable[[object, str, str], str]
"`Secrets.seal`."
Before = Callable[[], Awaitable[None]]
"What is done before the tables of an older TWS are changed."
UPGRADE = "tws.storage.migrations.upgrade"
"Loaded by name, only when there is something to do: alembic costs half a second."


async def stored_revision(connection: OpenConnection) -> str | None:
    """The last migration that ran here; None in an empty database."""
    if not await connection.run_sync(lambda c: inspect(c).has_table("alembic_version")):
        return None
    return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()


async def bring_up_to_date(
    backend: Backend, *, migrate: bool, seal: Seal | None, before: Before | None
) -> None:
    """Migrate to HEAD, under a lock, unless the database is there already.

    SchemaMismatch when it is newer than this TWS, or older and `migrate` is False; whatever
    `before` raises. All of the migrations or nothing.
    """
    with backend.translated():
        connection = await backend.connect(writing=False)
        try:
            if _current(await stored_revision(connection)):
                return
        finally:
            await connection.close()
    if not migrate:
        raise SchemaMismatch(
            "the database must be migrated first: `tws serve` does it at its start"
        )
    with backend.translated():
        async with backend.migrating() as connection:
            # Another process may have done it while we waited for the lock.
            stored = await stored_revision(connection)
            if not _current(stored):
                if stored is not None and before is not None:
                    await before()
                await migrate_to(connection, HEAD, seal)


def _current(revision: str | None) -> bool:
    if revision is not None and revision not in REVISIONS:
        raise SchemaMismatch(
            f"the database was written by a newer TWS (schema {revision}; this one knows {HEAD}):"
            " install that version again, or restore a backup made before the upgrade"
        )
    return revision == HEAD


async def migrate_to(connection: OpenConnection, revision: str, seal: Seal | None) -> None:
    """The tables of that migration, in the transaction of `connection`."""
    await connection.run_sync(partial(_upgrade, seal=seal, to=revision))
    if await stored_revision(connection) != revision:
        raise SchemaMismatch(f"no migration leads to {revision}: TWS is not whole")


def _upgrade(connection: Connection, seal: Seal | None, to: str) -> None:
    importlib.import_module(UPGRADE).upgrade(connection, seal, to)

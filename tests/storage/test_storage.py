"""Transactions and reading, on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from tests.peers.postgresql import Server
from tws.bus import Bus
from tws.organisation.store import company, member
from tws.storage import (
    InUse,
    Storage,
    StorageUnavailable,
    Transaction,
    UnusableDatabase,
    new_id,
    upsert,
)
from tws.storage.audit import audit


@dataclass(frozen=True)
class Author:
    label: str = "the tests"
    session: str | None = None


@dataclass(frozen=True)
class Noted:
    what: int


def row(name: str = "SSDEI", version: int = 1) -> dict[str, object]:
    return {"id": new_id(), "version": version, "name": name, "name_key": name.casefold()}


async def versions(storage: Storage) -> list[int]:
    async with storage.reading() as reader:
        found = await reader.execute(select(company.c.version).order_by(company.c.id))
        return list(found.scalars())


async def test_one_server_at_a_time_serves_a_database(database_url: str, bus: Bus) -> None:
    """What two would do twice: mails, text messages, each night's work."""
    first, second = (Storage(database_url, bus.publish) for _ in range(2))
    async with first.claimed():
        with pytest.raises(InUse, match="already"):
            async with second.claimed():
                pass
    async with second.claimed():
        await second.open()
        await second.close()


async def test_writes_together_or_not_at_all(storage: Storage) -> None:
    async with storage.transaction() as tx:
        await tx.execute(insert(company), row())
    with pytest.raises(ZeroDivisionError):
        async with storage.transaction() as tx:
            await tx.execute(insert(company), row("Other"))
            raise ZeroDivisionError
    with pytest.raises(IntegrityError):
        async with storage.transaction() as tx:
            await tx.execute(insert(company), row("Third"))
            await tx.execute(insert(company), row("ssdei"))
    assert await versions(storage) == [1]


@pytest.mark.parametrize("how", ["inserted", "upserted"])
async def test_an_error_tells_nothing_of_what_is_stored(storage: Storage, how: str) -> None:
    """It lands in the log, with its causes."""
    first = row("Somebody")
    async with storage.transaction() as tx:
        await tx.execute(insert(company), first)
    another = first | {"id": new_id()}
    statement = insert(company).values(another)
    with pytest.raises(IntegrityError) as refused:
        async with storage.transaction() as tx:
            await tx.execute(
                statement if how == "inserted" else upsert(company, [another], ["id"])
            )
    told = "".join(traceback.format_exception(refused.value))
    assert "name_key" in told
    assert "somebody" not in told.lower()


async def test_a_reader_changes_nothing(storage: Storage) -> None:
    with pytest.raises((SQLAlchemyError, StorageUnavailable)):
        async with storage.reading() as reader:
            await reader.execute(insert(company), row())
    assert await versions(storage) == []
    # And the connection it used still serves.
    async with storage.transaction() as tx:
        await tx.execute(insert(company), row())
    assert await versions(storage) == [1]


async def test_a_reader_sees_one_moment(storage: Storage) -> None:
    async with storage.reading() as reader:
        before = (await reader.execute(select(func.count()).select_from(company))).scalar_one()
        async with storage.transaction() as tx:
            await tx.execute(insert(company), row())
        after = (await reader.execute(select(func.count()).select_from(company))).scalar_one()
    assert (before, after) == (0, 0)
    assert await versions(storage) == [1]


async def test_twenty_concurrent_changes_lose_none(storage: Storage) -> None:
    """Read, then write what was read plus one: with the row locked, and with its version."""
    made = row(version=0)
    async with storage.transaction() as tx:
        await tx.execute(insert(company), made)
    this = company.c.id == made["id"]

    async def locked() -> None:
        async with storage.transaction() as tx:
            query = select(company.c.version).where(this).with_for_update()
            seen = (await tx.execute(query)).scalar_one()
            await tx.execute(update(company).where(this).values(version=seen + 1))

    async def by_version() -> None:
        changed = 0
        while not changed:
            async with storage.reading() as reader:
                seen = (await reader.execute(select(company.c.version).where(this))).scalar_one()
            async with storage.transaction() as tx:
                write = update(company).where(this, company.c.version == seen)
                changed = (await tx.execute(write.values(version=seen + 1))).rowcount

    await asyncio.gather(*(locked() for _ in range(20)), *(by_version() for _ in range(20)))
    assert await versions(storage) == [40]


async def test_changes_of_two_processes_lose_none(migrated_url: str, storage: Storage) -> None:
    """Each has its own connections, and knows nothing of the other's turn."""
    other = Storage(migrated_url, print)
    await other.open()
    made = row(version=0)
    async with storage.transaction() as tx:
        await tx.execute(insert(company), made)
    this = company.c.id == made["id"]

    async def add_one(where: Storage) -> None:
        async with where.transaction() as tx:
            query = select(company.c.version).where(this).with_for_update()
            seen = (await tx.execute(query)).scalar_one()
            await tx.execute(update(company).where(this).values(version=seen + 1))

    await asyncio.gather(*(add_one(where) for where in (storage, other) for _ in range(20)))
    await other.close()
    assert await versions(storage) == [40]


async def test_events_go_out_after_the_commit_in_the_order_of_commits(
    storage: Storage, bus: Bus
) -> None:
    heard: list[int] = []
    bus.follow(Noted, lambda event: heard.append(event.what))

    async def change(number: int) -> None:
        async with storage.transaction() as tx:
            await tx.execute(insert(company), row(str(number), number))
            tx.publish(Noted(number))
            await tx.audit(Author(), "noted", str(number), None, None)
            assert number not in heard

    await asyncio.gather(*(change(number) for number in range(20)))
    async with storage.reading() as reader:
        audited = await reader.execute(select(audit.c.target).order_by(audit.c.number))
        assert [int(target) for target in audited.scalars()] == heard
    assert sorted(heard) == list(range(20))


async def test_a_rollback_publishes_and_audits_nothing(storage: Storage, bus: Bus) -> None:
    heard: list[Noted] = []
    bus.follow(Noted, heard.append)
    with pytest.raises(ZeroDivisionError):
        async with storage.transaction() as tx:
            tx.publish(Noted(1))
            await tx.audit(Author(), "noted", "1", None, None)
            raise ZeroDivisionError
    async with storage.reading() as reader:
        assert (await reader.execute(select(audit))).all() == []
    assert heard == []


async def test_cancelled_in_the_commit_it_is_written_and_told(storage: Storage, bus: Bus) -> None:
    """Or neither: never written without being told."""
    heard: list[Noted] = []
    bus.follow(Noted, heard.append)

    async def change(number: int) -> None:
        async with storage.transaction() as tx:
            await tx.execute(insert(company), row(str(number)))
            tx.publish(Noted(number))

    for number in range(80):
        task = asyncio.create_task(change(number))
        for _ in range(number):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()  # and no lock was left behind by the one before
    async with storage.reading() as reader:
        names = (await reader.execute(select(company.c.name))).scalars()
        assert sorted(int(name) for name in names) == [event.what for event in heard]


async def test_a_commit_that_fails_publishes_nothing(sqlite_storage: Storage, bus: Bus) -> None:
    heard: list[Noted] = []
    bus.follow(Noted, heard.append)
    with pytest.raises(IntegrityError):
        async with sqlite_storage.transaction() as tx:
            await tx.execute(text("PRAGMA defer_foreign_keys = ON"))
            nowhere = {"group": "unknown", "user": "unknown"}
            await tx.execute(insert(member), nowhere)
            tx.publish(Noted(1))
    assert heard == []
    async with sqlite_storage.transaction() as tx:
        await tx.execute(insert(company), row())


async def test_a_transaction_inside_a_transaction_is_refused(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        async with storage.transaction(), storage.transaction():
            pass
    async with storage.transaction() as tx:
        await tx.execute(insert(company), row())


async def test_upsert_inserts_or_writes_over(storage: Storage) -> None:
    first, second = row("a"), row("b")
    async with storage.transaction() as tx:
        await tx.execute(upsert(company, [first], ["id"]))
        await tx.execute(upsert(company, [first | {"version": 2}, second], ["id"]))
        await tx.execute(upsert(company, [{"id": first["id"]} | second], ["id"]))
        keys_only = [{"id": first["id"], "version": 9, "name": "c", "name_key": "a"}]
        await tx.execute(upsert(company, keys_only, ["id", "version", "name", "name_key"][:1]))
    assert await versions(storage) == [9, 1]
    with pytest.raises(ValueError, match="no rows"):
        upsert(company, [], ["id"])


async def test_times_are_utc_and_never_naive(storage: Storage) -> None:
    paris = datetime(2026, 7, 1, 12, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))

    async def write(tx: Transaction, at: datetime) -> None:
        entry = {"at": at, "actor": "tests", "action": "noted", "target": "1"}
        await tx.execute(insert(audit), entry)

    async with storage.transaction() as tx:
        await write(tx, paris)
    with pytest.raises(ValueError, match="without a time zone"):
        async with storage.transaction() as tx:
            await write(tx, datetime(2026, 7, 1, 12, 30))  # noqa: DTZ001 - naive on purpose
    with pytest.raises(ValueError, match="without a time zone"):
        async with storage.reading() as reader:
            naive = datetime(2026, 7, 1)  # noqa: DTZ001 - naive on purpose
            await reader.execute(select(audit).where(audit.c.at > naive))
    async with storage.reading() as reader:
        query = select(audit.c.at).where(audit.c.at == paris.astimezone(UTC))
        [at] = (await reader.execute(query)).scalars()
    assert at == paris
    assert at.tzinfo is UTC


async def test_the_audit_says_what_json_can(storage: Storage) -> None:
    async with storage.transaction() as tx:
        await tx.audit(Author("x" * 400), "created", "1", None, Noted(3), company="c")
        after = {"members": frozenset("ba"), "at": datetime(2026, 1, 1, tzinfo=UTC)}
        await tx.audit(Author(), "changed", "1", Noted(3), after)
        with pytest.raises(TypeError):
            await tx.audit(Author(), "changed", "1", None, object())
    async with storage.reading() as reader:
        first, second = (await reader.execute(select(audit).order_by(audit.c.number))).all()
    assert (len(first.actor), first.before, first.after) == (300, None, {"what": 3})
    assert (first.company, second.company) == ("c", None)
    assert second.after == {"members": ["a", "b"], "at": "2026-01-01T00:00:00+00:00"}


async def test_a_closed_database_is_unavailable(storage: Storage) -> None:
    await storage.close()
    with pytest.raises(StorageUnavailable):
        async with storage.reading():
            pass


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite:///:memory:", "sqlite://"])
def test_a_url_that_cannot_be_right_is_refused_in_words(url: str) -> None:
    with pytest.raises(UnusableDatabase):
        Storage(url, print)


async def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    storage = Storage(f"sqlite:///{tmp_path}/file/tws.db", print)
    with pytest.raises(StorageUnavailable):
        await storage.open()


async def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    storage = Storage(f"sqlite:///{tmp_path}/new/tws.db", print)
    await storage.open()
    await storage.close()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "tws.db").stat().st_mode & 0o777 == 0o600


async def test_a_file_moved_away_is_unavailable_until_it_is_back(tmp_path: Path) -> None:
    place, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    storage = Storage(f"sqlite:///{place}/tws.db", print)
    await storage.open()
    place.rename(elsewhere)
    for use in (storage.transaction, storage.reading):
        with pytest.raises(StorageUnavailable):
            async with use():
                pass
    elsewhere.rename(place)
    async with storage.transaction() as tx:
        await tx.execute(insert(company), row())
    assert await versions(storage) == [1]
    await storage.close()


async def test_a_file_that_another_program_holds_is_unavailable_until_it_lets_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tws.storage.sqlite.LOCK_WAIT", 0.05)
    storage = Storage(f"sqlite:///{tmp_path}/tws.db", print)
    await storage.open()
    holder = sqlite3.connect(tmp_path / "tws.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="locked"):
        async with storage.transaction():
            pass
    assert await versions(storage) == []
    assert await storage.alive()
    holder.execute("ROLLBACK")
    holder.close()
    async with storage.transaction() as tx:
        await tx.execute(insert(company), row())
    assert await versions(storage) == [1]
    await storage.close()
    assert not await storage.alive()


async def test_postgresql_away_is_unavailable_until_it_is_back(postgresql: Server) -> None:
    storage = Storage(await postgresql.new_database(), print)
    await storage.open()
    with pytest.raises(StorageUnavailable):
        async with storage.transaction() as tx:
            await tx.execute(insert(company), row())
            postgresql.stop()
            await tx.execute(insert(company), row("Other"))
    for use in (storage.transaction, storage.reading):
        with pytest.raises(StorageUnavailable):
            async with use():
                pass
    late = Storage(postgresql.url("postgres"), print)
    with pytest.raises(StorageUnavailable):
        await late.open()
    await late.close()
    postgresql.start()
    async with storage.transaction() as tx:
        await tx.execute(insert(company), row())
    assert await versions(storage) == [1]
    await storage.close()

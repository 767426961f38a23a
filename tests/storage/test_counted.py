"""What is counted of a database's use, how large it is, what took long: for those who look after
it, on each kind of database."""

from typing import Any

import pytest
from sqlalchemy import Select, literal_column, select, text

from tests.databases import bus, database_url, migrated_url, postgresql, storage
from tws.storage import Storage, StorageUnavailable, slow

__all__ = ["bus", "database_url", "migrated_url", "postgresql", "storage"]
ONE: Select[Any] = select(literal_column("1"))


async def test_each_use_is_counted(storage: Storage) -> None:
    counts = storage.counts
    async with storage.transaction() as tx:
        await tx.execute(ONE)
        assert counts.under_way["write"] == 1
        async with storage.reading() as reader:
            await reader.execute(ONE)
    assert await storage.alive()
    told = {kind: seconds.count for (kind,), seconds in counts.seconds.items()}
    assert told == {"write": 1, "read": 1, "search": 1}
    assert set(counts.under_way.values()) == {0} and counts.unavailable == 0
    assert counts.connections.keys() == counts.under_way.keys()


async def test_that_it_is_away_is_counted(storage: Storage) -> None:
    await storage.close()
    with pytest.raises(StorageUnavailable):
        async with storage.transaction():
            pass
    assert not await storage.alive()
    assert storage.counts.unavailable == 2
    await storage.open()


async def test_how_large_it_is(storage: Storage) -> None:
    sizes = await storage.sizes()
    assert sizes.dialect in ("sqlite", "postgresql") and sizes.version
    assert sizes.rows["company"] == 0 and sizes.schema and sizes.bytes > 10_000


async def test_what_took_long_is_told_without_its_values(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with storage.transaction() as tx:
        await tx.execute(text("SELECT 'quick', :value"), {"value": "Vasseur"})
    assert storage.slowest() == []
    monkeypatch.setattr(slow, "SLOW", 0.0)
    for _ in range(2):
        async with storage.transaction() as tx:
            await tx.execute(text("SELECT 'slow', CAST(:value AS VARCHAR)"), {"value": "Vasseur"})
    (told,) = (one for one in storage.slowest() if "slow" in one.statement)
    assert told.count == 2 and told.total >= told.longest > 0
    assert "Vasseur" not in told.statement

"""One statement at a time, asked of PostgreSQL without a transaction."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Text, bindparam, func, literal_column, select, text

from tests.peers.postgresql import Server
from tws.storage import Storage, StorageUnavailable
from tws.storage.packing import Packed
from tws.storage.postgresql import ASKERS, COMMAND_WAIT

ONE = Packed(select(literal_column("1").label("one"), bindparam("two", type_=Text).label("two")))
SLOWLY = Packed(select(func.pg_sleep(bindparam("seconds")).cast(Text).label("slept")))
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
async def storage(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Storage]:
    storage = Storage(await postgresql.new_database(), lambda event: None)
    await storage.open()
    yield storage
    await storage.close()


async def test_many_are_asked_at_once(storage: Storage) -> None:
    numbers = [str(n) for n in range(50)]
    found = await asyncio.gather(*(storage.ask(ONE, {"two": number}) for number in numbers))
    assert [rows[0][1] for rows in found] == numbers


async def test_who_leaves_disturbs_nobody(storage: Storage) -> None:
    for _ in range(2 * ASKERS):
        left = asyncio.ensure_future(storage.ask(SLOWLY, {"seconds": 60}))
        await asyncio.wait({left}, timeout=0.05)
        left.cancel()
        await asyncio.wait({left})
        assert left.cancelled()
    assert await storage.ask(ONE, {"two": "2"}) == [(1, "2")]


async def test_who_waits_too_long_is_told(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_now_on = "tws.storage.postgresql.CONNECT_WAIT"
    monkeypatch.setattr(from_now_on, 2.0)
    storage = Storage(await postgresql.new_database(), lambda event: None)
    await storage.open()
    slow = [asyncio.ensure_future(storage.ask(SLOWLY, {"seconds": 60})) for _ in range(ASKERS)]
    await asyncio.wait(slow, timeout=0.5)
    with pytest.raises(StorageUnavailable, match="busy"):
        await storage.ask(ONE, {"two": "2"})
    for each in slow:
        each.cancel()
    await asyncio.wait(slow)
    assert await storage.ask(ONE, {"two": "2"}) == [(1, "2")]
    await storage.close()


async def test_a_text_that_no_column_takes_is_a_wrong_value(storage: Storage) -> None:
    with pytest.raises(ValueError, match="0x00"):
        await storage.ask(ONE, {"two": "a\0b"})
    assert await storage.ask(ONE, {"two": "2"}) == [(1, "2")]


async def test_a_database_that_was_away_is_asked_again(
    storage: Storage, postgresql: Server
) -> None:
    assert await storage.ask(ONE, {"two": "2"}) == [(1, "2")]
    postgresql.stop()
    with pytest.raises(StorageUnavailable):
        await storage.ask(ONE, {"two": "2"})
    postgresql.start()
    assert await storage.ask(ONE, {"two": "2"}) == [(1, "2")]


async def _asking(storage: Storage) -> int:
    """Connections of others; what a transaction has seen of them it sees to its end."""
    async with storage.reading() as reader:
        return int((await reader.execute(OTHERS)).scalar_one())


async def test_closed_it_holds_no_connection(postgresql: Server) -> None:
    url = await postgresql.new_database()
    storage, other = (Storage(url, lambda event: None) for _ in range(2))
    await storage.open()
    await other.open()
    await asyncio.gather(*(storage.ask(ONE, {"two": "2"}) for _ in range(10)))
    await storage.close()
    async with asyncio.timeout(20):
        while await _asking(other):
            pass
    await other.close()


async def test_a_database_that_hangs_is_away_soon(
    storage: Storage, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frozen with what it has open, as when its disk or its machine hangs."""
    monkeypatch.setattr("tws.storage.answering.ANSWERS_WITHIN", 0.2)
    async with storage.transaction() as tx:
        await tx.execute(select(1))
    postgresql.freeze()
    try:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        with pytest.raises(StorageUnavailable):
            async with storage.transaction():
                pytest.fail("it hangs")
        # The time to ask and the time to connect, but not that of a statement.
        assert loop.time() - begun < COMMAND_WAIT
    finally:
        postgresql.thaw()
    async with storage.transaction() as tx:
        assert (await tx.execute(select(1))).scalar() == 1

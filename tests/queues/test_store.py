"""Abandoned calls in both databases: listed for some days, called back, and by whom forgotten."""

from datetime import UTC, datetime, timedelta

from tests.organisation.world import new_place, new_world
from tws.bus import Bus
from tws.organisation.actor import SYSTEM
from tws.queues import store
from tws.queues.model import Abandoned
from tws.storage import Storage, new_id

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


async def test_what_is_kept_of_abandoned_calls(storage: Storage, bus: Bus) -> None:
    world = await new_world(storage, bus)
    place = await new_place(world.service)
    queue = await world.service.queues.create_queue(SYSTEM, domain=place.paris.id, name="Q")
    rows = [
        Abandoned(
            id=new_id(),
            company=place.company.id,
            queue=queue.id,
            number=str(days),
            name="",
            restricted=False,
            hidden=False,
            since=NOW - timedelta(days=days, seconds=20),
            ended=NOW - timedelta(days=days),
        )
        for days in (1, 2, 40)
    ]
    async with storage.transaction() as tx:
        for row in (*rows, rows[0]):  # a commit in doubt is tried again
            await store.note(tx, row)
        await store.call_back(tx, rows[1].id, place.bob.id, NOW)
    async with storage.reading() as reader:
        found = await store.of_queue(reader, queue.id, NOW - timedelta(days=30), 10)
    assert [row.number for row in found] == ["1", "2"]
    assert (found[1].called_back, found[1].called_back_by) == (NOW, place.bob.id)
    async with storage.transaction() as tx:
        await store.forget_person(tx, place.bob.id)
        await store.forget(tx, queue.id, NOW - timedelta(days=30))
    async with storage.reading() as reader:
        left = await store.of_queue(reader, queue.id, NOW - timedelta(days=365), 10)
        assert await store.find(reader, queue.id, rows[2].id) is None
    assert [(row.number, row.called_back, row.called_back_by) for row in left] == [
        ("1", None, None),
        ("2", NOW, None),
    ]
    await world.service.queues.delete_queue(SYSTEM, queue.id, 1)
    async with storage.reading() as reader:
        assert await store.find(reader, queue.id, rows[0].id) is None

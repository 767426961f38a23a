"""What whoever tells of calls reads of the journal, in both databases."""

from datetime import timedelta

from tests.journal.calls import hangs_up, rings
from tests.journal.desk import MARIE, PAUL, Desk
from tws.journal import store
from tws.journal.model import VoiceNotice
from tws.journal.told import legs_of, unheard
from tws.organisation.actor import DeviceRowId
from tws.storage import new_id


async def test_legs_are_found_by_their_threads(desk: Desk) -> None:
    desk.take(rings("1", MARIE), rings("1", PAUL), hangs_up("1", MARIE), rings("2", MARIE))
    await desk.journal.flush()
    (live,) = desk.table.of(PAUL)
    company, since = desk.marie.company, desk.now - timedelta(minutes=5)
    async with desk.people.storage.reading() as reader:
        found = await legs_of(reader, company, {live.thread}, since)
        assert {leg.user: leg.ended is None for leg in found} == {
            desk.marie.id: False,
            desk.paul.id: True,
        }
        assert await legs_of(reader, company, {live.thread}, desk.now + timedelta(hours=1)) == []
        assert await legs_of(reader, company, set(), since) == []


async def test_notices_are_found_while_nobody_has_heard_the_messages(desk: Desk) -> None:
    device = DeviceRowId(new_id())
    first, second = (
        VoiceNotice(
            id=new_id(),
            company=desk.marie.company,
            user=desk.marie.id,
            device_row=device,
            at=desk.now + timedelta(minutes=minute),
        )
        for minute in (1, 2)
    )
    async with desk.people.storage.transaction() as tx:
        for notice in (second, first):
            await store.write_notice(tx, notice)
        assert await unheard(tx, {first.id, second.id, "none"}) == [first, second]
        await store.end_notices(tx, device, desk.now)
        assert await unheard(tx, {first.id, second.id}) == []

"""What waits to be told by e-mail, in both databases."""

from datetime import UTC, datetime, timedelta

from tests.organisation.world import new_place, new_world
from tws.bus import Bus
from tws.messaging.emails import store
from tws.messaging.emails.model import Notice, NoticeKind
from tws.organisation.actor import UserId
from tws.storage import Storage, new_id
from tws.telephony.model import ThreadId

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


async def test_each_is_told_once_however_often_it_is_noted(storage: Storage, bus: Bus) -> None:
    place = await new_place((await new_world(storage, bus)).service)
    user = place.bob.id

    def notice(minutes: int, kind: NoticeKind = NoticeKind.MISSED) -> Notice:
        at = NOW - timedelta(minutes=minutes)
        return Notice(
            id=new_id(),
            kind=kind,
            company=place.company.id,
            user=user,
            thread=ThreadId(new_id()),
            began=at,
            at=at,
        )

    async def waiting(of: UserId = user) -> list[Notice]:
        async with storage.reading() as reader:
            return await store.waiting(reader, of, 10)

    old, young, voice = notice(60), notice(1), notice(5, NoticeKind.VOICE)
    async with storage.transaction() as tx:
        await store.note(tx, [young, voice, old])
    assert await waiting() == [old, voice, young]
    async with storage.transaction() as tx:
        await store.tell(tx, [old.id], NOW)
        await store.note(tx, [old, young])  # the legs are written again
    assert await waiting() == [voice, young]
    async with storage.reading() as reader:
        assert await store.users(reader) == {user}
        assert await store.told_at(reader, user, NoticeKind.MISSED) == NOW
        assert await store.told_at(reader, user, NoticeKind.VOICE) is None
    async with storage.transaction() as tx:
        await store.drop(tx, [])
        await store.drop(tx, [voice.id])
        await store.forget(tx, NOW - timedelta(minutes=30))
        await store.note(tx, [old])  # so late that nobody knows that it was told
    assert await waiting() == [old, young]
    async with storage.transaction() as tx:
        await store.forget_user(tx, user)
    assert await waiting() == []

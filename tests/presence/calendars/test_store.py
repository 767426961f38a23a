"""What was read of calendars, on both databases."""

from datetime import UTC, datetime, timedelta

from tws.organisation.actor import CollaborationId, UserId
from tws.presence.calendars import store
from tws.presence.calendars.calendar import Event, State
from tws.presence.calendars.model import CalendarReading, Refresh
from tws.sentences import sentence
from tws.storage import Storage

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCE = CollaborationId("s" * 36)


def reading(user: str, *events: Event) -> CalendarReading:
    return CalendarReading(
        source=SOURCE, user=UserId(user), mailbox="m@arda.example", read=NOW, events=events
    )


async def test_what_is_written_is_read_again(storage: Storage) -> None:
    one = reading("a", Event(NOW, NOW + HOUR, State.OUT_OF_OFFICE, "Été", True))
    never = CalendarReading(
        source=SOURCE,
        user=UserId("b"),
        mailbox="b@arda.example",
        problem="refused",
        said=sentence("{host} says no.", host="there"),
    )
    last = Refresh(source=SOURCE, tried=NOW, due=NOW + HOUR, failures=2, problem="unreachable")
    async with storage.transaction() as tx:
        await store.write_readings(tx, [one, never])
        await store.write_refresh(tx, last)
    other = reading("a")
    async with storage.transaction() as tx:
        await store.write_readings(tx, [other])
        await store.forget_readings(tx, [never.key])
    async with storage.reading() as reader:
        assert await store.readings(reader) == [other]
        assert await store.refreshes(reader) == [last]
    async with storage.transaction() as tx:
        await store.write_readings(tx, [one])
        await store.forget_refresh(tx, SOURCE)
    async with storage.reading() as reader:
        assert await store.readings(reader) == [one]
        assert await store.refreshes(reader) == []

"""Call logs are cleaned at night, as much as parameters say; what statistics need stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests.journal.calls import OUTSIDE, answers, calls, hangs_up, rings
from tests.journal.desk import MARIE, PAUL, Desk
from tws.journal import store
from tws.journal.model import VoiceNotice
from tws.journal.note import Note, NoteId
from tws.organisation.actor import DeviceRowId
from tws.organisation.events import DomainChanged, ParameterValueChanged, UserChanged
from tws.organisation.model import ParameterValue, User
from tws.storage import new_id

MOST, DAYS, LEAST = (
    f"CallLog-Number{what}" for what in ("MaxOfStorage", "DaysOfStorage", "ToKeepInStorage")
)
HOUR = "CallLog-StartCleaningHour"


def put(desk: Desk, parameter: str, value: Any, **holder: Any) -> None:
    company = desk.people.company
    row = ParameterValue(
        id=new_id(), version=1, company=company, parameter=parameter, value=value, **holder
    )
    desk.bus.publish(ParameterValueChanged(None, row))


async def missed(desk: Desk, *numbers: int, at: str = MARIE) -> None:
    for n in numbers:
        desk.take(rings(f"{at}-{n}", at), hangs_up(f"{at}-{n}", at))
    await desk.settled()


async def night(desk: Desk, now: datetime) -> None:
    """The clock shows `now`; whatever looks at it does so."""
    desk.now = now
    for domain in desk.people.registry.domains.values():
        desk.bus.publish(DomainChanged(domain, domain))
    await desk.bus.settle()
    await desk.schedule.settle()


async def facts(desk: Desk) -> list[Any]:
    async with desk.people.storage.reading() as reader:
        return list(await reader.execute(select(store.fact).order_by(store.fact.c.created)))


async def test_each_user_s_log_is_cut_by_type_in_the_night_of_the_domain(desk: Desk) -> None:
    put(desk, MOST, 2)
    put(desk, LEAST, 0)
    put(desk, MOST, 4, user=desk.paul.id)
    await missed(desk, 1, 2, 3)
    await missed(desk, 1, 2, 3, 4, 5, at=PAUL)
    for n in (4, 5, 6):
        call = f"{MARIE}-{n}"
        desk.take(rings(call, MARIE), answers(call, MARIE), hangs_up(call, MARIE))
    desk.take(*calls("7", MARIE, OUTSIDE), hangs_up("7", MARIE))
    desk.take(*calls("8", MARIE, "")[:1], hangs_up("8", MARIE))
    await desk.settled()
    before = await desk.log()
    # 03:29 in Paris, in winter.
    await night(desk, datetime(2026, 11, 24, 2, 29, 59, tzinfo=UTC))
    assert await desk.log() == before and len(before) == 7
    await night(desk, datetime(2026, 11, 24, 2, 30, tzinfo=UTC))
    assert await desk.log() == [*before[:3], *before[4:6]]
    assert len(await desk.log(desk.paul)) == 4
    left = await facts(desk)
    assert [fact.outcome for fact in left] == ["missed", "missed", "answered"]
    answered = left[2]
    assert (answered.user, answered.direction) == (desk.marie.id, "incoming")
    assert answered.answered == before[3].answered and answered.ended == before[3].ended
    # A handset that was only lifted is no call: it goes when it is old, and leaves no fact.
    assert await desk.number_of_rows() == 10
    await night(desk, datetime(2026, 12, 24, 2, 30, tzinfo=UTC))
    assert await desk.number_of_rows() == 0
    assert len(await facts(desk)) == 12


async def test_the_minimum_outlives_the_days(desk: Desk) -> None:
    put(desk, LEAST, 2, domain=desk.people.paris.id)
    await missed(desk, 1, 2, 3)
    newest = (await desk.log())[:2]
    await night(desk, desk.now + timedelta(days=40))
    assert await desk.log() == newest


async def test_a_call_that_goes_on_stays(desk: Desk) -> None:
    put(desk, LEAST, 0)
    desk.take(rings("1", MARIE), answers("1", MARIE))
    await night(desk, desk.now + timedelta(days=40))
    (leg,) = await desk.open_legs()
    assert leg.ended is None and await facts(desk) == []


async def test_another_hour_counts_at_once(desk: Desk) -> None:
    put(desk, MOST, 1)
    put(desk, LEAST, 0)
    await missed(desk, 1, 2)
    put(desk, HOUR, "18:00")
    await night(desk, datetime(2026, 11, 23, 16, 59, tzinfo=UTC))
    assert len(await desk.log()) == 2
    await night(desk, datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    assert len(await desk.log()) == 1
    # Once a day, in the time zone that the domain has by then.
    await missed(desk, 3)
    paris = desk.people.paris
    await desk.people.change_domain(paris, replace(paris, time_zone="America/New_York"))
    await night(desk, datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    assert len(await desk.log()) == 1


async def test_calls_of_somebody_who_is_no_more_are_cleaned_too(desk: Desk) -> None:
    put(desk, MOST, 1)
    put(desk, LEAST, 0)
    await missed(desk, 1, 2, at=PAUL)
    desk.bus.publish(UserChanged(desk.paul, None))
    await night(desk, desk.now + timedelta(days=1))
    assert await desk.number_of_rows() == 1


async def test_calls_of_a_domain_that_is_no_more_are_cleaned_too(desk: Desk) -> None:
    put(desk, LEAST, 0)
    await missed(desk, 1)
    for user in (desk.marie, desk.paul):
        desk.bus.publish(UserChanged(user, None))
    desk.bus.publish(DomainChanged(desk.people.paris, None))
    await night(desk, desk.now + timedelta(days=40))
    assert await desk.number_of_rows() == 0 and len(await facts(desk)) == 1


async def test_facts_are_kept_for_their_own_time(desk: Desk) -> None:
    put(desk, LEAST, 0)
    put(desk, "Stats-NumberDaysOfStorage", 100)
    await missed(desk, 1)
    begun = desk.now
    await night(desk, begun + timedelta(days=40))
    await missed(desk, 2)
    assert await desk.number_of_rows() == 1 and len(await facts(desk)) == 1
    await night(desk, begun + timedelta(days=99))
    assert await desk.number_of_rows() == 0 and len(await facts(desk)) == 2
    await night(desk, begun + timedelta(days=101))
    (left,) = await facts(desk)
    assert left.created > begun + timedelta(days=39)


async def test_notes_and_notices_go_as_calls_do(desk: Desk) -> None:
    put(desk, MOST, 3)
    put(desk, LEAST, 1)

    async def write(user: User, text: str) -> None:
        desk.tick()
        note = Note(
            id=NoteId(new_id()),
            version=1,
            company=user.company,
            domain=user.domain,
            author=user.id,
            text=text,
            public=False,
            created=desk.now,
        )
        notice = VoiceNotice(
            id=new_id(),
            company=user.company,
            user=user.id,
            device_row=DeviceRowId("d"),
            at=desk.now,
        )
        async with desk.people.storage.transaction() as tx:
            await store.notes.insert(tx, note)
            await store.write_notice(tx, notice)

    async def left(user: User) -> tuple[list[str], int]:
        reading = store.Reading(company=user.company, domain=user.domain, user=user.id)
        async with desk.people.storage.reading() as reader:
            notes = await store.notes_of(reader, store.WantedNotes(reading=reading, mine=True))
            notices = await store.notices_of(reader, user.id, 10)
        return [note.text for note in notes], len(notices)

    for text in "abcde":
        await write(desk.marie, text)
    await write(desk.paul, "his")
    await night(desk, desk.now + timedelta(days=1))
    assert await left(desk.marie) == (["e", "d", "c"], 5)
    assert await left(desk.paul) == (["his"], 1)
    await night(desk, desk.now + timedelta(days=40))
    assert await left(desk.marie) == (["e"], 0)
    assert await left(desk.paul) == (["his"], 0)

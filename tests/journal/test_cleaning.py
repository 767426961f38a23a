"""Call logs are cleaned at night, as much as parameters say; what statistics need stays."""

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.journal.calls import OUTSIDE, answers, calls, hangs_up, rings
from tests.journal.desk import MARIE, PAUL, Desk
from tws.journal import cleaning, store
from tws.journal.model import Leg, Outcome, VoiceNotice
from tws.journal.note import Note, NoteId
from tws.journal.retention import Limits, Logged, LogType, surplus
from tws.organisation.actor import DeviceRowId
from tws.organisation.events import DomainChanged, ParameterValueChanged, UserChanged
from tws.organisation.model import ParameterValue, User
from tws.storage import StorageUnavailable, Transaction, new_id
from tws.telephony.model import CallId, DeviceId, Direction, LegId, ThreadId

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


async def test_a_night_that_is_cut_short_goes_on_at_the_next_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends, or the database goes away, after the first few calls: what is done stays
    done, and the next process does the rest though no other night has come."""
    await missed(desk, *range(35))
    monkeypatch.setattr(cleaning, "TOGETHER", 1)
    monkeypatch.setattr(cleaning, "FEWEST", 1)
    leave, left = store.leave_facts, 2

    async def cut_short(tx: Transaction, ids: Collection[str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise StorageUnavailable("gone")
        await leave(tx, ids)

    with monkeypatch.context() as patched:
        patched.setattr(store, "leave_facts", cut_short)
        await night(desk, desk.now + timedelta(days=40))
    assert await desk.number_of_rows() == 33 and await cleaned(desk) == (2, False)
    desk.tick(600)
    again = await desk.reborn()
    await again.schedule.settle()
    assert await desk.number_of_rows() == 30 and await cleaned(again) == (3, True)
    # The same night is over for the process after that.
    await missed(desk, 35)
    later = await again.reborn("later")
    await later.schedule.settle()
    assert await desk.number_of_rows() == 31


async def cleaned(desk: Desk) -> tuple[int, bool]:
    """How many calls the last night took away, and whether it came to its end."""
    async with desk.people.storage.reading() as reader:
        of = select(store.night).where(store.night.c.domain == desk.marie.domain)
        row = (await reader.execute(of)).one()
    return row.removed, row.ended is not None


async def test_what_goes_is_what_the_rule_says(desk: Desk) -> None:
    """The database finds it as the rule does, written for one log in memory."""
    chance = random.Random(7)
    user, now = desk.marie, desk.now
    outcomes = (Outcome.ANSWERED, Outcome.MISSED, Outcome.CANCELLED)
    legs = []
    for n in range(60):
        outcome = chance.choice(outcomes)
        outgoing = outcome is Outcome.CANCELLED
        at = now - timedelta(days=chance.randrange(60), seconds=n)
        legs.append(
            Leg(
                id=LegId(new_id()),
                link=desk.link,
                call=CallId(f"c{n}"),
                device=DeviceId(MARIE),
                thread=ThreadId(f"t{n}"),
                company=user.company,
                domain=user.domain,
                user=user.id,
                device_row=DeviceRowId("d"),
                direction=Direction.OUTGOING if outgoing else Direction.INCOMING,
                heard=PAUL,
                created=at,
                last_seen=at,
                ended=at,
                outcome=outcome,
            )
        )
    kinds = dict(zip(outcomes, (LogType.INCOMING, LogType.MISSED, LogType.OUTGOING), strict=True))
    log = [Logged(leg.id, kinds[leg.outcome], leg.created) for leg in legs if leg.outcome]
    log.sort(key=lambda one: (one.created, one.id), reverse=True)
    async with desk.people.storage.transaction() as tx:
        await store.write(tx, legs, {})
    async with desk.people.storage.reading() as reader:
        assert await store.logged_users(reader, user.company) == {user.id: user.domain}
        for most, days, least in ((30, 30, 30), (5, 40, 0), (5, 1, 20), (1, 1, 100), (99, 99, 0)):
            limits = Limits(most=most, days=days, least=least)
            wanted = surplus(log, limits, now)
            found = await store.surplus(reader, user.company, user.id, limits, now, 1000)
            assert sorted(found) == sorted(wanted)
            some = await store.surplus(reader, user.company, user.id, limits, now, 3)
            assert some == wanted[::-1][:3], "the oldest first"

"""What is known of calendars as time goes by: how old it may be, and when sources are asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.organisation.world import Place, World, new_place, new_world
from tws.bus import Bus
from tws.organisation.actor import SYSTEM
from tws.organisation.model import CollaborationSource
from tws.presence.calendars.calendar import Event, State
from tws.presence.calendars.messages import Found, PartFailed, ReadCalendars
from tws.presence.calendars.model import CalendarStateChanged
from tws.presence.calendars.service import CalendarService, CalendarSources
from tws.schedule import Schedule
from tws.sentences import Sentence
from tws.sources.errors import Refused, Unreachable
from tws.sources.failing import Failed
from tws.storage import Storage

HOUR = timedelta(hours=1)
MAILBOX = "alice@arda.example"


@dataclass
class Desk:
    """The room, with a source whose answers the test says, and a clock that it moves."""

    world: World
    place: Place
    schedule: Schedule
    now: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)
    answers: list[Found | PartFailed | Exception] = field(default_factory=list)
    asked: list[ReadCalendars] = field(default_factory=list)
    changes: int = 0
    meanwhile: Callable[[], Awaitable[object]] | None = None
    "What is done, once, while a source is read."

    def __post_init__(self) -> None:
        sources = CalendarSources(
            read=self.read,
            settings=self.world.service.collaboration.opened_calendar,
            files=Path("files"),
        )
        world = self.world
        self.bus = world.registry._bus
        self.bus.follow(CalendarStateChanged, self._changed)
        self.room = CalendarService(
            world.storage, world.registry, self.bus, self.schedule, lambda: self.now, sources
        )

    def _changed(self, _: CalendarStateChanged) -> None:
        self.changes += 1

    async def read(
        self, question: ReadCalendars, found: Callable[[Found | PartFailed], None]
    ) -> None:
        self.asked.append(question)
        if meanwhile := self.meanwhile:
            self.meanwhile = None
            await meanwhile()
        for told in self.answers:
            if isinstance(told, Exception):
                raise told
            found(told)

    async def source(self) -> CollaborationSource:
        return await self.world.service.collaboration.create_collaboration_source(
            SYSTEM,
            domain=self.place.paris.id,
            name="C",
            connector="toy",
            settings={"host": "x", "password": "common"},
        )

    async def refreshed(
        self, source: CollaborationSource, *answers: Found | PartFailed | Exception
    ) -> None:
        self.answers = list(answers)
        await self.room.refresh(SYSTEM, source.id)
        await self.schedule.settle()

    def seen(self) -> State | None:
        found = self.room.known.own(self.place.alice.id)
        return None if found is None else found.availability.state

    def meeting(self, mailbox: str = MAILBOX) -> Found:
        return Found(0, mailbox, [Event(self.now - HOUR, self.now + HOUR, State.BUSY, "Budget")])


@pytest.fixture
async def desk(storage: Storage, bus: Bus) -> AsyncIterator[Desk]:
    world = await new_world(storage, bus)
    place = await new_place(world.service)
    await world.service.users.update_user(SYSTEM, place.alice.id, 1, email=MAILBOX)
    schedule = Schedule()
    desk = Desk(world, place, schedule)
    await desk.room.start()
    yield desk
    await schedule.stop()


async def test_what_is_too_old_is_no_longer_true(desk: Desk) -> None:
    source = await desk.source()
    await desk.refreshed(source, desk.meeting())
    assert desk.seen() is State.BUSY and desk.changes == 1
    desk.now += 2 * HOUR
    assert desk.seen() is State.FREE
    desk.now += 10 * HOUR - timedelta(seconds=1)
    assert desk.seen() is State.FREE
    desk.now += timedelta(seconds=1)
    assert desk.seen() is None and desk.room.state(source.id).people == 0


async def test_pauses_grow_and_the_source_may_ask_for_more(desk: Desk) -> None:
    source = await desk.source()
    pauses = []
    for error in (
        *(Unreachable("away") for _ in range(5)),
        Unreachable("busy", retry_after=7200.0),
        Refused("no"),
    ):
        await desk.refreshed(source, error)
        last = desk.room.state(source.id).last
        assert last is not None and last.said == error.said
        pauses.append(last.due - last.tried)
    minutes = [pause / timedelta(minutes=1) for pause in pauses]
    assert minutes == [10, 20, 40, 60, 60, 120, 60]
    await desk.refreshed(source, desk.meeting())
    last = desk.room.state(source.id).last
    assert last is not None and last.problem is None and last.due - last.tried == HOUR / 12
    busy = Failed("unreachable", Sentence("Busy."), retry_after=1800.0)
    await desk.refreshed(source, Found(0, MAILBOX, failed=busy))
    last = desk.room.state(source.id).last
    assert last is not None and last.due - last.tried == HOUR / 2


async def test_one_persons_failure_is_not_anothers(desk: Desk) -> None:
    service = desk.world.service
    carol = await service.users.create_user(
        SYSTEM, domain=desk.place.paris.id, username="carol", email="carol@arda.example"
    )
    source = await desk.source()
    carols = desk.meeting("Carol@arda.example")
    await desk.refreshed(source, desk.meeting(), carols)
    desk.now += HOUR / 4
    await desk.refreshed(
        source, Found(0, MAILBOX, failed=Failed("refused", Sentence("Not shared."))), carols
    )
    state = desk.room.state(source.id)
    (unread,) = state.unread
    assert (unread.user, str(unread.said)) == (desk.place.alice.id, "Not shared.")
    assert state.people == 2 and state.last is not None and state.last.problem is None
    ages = [desk.room.known.own(id) for id in (desk.place.alice.id, carol.id)]
    assert [one and desk.now - one.read for one in ages] == [HOUR / 4, timedelta()]


async def test_own_accounts_are_read_apart(desk: Desk) -> None:
    source = await desk.source()
    await desk.world.service.collaboration.set_collaboration_account(
        desk.place.user, source.id, username="al", email="al@else.example", password="own"
    )
    await desk.refreshed(source, PartFailed(1, Failed("refused", Sentence("Wrong password."))))
    common, own = desk.asked[-1].parts
    assert (common.mailboxes, own.mailboxes) == ([], ["al@else.example"])
    assert (own.settings["user"], own.settings["password"]) == ("al", "own")
    state = desk.room.state(source.id)
    assert [str(one.said) for one in state.unread] == ["Wrong password."]
    assert state.last is not None and state.last.problem is None


async def test_what_changes_while_a_source_is_read_is_read_too(desk: Desk) -> None:
    source = await desk.source()
    own = asyncio.Event()

    async def account() -> None:
        await desk.world.service.collaboration.set_collaboration_account(
            desk.place.user, source.id, username="al", password="own"
        )

        async def again() -> None:
            own.set()

        desk.meanwhile = again

    desk.meanwhile = account
    await desk.refreshed(source, desk.meeting())
    async with asyncio.timeout(20):
        await own.wait()
    assert [len(one.parts) for one in desk.asked] == [1, 2]


async def test_what_was_read_of_another_mailbox_is_forgotten(desk: Desk) -> None:
    source = await desk.source()
    await desk.refreshed(source, desk.meeting())
    service, alice = desk.world.service, desk.place.alice.id
    await service.users.update_user(SYSTEM, alice, 2, email="other@arda.example")
    assert desk.seen() is None and desk.changes == 2
    await service.users.update_user(SYSTEM, alice, 3, email=MAILBOX)
    await desk.refreshed(source, desk.meeting())
    await service.collaboration.update_collaboration_source(SYSTEM, source.id, 1, enabled=False)
    assert desk.seen() is None
    await service.collaboration.update_collaboration_source(SYSTEM, source.id, 2, enabled=True)
    await desk.refreshed(source, desk.meeting())
    assert desk.seen() is State.BUSY
    await service.collaboration.delete_collaboration_source(SYSTEM, source.id, 3)
    assert desk.seen() is None
    await desk.schedule.settle()
    again = Desk(desk.world, desk.place, desk.schedule)
    await again.room.start()
    assert again.seen() is None


async def test_the_next_change_is_told_when_it_comes(desk: Desk) -> None:
    source = await desk.source()
    told = asyncio.Event()
    desk.bus.follow(CalendarStateChanged, lambda _: told.set())
    soon = desk.now + timedelta(milliseconds=200)
    await desk.refreshed(source, Found(0, MAILBOX, [Event(soon, soon + HOUR, State.TENTATIVE)]))
    assert desk.seen() is State.FREE
    told.clear()
    desk.now = soon
    async with asyncio.timeout(20):
        await told.wait()
    assert desk.seen() is State.TENTATIVE


async def test_after_a_clock_was_set_back_a_source_is_read_without_delay(desk: Desk) -> None:
    source = await desk.source()
    await desk.refreshed(source, desk.meeting())
    await desk.room.stop()
    again = Desk(desk.world, desk.place, desk.schedule, now=desk.now - HOUR)
    read = asyncio.Event()

    async def asked() -> None:
        read.set()

    again.meanwhile = asked
    await again.room.start()
    async with asyncio.timeout(20):
        await read.wait()
    assert again.seen() is State.BUSY, "what was known stays meanwhile"
    await again.room.stop()

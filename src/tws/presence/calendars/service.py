"""People's calendars: read source by source, kept, and told to those who may know.

A source is read in a process of its own, time and again. One that fails is tried again with pauses
that grow; what was known of its people stays, with its age, until it is too old to be true.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from msgspec.structs import replace

from tws.bus import Bus
from tws.errors import Conflict, Invalid, NotFound, stopped
from tws.organisation.actor import Actor, CollaborationId, UserId
from tws.organisation.events import (
    CollaborationAccountChanged,
    CollaborationSourceChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.organisation.model import CollaborationSource, User
from tws.organisation.parameters.catalogue.server import CALENDAR_REFRESH_MINUTES
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import own_row, users_only
from tws.organisation.registry import Registry
from tws.presence.calendars import store
from tws.presence.calendars.forgetting import Forgetting
from tws.presence.calendars.knowledge import Knowledge
from tws.presence.calendars.messages import Found, PartFailed, ReadCalendars
from tws.presence.calendars.model import (
    CalendarRead,
    CalendarReading,
    Refresh,
    Seen,
    SourceRead,
    SourceState,
    SourceStateChanged,
)
from tws.presence.calendars.refreshing import OpenedSettings, Refreshing, mailbox_of
from tws.presence.calendars.trying import Trials, managed_source
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.sentences import NOTHING
from tws.sources.errors import ConnectorError
from tws.sources.failing import Failed, failed
from tws.storage import Storage

REFRESH, REREAD = "refresh calendars", "read again what was read of calendars"
AT_ONCE = 2
"Sources that are read at the same time."
LONGEST_PAUSE = timedelta(hours=1)
"Between two attempts at a source that fails, unless it asks for more."
LONGEST_ASKED = timedelta(hours=12)
"For which a source is left alone that asks for it."
SOON = 1.0
"Seconds after a change: there may be more."
BATCH = 200
"People written in one transaction."
COLLEAGUES_ONLY = "Calendars are shown to colleagues: sign in as a user."
ReadSource = Callable[[ReadCalendars, Callable[[Found | PartFailed], None]], Awaitable[None]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSources:
    """What the room asks of the house."""

    read: ReadSource
    settings: OpenedSettings
    files: Path
    "In it a folder for each company."
    memory: int = 250
    "MiB that the reader of a source may take."


class CalendarService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        sources: CalendarSources,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock, self._sources = schedule, clock, sources
        self._parameters = Parameters(registry)
        self.known = Knowledge(registry, bus, schedule, clock)
        self._last: dict[CollaborationId, Refresh] = {}
        self._reading: set[CollaborationId] = set()
        self._again: set[CollaborationId] = set()
        "Of which something changed while they were read."
        self.started = False
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._forgetting = Forgetting(storage, schedule, self.known)
        self.trials = Trials(registry, sources.settings, self._ask)
        bus.follow(CalendarRead, lambda event: self._told(event.reading))
        bus.follow(SourceRead, self._source_told)
        when_missed(bus, schedule, REREAD, self._read_again)
        bus.follow(CollaborationSourceChanged, self._source_changed)
        bus.follow(CollaborationAccountChanged, self._account_changed)
        bus.follow(UserChanged, self._user_changed)
        bus.follow(ParameterValueChanged, self._parameter_changed)

    async def start(self) -> None:
        """Take up what was known before a stop, and go on reading."""
        async with self._storage.reading() as reader:
            readings = await store.readings(reader)
            refreshes = await store.refreshes(reader)
        self.started = True
        self._reading.clear()
        self._take_up(readings, refreshes)
        self._forgetting.soon()
        for source in self._registry.collaboration_sources.values():
            self._plan(source)

    def _take_up(self, readings: list[CalendarReading], refreshes: list[Refresh]) -> None:
        sources = self._registry.collaboration_sources
        for reading in readings:
            source = sources.get(reading.source)
            known = self.known.reading(reading.user, reading.source)
            if known is not None and known.read and reading.read and known.read > reading.read:
                continue  # it was read anew meanwhile
            if source is not None and self._belongs(reading, source):
                self.known.put(reading)
            else:
                self._forgetting.row(reading.key)
        self._last = {one.source: one for one in refreshes if one.source in sources}

    async def _read_again(self) -> None:
        """What the node that reads wrote unheard."""
        if self._schedule.works():
            return
        async with self._storage.reading() as reader:
            readings = await store.readings(reader)
            refreshes = await store.refreshes(reader)
        if not self._schedule.works():
            self._take_up(readings, refreshes)
            for source in self._registry.collaboration_sources:
                self._bus.hear(SourceStateChanged(source))

    def _told(self, reading: CalendarReading) -> None:
        """By the node that reads calendars."""
        source = self._registry.collaboration_sources.get(reading.source)
        if source is not None and not self._schedule.works():
            self._put(source, reading)

    def _source_told(self, told: SourceRead) -> None:
        if not self._schedule.works() and told.source in self._registry.collaboration_sources:
            if told.last is not None:
                self._last[told.source] = told.last
            change = self._reading.add if told.reading else self._reading.discard
            change(told.source)
            self._bus.publish(SourceStateChanged(told.source))

    async def stop(self) -> None:
        """Nothing is read any more; what is known stays, until it is too old to be true."""
        self.started = False
        await self._schedule.end(REFRESH)

    # ------------------------------------------------------------ asked for

    def list_calendar_states(self, actor: Actor) -> list[Seen]:
        """His own, and those of his company that are shown to him (7.4.3), so far as he may
        know."""
        user = own_row(actor, self._registry.users, COLLEAGUES_ONLY)
        shared = self.known.sharing.with_viewer(user.id)
        people = self.known.people(user.company, shared | {user.id})
        found = (self._seen(user.id, owner) for owner in people)
        return [seen for seen in found if seen is not None]

    def get_calendar_state(self, actor: Actor, user: UserId) -> Seen | None:
        """None where nothing is known; NotFound of whom the calendar is not shown to him, as of
        whom there is not."""
        viewer = users_only(actor, COLLEAGUES_ONLY)
        shared = self.known.sharing.with_viewer(viewer)
        if user != viewer and not self.known.sharing.has(shared, user):
            raise NotFound("No calendar of such a user is shown to you.")
        return self._seen(viewer, user)

    async def refresh(self, actor: Actor, id: CollaborationId) -> SourceState:
        """Read the source now; Conflict where it is disabled."""
        source = managed_source(self._registry, actor, id)
        if not self.started:
            raise stopped("calendars")
        if not source.enabled:
            raise Conflict("This source is disabled.")
        self._soon(source, 0)
        return self.state(id)

    def own_reading(self, actor: Actor, id: CollaborationId) -> CalendarReading | None:
        """The calendar of the user who asks, as it was read last, or why it was not."""
        return None if actor.user is None else self.known.reading(actor.user, id)

    def state(self, id: CollaborationId) -> SourceState:
        readings = self.known.readings(id)
        return SourceState(
            source=id,
            last=self._last.get(id),
            reading=id in self._reading,
            people=sum(self.known.true(one) for one in readings),
            unread=tuple(one for one in readings if one.problem is not None),
        )

    def _seen(self, viewer: UserId, owner: UserId) -> Seen | None:
        if viewer == owner:
            return self.known.own(owner)
        return self.known.seen(owner, self.known.showing(viewer))

    # ------------------------------------------------------------ one refreshing

    async def _refresh(self, id: CollaborationId) -> None:
        """While the database is away the schedule does it again."""
        source = self._registry.collaboration_sources.get(id)
        if source is None or not source.enabled:
            return
        work = Refreshing(
            source,
            self._registry,
            self._sources.settings,
            lambda user: self.known.reading(user, id),
            lambda reading: self._put(source, reading),
        )
        self._again.discard(id)
        self._reading.add(id)
        self._tell(id)
        try:
            why = await self._read(work)
        finally:
            self._reading.discard(id)
        await self._end(source, work, why)

    async def _read(self, work: Refreshing) -> Failed | None:
        """Why not all could be read, for what concerns the source."""
        try:
            if work.people:
                await self._ask(work)
        except ConnectorError as error:
            return failed(error)
        except Invalid as error:
            return Failed("misconfigured", error.said)
        return work.failed

    async def _ask(self, work: Refreshing) -> None:
        question = work.question(self._sources.files, self._clock(), self._sources.memory)
        async with self._turns:
            await self._sources.read(question, lambda told: work.hear(told, self._clock()))

    async def _end(
        self, source: CollaborationSource, work: Refreshing, why: Failed | None
    ) -> None:
        row = self._registry.collaboration_sources.get(source.id)
        if row is None or not row.enabled:
            return
        now, before = self._clock(), self._last.get(source.id)
        failures = 0 if why is None else (before.failures if before else 0) + 1
        after = Refresh(
            source=source.id,
            tried=now,
            refreshed=now if why is None else before.refreshed if before else None,
            due=now + max(self._pause(source, failures), _asked(work.retry_after, why)),
            failures=failures,
            problem=why.problem if why else None,
            said=why.said if why else NOTHING,
        )
        if why is not None:
            log.warning("calendars not read", source=source.id, problem=why.problem)
        self._last[source.id] = after
        if source.id in self._again:
            self._soon(row)
        else:
            self._plan(source)
        try:
            await self._write(work.told, after)
        finally:
            self._tell(source.id)

    def _tell(self, id: CollaborationId) -> None:
        self._bus.publish(SourceRead(id, self._last.get(id), id in self._reading))
        self._bus.publish(SourceStateChanged(id))

    async def _write(self, told: list[CalendarReading], after: Refresh) -> None:
        for at in range(0, len(told), BATCH):
            async with self._storage.transaction() as tx:
                batch = told[at : at + BATCH]
                kept = [x for x in batch if self.known.reading(x.user, x.source) is x]
                if kept:
                    await store.write_readings(tx, kept)
        async with self._storage.transaction() as tx:
            if self._last.get(after.source) is after:
                await store.write_refresh(tx, after)

    def _put(self, source: CollaborationSource, reading: CalendarReading) -> None:
        """Unless the person or the source changed while it was read."""
        known = self._registry.collaboration_sources.get(source.id)
        if known is not None and self._belongs(reading, known):
            self.known.put(reading)
            if self._schedule.works() and self._bus.node:
                self._bus.publish(CalendarRead(reading))

    def _belongs(self, reading: CalendarReading, source: CollaborationSource) -> bool:
        """Whether it is still of this person's mailbox at this source."""
        user = self._registry.users.get(reading.user)
        if user is None or not user.enabled or user.domain != source.domain:
            return False
        accounts = self._registry.collaboration_accounts_of(user.id)
        account = next((one for one in accounts if one.source == source.id), None)
        mailbox = mailbox_of(user.email, account)
        return source.enabled and mailbox.casefold() == reading.mailbox.casefold()

    # ------------------------------------------------------------ when

    def _interval(self, source: CollaborationSource) -> timedelta:
        minutes = self._parameters.effective_in(source.domain, CALENDAR_REFRESH_MINUTES)
        return timedelta(minutes=int(minutes))

    def _pause(self, source: CollaborationSource, failures: int) -> timedelta:
        every = self._interval(source)
        if not failures:
            return every
        return min(every * (1 << min(failures, 10)), max(every, LONGEST_PAUSE))

    def _plan(self, source: CollaborationSource) -> None:
        """Read it when it is due."""
        if not source.enabled:
            self._schedule.cancel(REFRESH, key=source.id)
            return
        last, now = self._last.get(source.id), self._clock()
        # Not where the clock was set back since.
        wait = (last.due - now).total_seconds() if last and last.tried <= now else SOON
        self._soon(source, max(0.0, min(wait, LONGEST_ASKED.total_seconds())))

    def _soon(self, source: CollaborationSource, after: float = SOON) -> None:
        if not self.started:
            return  # `start` plans each
        if source.id in self._reading:
            self._again.add(source.id)
        work = partial(self._refresh, source.id)
        self._schedule.once(REFRESH, work, key=source.id, after=after, retry=AGAIN)

    # ------------------------------------------------------------ what others change

    def _source_changed(self, change: CollaborationSourceChanged) -> None:
        before, after = change.before, change.after
        source = after or before
        assert source is not None
        if after is None or not after.enabled or (before and before.connector != after.connector):
            self._forget_source(source.id)
        if after is not None and after.enabled:
            self._soon(after)
        else:
            self._schedule.cancel(REFRESH, key=source.id)
        self._bus.publish(SourceStateChanged(source.id))

    def _forget_source(self, id: CollaborationId) -> None:
        for reading in self.known.readings(id):
            self._forgetting.person(reading.user, id)
        self._last.pop(id, None)
        self._forgetting.source(id, unless=lambda: id in self._last)

    def _account_changed(self, change: CollaborationAccountChanged) -> None:
        account = change.after or change.before
        assert account is not None
        source = self._registry.collaboration_sources.get(account.source)
        if source is not None and source.enabled:
            self._check(account.user, source)
            self._soon(source)

    def _user_changed(self, change: UserChanged) -> None:
        before, after = change.before, change.after
        if after is None:
            assert before is not None
            self._forgetting.person(before.id)
            return
        if before is not None and _place(before) == _place(after):
            return
        for source in self._registry.collaboration_sources.values():
            self._check(after.id, source)
            if source.domain == after.domain and source.enabled and after.email:
                self._soon(source)

    def _check(self, user: UserId, source: CollaborationSource) -> None:
        """Forget what was read of a mailbox that is no longer his."""
        reading = self.known.reading(user, source.id)
        if reading is not None and not self._belongs(reading, source):
            self._forgetting.person(user, source.id)

    def _parameter_changed(self, change: ParameterValueChanged) -> None:
        row = change.after or change.before
        if row is None or row.parameter != CALENDAR_REFRESH_MINUTES:
            return
        for source in self._registry.collaboration_sources.values():
            last = self._last.get(source.id)
            if source.company == row.company and last is not None and not last.failures:
                due = last.tried + self._interval(source)
                self._last[source.id] = replace(last, due=due)
                self._plan(source)


def _asked(seconds: float, why: Failed | None) -> timedelta:
    """How long the source asks to be left alone."""
    longest = max(seconds, (why.retry_after if why else None) or 0.0)
    return timedelta(seconds=min(longest, LONGEST_ASKED.total_seconds()))


def _place(user: User) -> tuple[object, ...]:
    return user.domain, user.email, user.enabled

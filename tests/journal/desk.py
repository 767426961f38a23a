"""Two users at their telephones: events of a PBX go in, log entries come out."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from tests.directory.people import People
from tests.telephony.words import START
from tws.bus import Bus
from tws.directory.service import DirectoryService
from tws.journal import store
from tws.journal.events import LogChanged
from tws.journal.model import Leg, LogEntry
from tws.journal.service import JournalService
from tws.naming import Names
from tws.organisation.model import User
from tws.organisation.registry import Registry
from tws.organisation.store import next_epoch
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent
from tws.telephony.events import (
    CallChanged,
    LinkResynchronised,
    LinkStatus,
    LinkStatusChanged,
)
from tws.telephony.model import (
    ConnectionId,
    DeviceId,
    LinkId,
    LinkState,
    SnapshotConnection,
)
from tws.telephony.snapshots import KnownLeg

MARIE, PAUL = DeviceId("4001"), DeviceId("4002")


@contextmanager
def away(path: Path) -> Iterator[None]:
    """The database's file is gone for a while."""
    aside = path.with_name("aside")
    path.rename(aside)
    try:
        yield
    finally:
        aside.rename(path)


class Desk:
    """One process that owns one link, with a clock that ticks a second for each event."""

    marie: User
    paul: User

    def __init__(self, people: People, url: str, state: Path) -> None:
        self.people, self.bus, self.url, self.state = people, people.bus, url, state
        self.link = LinkId(people.link)
        self.now = START
        self.epoch = 0
        self.later: list[Desk] = []
        self.logged: list[LogChanged] = []
        self.told = asyncio.Event()
        "Set with each entry that is published."
        self.bus.follow(LogChanged, self._logged)
        self.schedule = Schedule()
        self.directory = DirectoryService(
            people.storage, people.registry, self.bus, Schedule(), lambda: self.now
        )
        self.journal = JournalService(
            people.storage,
            people.registry,
            self.bus,
            self.schedule,
            lambda: self.now,
            state,
            self.directory.seen,
        )
        self.names = Names(self.directory, people.registry, self.bus)
        self.table = CallTable(self.link, new_id)

    async def open(self) -> None:
        self.marie = await self.people.user("Marie", "Durand", MARIE)
        self.paul = await self.people.user("Paul", "Martin", PAUL)
        await self.journal.start()
        await self.own()

    def _logged(self, change: LogChanged) -> None:
        self.logged.append(change)
        self.told.set()

    async def own(self) -> Mapping[ConnectionId, KnownLeg]:
        """Take the link as a new owner does; what was open on it."""
        async with self.people.storage.transaction() as tx:
            epoch = await next_epoch(tx, self.link, self.now)
        assert epoch is not None
        self.epoch = epoch
        known = await self.journal.load_open(self.link)
        self.forget()
        self.status(LinkState.UP)
        return known

    def forget(self) -> None:
        """Begin with an empty call table."""
        self.table = CallTable(self.link, new_id)
        for device in (MARIE, PAUL):
            self.table.watch(device)

    async def reborn(self, state: str = "state") -> "Desk":
        """The next process on the same database; nothing of this one's memory is in it."""
        bus = Bus()
        storage = Storage(self.url, bus.publish)
        await storage.open()
        registry = Registry(bus)
        people = replace(self.people, storage=storage, bus=bus, registry=registry)
        desk = Desk(people, self.url, self.state.with_name(state))
        desk.marie, desk.paul = self.marie, self.paul
        desk.now, desk.epoch = self.now, self.epoch
        await registry.load(storage)
        self.later.append(desk)
        await desk.journal.start()
        return desk

    async def stop(self) -> None:
        """In the order of a process that ends."""
        await self.schedule.stop()
        await self.bus.settle()
        await self.journal.stop()

    async def close(self) -> None:
        """End this process and those after it; the database of the first is its fixture's."""
        await self.stop()
        assert self.journal.counters["refused"] == 0
        for desk in self.later:
            await desk.close()
            await desk.people.storage.close()

    # ------------------------------------------------------------ what happens

    def status(self, state: LinkState) -> None:
        status = LinkStatus(link=self.link, state=state, since=self.now, epoch=self.epoch)
        self.bus.publish(LinkStatusChanged(status))

    def take(self, *events: CallEvent, seconds: int = 1) -> list[CallChanged]:
        changes = []
        for event in events:
            self.tick(seconds)
            changes += self.tell(self.table.apply(event, self.now))
        return changes

    def tell(self, changes: list[CallChanged]) -> list[CallChanged]:
        for change in changes:
            self.bus.publish(change)
        return changes

    def resync(
        self,
        known: Mapping[ConnectionId, KnownLeg],
        since: datetime | None = None,
        **shown: tuple[SnapshotConnection, ...],
    ) -> None:
        """Ask both devices again; `shown` by the users' names."""
        self.tick()
        for device, calls in ((MARIE, shown.get("marie", ())), (PAUL, shown.get("paul", ()))):
            self.tell(self.table.resync(device, calls, self.now, known))
        self.bus.publish(LinkResynchronised(self.link, self.epoch, self.now, since))

    def tick(self, seconds: int = 1) -> None:
        self.now += timedelta(seconds=seconds)

    # ------------------------------------------------------------ what came of it

    async def settled(self) -> None:
        await self.bus.settle()
        await self.journal.flush()
        await self.bus.settle()

    async def log(self, user: User | None = None) -> list[LogEntry]:
        """Marie's, or another user's."""
        await self.settled()
        actor = self.people.actor(user or self.marie)
        return list((await self.journal.list_call_log(actor)).entries)

    async def only(self, user: User | None = None) -> LogEntry:
        (one,) = await self.log(user)
        return one

    async def open_legs(self) -> list[Leg]:
        await self.settled()
        async with self.people.storage.reading() as reader:
            return await store.open_on(reader, self.link)

    async def number_of_rows(self) -> int:
        await self.settled()
        async with self.people.storage.reading() as reader:
            query = select(func.count()).where(store.leg.c.link == self.link)
            return int((await reader.execute(query)).scalar_one())

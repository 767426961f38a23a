"""Whatever a PBX sends or refuses to tell, whoever is killed when, and whatever is told twice: one
row for each leg, and none left open once the PBX has answered."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.databases import sqlite_copy
from tests.directory.people import People, founded
from tests.telephony.test_calls_properties import WATCHED, events, snapshots
from tests.telephony.words import START
from tws.bus import Bus
from tws.journal import store
from tws.journal.events import LinkToSettle
from tws.journal.legs import followed, known_leg
from tws.journal.live import LiveLegs
from tws.journal.model import Leg
from tws.journal.spool import Spool
from tws.journal.writer import Writer
from tws.organisation import store as organisation
from tws.organisation.store import next_epoch
from tws.storage import Storage, new_id
from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent
from tws.telephony.events import CallChanged
from tws.telephony.model import ConnectionId, DeviceId, LegId, LinkId, SnapshotConnection

Shown = dict[DeviceId, tuple[SnapshotConnection, ...]]
Step = list[CallEvent] | str | tuple[str, Shown]
NOTHING: Shown = dict.fromkeys(WATCHED, ())

everybody = st.fixed_dictionaries({device: snapshots(device) for device in WATCHED})
some = st.fixed_dictionaries({}, optional={device: snapshots(device) for device in WATCHED})
shown = everybody | some
steps = st.lists(
    st.one_of(
        st.lists(events, min_size=1, max_size=8),
        st.sampled_from(["write", "spool", "tell again"]),
        shown.map(lambda s: ("lost", s)),
        shown.map(lambda s: ("killed", s)),
        shown.map(lambda s: ("answered", s)),
    ),
    max_size=12,
)


class World:
    """A PBX, the journal of whoever owns its link, and a database that is away now and then."""

    def __init__(self, people: People, folder: Path) -> None:
        self.people = people
        self.link = LinkId(people.link)
        self.spool = Spool(folder)
        self.now = START
        self.told: list[CallChanged] = []
        "Since the last kill."
        self.kept: set[LegId] = set()
        "Legs that are in the database or in the file."
        self.owed: set[DeviceId] = set()
        "Devices that have not answered since the last gap."
        self.since: datetime | None = None

    async def born(self, snapshot: Shown) -> None:
        """A new process, which owns the link and asks its devices."""
        self.legs = LiveLegs(self.people.registry)
        self.writer = Writer(
            self.people.storage,
            self.people.registry,
            self.spool,
            self.legs.epochs.get,
            lambda event: pytest.fail(str(event)),
        )
        self.told.clear()
        await self.writer.replay()
        async with self.people.storage.transaction() as tx:
            epoch = await next_epoch(tx, self.link, self.now)
            stored = await store.open_on(tx, self.link)
        assert epoch is not None
        self.legs.own(self.link, epoch)
        self.known = {
            ConnectionId(leg.call, leg.device): known_leg(leg)
            for leg in self.legs.take_up(self.link, stored)
        }
        self.table = CallTable(self.link, new_id)
        for device in WATCHED:
            self.table.watch(device)
        self.owed, self.since = set(WATCHED), None
        await self.answered(snapshot)

    async def lost(self, snapshot: Shown) -> None:
        self.legs.unheard.setdefault(self.link, self.now)
        if not self.owed:
            self.since = self.now
        self.owed = set(WATCHED)
        await self.answered(snapshot)

    async def answered(self, snapshot: Shown) -> None:
        """Some devices tell of their calls, the others refuse; the last one ends the gap."""
        first = len(self.told)
        waited = bool(self.owed)
        for device in sorted(self.owed & snapshot.keys()):
            self.tell(self.table.resync(device, snapshot[device], self.now, self.known))
            self.known = {at: leg for at, leg in self.known.items() if at.device != device}
            self.owed.discard(device)
        ended = [end for change in self.told[first:] for end in change.ended]
        assert {end.connection.id.device for end in ended} <= snapshot.keys()
        if not waited or self.owed:
            return
        self.known = {}
        self.legs.resynchronised(self.link, self.since)
        await self.write()
        live = set(self.legs.live)
        assert self.writer.refused == 0
        await self.writer.settle(LinkToSettle(self.link, self.since, self.now, heard=True), live)
        assert {leg.id for leg in await self.open_legs()} == live

    def happens(self, event: CallEvent) -> None:
        taken = self.table.take_up(event, self.known, self.now)
        self.tell(taken)
        for change in taken:
            for connection in change.call.connections.values():
                self.known.pop(connection.id, None)
        self.tell(self.table.apply(event, self.now))

    def tell(self, changes: list[CallChanged]) -> None:
        for change in changes:
            self.told.append(change)
            new = self.legs.take(change)
            assert all(self.legs.changed[leg.id] is leg for leg in new)
            for own in change.call.connections.values():
                if leg := self.legs.live.get(own.leg):
                    # Whether or not it was looked at again, it says what the call says.
                    assert followed(leg, change.call, own, self.legs._around(leg)) is leg

    async def write(self) -> None:
        await self.writer.replay()
        self.kept |= set(self.legs.changed)
        legs, self.legs.changed = list(self.legs.changed.values()), {}
        await self.writer.write(legs)

    async def take(self, step: Step) -> None:
        self.now += timedelta(seconds=1)
        match step:
            case "write":
                await self.write()
            case "spool":
                self.kept |= set(self.legs.changed)
                legs, self.legs.changed = list(self.legs.changed.values()), {}
                await self.spool.append(legs)
            case "tell again":
                for change in self.told[-5:]:
                    self.legs.take(change)
            case ("lost", snapshot) if isinstance(snapshot, dict):
                await self.lost(snapshot)
            case ("killed", snapshot) if isinstance(snapshot, dict):
                await self.born(snapshot)
            case ("answered", snapshot) if isinstance(snapshot, dict):
                await self.answered(snapshot)
            case _:
                for event in step:
                    assert isinstance(event, CallEvent)
                    self.happens(event)

    async def open_legs(self) -> list[Leg]:
        async with self.people.storage.reading() as reader:
            return await store.open_on(reader, self.link)

    async def rows(self) -> list[tuple[object, ...]]:
        query = select(store.leg).where(store.leg.c.link == self.link).order_by(store.leg.c.id)
        async with self.people.storage.reading() as reader:
            return [tuple(row) for row in await reader.execute(query)]


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def people(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    async def begin() -> People:
        bus = Bus()
        url = await sqlite_copy(tmp_path_factory.mktemp("journal"), tmp_path_factory)
        storage = Storage(url, bus.publish)
        await storage.open()
        people = await founded(storage, bus)
        for device in WATCHED:
            await people.user("User", device, device)
        return people

    people = runner.run(begin())
    yield people
    runner.run(people.storage.close())


async def emptied(people: People) -> None:
    async with people.storage.transaction() as tx:
        for table in (store.leg, store.gap, store.heard):
            await tx.execute(table.delete())
        await tx.execute(organisation.link.update().values(epoch=0))


@settings(max_examples=80)
@given(script=steps)
def test_one_row_for_each_leg_and_none_left_open(
    runner: asyncio.Runner,
    people: People,
    tmp_path_factory: pytest.TempPathFactory,
    script: list[Step],
) -> None:
    async def example() -> None:
        await emptied(people)
        world = World(people, tmp_path_factory.mktemp("spool"))
        await world.born(NOTHING)
        for step in script:
            await world.take(step)
        await world.take(("lost", NOTHING))
        rows = await world.rows()
        assert {row[0] for row in rows} == world.kept
        assert await world.open_legs() == []
        assert world.legs.live == {} and world.legs.known == {}
        # Told again, and written again: nothing changes.
        for change in world.told:
            world.legs.take(change)
        await world.write()
        assert await world.rows() == rows
        # Nor for a process that knows nothing of it.
        told = list(world.told)
        await world.born(NOTHING)
        world.tell(told)
        await world.write()
        assert await world.open_legs() == []
        assert [row[0] for row in await world.rows()] == [row[0] for row in rows]

    runner.run(example())

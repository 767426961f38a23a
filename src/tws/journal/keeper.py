"""Keeps the journal while calls go on: hears of them, writes their legs, and survives what happens
to the database, to the links and to this process."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import structlog
from msgspec.structs import replace

from tws.bus import Bus
from tws.journal import store
from tws.journal.events import CompanyToForget, FlushDue, LinkToSettle
from tws.journal.legs import known_leg
from tws.journal.live import LiveLegs
from tws.journal.model import Leg
from tws.journal.spool import Spool
from tws.journal.writer import Beside, Writer
from tws.naming import PartyNamed
from tws.organisation.events import CompanyChanged, LinkChanged
from tws.organisation.registry import Registry
from tws.schedule import Schedule
from tws.storage import Storage, StorageUnavailable
from tws.telemetry import nobodys
from tws.telephony.events import (
    CallChanged,
    LinkResynchronised,
    LinkStatusChanged,
    OwnershipLost,
)
from tws.telephony.model import ConnectionId, LegId, LinkId, LinkState
from tws.telephony.snapshots import KnownLeg

SPACING = 0.2
"""Seconds at least between two writes; after a pause one is written at once. A leg that changes
several times meanwhile is written once."""
RETRY = 1.0
"Seconds until the database is tried again."
TOUCH = 15.0
"Seconds between notes that open legs go on: how far off the end of a leg may be after a crash."
SETTLE = "settle a link"
"The job."
FORGET = 500
"Rows deleted in one transaction."
log = structlog.get_logger(__name__)


class Keeper:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        state_dir: Path,
        beside: Beside | None = None,
    ) -> None:
        """`state_dir`: where legs wait in a file while the database is away; `beside`: what is
        written of those that ended, in the same transaction."""
        self._storage, self._registry, self._bus, self._clock = storage, registry, bus, clock
        self._schedule = schedule
        self._legs = LiveLegs(registry)
        self._spool = Spool(state_dir)
        self._writer = Writer(
            storage, registry, self._spool, self._legs.epoch_of, self._ownership_lost, beside
        )
        self._away = False
        self._lock, self._loading = asyncio.Lock(), asyncio.Lock()
        self._stopped = False
        self._heard: set[LinkId] = set()
        "Links whose PBX is heard, with nothing left to be asked."
        self._flushed = 0.0
        self._flush_asked = self._asked_again = False
        "A writing was asked for and has not ended yet; another was, meanwhile."
        self._unnoted: dict[LegId, Leg] = {}
        "The newest version of each leg that changed in this turn of the loop."
        self._flush_at: tuple[float, asyncio.TimerHandle] | None = None
        """When the next writing is due on the loop's clock (a handle of uvloop may not tell). No
        job: it is asked for with each change of a call, and the sooner of two stays."""
        bus.follow_here(CallChanged, self._call_changed)
        bus.follow_here(PartyNamed, self._party_named)
        bus.follow_here(LinkStatusChanged, self._status_changed)
        bus.follow_here(LinkResynchronised, self._resynchronised)
        bus.follow(LinkChanged, self._link_changed)
        bus.follow_here(CompanyChanged, self._company_changed)
        bus.act(FlushDue, self._flush_due, key=lambda _: None, keep=True)
        bus.act(LinkToSettle, self._settle, key=lambda event: event.link, keep=True)
        bus.act(CompanyToForget, self._forget, key=lambda event: event.company, keep=True)

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        """Write what the last run left in the file. Before any link is owned: its epoch tells
        whether somebody else has owned the link since."""
        self._away = not self._spool.empty()
        await self.replay()
        self._schedule.every("note open legs", TOUCH, self.touch)

    async def stop(self) -> None:
        """Write everything, or leave it in the file; nothing is lost."""
        self._stopped = True
        if self._flush_at is not None:
            self._flush_at[1].cancel()
            self._flush_at = None
        await self.flush()
        if self._legs.changed:
            await self._spool.append(self._legs.changed.values())
        await self.touch()
        self._unnoted.clear()
        self._spool.close()

    async def load_open(self, link: LinkId) -> Mapping[ConnectionId, KnownLeg]:
        """The legs that were open when the link was lost, to be taken up where the PBX still has
        them. While the database is away: those that this process knows."""
        await self.flush()
        stored: list[Leg] = []
        try:
            # One link after the other: a start asks for all at once, and who waits too long for a
            # connection of the database would go without its legs.
            async with self._loading, self._storage.reading() as reader:
                stored = await store.open_on(reader, link)
        except StorageUnavailable as error:
            log.warning("open legs can't be read", link=link, error=str(error))
        legs = self._legs.take_up(link, stored)
        return {ConnectionId(leg.call, leg.device): known_leg(leg) for leg in legs}

    @property
    def counters(self) -> dict[str, int]:
        """For monitoring: what was written, what could not be, what waits."""
        return {
            "written": self._writer.written,
            "refused": self._writer.refused,
            "damaged": self._spool.damaged,
            "waiting": len(self._legs.changed),
            "open": len(self._legs.live),
        }

    @property
    def spooled(self) -> int:
        """Bytes of legs that wait in files: nothing once the database has them all."""
        return self._spool.size()

    @property
    def away(self) -> bool:
        """Legs go to the file: the database did not take them."""
        return self._away

    # ------------------------------------------------------------ following

    def _call_changed(self, change: CallChanged) -> None:
        if legs := self._legs.take(change):
            if not self._unnoted:
                asyncio.get_running_loop().call_soon(self._note, context=nobodys())
            for leg in legs:
                self._unnoted[leg.id] = leg
            self._arm()

    def _note(self) -> None:
        """Into the file at the end of the loop's turn, before anybody is told of what it read:
        a kill before the next write loses nothing."""
        legs, self._unnoted = self._unnoted, {}
        new = [self._of_epoch(leg) for leg in legs.values() if leg.link in self._legs.epochs]
        if not new:
            return
        try:
            self._spool.note(new)
        except OSError as error:
            log.error("legs can't be noted ahead", error=str(error))

    def _party_named(self, event: PartyNamed) -> None:
        if self._legs.name(event):
            self._arm()

    def _status_changed(self, event: LinkStatusChanged) -> None:
        status = event.status
        if status.epoch:
            self._legs.own(status.link, status.epoch)
        if status.state is LinkState.UP:
            return
        self._heard.discard(status.link)
        self._legs.unheard.setdefault(status.link, status.since)
        waits = status.state is LinkState.CONNECTING
        if not status.epoch and not waits and status.link not in self._legs.lost:
            # Switched off, or unusable: nobody will ask the PBX again.
            self._nobody_listens(status.link, status.since)

    def _resynchronised(self, event: LinkResynchronised) -> None:
        self._legs.own(event.link, event.epoch)
        if event.link in self._legs.lost:
            return
        self._legs.resynchronised(event.link, event.since, event.devices)
        self._heard.add(event.link)
        self._bus.publish(LinkToSettle(event.link, event.since, event.at, heard=True))

    def _link_changed(self, event: LinkChanged) -> None:
        if event.before is not None and event.after is None:
            link = LinkId(event.before.id)
            if link in self._legs.epochs:
                self._nobody_listens(link, self._clock())

    def _nobody_listens(self, link: LinkId, at: datetime) -> None:
        self._legs.close(link, at)
        self._heard.discard(link)
        self._arm()
        self._bus.publish(LinkToSettle(link, None, at, heard=False))

    def _company_changed(self, event: CompanyChanged) -> None:
        if event.before is not None and event.after is None:
            self._bus.publish(CompanyToForget(event.before.id))

    def _ownership_lost(self, event: OwnershipLost) -> None:
        log.error("link owned by another process", link=event.link, epoch=event.epoch)
        self._legs.lose(event.link)
        self._heard.discard(event.link)
        self._schedule.cancel(SETTLE, key=event.link)
        self._bus.publish(event)

    def told_before(self, link: LinkId, epoch: int, calls: Iterable[CallChanged]) -> None:
        """What the holder of the link before us may have had no time to write."""
        self._legs.own(link, epoch)
        for change in calls:
            self._call_changed(change)

    async def let_go(self, link: LinkId) -> None:
        """Another node will hold it: what we know is written, and no longer ours."""
        await self.flush()
        self._legs.lose(link)
        self._heard.discard(link)
        self._schedule.cancel(SETTLE, key=link)

    # ------------------------------------------------------------ writing

    async def flush(self) -> None:
        """Write the newest version of each leg, into the file while the database is away."""
        async with self._lock:
            self._flushed = asyncio.get_running_loop().time()
            legs = self._take_changed()
            try:
                await self._write(legs)
            except BaseException:
                self._give_back(legs)
                raise

    async def _write(self, legs: list[Leg]) -> None:
        if not self._away:
            try:
                await self._writer.write(legs)
                self._all_written()
                return
            except StorageUnavailable as error:
                log.warning("journal goes to its file", error=str(error))
                self._away = True
                self._replay_later()
        try:
            if legs:
                await self._spool.append(legs)
            self._all_written()
        except OSError as error:
            log.error("journal file can't be written", error=str(error))
            self._give_back(legs)

    def _take_changed(self) -> list[Leg]:
        """All but those of links whose epoch we have not been told yet."""
        changed, epochs = self._legs.changed, self._legs.epochs
        self._legs.changed = {id: leg for id, leg in changed.items() if leg.link not in epochs}
        return [self._of_epoch(leg) for leg in changed.values() if leg.link in epochs]

    def _of_epoch(self, leg: Leg) -> Leg:
        return leg if leg.epoch else replace(leg, epoch=self._legs.epochs[leg.link])

    def _all_written(self) -> None:
        """What is noted ahead is safe, but for what changed meanwhile."""
        changed = self._legs.changed.values()
        left = [self._of_epoch(leg) for leg in changed if leg.link in self._legs.epochs]
        try:
            self._spool.written(left)
        except OSError as error:
            log.error("the notes ahead can't be cut", error=str(error))

    def _give_back(self, legs: list[Leg]) -> None:
        for leg in legs:
            if leg.link not in self._legs.lost:
                self._legs.changed.setdefault(leg.id, leg)

    async def replay(self) -> bool:
        """Write the file to the database, until nothing is left; whether the database is back."""
        while self._away:
            try:
                await self._writer.replay()
            except (StorageUnavailable, OSError) as error:
                if isinstance(error, OSError):
                    log.error("journal's file can't be read", error=str(error))
                self._replay_later()
                return False
            async with self._lock:  # nobody is appending now
                self._away = not self._spool.empty()
            log.info("journal's file written to the database")
        return True

    # ------------------------------------------------------------ what is due

    async def _flush_due(self, event: FlushDue) -> None:
        try:
            await self.flush()
        except BaseException:
            self._flush_asked = self._asked_again = False
            self._flush_by(asyncio.get_running_loop().time() + RETRY)
            raise
        asked_again, self._flush_asked, self._asked_again = self._asked_again, False, False
        if asked_again:
            self._arm()
        elif self._legs.changed:
            self._flush_by(asyncio.get_running_loop().time() + RETRY)

    def _replay_later(self) -> None:
        async def work() -> None:
            await self.replay()

        self._schedule.once("write the journal's file", work, after=RETRY)

    async def touch(self) -> None:
        """Note that the legs of the links we hear go on."""
        try:
            for link in list(self._heard):
                await self._writer.touch(link, self._clock())
        except StorageUnavailable as error:
            log.warning("open legs not noted", error=str(error))

    async def _settle(self, event: LinkToSettle) -> None:
        if event.link in self._legs.lost:
            return
        await self.flush()
        try:
            async with self._lock:  # legs that begin meanwhile are not stored yet
                if self._away:
                    raise StorageUnavailable("the journal's file comes first")
                live = {id for id, leg in self._legs.live.items() if leg.link == event.link}
                live |= self._legs.changed.keys()  # over, and seen to end: to be written next
                await self._writer.settle(event, live)
        except StorageUnavailable:
            self._again(SETTLE, event.link, event)

    async def _forget(self, event: CompanyToForget) -> None:
        try:
            more = True
            while more:
                async with self._storage.transaction() as tx:
                    more = await store.forget_company(tx, event.company, FORGET)
        except StorageUnavailable:
            self._again("forget a company", event.company, event)

    def _again(self, name: str, key: str, event: object) -> None:
        """In its turn on the bus, among the others of its key."""

        async def publish() -> None:
            self._bus.publish(event)

        self._schedule.once(name, publish, key=key, after=RETRY)

    def _arm(self) -> None:
        """See that there will be a writing; while one goes on it is seen to at its end."""
        if self._flush_asked:
            self._asked_again = True
            return
        wanted = self._flushed + SPACING
        if self._flush_at is None or self._flush_at[0] > wanted:
            self._flush_by(max(asyncio.get_running_loop().time(), wanted))

    def _flush_by(self, due: float) -> None:
        """At that time of the loop's clock, or sooner where that was asked for already."""
        if self._stopped:
            return
        if self._flush_at is not None:
            if self._flush_at[0] <= due:
                return
            self._flush_at[1].cancel()
        loop = asyncio.get_running_loop()
        self._flush_at = due, loop.call_at(due, self._publish_flush, context=nobodys())

    def _publish_flush(self) -> None:
        self._flush_at, self._flush_asked = None, True
        self._bus.publish(FlushDue())

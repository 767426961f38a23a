"""Writes legs: the newest version of each, many in one transaction, behind the calls.

While the database is away they go to the spool, and from there to the database once it is back.
Only the owner of a link writes its legs: the link's epoch is checked in the same transaction.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice

import structlog
from msgspec.structs import replace
from sqlalchemy.exc import SQLAlchemyError

from tws.journal import store
from tws.journal.events import LinkToSettle, LogChanged
from tws.journal.legs import not_seen
from tws.journal.model import Gap, Leg, Outcome, entry
from tws.journal.spool import Spool
from tws.numbering import Reading, plan_of, written
from tws.organisation.registry import Registry
from tws.storage import Storage, Transaction
from tws.telephony.changes import OwnershipLost
from tws.telephony.model import LegId, LinkId

BATCH = 16
"Legs in one transaction."
log = structlog.get_logger(__name__)


class Fenced(Exception):
    """The link has another owner."""


class Writer:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        spool: Spool,
        epoch: Callable[[LinkId], int | None],
        fenced: Callable[[OwnershipLost], None],
    ) -> None:
        self._storage, self._registry, self._spool = storage, registry, spool
        self._epoch, self._fenced = epoch, fenced
        self.written = 0
        self.refused = 0

    # ------------------------------------------------------------ legs

    async def write(self, legs: Iterable[Leg]) -> None:
        """StorageUnavailable: some of them may not be written, all may be given again."""
        by_link: dict[LinkId, list[Leg]] = {}
        for leg in legs:
            by_link.setdefault(leg.link, []).append(leg)
        for link, of_link in by_link.items():
            waiting = iter(of_link)
            while some := list(islice(waiting, BATCH)):
                try:
                    await self._write_some(link, some)
                except Fenced:
                    self._fenced(OwnershipLost(link, self._epoch(link) or 0))
                    break

    async def replay(self) -> None:
        """Write what is in the spool, then throw it away. StorageUnavailable: it stays."""
        async for legs in self._spool.read():
            # Of several versions the last is the newest: only it has to be written.
            newest = {leg.id: leg for leg in legs}
            by_link: dict[LinkId, list[Leg]] = {}
            for leg in newest.values():
                by_link.setdefault(leg.link, []).append(leg)
            for link, of_link in by_link.items():
                await self._write_some(link, of_link, late=True)
        await self._spool.done()

    async def _write_some(self, link: LinkId, legs: Sequence[Leg], *, late: bool = False) -> None:
        try:
            async with self._storage.transaction() as tx:
                await self._write_in(tx, link, legs, late=late)
        except (SQLAlchemyError, ValueError) as error:
            if len(legs) > 1:  # one of them: the others must not wait for it
                for leg in legs:
                    await self._write_some(link, [leg], late=late)
                return
            self.refused += 1
            log.error("leg refused by the database", leg=legs[0].id, error=str(error))

    async def _write_in(
        self, tx: Transaction, link: LinkId, legs: Sequence[Leg], *, late: bool
    ) -> None:
        epoch = await store.epoch_of(tx, link)
        ours = self._epoch(link)
        if not late and epoch is not None and ours is not None and epoch > ours:
            raise Fenced
        before = await store.known(tx, [leg.id for leg in legs])
        legs = [leg for leg in legs if _newer(before.get(leg.id), leg)]
        if late:
            # From an owner before the present one: whatever was open then is nobody's now.
            legs = [_last_word(leg, epoch) for leg in legs]
        if not legs:
            return
        opened = [leg for leg in legs if leg.ended is None]
        moved = [leg for leg in opened if leg.id not in before or before[leg.id].call != leg.call]
        over = await self._over_at(tx, link, moved, {leg.id for leg in legs})
        if aside := [leg.id for leg in moved if leg.id in before]:
            await store.set_aside(tx, aside)
        ended = [leg for leg in legs if leg.ended is not None] + over
        for part in (ended, opened):  # a place is free before it is taken
            if part:
                await store.write(tx, part, self._readings(part))
        self.written += len(legs)
        for leg in ended:
            tx.publish(LogChanged(leg.user, entry(leg)))

    async def _over_at(
        self, tx: Transaction, link: LinkId, moved: Sequence[Leg], ours: Collection[LegId]
    ) -> list[Leg]:
        """Other legs still open where these are now: the PBX has used their call ids again."""
        if not moved:
            return []
        there = await store.open_at(tx, link, {(leg.call, leg.device) for leg in moved})
        return [not_seen(leg, leg.last_seen) for leg in there if leg.id not in ours]

    # ------------------------------------------------------------ after a gap

    async def settle(self, event: LinkToSettle, live: Collection[LegId]) -> None:
        """End what is stored as open on the link and not `live`, when it was last seen; mark the
        gap. StorageUnavailable: nothing was done."""
        link = event.link
        async with self._storage.transaction() as tx:
            epoch, ours = await store.epoch_of(tx, link), self._epoch(link)
            if epoch is not None and ours is not None and epoch > ours:
                self._fenced(OwnershipLost(link, ours))
                return
            stored = await store.open_on(tx, link)
            gone = [leg for leg in stored if leg.id not in live]
            over = [replace(not_seen(leg, leg.last_seen), gap=True) for leg in gone]
            if over:
                await store.write(tx, over, self._readings(over))
            if event.heard:
                await self._mark_gap(tx, event, len(over))
                await store.touch(tx, link, event.until)
            for leg in over:
                tx.publish(LogChanged(leg.user, entry(leg)))

    async def _mark_gap(self, tx: Transaction, event: LinkToSettle, ended: int) -> None:
        since = event.since or await store.heard_at(tx, event.link)
        row = self._registry.links.get(event.link)
        if row is not None and since is not None and since < event.until:
            gap = Gap(
                link=event.link,
                company=row.company,
                since=since,
                until=event.until,
                ended=ended,
            )
            await store.mark_gap(tx, gap)

    async def touch(self, link: LinkId, at: datetime) -> None:
        """Note that the PBX is heard, and so that what is open goes on."""
        async with self._storage.transaction() as tx:
            epoch, ours = await store.epoch_of(tx, link), self._epoch(link)
            if epoch is not None and epoch == ours:
                await store.touch(tx, link, at)

    # ------------------------------------------------------------ around

    def _readings(self, legs: Sequence[Leg]) -> dict[LegId, Reading]:
        readings = {}
        for leg in legs:
            domain = self._registry.domains.get(leg.domain)
            reading = written(leg.number, plan_of(domain)) if domain and leg.number else None
            if reading is not None:
                readings[leg.id] = reading
        return readings


def _newer(known: store.Known | None, leg: Leg) -> bool:
    """Whether a version may be written over the one that is known."""
    if known is None:
        return True
    if known.ended is not None:
        if leg.ended is None:
            return False  # what is over does not begin again
        seen, was_seen = leg.outcome, known.outcome
        if (seen is Outcome.END_NOT_SEEN) is not (was_seen is Outcome.END_NOT_SEEN):
            return was_seen is Outcome.END_NOT_SEEN  # an end that was seen says more
    return (leg.epoch, leg.revision) > (known.epoch, known.revision)


def _last_word(leg: Leg, epoch: int | None) -> Leg:
    if leg.ended is not None or (epoch is not None and leg.epoch >= epoch):
        return leg
    return not_seen(leg, leg.last_seen)

"""Writes legs: the newest version of each, many in one transaction, behind the calls.

While the database is away they go to the spool, and from there to the database once it is back.
Only the owner of a link writes its legs: the link's epoch is checked in the same transaction.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

import structlog
from msgspec.structs import replace

from tws.journal import store
from tws.journal.events import LinkToSettle, LogChanged
from tws.journal.legs import not_seen
from tws.journal.model import Gap, Leg, Outcome, entry
from tws.journal.spool import Spool
from tws.numbering import Reading, plan_of, written
from tws.organisation.ownership import epochs_of, owned_after
from tws.organisation.registry import Registry
from tws.storage import RowClash, RowRefused, Storage, StorageUnavailable, Transaction
from tws.telephony.events import OwnershipLost
from tws.telephony.model import LegId, LinkId

BATCH = 256
"Legs in one transaction: some 10 ms, and many calls share what a commit costs."
WRITE_LIMIT = 5.0
"Seconds after which a database that has not taken one transaction counts as away."
Beside = Callable[[Transaction, Sequence[Leg]], Awaitable[None]]
log = structlog.get_logger(__name__)


class Writer:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        spool: Spool,
        epoch: Callable[[LinkId], int | None],
        fenced: Callable[[OwnershipLost], None],
        beside: Beside | None = None,
    ) -> None:
        """`beside`: what is written of legs that ended, in the same transaction."""
        self._storage, self._registry, self._spool = storage, registry, spool
        self._epoch, self._fenced, self._beside = epoch, fenced, beside
        self.written = 0
        self.refused = 0

    # ------------------------------------------------------------ legs

    async def write(self, legs: Iterable[Leg]) -> None:
        """StorageUnavailable: some of them may not be written, all may be given again."""
        waiting = _ended_first(legs)
        while waiting:
            fenced = await self._in_time(waiting[:BATCH])
            waiting = [leg for leg in waiting[BATCH:] if leg.link not in fenced]
            for link in fenced:
                self._fenced(OwnershipLost(link, self._epoch(link) or 0))

    async def _in_time(self, legs: Sequence[Leg]) -> set[LinkId]:
        try:
            async with asyncio.timeout(WRITE_LIMIT):
                return await self._write_some(legs)
        except TimeoutError as error:
            raise StorageUnavailable(f"no answer within {WRITE_LIMIT:g} seconds") from error

    async def replay(self) -> None:
        """Write what is in the spool, then throw it away. StorageUnavailable: it stays."""
        async for legs in self._spool.read():
            # Of several versions the last is the newest: only it has to be written.
            newest = _ended_first({leg.id: leg for leg in legs}.values())
            for start in range(0, len(newest), BATCH):
                await self._write_some(newest[start : start + BATCH], late=True)
        await self._spool.done()

    async def _write_some(
        self, legs: Sequence[Leg], *, late: bool = False, careful: bool = False
    ) -> set[LinkId]:
        """In one transaction; the links that have another owner, of which nothing was written.

        A PBX that used a call id again while its last leg is open here is met seldom: only a row
        that was refused makes us look for others in its place (`careful`).
        """
        try:
            async with self._storage.transaction() as tx:
                written, fenced = await self._write_in(tx, legs, late=late, careful=careful)
        except (RowRefused, ValueError) as error:
            if isinstance(error, RowClash) and not careful:
                return await self._write_some(legs, late=late, careful=True)
            if len(legs) > 1:  # one of them: the others must not wait for it
                alone = [await self._write_some([leg], late=late, careful=True) for leg in legs]
                return set().union(*alone)
            self.refused += 1
            log.error("leg refused by the database", leg=legs[0].id, error=str(error))
            return set()
        self.written += written
        for leg in legs:
            if leg.link not in fenced:
                log.info("leg written", thread=leg.thread, leg=leg.id, outcome=_how(leg))
        return fenced

    async def _write_in(
        self, tx: Transaction, legs: Sequence[Leg], *, late: bool, careful: bool
    ) -> tuple[int, set[LinkId]]:
        epochs = await epochs_of(tx, {leg.link for leg in legs})
        fenced = set() if late else {link for link, of in epochs.items() if self._older(link, of)}
        legs = [leg for leg in legs if leg.link not in fenced]
        before = await store.known(tx, [leg.id for leg in legs])
        legs = [leg for leg in legs if _newer(before.get(leg.id), leg)]
        if late:
            legs = await self._of_our_time(tx, legs, epochs, before)
            # From an owner before the present one: whatever was open then is nobody's now.
            legs = [_last_word(leg, epochs.get(leg.link)) for leg in legs]
        if not legs:
            return 0, fenced
        ended = [leg for leg in legs if leg.ended is not None]
        opened = [leg for leg in legs if leg.ended is None]
        moved = [leg for leg in opened if leg.id not in before or before[leg.id].call != leg.call]
        if careful:
            ended += await self._over_at(tx, moved, {leg.id for leg in legs})
        if aside := [leg.id for leg in moved if leg.id in before]:
            await store.set_aside(tx, aside)
        for part in (ended, opened):  # a place is free before it is taken
            await store.write(tx, part, self._readings(part))
        if self._beside is not None and ended:
            await self._beside(tx, ended)
        for leg in ended:
            tx.publish(LogChanged(leg.user, entry(leg)))
        return len(legs), fenced

    async def _of_our_time(
        self,
        tx: Transaction,
        legs: Sequence[Leg],
        epochs: Mapping[LinkId, int],
        before: Collection[LegId],
    ) -> list[Leg]:
        """Without what began once another owner had the link, who has heard it too: a process that
        slept, or was cut off, hears the PBX for a while before it learns that it lost the link."""
        older = {(leg.link, leg.epoch) for leg in legs if leg.epoch < epochs.get(leg.link, 0)}
        begun = {owner: await owned_after(tx, *owner) for owner in older}
        ours = []
        for leg in legs:
            after = begun.get((leg.link, leg.epoch))
            if after is None or leg.created <= after or leg.id in before:
                ours.append(leg)
            else:
                log.info("leg left to the next owner of its link", leg=leg.id, epoch=leg.epoch)
        return ours

    def _older(self, link: LinkId, epoch: int) -> bool:
        """Whether our epoch of the link is an older one: its owner is another process."""
        ours = self._epoch(link)
        return ours is not None and epoch > ours

    async def _over_at(
        self, tx: Transaction, moved: Sequence[Leg], ours: Collection[LegId]
    ) -> list[Leg]:
        """Other legs still open where these are now: the PBX has used their call ids again."""
        if not moved:
            return []
        there = await store.open_at(tx, {(leg.link, leg.call, leg.device) for leg in moved})
        return [not_seen(leg, leg.last_seen) for leg in there if leg.id not in ours]

    # ------------------------------------------------------------ after a gap

    async def settle(self, event: LinkToSettle, live: Collection[LegId]) -> None:
        """End what is stored as open on the link and not `live`, when it was last seen; mark the
        gap. StorageUnavailable: nothing was done."""
        link = event.link
        async with self._storage.transaction() as tx:
            epoch = (await epochs_of(tx, [link])).get(link)
            if epoch is not None and self._older(link, epoch):
                self._fenced(OwnershipLost(link, self._epoch(link) or 0))
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
            epochs = await epochs_of(tx, [link])
            if link in epochs and epochs[link] == self._epoch(link):
                await store.touch(tx, link, at)

    # ------------------------------------------------------------ around

    def _readings(self, legs: Sequence[Leg]) -> dict[LegId, Reading]:
        readings = {}
        for leg in legs:
            domain = self._registry.domains.get(leg.domain)
            searched = domain if leg.ended is not None and leg.number else None
            reading = written(leg.number, plan_of(searched)) if searched else None
            if reading is not None:
                readings[leg.id] = reading
        return readings


def _ended_first(legs: Iterable[Leg]) -> list[Leg]:
    """A place is free before it is taken, whichever transaction they are in."""
    return sorted(legs, key=lambda leg: leg.ended is None)


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


def _how(leg: Leg) -> str:
    """For the log."""
    return "open" if leg.outcome is None else leg.outcome.value

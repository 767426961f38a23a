"""Legs written and found again by who keeps them; the log is read in `tws.journal.store.log`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, tuple_, update

from tws.journal.model import Leg, Outcome
from tws.journal.store.rows import leg_of, row_of
from tws.journal.store.tables import fact, gap, leg
from tws.numbering import Reading
from tws.organisation.actor import CompanyId
from tws.storage import Reader, Transaction, upsert
from tws.storage.among import Among
from tws.telephony.model import CallId, DeviceId, LegId, LinkId, ThreadId

ROWS = 64
"Made and sent to the database at once."


@dataclass(frozen=True, slots=True)
class Known:
    """What decides whether a version of a leg may be written."""

    epoch: int
    revision: int
    call: CallId
    ended: datetime | None
    outcome: Outcome | None


_KNOWN = select(
    leg.c.id, leg.c.epoch, leg.c.revision, leg.c.call, leg.c.ended, leg.c.outcome
).where(Among(leg.c.id, "ids"))


async def known(reader: Reader, ids: Collection[LegId]) -> dict[LegId, Known]:
    rows = await reader.execute(_KNOWN, {"ids": list(ids)})
    return {
        row.id: Known(
            row.epoch,
            row.revision,
            row.call,
            row.ended,
            Outcome(row.outcome) if row.outcome else None,
        )
        for row in rows
    }


async def open_at(
    tx: Transaction, places: Collection[tuple[LinkId, CallId, DeviceId]]
) -> list[Leg]:
    """Open legs at these places of their PBXs."""
    at = tuple_(leg.c.link, leg.c.call, leg.c.device).in_(list(places))
    return await _legs(tx, and_(leg.c.ended.is_(None), at))


async def open_on(reader: Reader, link: LinkId) -> list[Leg]:
    return await _legs(reader, and_(leg.c.link == link, leg.c.ended.is_(None)))


async def of_threads(
    reader: Reader, company: CompanyId, threads: Collection[ThreadId], since: datetime
) -> list[Leg]:
    """Found by when they began: so few are that young that the threads need no index."""
    where = and_(leg.c.company == company, leg.c.created >= since, Among(leg.c.thread, "threads"))
    rows = await reader.execute(
        select(leg).where(where).order_by(leg.c.created, leg.c.id), {"threads": list(threads)}
    )
    return [leg_of(row) for row in rows.mappings()]


async def set_aside(tx: Transaction, ids: Collection[LegId]) -> None:
    """Take open legs off their places, before others, or they themselves, go to new ones."""
    await tx.execute(update(leg).where(leg.c.id.in_(ids)).values(call=leg.c.id))


async def write(tx: Transaction, legs: Sequence[Leg], readings: Mapping[LegId, Reading]) -> None:
    """Some at a time, since rows are made on the event loop's thread."""
    for start in range(0, len(legs), ROWS):
        rows = [row_of(one, readings.get(one.id)) for one in legs[start : start + ROWS]]
        await tx.execute(upsert(leg, rows, ["id"]))


async def forget_company(tx: Transaction, company: CompanyId, limit: int) -> bool:
    """Delete some of a company's legs; whether there may be more."""
    some = select(leg.c.id).where(leg.c.company == company).limit(limit)
    ids = (await tx.execute(some)).scalars().all()
    await tx.execute(delete(leg).where(leg.c.id.in_(ids)))
    if len(ids) < limit:
        for beside in (gap, fact):
            await tx.execute(delete(beside).where(beside.c.company == company))
    return len(ids) == limit


async def _legs(reader: Reader, where: ColumnElement[bool]) -> list[Leg]:
    rows = await reader.execute(select(leg).where(where).order_by(leg.c.id))
    return [leg_of(row) for row in rows.mappings()]

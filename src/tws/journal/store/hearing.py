"""When a PBX was heard, and the gaps in between."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, insert, or_, select, update

from tws.journal.model import Gap
from tws.journal.store.tables import UNSEEN, gap, heard, leg
from tws.organisation.actor import CompanyId
from tws.storage import Reader, Transaction, new_id, upsert
from tws.telephony.model import LinkId


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGaps:
    """Which gaps; None = of all."""

    companies: Collection[CompanyId] | None = None
    links: Collection[LinkId] | None = None
    before: tuple[datetime, str] | None = None
    limit: int = 50


async def touch(tx: Transaction, link: LinkId, at: datetime) -> None:
    """The PBX is heard, and what was open still is."""
    still = and_(leg.c.link == link, leg.c.ended.is_(None))
    await tx.execute(update(leg).where(still).values(last_seen=at))
    await tx.execute(upsert(heard, [{"link": link, "at": at}], ["link"]))


async def heard_at(reader: Reader, link: LinkId) -> datetime | None:
    return (await reader.execute(select(heard.c.at).where(heard.c.link == link))).scalar()


async def mark_gap(tx: Transaction, of: Gap) -> None:
    """Its calls are counted here: most legs that nobody saw end are written by the time that the
    PBX has been asked about all of them."""
    during = and_(leg.c.link == of.link, leg.c.ended.between(of.since, of.until), UNSEEN)
    ended = select(func.count(leg.c.thread.distinct())).where(during)
    row = {
        "id": new_id(),
        "link": of.link,
        "company": of.company,
        "since": of.since,
        "until": of.until,
        "ended": (await tx.execute(ended)).scalar_one(),
    }
    await tx.execute(insert(gap), row)


async def gaps(reader: Reader, wanted: WantedGaps) -> list[Gap]:
    """Those that ended last come first."""
    c = gap.c
    query = select(gap).order_by(c.until.desc(), c.id.desc()).limit(wanted.limit)
    if wanted.companies is not None:
        query = query.where(c.company.in_(wanted.companies))
    if wanted.links is not None:
        query = query.where(c.link.in_(wanted.links))
    if wanted.before is not None:
        until, id = wanted.before
        query = query.where(c.until <= until, or_(c.until < until, c.id < id))
    rows = await reader.execute(query)
    return [
        Gap(
            id=row["id"],
            link=row["link"],
            company=row["company"],
            since=row["since"],
            until=row["until"],
            ended=row["ended"],
        )
        for row in rows.mappings()
    ]

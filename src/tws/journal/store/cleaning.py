"""What leaves call logs, and the facts of it that stay for statistics: when, how long and how it
ended; neither numbers nor names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    String,
    Table,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from tws.journal.model import Outcome
from tws.journal.retention import Limits, LogType
from tws.journal.store.tables import fact, leg
from tws.organisation.actor import CompanyId, DomainId, UserId
from tws.storage import Reader, Transaction, UtcTime, metadata, upsert
from tws.storage.among import Among
from tws.telephony.model import Direction, LegId

CALLED = or_(leg.c.direction == Direction.INCOMING.value, leg.c.heard != "")
"Else the handset was lifted and put back: no log shows it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Of one domain, or of all of the company's but those."""

    only: DomainId | None = None
    apart_from: Collection[DomainId] = ()

    def has(self, column: Column[str]) -> ColumnElement[bool]:
        return column.not_in(self.apart_from) if self.only is None else column == self.only


async def logged_users(reader: Reader, company: CompanyId) -> dict[UserId, DomainId]:
    """Who has legs of a company, and the domain of the newest one. From one user to the next by
    the index: it takes as long as there are users, not calls."""
    c = leg.c

    def least(after: ColumnElement[Any] | None) -> Any:
        query = select(func.min(c.user)).where(c.company == company)
        return (query if after is None else query.where(c.user > after)).scalar_subquery()

    users = select(least(None).label("user")).cte("users", recursive=True)
    users = users.union_all(select(least(users.c.user)).where(users.c.user.is_not(None)))
    newest = select(c.domain).where(c.company == company, c.user == users.c.user)
    newest = newest.order_by(c.created.desc(), c.id.desc()).limit(1)
    query = select(users.c.user, newest.scalar_subquery()).where(users.c.user.is_not(None))
    return {UserId(user): DomainId(domain) for user, domain in await reader.execute(query)}


async def surplus(
    reader: Reader, company: CompanyId, user: UserId, limits: Limits, now: datetime, most: int
) -> list[LegId]:
    """As `tws.journal.retention.surplus` says of a log, found by the database; the oldest `most`
    of them, and before those what called nobody and is as old."""
    c = leg.c
    oldest = now - timedelta(days=limits.days)
    own = (c.company == company, c.user == user, c.ended.is_not(None))
    type = case(
        (c.direction == Direction.OUTGOING.value, LogType.OUTGOING.value),
        (c.outcome == Outcome.MISSED.value, LogType.MISSED.value),
        else_=LogType.INCOMING.value,
    )
    newest = (c.created.desc(), c.id.desc())
    nth = func.row_number().over(partition_by=type, order_by=newest)
    log = select(c.id, c.created, nth.label("nth")).where(*own, CALLED).subquery()
    over = or_(log.c.nth > limits.most, log.c.created < oldest)
    kept = select(func.count()).select_from(log).where(~over).scalar_subquery()
    place = func.row_number().over(order_by=(log.c.created.desc(), log.c.id.desc()))
    numbered = select(log.c.id, log.c.created, place.label("place"), kept.label("kept"))
    gone = numbered.where(over).subquery()
    called = select(gone.c.id).where(gone.c.place > limits.least - gone.c.kept)
    uncalled = select(c.id).where(*own, ~CALLED, c.created < oldest).limit(most)
    found = list((await reader.execute(uncalled)).scalars())
    query = called.order_by(gone.c.created, gone.c.id).limit(most)
    return found + list((await reader.execute(query)).scalars())


async def leave_facts(tx: Transaction, ids: Collection[str]) -> None:
    """Take legs out of the log; of those that called somebody the facts stay."""
    # A leg may come back out of the journal's file, and leave again.
    await tx.execute(delete(fact).where(Among(fact.c.id, "ids")), {"ids": list(ids)})
    columns = [leg.c[column.name] for column in fact.columns]
    kept = select(*columns).where(Among(leg.c.id, "ids"), CALLED)
    await tx.execute(insert(fact).from_select([*fact.columns.keys()], kept), {"ids": list(ids)})
    await tx.execute(delete(leg).where(Among(leg.c.id, "ids")), {"ids": list(ids)})


async def forget_facts(
    tx: Transaction, company: CompanyId, places: Places, before: datetime, limit: int
) -> bool:
    """Delete some of before; whether there may be more."""
    c = fact.c
    some = (
        select(c.id).where(c.company == company, places.has(c.domain), c.created < before)
    ).limit(limit)
    ids = (await tx.execute(some)).scalars().all()
    await tx.execute(delete(fact).where(c.id.in_(ids)))
    return len(ids) == limit


night = Table(
    "nightly_cleaning",
    metadata,
    Column("domain", String(36), ForeignKey("domain.id", ondelete="CASCADE"), primary_key=True),
    Column("begun", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Column("removed", Integer, nullable=False),
)
"The last night in which the call logs of a domain were cleaned; `removed`: calls so far."
DAY = timedelta(days=1)


async def last_nights(reader: Reader) -> dict[DomainId, datetime]:
    """When logs were cleaned last; of a night that did not come to its end, when one did before
    it."""
    return {
        DomainId(row.domain): row.begun if row.ended else row.begun - DAY
        for row in await reader.execute(select(night))
    }


async def begin_night(tx: Transaction, domain: DomainId, at: datetime) -> None:
    row = {"domain": domain, "begun": at, "ended": None, "removed": 0}
    await tx.execute(upsert(night, [row], ["domain"]))


async def note_removed(tx: Transaction, domain: DomainId, count: int) -> None:
    more = update(night).where(night.c.domain == domain)
    await tx.execute(more.values(removed=night.c.removed + count))


async def end_night(tx: Transaction, domain: DomainId, at: datetime) -> None:
    await tx.execute(update(night).where(night.c.domain == domain).values(ended=at))

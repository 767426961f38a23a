"""What leaves call logs, and the facts of it that stay for statistics: when, how long and how it
ended; neither numbers nor names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, delete, insert, or_, select

from tws.journal.model import Outcome
from tws.journal.retention import Logged, log_type
from tws.journal.store.tables import fact, leg
from tws.organisation.actor import CompanyId, DomainId, UserId
from tws.storage import Reader, Transaction
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


async def logged_users(reader: Reader, company: CompanyId, places: Places) -> list[UserId]:
    query = (
        select(leg.c.user)
        .distinct()
        .where(leg.c.company == company, leg.c.ended.is_not(None), places.has(leg.c.domain))
    )
    return [UserId(user) for user in (await reader.execute(query)).scalars()]


async def logged(reader: Reader, company: CompanyId, user: UserId) -> list[Logged]:
    """Newest first, as the log shows them."""
    c = leg.c
    query = (
        select(c.id, c.direction, c.outcome, c.created)
        .where(c.company == company, c.user == user, c.ended.is_not(None), CALLED)
        .order_by(c.created.desc(), c.id.desc())
    )
    return [
        Logged(row.id, log_type(Direction(row.direction), Outcome(row.outcome)), row.created)
        for row in await reader.execute(query)
    ]


async def uncalled(
    reader: Reader, company: CompanyId, user: UserId, before: datetime
) -> list[LegId]:
    """Those of before that called nobody."""
    c = leg.c
    query = select(c.id).where(
        c.company == company, c.user == user, c.ended.is_not(None), ~CALLED, c.created < before
    )
    return list((await reader.execute(query)).scalars())


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

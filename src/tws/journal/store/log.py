"""The call log, read a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from tws.journal.model import Leg, Outcome
from tws.journal.store.rows import leg_of
from tws.journal.store.tables import leg
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries of a log."""

    company: CompanyId
    user: UserId | None = None
    direction: Direction | None = None
    outcomes: Collection[Outcome] = ()
    words: Sequence[Sequence[str]] = ()
    before: tuple[datetime, str] | None = None
    limit: int = 50


def entries(db: Connection, wanted: Wanted) -> list[Leg]:
    """Finished legs, newest first."""
    c = leg.c
    where = [c.company == wanted.company, c.ended.is_not(None)]
    # Lifting the handset and putting it back called nobody.
    where.append(or_(c.direction == Direction.INCOMING.value, c.heard != ""))
    if wanted.user is not None:
        where.append(c.user == wanted.user)
    if wanted.direction is not None:
        where.append(c.direction == wanted.direction.value)
    if wanted.outcomes:
        where.append(c.outcome.in_([outcome.value for outcome in wanted.outcomes]))
    where += [or_(*(c.folded.contains(word) for word in group)) for group in wanted.words]
    if wanted.before is not None:
        at, id = wanted.before
        # the first condition is for the index: an OR would read the pages before again
        where += [c.created <= at, or_(c.created < at, c.id < id)]
    query = select(leg).where(*where).order_by(c.created.desc(), c.id.desc())
    rows = db.execute(query.limit(wanted.limit))
    return [leg_of(row) for row in rows.mappings()]

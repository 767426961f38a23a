"""The call log, read a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from tws.journal.model import Leg, Outcome
from tws.journal.store.rows import leg_of
from tws.journal.store.tables import leg
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import Direction

_c = leg.c


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


@dataclass(frozen=True, slots=True)
class Entries:
    legs: list[Leg]
    further: tuple[datetime, str] | None
    "Where to look on, though fewer were found than wanted; None = there are no more."


def entries(db: Connection, wanted: Wanted, look_at: int | None = None) -> Entries:
    """Finished legs, newest first. `look_at`: how many at most that may not match, so that what
    is seldom is not sought among millions at once."""
    newest = (_c.created.desc(), _c.id.desc())
    query = select(leg).order_by(*newest)
    if _filtered(wanted):
        # The index alone says which; the rows of those only are read.
        query = query.where(_c.id.in_(_matching(wanted, look_at)))
    else:
        query = query.where(*_where(wanted)).limit(wanted.limit)
        look_at = None
    legs = [leg_of(row) for row in db.execute(query).mappings()]
    if look_at is None or len(legs) == wanted.limit:
        return Entries(legs, None)
    return Entries(legs, _end(db, wanted, look_at))


def _matching(wanted: Wanted, look_at: int | None) -> Select[tuple[str]]:
    """The ids of a page."""
    columns = (_c.id, _c.created, _c.direction, _c.outcome, _c.folded)
    seen = select(*columns).where(*_where(wanted))
    seen = seen.order_by(_c.created.desc(), _c.id.desc()).limit(look_at)
    of = seen.subquery().c
    found = select(of.id).where(*_filters(wanted, of))
    return found.order_by(of.created.desc(), of.id.desc()).limit(wanted.limit)


def _end(db: Connection, wanted: Wanted, look_at: int) -> tuple[datetime, str] | None:
    """The last of so many, the first that is not looked at being the next one."""
    query = select(_c.created, _c.id).where(*_where(wanted))
    query = query.order_by(_c.created.desc(), _c.id.desc()).offset(look_at - 1).limit(1)
    row = db.execute(query).first()
    return None if row is None else (row.created, row.id)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Of whom and from when on."""
    where = [_c.company == wanted.company]
    if wanted.user is not None:
        where.append(_c.user == wanted.user)
    if wanted.before is not None:
        at, id = wanted.before
        # the first condition is for the index: an OR would read the pages before again
        where += [_c.created <= at, or_(_c.created < at, _c.id < id)]
    # Lifting the handset and putting it back called nobody.
    called = or_(_c.direction == Direction.INCOMING.value, _c.heard != "")
    return [*where, _c.ended.is_not(None), called]


def _filtered(wanted: Wanted) -> bool:
    return bool(wanted.direction or wanted.outcomes or wanted.words)


def _filters(wanted: Wanted, of: ReadOnlyColumnCollection[str, Any]) -> list[ColumnElement[bool]]:
    where = [or_(*(of.folded.contains(word) for word in group)) for group in wanted.words]
    if wanted.direction is not None:
        where.append(of.direction == wanted.direction.value)
    if wanted.outcomes:
        where.append(of.outcome.in_([outcome.value for outcome in wanted.outcomes]))
    return where

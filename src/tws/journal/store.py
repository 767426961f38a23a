"""The journal's rows in SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from tws.directory.text import folded
from tws.journal.model import Gap, Leg, Outcome
from tws.numbering import Reading
from tws.organisation.actor import CompanyId, UserId
from tws.organisation.store import link as link_table
from tws.storage import Reader, Transaction, UtcTime, metadata, new_id, upsert
from tws.storage.padding import padded
from tws.telephony.model import CallId, DeviceId, Direction, LegId, LinkId, Party, Via

ROWS = 64
"Made and sent to the database at once."

# No foreign keys: what was written stays when a device, a user or a link goes.
leg = Table(
    "call_leg",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("link", String(36), nullable=False),
    Column("call", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("company", String(36), nullable=False),
    Column("domain", String(36), nullable=False),
    Column("user", String(36), nullable=False),
    Column("device_row", String(36), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("number", String(64), nullable=False),
    Column("heard", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("contact", String(36)),
    Column("restricted", Boolean, nullable=False),
    Column("peer", String(64), nullable=False),
    Column("queue_number", String(64)),
    Column("queue_name", String(200)),
    Column("via_cause", String(64)),
    Column("via_number", String(64)),
    Column("via_name", String(200)),
    Column("other_number", String(64)),
    Column("other_name", String(200)),
    Column("created", UtcTime, nullable=False),
    Column("alerted", UtcTime),
    Column("answered", UtcTime),
    Column("ended", UtcTime),
    Column("last_seen", UtcTime, nullable=False),
    Column("outcome", String(20)),
    Column("cause", String(64), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("gap", Boolean, nullable=False),
    Column("folded", Text, nullable=False),
    Index(None, "company", "user", "created", "id"),
    Index(None, "company", "created", "id"),
)

# A PBX uses its call ids again: one of the same name may be open once.
Index(
    "uq_call_leg_open",
    leg.c.link,
    leg.c.call,
    leg.c.device,
    unique=True,
    sqlite_where=leg.c.ended.is_(None),
    postgresql_where=leg.c.ended.is_(None),
)

# Written into the statements: with a parameter SQLite would not take the index that it makes.
UNSEEN = leg.c.outcome == literal(Outcome.END_NOT_SEEN.value, literal_execute=True)
Index(
    "ix_call_leg_unseen",
    leg.c.link,
    leg.c.ended,
    sqlite_where=UNSEEN,
    postgresql_where=UNSEEN,
)

gap = Table(
    "journal_gap",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("link", String(36), nullable=False),
    Column("company", String(36), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("ended", Integer, nullable=False),
    Index(None, "company", "until", "id"),
)

heard = Table(
    "journal_heard",
    metadata,
    Column("link", String(36), primary_key=True),
    Column("at", UtcTime, nullable=False),
)
"""When the owner of a link last could hear its PBX."""


@dataclass(frozen=True, slots=True)
class Known:
    """What decides whether a version of a leg may be written."""

    epoch: int
    revision: int
    call: CallId
    ended: datetime | None
    outcome: Outcome | None


def _in(column: ColumnElement[str]) -> ColumnElement[bool]:
    return column.in_(bindparam("ids", expanding=True))


_KNOWN = select(
    leg.c.id, leg.c.epoch, leg.c.revision, leg.c.call, leg.c.ended, leg.c.outcome
).where(_in(leg.c.id))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGaps:
    """Which gaps; None = of all."""

    companies: Collection[CompanyId] | None = None
    links: Collection[LinkId] | None = None
    before: tuple[datetime, str] | None = None
    limit: int = 50


# ---------------------------------------------------------------- writing


async def epochs_of(tx: Transaction, links: Collection[LinkId]) -> dict[LinkId, int]:
    """The epochs of those links that there are, which stay what they are until the transaction
    ends."""
    query = select(link_table.c.id, link_table.c.epoch).where(_in(link_table.c.id))
    rows = await tx.execute(query.with_for_update(read=True), {"ids": padded(links)})
    return {row.id: row.epoch for row in rows}


async def known(reader: Reader, ids: Collection[LegId]) -> dict[LegId, Known]:
    rows = await reader.execute(_KNOWN, {"ids": padded(ids)})
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


async def set_aside(tx: Transaction, ids: Collection[LegId]) -> None:
    """Take open legs off their places, before others, or they themselves, go to new ones."""
    await tx.execute(update(leg).where(leg.c.id.in_(ids)).values(call=leg.c.id))


async def write(tx: Transaction, legs: Sequence[Leg], readings: Mapping[LegId, Reading]) -> None:
    """Some at a time, since rows are made on the event loop's thread."""
    for start in range(0, len(legs), ROWS):
        rows = [_row(one, readings.get(one.id)) for one in legs[start : start + ROWS]]
        await tx.execute(upsert(leg, rows, ["id"]))


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


async def forget_company(tx: Transaction, company: CompanyId, limit: int) -> bool:
    """Delete some of a company's legs; whether there may be more."""
    some = select(leg.c.id).where(leg.c.company == company).limit(limit)
    ids = (await tx.execute(some)).scalars().all()
    await tx.execute(delete(leg).where(leg.c.id.in_(ids)))
    if len(ids) < limit:
        await tx.execute(delete(gap).where(gap.c.company == company))
    return len(ids) == limit


# ---------------------------------------------------------------- reading


async def entries(reader: Reader, wanted: Wanted) -> list[Leg]:
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
    rows = await reader.execute(query.limit(wanted.limit))
    return [_leg(row) for row in rows.mappings()]


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


async def number_of(reader: Reader, link: LinkId) -> int:
    """How many legs of a link are kept."""
    query = select(func.count()).select_from(leg).where(leg.c.link == link)
    return int((await reader.execute(query)).scalar_one())


# ---------------------------------------------------------------- rows


async def _legs(reader: Reader, where: ColumnElement[bool]) -> list[Leg]:
    rows = await reader.execute(select(leg).where(where).order_by(leg.c.id))
    return [_leg(row) for row in rows.mappings()]


def _row(of: Leg, reading: Reading | None) -> dict[str, object]:
    return {
        "id": of.id,
        "epoch": of.epoch,
        "revision": of.revision,
        "link": of.link,
        "call": of.call,
        "device": of.device,
        "thread": of.thread,
        "company": of.company,
        "domain": of.domain,
        "user": of.user,
        "device_row": of.device_row,
        "direction": of.direction.value,
        "number": of.number,
        "heard": of.heard,
        "name": of.name,
        "contact": of.contact,
        "restricted": of.restricted,
        "peer": of.peer,
        "queue_number": of.queue.number if of.queue else None,
        "queue_name": of.queue.name if of.queue else None,
        "via_cause": of.via.cause if of.via else None,
        "via_number": of.via.by.number if of.via else None,
        "via_name": of.via.by.name if of.via else None,
        "other_number": of.other.number if of.other else None,
        "other_name": of.other.name if of.other else None,
        "created": of.created,
        "alerted": of.alerted,
        "answered": of.answered,
        "ended": of.ended,
        "last_seen": of.last_seen,
        "outcome": of.outcome.value if of.outcome else None,
        "cause": of.cause,
        "late": of.late,
        "gap": of.gap,
        "folded": _searched(of, reading) if of.ended else "",
    }


def _searched(of: Leg, reading: Reading | None) -> str:
    """What a log is searched by; legs that go on are in none yet."""
    texts = (
        of.name,
        of.queue.name if of.queue else None,
        of.via.by.name if of.via else None,
        of.other.name if of.other else None,
        reading.digits if reading else of.number,
    )
    return "".join(_folded(text) for text in texts if text)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    """The same names and numbers come again and again."""
    return folded((text,))


def _leg(row: Mapping[Any, Any]) -> Leg:
    return Leg(
        id=row["id"],
        epoch=row["epoch"],
        revision=row["revision"],
        link=row["link"],
        call=row["call"],
        device=row["device"],
        thread=row["thread"],
        company=row["company"],
        domain=row["domain"],
        user=row["user"],
        device_row=row["device_row"],
        direction=Direction(row["direction"]),
        number=row["number"],
        heard=row["heard"],
        name=row["name"],
        contact=row["contact"],
        restricted=row["restricted"],
        peer=row["peer"],
        queue=_party(row["queue_number"], row["queue_name"]),
        via=Via(row["via_cause"], Party(row["via_number"], row["via_name"]))
        if row["via_cause"] is not None
        else None,
        other=_party(row["other_number"], row["other_name"]),
        created=row["created"],
        alerted=row["alerted"],
        answered=row["answered"],
        ended=row["ended"],
        last_seen=row["last_seen"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        cause=row["cause"],
        late=row["late"],
        gap=row["gap"],
    )


def _party(number: str | None, name: str | None) -> Party | None:
    return None if number is None and name is None else Party(number, name)

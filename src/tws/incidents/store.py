"""Incidents in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    or_,
    select,
    update,
)

from tws.incidents.model import Incident, IncidentKind, Wanted
from tws.sentences import Sentence
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
from tws.storage.upserting import upsert

incident = Table(
    "incident",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE")),
    Column("said", Json, nullable=False),
    Column("words", Text, nullable=False),
    Column("occurrence", String(64), nullable=False),
    Column("started", UtcTime, nullable=False),
    Column("last", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Column("count", Integer, nullable=False),
    Column("acknowledged", UtcTime),
    Column("acknowledged_by", String(200)),
    Column("note", Text),
    Column("mailed", UtcTime),
    Index(None, "company"),
    Index(None, "ended"),
)

Index(
    "uq_incident_open",
    incident.c.kind,
    incident.c.subject,
    unique=True,
    sqlite_where=incident.c.ended.is_(None),
    postgresql_where=incident.c.ended.is_(None),
)
c = incident.c


async def write(tx: Transaction, incidents: Sequence[Incident]) -> None:
    """Whether somebody acknowledged one stays as it is."""
    rows = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "subject": one.subject,
            "name": one.name,
            "company": one.company,
            "said": msgspec.to_builtins(one.said),
            "words": str(one.said),
            "occurrence": one.occurrence,
            "started": one.started,
            "last": one.last,
            "ended": one.ended,
            "count": one.count,
        }
        for one in incidents
    ]
    await tx.execute(upsert(incident, rows, ["id"]))


async def acknowledge(
    tx: Transaction, ids: Collection[str], at: datetime, by: str, note: str
) -> None:
    changed = update(incident).where(c.id.in_(sorted(ids)))
    await tx.execute(changed.values(acknowledged=at, acknowledged_by=by, note=note))


async def mark_mailed(tx: Transaction, ids: Collection[str], at: datetime | None) -> None:
    await tx.execute(update(incident).where(c.id.in_(sorted(ids))).values(mailed=at))


async def of_ids(reader: Reader, ids: Collection[str]) -> list[Incident]:
    found = await reader.execute(select(incident).where(c.id.in_(sorted(ids))))
    return [_incident(row) for row in found.mappings()]


async def recent(reader: Reader, since: datetime) -> list[Incident]:
    """Those that are open, or ended after that, or of whose end nobody was told yet."""
    wanted = or_(c.ended.is_(None), c.ended > since, c.mailed.is_not(None))
    found = await reader.execute(select(incident).where(wanted).order_by(c.id))
    return [_incident(row) for row in found.mappings()]


async def listed(reader: Reader, wanted: Wanted, limit: int) -> list[Incident]:
    """Those that began last first."""
    query = select(incident).order_by(c.id.desc()).limit(limit)
    for condition in _conditions(wanted):
        query = query.where(condition)
    return [_incident(row) for row in (await reader.execute(query)).mappings()]


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.companies is not None:
        yield c.company.in_(sorted(wanted.companies))
    if wanted.text:
        named = [of.icontains(wanted.text, autoescape=True) for of in (c.name, c.words)]
        yield or_(*named)
    if wanted.kind is not None:
        yield c.kind == wanted.kind.value
    if wanted.open is not None:
        yield c.ended.is_(None) if wanted.open else c.ended.is_not(None)
    if wanted.acknowledged is not None:
        yield c.acknowledged.is_not(None) if wanted.acknowledged else c.acknowledged.is_(None)
    if wanted.since is not None:
        yield or_(c.ended.is_(None), c.ended >= wanted.since)
    if wanted.until is not None:
        yield c.started < wanted.until
    if wanted.before is not None:
        yield c.id < wanted.before


async def forget(tx: Transaction, company: str | None, oldest: datetime, limit: int) -> int:
    """Some of those that ended before that; how many."""
    of = c.company.is_(None) if company is None else c.company == company
    chosen = select(c.id).where(of, c.ended < oldest).limit(limit)
    return int((await tx.execute(delete(incident).where(c.id.in_(chosen)))).rowcount)


def _incident(row: Mapping[Any, Any]) -> Incident:
    return Incident(
        id=row["id"],
        kind=IncidentKind(row["kind"]),
        subject=row["subject"],
        name=row["name"],
        company=row["company"],
        said=msgspec.convert(row["said"], Sentence),
        occurrence=row["occurrence"],
        started=row["started"],
        last=row["last"],
        ended=row["ended"],
        count=row["count"],
        acknowledged=row["acknowledged"],
        acknowledged_by=row["acknowledged_by"],
        note=row["note"] or "",
        mailed=row["mailed"],
    )

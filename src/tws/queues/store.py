"""Abandoned calls in SQL."""

from datetime import datetime

import msgspec
from sqlalchemy import Boolean, Column, ForeignKey, String, Table, delete, select, update

from tws.organisation.actor import QueueId, UserId
from tws.queues.model import Abandoned
from tws.storage import Reader, Transaction, UtcTime, metadata
from tws.storage.belonging import row_of
from tws.storage.upserting import upsert

abandoned = Table(
    "abandoned_call",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id"), nullable=False, index=True),
    Column(
        "queue",
        String(36),
        ForeignKey("call_queue.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("number", String(64), nullable=False),
    Column("name", String(300), nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("ended", UtcTime, nullable=False, index=True),
    Column("called_back", UtcTime),
    # No foreign key: who called back may go, that it was done stays.
    Column("called_back_by", String(36), info=row_of("user_account")),
)
FIELDS = Abandoned.__struct_fields__
NOTED = [name for name in FIELDS if name not in ("called_back", "called_back_by")]


async def note(tx: Transaction, one: Abandoned) -> None:
    """Told again, it is the same row; who called back since stays."""
    row = {name: getattr(one, name) for name in NOTED}
    await tx.execute(upsert(abandoned, [row], ["id"]))


async def of_queue(reader: Reader, queue: QueueId, since: datetime, most: int) -> list[Abandoned]:
    """Those that ended after `since`, the newest first."""
    query = (
        select(abandoned)
        .where(abandoned.c.queue == queue, abandoned.c.ended > since)
        .order_by(abandoned.c.ended.desc(), abandoned.c.id.desc())
        .limit(most)
    )
    return [_read(dict(row)) for row in (await reader.execute(query)).mappings()]


async def find(reader: Reader, queue: QueueId, id: str) -> Abandoned | None:
    query = select(abandoned).where(abandoned.c.id == id, abandoned.c.queue == queue)
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else _read(dict(row))


async def call_back(tx: Transaction, id: str, by: UserId | None, at: datetime) -> None:
    query = update(abandoned).where(abandoned.c.id == id)
    await tx.execute(query.values(called_back=at, called_back_by=by))


async def forget(tx: Transaction, queue: QueueId, before: datetime) -> None:
    await tx.execute(
        delete(abandoned).where(abandoned.c.queue == queue, abandoned.c.ended <= before)
    )


async def forget_person(tx: Transaction, user: UserId) -> None:
    """Who called back is nobody any more; that it was done stays."""
    query = update(abandoned).where(abandoned.c.called_back_by == user)
    await tx.execute(query.values(called_back_by=None))


def _read(row: dict[str, object]) -> Abandoned:
    return msgspec.convert({name: row[name] for name in FIELDS}, Abandoned)

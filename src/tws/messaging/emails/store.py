"""What waits to be told by e-mail, in SQL: ids and times, nothing of who called."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Column, Index, String, Table, Text, delete, func, select, update

from tws.messaging.emails.model import Notice, NoticeKind
from tws.organisation.actor import UserId
from tws.storage import Reader, Transaction, UtcTime, metadata, upsert
from tws.storage.among import Among
from tws.storage.belonging import row_of

# No foreign keys: a user who goes meanwhile must not keep the journal from being written.
notice = Table(
    "email_notice",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("company", String(36), nullable=False, index=True),
    Column("user", String(36), nullable=False, info=row_of("user_account")),
    Column("thread", Text, nullable=False),
    Column("began", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("told", UtcTime),
    Index(None, "user", "told", "at"),
)
_c = notice.c
FIELDS = Notice.__struct_fields__


async def note(tx: Transaction, notices: Sequence[Notice]) -> None:
    """Noted again it is the same row; that it was told stays."""
    rows = [
        {name: getattr(one, name) for name in FIELDS} | {"kind": one.kind.value} for one in notices
    ]
    await tx.execute(upsert(notice, rows, ["id"]))


async def waiting(reader: Reader, user: UserId, most: int) -> list[Notice]:
    """What a user has not been told, the oldest first."""
    query = select(notice).where(_c.user == user, _c.told.is_(None))
    rows = await reader.execute(query.order_by(_c.at, _c.id).limit(most))
    return [
        msgspec.convert({name: row[name] for name in FIELDS}, Notice) for row in rows.mappings()
    ]


async def told_at(reader: Reader, user: UserId, kind: NoticeKind) -> datetime | None:
    """When a user was last told of this kind; what was never to be told is none of it."""
    query = select(func.max(_c.told)).where(_c.user == user, _c.kind == kind.value)
    at: datetime | None = (await reader.execute(query)).scalar()
    return at


async def users(reader: Reader) -> set[UserId]:
    """Those who have not been told all."""
    return set(
        (await reader.execute(select(_c.user).where(_c.told.is_(None)).distinct())).scalars()
    )


async def tell(tx: Transaction, ids: Collection[str], at: datetime) -> None:
    """These were told."""
    await tx.execute(update(notice).where(Among(_c.id, "ids")).values(told=at), {"ids": list(ids)})


async def drop(tx: Transaction, ids: Collection[str]) -> None:
    """These are not told, and will not be."""
    if not ids:
        return
    await tx.execute(delete(notice).where(Among(_c.id, "ids")), {"ids": list(ids)})


async def drop_all(tx: Transaction, user: UserId) -> None:
    """All that a user has not been told."""
    await tx.execute(delete(notice).where(_c.user == user, _c.told.is_(None)))


async def forget(tx: Transaction, before: datetime) -> None:
    """What is that old, told or not."""
    await tx.execute(delete(notice).where(_c.at < before))


async def forget_user(tx: Transaction, user: UserId) -> None:
    await tx.execute(delete(notice).where(_c.user == user))

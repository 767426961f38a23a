"""Up to when each user has seen the journal, and when voice messages came, in SQL."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    RowMapping,
    String,
    Table,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from tws.journal.model import Outcome, VoiceNotice
from tws.journal.store.tables import MOVED, leg
from tws.organisation.actor import CompanyId, DeviceRowId, UserId
from tws.storage import Reader, Transaction, UtcTime, metadata, upsert
from tws.storage.among import Among

seen = Table(
    "journal_seen",
    metadata,
    Column(
        "user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("at", UtcTime, nullable=False),
)

notice = Table(
    "journal_notice",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), nullable=False),
    Column("user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False),
    Column("device_row", String(36), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("heard", UtcTime),
    Index(None, "user", "at"),
    Index(None, "device_row"),
)
"That voice messages wait at a telephone; `heard`: since when none does any more."
_n = notice.c


async def seen_at(reader: Reader, user: UserId) -> datetime | None:
    found = await reader.execute(select(seen.c.at).where(seen.c.user == user))
    at: datetime | None = found.scalar_one_or_none()
    return at


async def mark_seen(tx: Transaction, user: UserId, at: datetime) -> None:
    await tx.execute(upsert(seen, [{"user": user, "at": at}], ["user"]))


async def missed_since(
    reader: Reader, company: CompanyId, user: UserId, since: datetime | None
) -> int:
    """How many calls a user missed. One that he talked to, and moved to another telephone of his
    own, is none, as in the list, where both are one line."""
    c, before = leg.c, leg.alias()
    where = [c.company == company, c.user == user]
    if since is not None:
        where.append(c.ended > since)
    moved = exists().where(
        *(before.c[same] == c[same] for same in ("company", "user", "thread")),
        before.c.device == c.via_number,
        before.c.answered.is_not(None),
    )
    # Apart, so that the index alone counts all of them: few are looked at.
    missed = select(func.count()).where(*where, c.outcome == Outcome.MISSED.value)
    talked_to = select(func.count()).where(*where, MOVED, moved)
    query = select(missed.scalar_subquery() - talked_to.scalar_subquery())
    return int((await reader.execute(query)).scalar_one())


async def notices_of(reader: Reader, user: UserId, limit: int) -> list[VoiceNotice]:
    """Newest first."""
    query = select(notice).where(_n.user == user).order_by(_n.at.desc(), _n.id.desc())
    rows = await reader.execute(query.limit(limit))
    return [_read(row) for row in rows.mappings()]


async def unheard(reader: Reader, ids: Collection[str]) -> list[VoiceNotice]:
    """Those of these whose messages still wait, the oldest first."""
    query = select(notice).where(Among(_n.id, "ids"), _n.heard.is_(None))
    rows = await reader.execute(query.order_by(_n.at, _n.id), {"ids": list(ids)})
    return [_read(row) for row in rows.mappings()]


async def waiting_at(reader: Reader, device: DeviceRowId) -> bool:
    """Whether it is written that messages wait there."""
    query = select(_n.id).where(_n.device_row == device, _n.heard.is_(None)).limit(1)
    return (await reader.execute(query)).first() is not None


async def waiting_among(reader: Reader, devices: Collection[str]) -> set[DeviceRowId]:
    """Those of these where it is written that messages wait."""
    query = select(_n.device_row).where(Among(_n.device_row, "devices"), _n.heard.is_(None))
    rows = await reader.execute(query, {"devices": list(devices)})
    return {DeviceRowId(device) for device in rows.scalars()}


async def write_notice(tx: Transaction, one: VoiceNotice) -> None:
    await tx.execute(
        insert(notice).values(
            id=one.id,
            company=one.company,
            user=one.user,
            device_row=one.device_row,
            at=one.at,
            heard=one.heard,
        )
    )


async def end_notices(tx: Transaction, device: DeviceRowId, at: datetime) -> None:
    where = (_n.device_row == device, _n.heard.is_(None))
    await tx.execute(update(notice).where(*where).values(heard=at))


async def forget_notices(tx: Transaction, user: UserId, before: datetime) -> None:
    """Those of before."""
    await tx.execute(delete(notice).where(_n.user == user, _n.at < before))


def _read(row: RowMapping) -> VoiceNotice:
    return VoiceNotice(
        id=row["id"],
        company=row["company"],
        user=row["user"],
        device_row=row["device_row"],
        at=row["at"],
        heard=row["heard"],
    )

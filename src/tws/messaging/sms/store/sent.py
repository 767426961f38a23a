"""What users have sent: shown to them, and left after a while."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from tws.messaging.sms.model import Sms, SmsId, SmsState
from tws.messaging.sms.store.rows import sms_of
from tws.messaging.sms.store.tables import message
from tws.organisation.actor import DomainId, UserId
from tws.storage import Reader, Transaction


async def sent_before(reader: Reader, user: UserId, key: str) -> Sms | None:
    query = select(message).where(message.c.user == user, message.c.key == key)
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else sms_of(row)


async def found(reader: Reader, id: SmsId) -> Sms | None:
    row = (await reader.execute(select(message).where(message.c.id == id))).mappings().first()
    return None if row is None else sms_of(row)


async def listed(
    reader: Reader, user: UserId, number: str | None, before: SmsId | None, limit: int
) -> list[Sms]:
    """Newest first."""
    query = select(message).where(message.c.user == user)
    if number is not None:
        query = query.where(message.c.number == number)
    if before is not None:
        query = query.where(message.c.id < before)
    rows = await reader.execute(query.order_by(message.c.id.desc()).limit(limit))
    return [sms_of(row) for row in rows.mappings()]


async def users(reader: Reader, domain: DomainId) -> list[UserId]:
    """Who sent any there."""
    query = select(message.c.user).where(message.c.domain == domain).distinct()
    return [UserId(id) for id in (await reader.execute(query)).scalars()]


async def over(reader: Reader, user: UserId) -> list[tuple[SmsId, datetime]]:
    """Those of a user that wait no more, newest first, and when they were written."""
    query = select(message.c.id, message.c.created).where(
        message.c.user == user,
        message.c.due.is_(None),
        message.c.state != SmsState.SENDING.value,
    )
    rows = await reader.execute(query.order_by(message.c.id.desc()))
    return [(SmsId(id), created) for id, created in rows]


async def remove(tx: Transaction, some: Collection[str]) -> None:
    await tx.execute(delete(message).where(message.c.id.in_(some)))

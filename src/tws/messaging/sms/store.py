"""Text messages in SQL: those that wait, and those that were sent."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from tws.messaging.sms.model import NEXT, Sms, SmsId, SmsState
from tws.organisation.actor import CompanyId, DomainId, SmsProviderId, UserId
from tws.sentences import Sentence
from tws.storage import Json, Reader, Transaction, UtcTime, metadata, upsert

message = Table(
    "sms_message",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    Column("domain", String(36), nullable=False),
    Column("user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False),
    Column("number", String(20), nullable=False),
    Column("contact", String(64)),
    Column("name", String(300), nullable=False),
    Column("text", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", Json, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", UtcTime),
    Column("provider", String(36)),
    Column("key", String(64)),
    Index(None, "company"),
    Index(None, "user", "id"),
    Index(None, "domain", "due"),
    Index(None, "state"),
    Index("uq_sms_message_user_key", "user", "key", unique=True),
)

part = Table(
    "sms_part",
    metadata,
    Column(
        "message",
        String(36),
        ForeignKey("sms_message.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True),
    Column("provider", String(36), nullable=False),
    Column("reference", String(128), nullable=False),
    Column("state", String(10), nullable=False),
    Index(None, "provider", "reference"),
)
"How the gateway knows each part of a message, and what it told of it."


def _sms(row: RowMapping) -> Sms:
    reason = msgspec.convert(row["reason"], Sentence)
    return Sms(**{**row, "state": SmsState(row["state"]), "reason": reason})


def _row(one: Sms) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Sms.__struct_fields__} | {
        "state": one.state.value,
        "reason": msgspec.to_builtins(one.reason),
    }


# ---------------------------------------------------------------- written


async def put(tx: Transaction, one: Sms) -> None:
    """RowClash where the user sent one of that key before."""
    await tx.execute(insert(message), _row(one))


async def advance(tx: Transaction, one: Sms) -> bool:
    """Write it as it is now; False, and nothing is, where its stored state does not come before
    this one, or whoever sent it is no more."""
    row = _row(one)
    before = [state.value for state, follow in NEXT.items() if one.state in follow]
    of = (message.c.id == row.pop("id"), message.c.state.in_(before))
    return bool((await tx.execute(update(message).where(*of).values(row))).rowcount)


async def put_parts(
    tx: Transaction, id: SmsId, provider: SmsProviderId, references: Sequence[str]
) -> None:
    rows = [
        {
            "message": id,
            "number": number,
            "provider": provider,
            "reference": reference,
            "state": SmsState.SENT.value,
        }
        for number, reference in enumerate(references)
    ]
    if rows:
        await tx.execute(upsert(part, rows, ["message", "number"]))


async def mark_part(tx: Transaction, id: SmsId, number: int, state: SmsState) -> None:
    of = (part.c.message == id, part.c.number == number)
    await tx.execute(update(part).where(*of).values(state=state.value))


# ---------------------------------------------------------------- read


async def sent_before(reader: Reader, user: UserId, key: str) -> Sms | None:
    query = select(message).where(message.c.user == user, message.c.key == key)
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else _sms(row)


async def found(reader: Reader, id: SmsId) -> Sms | None:
    row = (await reader.execute(select(message).where(message.c.id == id))).mappings().first()
    return None if row is None else _sms(row)


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
    return [_sms(row) for row in rows.mappings()]


async def due(reader: Reader, domain: DomainId, at: datetime) -> Sms | None:
    """The one that has waited longest."""
    query = select(message).where(message.c.domain == domain, message.c.due <= at)
    row = (
        (await reader.execute(query.order_by(message.c.due, message.c.id).limit(1)))
        .mappings()
        .first()
    )
    return None if row is None else _sms(row)


async def next_due(reader: Reader, domain: DomainId) -> datetime | None:
    query = select(func.min(message.c.due)).where(message.c.domain == domain)
    found: datetime | None = (await reader.execute(query)).scalar()
    return found


async def waiting(reader: Reader, company: CompanyId) -> int:
    """How many of a company wait."""
    query = select(func.count()).select_from(message)
    query = query.where(message.c.company == company, message.c.due.is_not(None))
    return int((await reader.execute(query)).scalar_one())


async def domains(reader: Reader) -> list[DomainId]:
    """Of which messages wait, or were being sent."""
    unsettled = or_(message.c.due.is_not(None), message.c.state == SmsState.SENDING.value)
    query = select(message.c.domain).where(unsettled).distinct()
    return [DomainId(id) for id in (await reader.execute(query)).scalars()]


async def interrupted(reader: Reader, domain: DomainId) -> list[Sms]:
    """Those of a domain that were being sent."""
    query = select(message).where(
        message.c.state == SmsState.SENDING.value, message.c.domain == domain
    )
    return [_sms(row) for row in (await reader.execute(query)).mappings()]


async def part_of(
    reader: Reader, provider: SmsProviderId, reference: str
) -> tuple[SmsId, int] | None:
    """The newest: gateways begin their ids anew."""
    query = select(part.c.message, part.c.number).where(
        part.c.provider == provider, part.c.reference == reference
    )
    row = (await reader.execute(query.order_by(part.c.message.desc()).limit(1))).first()
    return None if row is None else (SmsId(row[0]), row[1])


async def parts(reader: Reader, id: SmsId) -> dict[int, SmsState]:
    query = select(part.c.number, part.c.state).where(part.c.message == id)
    return {number: SmsState(state) for number, state in await reader.execute(query)}


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

"""Text messages that wait to be sent, or are being sent, of each domain; how far they come."""

from datetime import datetime

from sqlalchemy import func, insert, or_, select, update

from tws.messaging.sms.model import NEXT, Sms, SmsState
from tws.messaging.sms.store.rows import row_of, sms_of
from tws.messaging.sms.store.tables import message
from tws.organisation.actor import CompanyId, DomainId
from tws.storage import Reader, Transaction


async def put(tx: Transaction, one: Sms) -> None:
    """RowClash where the user sent one of that key before."""
    await tx.execute(insert(message), row_of(one))


async def advance(tx: Transaction, one: Sms) -> bool:
    """Write it as it is now; False, and nothing is, where its stored state does not come before
    this one, or whoever sent it is no more."""
    row = row_of(one)
    before = [state.value for state, follow in NEXT.items() if one.state in follow]
    of = (message.c.id == row.pop("id"), message.c.state.in_(before))
    return bool((await tx.execute(update(message).where(*of).values(row))).rowcount)


async def due(reader: Reader, domain: DomainId, at: datetime) -> Sms | None:
    """The one that has waited longest."""
    query = select(message).where(message.c.domain == domain, message.c.due <= at)
    row = (
        (await reader.execute(query.order_by(message.c.due, message.c.id).limit(1)))
        .mappings()
        .first()
    )
    return None if row is None else sms_of(row)


async def next_due(reader: Reader, domain: DomainId) -> datetime | None:
    query = select(func.min(message.c.due)).where(message.c.domain == domain)
    found: datetime | None = (await reader.execute(query)).scalar()
    return found


async def waiting(reader: Reader, company: CompanyId | None = None) -> int:
    """How many of a company wait; None = of all."""
    query = select(func.count()).select_from(message).where(message.c.due.is_not(None))
    if company is not None:
        query = query.where(message.c.company == company)
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
    return [sms_of(row) for row in (await reader.execute(query)).mappings()]

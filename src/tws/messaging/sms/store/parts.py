"""Parts of a message, each known to the gateway by a reference of its own."""

from collections.abc import Sequence

from sqlalchemy import select, update

from tws.messaging.sms.model import SmsId, SmsState
from tws.messaging.sms.store.tables import part
from tws.organisation.actor import SmsProviderId
from tws.storage import Reader, Transaction, upsert


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

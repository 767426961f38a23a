"""What people say of themselves, in SQL."""

import msgspec
from sqlalchemy import Column, String, Table, delete, select

from tws.presence.model import Said
from tws.storage import Reader, Transaction, UtcTime, metadata
from tws.storage.belonging import row_of
from tws.storage.upserting import upsert

# No foreign key: what is said belongs to no change of the user's row.
said = Table(
    "presence_said",
    metadata,
    Column("user", String(36), primary_key=True, info=row_of("user_account")),
    Column("since", UtcTime, nullable=False),
    Column("state", String(8)),
    Column("message", String(200), nullable=False),
    Column("until", UtcTime),
)


async def all_said(reader: Reader) -> list[Said]:
    rows = (await reader.execute(select(said))).mappings()
    fields = Said.__struct_fields__
    return [msgspec.convert({name: row[name] for name in fields}, Said) for row in rows]


async def write(tx: Transaction, one: Said) -> None:
    await tx.execute(upsert(said, [msgspec.structs.asdict(one)], ["user"]))


async def forget(tx: Transaction, one: Said) -> None:
    """That, and what was said before; not what is said since."""
    older = said.c.since <= one.since
    await tx.execute(delete(said).where(said.c.user == one.user, older))

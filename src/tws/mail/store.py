"""The queue of mails in SQL. What they say is sealed: some hold what opens an account."""

from datetime import datetime

import msgspec
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from tws.mail.model import Letter, Waiting
from tws.storage import Reader, Transaction, UtcTime, metadata
from tws.storage.sealed_columns import sealed
from tws.storage.secrets import Secrets

FIELD = "mail"
"As which it is sealed."

mail = Table(
    "mail",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    Column("user", String(36), ForeignKey("user_account.id", ondelete="CASCADE")),
    Column("sealed", Text, nullable=False, info=sealed(FIELD)),
    Column("created", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", UtcTime, nullable=False),
    Index(None, "company", "due"),
    Index(None, "user"),
)


async def count(reader: Reader, company: str) -> int:
    query = select(func.count()).select_from(mail).where(mail.c.company == company)
    return int((await reader.execute(query)).scalar_one())


async def waiting(reader: Reader) -> int:
    return int((await reader.execute(select(func.count()).select_from(mail))).scalar_one())


async def put(tx: Transaction, secrets: Secrets, id: str, letter: Letter, at: datetime) -> None:
    row = {
        "id": id,
        "company": letter.company,
        "user": letter.user,
        "sealed": secrets.seal(msgspec.to_builtins(letter), id, FIELD),
        "created": at,
        "tries": 0,
        "due": at,
    }
    await tx.execute(insert(mail), row)


async def due(reader: Reader, secrets: Secrets, company: str, at: datetime) -> Waiting | None:
    """The one that has waited longest; SecretLost."""
    query = select(mail).where(mail.c.company == company, mail.c.due <= at)
    row = (await reader.execute(query.order_by(mail.c.due, mail.c.id).limit(1))).mappings().first()
    if row is None:
        return None
    return Waiting(
        id=row["id"],
        letter=msgspec.convert(secrets.open(row["sealed"], row["id"], FIELD), Letter),
        created=row["created"],
        tries=row["tries"],
        due=row["due"],
    )


async def next_due(reader: Reader, company: str) -> datetime | None:
    query = select(func.min(mail.c.due)).where(mail.c.company == company)
    found: datetime | None = (await reader.execute(query)).scalar()
    return found


async def companies(reader: Reader) -> list[str]:
    """Of which mails wait."""
    return list((await reader.execute(select(mail.c.company).distinct())).scalars())


async def put_off(tx: Transaction, id: str, tries: int, due: datetime) -> None:
    await tx.execute(update(mail).where(mail.c.id == id).values(tries=tries, due=due))


async def take(tx: Transaction, id: str) -> None:
    """It was sent, or never will be."""
    await tx.execute(delete(mail).where(mail.c.id == id))


async def forget(tx: Transaction, company: str) -> None:
    """All that cannot be read any more."""
    await tx.execute(delete(mail).where(mail.c.company == company))

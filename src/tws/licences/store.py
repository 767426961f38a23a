"""The installation's number and its licence in SQL: one row each at most."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from tws.storage import Reader, Transaction, UtcTime, metadata, upsert

ONLY = 1

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("dongle", String(39), nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)

licence_file = Table(
    "licence_file",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("installed", UtcTime, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)


async def dongle(reader: Reader) -> str | None:
    found: str | None = (await reader.execute(select(installation.c.dongle))).scalar()
    return found


async def insert_dongle(tx: Transaction, number: str) -> None:
    """RowClash where another process was faster."""
    await tx.execute(insert(installation), {"id": ONLY, "dongle": number})


async def write_dongle(tx: Transaction, number: str) -> None:
    await tx.execute(upsert(installation, [{"id": ONLY, "dongle": number}], ["id"]))


async def text(reader: Reader) -> str | None:
    found: str | None = (await reader.execute(select(licence_file.c.text))).scalar()
    return found


async def write_text(tx: Transaction, text: str, installed: datetime) -> None:
    row = {"id": ONLY, "text": text, "installed": installed}
    await tx.execute(upsert(licence_file, [row], ["id"]))


async def delete_text(tx: Transaction) -> None:
    await tx.execute(delete(licence_file))

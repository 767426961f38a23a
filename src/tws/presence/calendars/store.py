"""What was read of calendars, in SQL: so that a restart shows what was known, with its age."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Column, Integer, RowMapping, String, Table, Text, delete, select

from tws.presence.calendars.model import CalendarReading, Refresh
from tws.sentences import Sentence
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
from tws.storage.belonging import row_of
from tws.storage.upserting import upsert

# No foreign keys: what is read belongs to no change of users or sources. `words` is a template and
# `parameters` what it is filled with; in rows of earlier versions it is a whole sentence.
reading = Table(
    "calendar_reading",
    metadata,
    Column("source", String(36), primary_key=True, info=row_of("collaboration_source")),
    Column("user", String(36), primary_key=True, info=row_of("user_account")),
    Column("mailbox", String(254), nullable=False),
    Column("read", UtcTime),
    Column("events", Json, nullable=False),
    Column("problem", String(16)),
    Column("words", Text, nullable=False),
    Column("parameters", Json),
)
refresh = Table(
    "calendar_refresh",
    metadata,
    Column("source", String(36), primary_key=True, info=row_of("collaboration_source")),
    Column("tried", UtcTime, nullable=False),
    Column("refreshed", UtcTime),
    Column("due", UtcTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("problem", String(16)),
    Column("words", Text, nullable=False),
    Column("parameters", Json),
)


async def readings(reader: Reader) -> list[CalendarReading]:
    rows = (await reader.execute(select(reading))).mappings()
    return [msgspec.convert(_fields(row, CalendarReading), CalendarReading) for row in rows]


async def refreshes(reader: Reader) -> list[Refresh]:
    rows = (await reader.execute(select(refresh))).mappings()
    return [msgspec.convert(_fields(row, Refresh), Refresh) for row in rows]


def _fields(row: RowMapping, of: type[msgspec.Struct]) -> dict[str, object]:
    said = {"template": row["words"], "parameters": row["parameters"] or {}}
    return {name: said if name == "said" else row[name] for name in of.__struct_fields__}


def _row(of: CalendarReading | Refresh) -> dict[str, object]:
    row = msgspec.structs.asdict(of)
    said: Sentence = row.pop("said")
    return {**row, "words": said.template, "parameters": msgspec.to_builtins(said.parameters)}


async def write_readings(tx: Transaction, of: Sequence[CalendarReading]) -> None:
    rows = [{**_row(one), "events": msgspec.to_builtins(one.events)} for one in of]
    await tx.execute(upsert(reading, rows, ["source", "user"]))


async def write_refresh(tx: Transaction, of: Refresh) -> None:
    await tx.execute(upsert(refresh, [_row(of)], ["source"]))


async def forget_readings(tx: Transaction, keys: Iterable[tuple[str, str]]) -> None:
    for source, user in keys:
        await tx.execute(delete(reading).where(reading.c.source == source, reading.c.user == user))


async def forget_refresh(tx: Transaction, source: str) -> None:
    await tx.execute(delete(refresh).where(refresh.c.source == source))

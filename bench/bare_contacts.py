"""A file of contacts brought into two tables and nothing else: no plan of numbers, no rights, no
searching by parts of words, no cards of several directories.

The limit of a synchronisation: csv's own reader, and rows as fast as the database takes them.
"""

import asyncio
import csv
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bench.large_database import connected

CONTACT = ("id", "sn", "gn", "o", "mail")
NUMBER = ("contact", "number")
TABLES = (
    "CREATE TABLE bare_contact (id TEXT PRIMARY KEY, sn TEXT, gn TEXT, o TEXT, mail TEXT)",
    "CREATE TABLE bare_number (contact TEXT, number TEXT)",
    "CREATE INDEX bare_number_number ON bare_number (number)",
    "CREATE INDEX bare_contact_sn ON bare_contact (sn)",
)
GONE = ("DROP TABLE IF EXISTS bare_contact", "DROP TABLE IF EXISTS bare_number")
Row = tuple[str, ...]


async def synchronised(url: str, file: Path) -> tuple[float, float]:
    """Seconds until all is in empty tables, and until it is known that nothing has changed."""
    if make_url(url).get_backend_name() == "sqlite":
        return await asyncio.to_thread(_on_sqlite, file)
    return await _on_postgresql(url, file)


def _on_sqlite(file: Path) -> tuple[float, float]:
    """In a database of its own beside the file, written as the server writes its own."""
    path = file.with_suffix(".bare.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        for statement in TABLES:
            db.execute(statement)
        begun = time.perf_counter()
        contacts, numbers = _read(file)
        db.executemany("INSERT INTO bare_contact VALUES (?, ?, ?, ?, ?)", contacts)
        db.executemany("INSERT INTO bare_number VALUES (?, ?)", numbers)
        db.commit()
        first = time.perf_counter() - begun
        begun = time.perf_counter()
        contacts, numbers = _read(file)
        same = set(contacts) == set(db.execute("SELECT * FROM bare_contact"))
        same = same and set(numbers) == set(db.execute("SELECT * FROM bare_number"))
        again = time.perf_counter() - begun
    path.unlink()
    return first, _believed(same, again)


async def _on_postgresql(url: str, file: Path) -> tuple[float, float]:
    db = await connected(url)
    try:
        for statement in TABLES:
            await db.execute(statement)
        begun = time.perf_counter()
        contacts, numbers = _read(file)
        async with db.transaction():
            await db.copy_records_to_table("bare_contact", records=contacts, columns=CONTACT)
            await db.copy_records_to_table("bare_number", records=numbers, columns=NUMBER)
        first = time.perf_counter() - begun
        begun = time.perf_counter()
        contacts, numbers = _read(file)
        same = set(contacts) == {tuple(x) for x in await db.fetch("SELECT * FROM bare_contact")}
        stored = {tuple(x) for x in await db.fetch("SELECT * FROM bare_number")}
        again = time.perf_counter() - begun
    finally:
        for statement in GONE:
            await db.execute(statement)
        await db.close()
    return first, _believed(same and stored == set(numbers), again)


def _read(file: Path) -> tuple[Sequence[Row], Sequence[Row]]:
    with file.open(newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    return [tuple(row[name] for name in CONTACT) for row in rows], list(_numbers(rows))


def _numbers(rows: Sequence[dict[str, str]]) -> Iterator[Row]:
    for row in rows:
        yield row["id"], row["tel"]
        yield row["id"], row["mobile"]


def _believed(same: bool, seconds: float) -> float:
    if not same:
        raise RuntimeError("the bare tables do not hold what the file holds")
    return seconds

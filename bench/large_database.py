"""A company's database with a long history, on SQLite or PostgreSQL, for benchmarks of both.

`TWS_BENCH_KEEP=FOLDER` keeps what was made there for the next run: filling takes minutes.
PostgreSQL writes as it does by default, with its log on the disk.
"""

import asyncio
import importlib
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from tests.peers import PeerMissing
from tests.peers import postgresql as peer

from bench.call_history import COLUMNS, NOW, Place, copied, legs, texts
from bench.company import Member, make_company, settings_of
from bench.figures import Figure
from tws.app.house import open_house

PEOPLE = 500
SETTINGS = {
    **{"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"},
    **{"shared_buffers": "1GB", "maintenance_work_mem": "256MB", "max_wal_size": "2GB"},
    "checkpoint_timeout": "15min",
}
INDEXES = """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
 FROM pg_index i WHERE i.indrelid = 'call_leg'::regclass AND NOT i.indisprimary"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with its legs; `members`: users of the first company, the operator first."""

    url: str
    data: Path
    company: str
    domain: str
    members: list[Member]
    legs: int
    filling: float | None
    "Seconds it took; None where it was there."

    @property
    def kind(self) -> str:
        return make_url(self.url).get_backend_name()


@asynccontextmanager
async def filled(kind: str, count: int) -> AsyncIterator[Filled]:
    """`kind`: `sqlite` or `postgresql`."""
    with _folder(f"{kind}-{count}") as folder:
        data = folder / "data"
        if kind == "sqlite":
            yield await _filled(f"sqlite:///{data / 'tws.db'}", data, count)
            return
        with peer.running_postgresql(settings=SETTINGS, folder=folder / "postgresql") as server:
            if not (data / "filled.json").exists():
                await server.new_database("large")
            yield await _filled(server.url("large"), data, count)


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    kept = os.environ.get("TWS_BENCH_KEEP")
    if kept:
        folder = Path(kept) / name
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="tws-large-") as made:
        Path(made).chmod(0o755)  # PostgreSQL may run as another user
        yield Path(made)


async def _filled(url: str, data: Path, count: int) -> Filled:
    note = data / "filled.json"
    if note.exists():
        said = json.loads(note.read_text())
        members = [Member(**one) for one in said["members"]]
        return Filled(url, data, said["company"], said["domain"], members, count, None)
    pbx = {"host": "127.0.0.1", "port": 1}
    members = await make_company(data, PEOPLE, "csta_xml", pbx, database=url, keys=PEOPLE)
    async with open_house(settings_of(data, url)) as house:
        known = house.rooms.registry
        (domain,) = known.domains.values()
        (link,) = known.links.values()
        devices = {row.user: row for row in known.devices.values()}
        own = [
            Place(
                *(domain.company, domain.id, one.user, link.id, one.number),
                device_row=devices[one.user].id,  # type: ignore[index]
            )
            for one in members
        ]
    begun = time.perf_counter()
    if make_url(url).get_backend_name() == "sqlite":
        await asyncio.to_thread(_fill_sqlite, make_url(url).database or "", count, own)
    else:
        await _fill_postgresql(url, count, own)
    took = time.perf_counter() - begun
    said = {"company": domain.company, "domain": domain.id}
    note.write_text(json.dumps(said | {"members": [asdict(one) for one in members]}))
    return Filled(url, data, domain.company, domain.id, members, count, took)


async def _fill_postgresql(url: str, count: int, own: list[Place]) -> None:
    """Without the indexes, which are made afterwards."""
    db = await connected(url)
    try:
        indexes = await db.fetch(INDEXES)
        for name, _ in indexes:
            await db.execute(f"DROP INDEX {name}")

        async def blocks() -> AsyncIterator[bytes]:
            for block in copied(legs(count, own, NOW)):
                yield block

        await db.copy_to_table("call_leg", source=blocks(), columns=COLUMNS, timeout=None)
        for _, words in indexes:
            await db.execute(words, timeout=None)
        await db.execute("VACUUM (ANALYZE) call_leg", timeout=None)
    finally:
        await db.close()


async def connected(url: str) -> Any:
    """A connection of asyncpg, which has no types."""
    parsed = make_url(url)
    return await importlib.import_module("asyncpg").connect(
        host=parsed.query["host"], user=parsed.username, database=parsed.database
    )


def _fill_sqlite(path: str, count: int, own: list[Place]) -> None:
    with closing(sqlite3.connect(path)) as db:
        for pragma in ("synchronous = OFF", "cache_size = -500000"):
            db.execute(f"PRAGMA {pragma}")
        indexes = db.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'index' AND tbl_name = 'call_leg' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        marks = ", ".join("?" * len(COLUMNS))
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        db.executemany(
            f"INSERT INTO call_leg ({names}) VALUES ({marks})",  # noqa: S608
            texts(legs(count, own, NOW)),
        )
        for _, words in indexes:
            db.execute(words)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def on_each(
    count: int, measured: Callable[[Filled], Awaitable[list[Figure]]]
) -> list[Figure]:
    """On both databases; what is not here is said."""
    figures = []
    for kind in ("postgresql", "sqlite"):
        try:
            async with filled(kind, count) as found:
                figures += await measured(found)
        except PeerMissing as missing:
            print(f"  {kind} not measured: {missing}")
    return figures

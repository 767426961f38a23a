"""A backup of a large log beside a server that serves it, and restoring it, on both databases.

Beside the backup: the rows of the log alone, copied by the database itself into gzip of the same
level (PostgreSQL), or the file copied (SQLite). Beside restoring it: that copy taken back, with
the indexes of the table. `large_backup_10m`, if it is asked for: of
10,000,000 calls.
"""

import asyncio
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
from isal import isal_zlib
from sqlalchemy import make_url

from bench.figures import Figure, percentile
from bench.large_database import INDEXES, Filled, connected, on_each
from bench.processes import resident, serving
from tws.maintenance.backups.archive import Archive
from tws.maintenance.backups.packing import GZIP, LEVEL

CALLS, MANY = 300_000, 10_000_000
NAMED = re.compile(r"(CREATE (?:UNIQUE )?)INDEX \S+ ON")
"An index by its name, in the words of PostgreSQL."
POLL = 0.1
WANTED = 100.0
"Milliseconds, p95, of who reads his log meanwhile."
MEMORY = 250.0
"Megabytes of the process, whatever there is."


@dataclass
class Ran:
    """A process that ran to its end."""

    seconds: float
    memory: float
    "Megabytes, at most."


async def measure() -> list[Figure]:
    return await on_each(CALLS, _in_a_folder)


async def measure_10m() -> list[Figure]:
    return await on_each(MANY, _in_a_folder)


async def _in_a_folder(found: Filled) -> list[Figure]:
    with tempfile.TemporaryDirectory(dir=found.data) as folder:
        return await _measured(found, Path(folder))


async def _measured(found: Filled, folder: Path) -> list[Figure]:
    path = folder / "large.twsbackup"
    bare, bare_back = await _bare(found, folder / "bare")
    async with serving(found.data, found.url) as process:
        base = f"http://127.0.0.1:{process.port}"
        alone = await _asked(found, base, asyncio.create_task(asyncio.sleep(3)))
        backup = asyncio.create_task(
            _run(found.url, "backup", f"--to={path}", f"--data={found.data}")
        )
        meanwhile = await _asked(found, base, backup)
        made = await backup
    manifest = await asyncio.to_thread(Archive(path).checked)
    rows = sum(table.rows for table in manifest.tables.values())
    size = sum(member.size for member in manifest.members.values()) / 1e6
    restored = await _restored(found, path, folder / "restored")
    name = found.kind
    packed = path.stat().st_size / 1e6
    return [
        Figure(
            name=f"{name}: backup",
            unit="s",
            value=made.seconds,
            bare=bare,
            note=f"{rows / made.seconds:,.0f} rows/s, {size / made.seconds:.0f} MB/s of rows"
            f" ({size:,.0f} MB, packed {packed:,.0f} MB)",
        ),
        Figure(name=f"{name}: memory of the backup", unit="MB", value=made.memory, at_most=MEMORY),
        Figure(
            name=f"{name}: a page of a log meanwhile: p95",
            unit="ms",
            value=percentile(meanwhile, 0.95),
            bare=percentile(alone, 0.95),
            at_most=WANTED,
            note="bare: with nothing beside",
        ),
        Figure(
            name=f"{name}: restored",
            unit="s",
            value=restored.seconds,
            bare=bare_back,
            note=f"{rows / restored.seconds:,.0f} rows/s, {restored.memory:.0f} MB of memory",
        ),
    ]


async def _asked(found: Filled, base: str, until: "asyncio.Task[object]") -> list[float]:
    """Milliseconds of each page of a user's log, one after the other."""
    times = []
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        n = 0
        while not until.done():
            n += 1
            key = {"Authorization": f"Bearer {found.members[n % len(found.members)].key}"}
            begun = time.perf_counter()
            (await client.get("/api/v1/call-log", headers=key)).raise_for_status()
            times.append((time.perf_counter() - begun) * 1000)
            (await client.get("/api/v1/health")).raise_for_status()
            await asyncio.sleep(0.02)
    return times


async def _restored(found: Filled, path: Path, into: Path) -> Ran:
    os.mkdir(into)
    arguments: Sequence[str] = ("restore", str(path), "--yes", "--without-key")
    if found.kind == "sqlite":
        ran = await _run("", *arguments, f"--into={into}")
        shutil.rmtree(into)
        return ran
    db = await connected(found.url)
    try:
        await db.execute("CREATE DATABASE restored")
        url = make_url(found.url).set(database="restored").render_as_string(False)
        try:
            return await _run(url, *arguments, f"--data={into}")
        finally:
            await db.execute("DROP DATABASE restored")
    finally:
        await db.close()


async def _run(url: str, *arguments: str) -> Ran:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tws", *arguments),
        env={**os.environ, **({"TWS_DATABASE": url} if url else {})},
        stdout=asyncio.subprocess.DEVNULL,
    )
    ended = asyncio.create_task(process.wait())
    most = 0.0
    while not ended.done():
        try:
            most = max(most, resident(process.pid))
        except (RuntimeError, OSError):
            break  # it is just ending
        await asyncio.wait([ended], timeout=POLL)
    if await ended:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}")
    return Ran(time.perf_counter() - begun, most)


async def _bare(found: Filled, path: Path) -> tuple[float, float]:
    """Seconds of a copy, and of taking it back."""
    took = await (_copied_file(found, path) if found.kind == "sqlite" else _copied(found, path))
    os.unlink(path)
    return took


async def _copied_file(found: Filled, path: Path) -> tuple[float, float]:
    database, back = make_url(found.url).database or "", path.with_suffix(".back")
    begun = time.perf_counter()
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    await asyncio.to_thread(shutil.copy, database, path)
    between = time.perf_counter()
    await asyncio.to_thread(shutil.copy, path, back)
    ended = time.perf_counter()
    os.unlink(back)
    return between - begun, ended - between


async def _copied(found: Filled, path: Path) -> tuple[float, float]:
    packed = isal_zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    db = await connected(found.url)
    try:
        begun = time.perf_counter()
        with open(path, "wb") as file:  # noqa: ASYNC230 - nothing else runs here

            async def take(block: bytes) -> None:
                file.write(packed.compress(block))

            await db.copy_from_table("call_leg", output=take)
            file.write(packed.flush())
        between = time.perf_counter()
        await db.execute("CREATE TABLE bare_leg (LIKE call_leg)")
        await db.copy_to_table("bare_leg", source=_unpacked(path), timeout=None)
        for _, words in await db.fetch(INDEXES):
            table = words.replace(" ON public.call_leg ", " ON bare_leg ")
            await db.execute(NAMED.sub(r"\1INDEX ON", table), timeout=None)
        ended = time.perf_counter()
        await db.execute("DROP TABLE bare_leg")
    finally:
        await db.close()
    return between - begun, ended - between


async def _unpacked(path: Path) -> AsyncIterator[bytes]:
    unpack = isal_zlib.decompressobj(GZIP)
    with open(path, "rb") as file:  # noqa: ASYNC230 - nothing else runs here
        while block := file.read(1 << 20):
            yield unpack.decompress(block)

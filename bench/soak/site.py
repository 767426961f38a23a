"""The whole site running: PBXs, a database, one server or several, pages."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from tests.peers import postgresql as peer

from bench.processes import Process, monitored, serving
from bench.soak.company import make_site
from bench.soak.processes import Generator, generating
from bench.soak.size import Size

POSTGRESQL: Mapping[str, str] = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Running:
    size: Size
    folder: Path
    database: str
    "Its URL; empty = the SQLite file in `folder`."
    database_pid: int | None
    tables: Path | None
    "Folder of PostgreSQL's tables and indexes."
    servers: list[Process]
    exchanges: Generator
    viewers: Generator
    took: dict[str, float]
    "Seconds: filling, starting, monitoring, opening the pages."

    @property
    def legs(self) -> Path:
        """What the PBXs write at their end: each leg that there was."""
        return self.folder / "legs.json"

    def disk(self) -> dict[str, float]:
        """Megabytes of the database and of what waits beside it."""
        found = {"state": _megabytes(self.folder / "state")}
        if self.tables is not None:
            found["database"] = _megabytes(self.tables)
        else:
            files = self.folder.glob("tws.db*")
            found["database"] = sum(path.stat().st_size for path in files) / MEGABYTE
        return found


@contextlib.asynccontextmanager
async def running(
    size: Size, *, kind: str = "sqlite", nodes: int = 1, **environment: str
) -> AsyncIterator[Running]:
    """`kind`: sqlite or postgresql. `nodes`: servers of the same database, each with
    `environment` (`{n}` in a value is its number); several need what a cluster needs."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="tws-soak-"))
        stack.callback(shutil.rmtree, folder)
        (folder / "size.json").write_bytes(msgspec.json.encode(size))
        pid, tables, database = None, None, ""
        if kind == "postgresql":
            peer.prepare()
            server = stack.enter_context(peer.running_postgresql(settings=POSTGRESQL))
            database = await server.new_database()
            tables = server.folder / "data" / "base"
            pid = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        exchanges = await stack.enter_async_context(
            generating(
                "bench.soak.exchanges", [str(folder / "size.json"), str(folder / "legs.json")]
            )
        )
        ports, facts = exchanges.last["ports"], exchanges.last["facts"]
        begun = time.monotonic()
        site = await make_site(folder, size, ports, database)
        (folder / "site.json").write_bytes(msgspec.json.encode(site))
        took = {"filled": time.monotonic() - begun}
        servers = []
        for n in range(nodes):
            own = {name: value.format(n=n) for name, value in environment.items()}
            begun = time.monotonic()
            servers.append(
                await stack.enter_async_context(
                    serving(folder, database or None, TWS_STATE_DIR=f"{folder}/state/{n}", **own)
                )
            )
            took["started"] = time.monotonic() - begun
        begun = time.monotonic()
        await monitored(servers[0], size.links * size.devices)
        took["monitored"] = time.monotonic() - begun
        arguments = [str(folder), str(facts), *(str(each.port) for each in servers)]
        viewers = await stack.enter_async_context(generating("bench.soak.viewers", arguments))
        took["opened"] = viewers.last["opened"]
        yield Running(size, folder, database, pid, tables, servers, exchanges, viewers, took)


def _megabytes(folder: Path) -> float:
    files = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return sum(path.stat().st_size for path in files if path.exists()) / MEGABYTE


async def asked(running: Running, statement: str) -> list[Any]:
    """What the database answers, asked beside the servers."""
    if not running.database:
        with contextlib.closing(sqlite3.connect(running.folder / "tws.db")) as connection:
            return connection.execute(statement).fetchall()
    engine = create_async_engine(running.database)
    try:
        async with engine.connect() as connection:
            return list(await connection.execute(text(statement)))
    finally:
        await engine.dispose()

"""The whole site running: PBXs and a database; upon them servers, one or several, and pages."""

import contextlib
import dataclasses
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from tests.peers import postgresql as peer
from tests.peers.nats import running_nats

from bench.processes import Process, monitored, serving
from bench.processes import running as running_process
from bench.soak.company import make_site
from bench.soak.processes import Generator, generating, held
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
class Plant:
    """PBXs, and a database in which everybody is who has a telephone there."""

    size: Size
    folder: Path
    exchanges: Generator
    ports: list[int]
    "Of the PBXs."
    facts: int
    "The port where the PBXs' steps are told."
    filled: float
    "Seconds that it took to fill the database."
    database: str = ""
    "Its URL; empty = the SQLite file in `folder`."
    tables: Path | None = None
    "Folder of PostgreSQL's tables and indexes."
    database_pid: int | None = None

    @property
    def legs(self) -> Path:
        """What the PBXs write when everybody is told to hang up: each leg that there was."""
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

    async def asked(self, statement: str) -> list[Any]:
        """What the database answers, asked beside the servers."""
        if not self.database:
            with contextlib.closing(sqlite3.connect(self.folder / "tws.db")) as connection:
                return connection.execute(statement).fetchall()
        engine = create_async_engine(self.database)
        try:
            async with engine.connect() as connection:
                return list(await connection.execute(text(statement)))
        finally:
            await engine.dispose()


@dataclass(frozen=True, slots=True)
class Running:
    plant: Plant
    servers: list[Process]
    viewers: Generator
    took: dict[str, float] = field(default_factory=dict)
    "Seconds: starting, monitoring, opening the pages."
    memory: dict[str, float] = field(default_factory=dict)
    "Megabytes that the servers hold of their own: without pages, with them."

    def __str__(self) -> str:
        seconds = [f"{name} {each:.1f} s" for name, each in self.took.items()]
        return ", ".join(seconds + [f"{each:.0f} MB {name}" for name, each in self.memory.items()])


@contextlib.asynccontextmanager
async def built(size: Size, kind: str = "sqlite") -> AsyncIterator[Plant]:
    """`kind`: sqlite or postgresql."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="tws-soak-"))
        stack.callback(shutil.rmtree, folder)
        (folder / "size.json").write_bytes(msgspec.json.encode(size))
        database, tables, pid = "", None, None
        if kind == "postgresql":
            peer.prepare()
            server = stack.enter_context(peer.running_postgresql(settings=POSTGRESQL))
            database, tables = await server.new_database(), server.folder / "data" / "base"
            pid = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        arguments = [str(folder / "size.json"), str(folder / "legs.json")]
        exchanges = await stack.enter_async_context(generating("bench.soak.exchanges", arguments))
        ports, facts = exchanges.last["ports"], exchanges.last["facts"]
        begun = time.monotonic()
        site = await make_site(folder, size, ports, database)
        (folder / "site.json").write_bytes(msgspec.json.encode(site))
        filled = time.monotonic() - begun
        yield Plant(size, folder, exchanges, ports, facts, filled, database, tables, pid)


@contextlib.asynccontextmanager
async def served(plant: Plant, nodes: int = 1, **environment: str) -> AsyncIterator[Running]:
    """`nodes`: servers of the same database, which is PostgreSQL where there are several, each
    with `environment` (`{n}` in a value is its number, from 0)."""
    async with contextlib.AsyncExitStack() as stack:
        servers, took = [], {}
        if nodes > 1:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tws-nats-")))
            nats = stack.enter_context(running_nats(folder))
            environment |= {"TWS_NATS": nats.url, "TWS_NODE": "node{n}"}
        for n in range(nodes):
            own = {name: value.format(n=n) for name, value in environment.items()}
            own["TWS_STATE_DIR"] = f"{plant.folder}/state/{n}"
            begun = time.monotonic()
            started = serving(plant.folder, plant.database or None, **own)
            servers.append(await stack.enter_async_context(started))
            took["started in"] = time.monotonic() - begun
        begun, used = time.monotonic(), _cpu(servers)
        # A link is monitored by one of them, and known to all.
        await monitored(servers[0], plant.size.links * plant.size.devices, *servers[1:])
        took["all devices heard in"] = time.monotonic() - begun
        took["of the processor"], used = _cpu(servers) - used, _cpu(servers)
        memory = {"without pages": sum(held(each.pid)["uss"] for each in servers)}
        viewers = await stack.enter_async_context(viewing(plant, servers))
        took["all pages open in"] = viewers.last["opened"]
        took["of the processor for them"] = _cpu(servers) - used
        memory["with pages"] = sum(held(each.pid)["uss"] for each in servers)
        yield Running(plant, servers, viewers, took, memory)


@contextlib.asynccontextmanager
async def bare(plant: Plant) -> AsyncIterator[Running]:
    """The same PBXs and pages upon the bare limit (`bench.soak.bare`), which serves nothing but
    live streams."""
    size = dataclasses.replace(plant.size, clicks=0.0, reads=0.0, logins=0.0)
    (plant.folder / "size.json").write_bytes(msgspec.json.encode(size))
    arguments = ["-m", "bench.soak.bare", str(plant.folder), *map(str, plant.ports)]
    async with (
        running_process(arguments, "Listening on port") as process,
        viewing(plant, [process]) as viewers,
    ):
        memory = {"with pages": held(process.pid)["uss"]}
        yield Running(plant, [process], viewers, memory=memory)


def viewing(
    plant: Plant, servers: list[Process]
) -> contextlib.AbstractAsyncContextManager[Generator]:
    ports = [str(each.port) for each in servers]
    return generating("bench.soak.viewers", [str(plant.folder), str(plant.facts), *ports])


def _cpu(servers: list[Process]) -> float:
    return sum(server.cpu() for server in servers)


def _megabytes(folder: Path) -> float:
    files = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return sum(path.stat().st_size for path in files if path.exists()) / MEGABYTE

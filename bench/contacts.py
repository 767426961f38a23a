"""150,000 contacts with 300,000 numbers from a CSV file: synchronising, looking up, searching.

Synchronisations go through the server's API, as do the lookups and searches, from one client and
from eight. Beside synchronisations: the same file in two bare tables (`bench.bare_contacts`).
Beside the lookups and searches: the same question in bare SQL to the same database, by one client.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bench import bare_contacts
from bench.asking import Asker, Query
from bench.company import make_company, settings_of
from bench.figures import Figure
from bench.processes import Process, serving
from bench.source import MAPPING, first_name, last_name, numbers, write
from tws.app.house import open_house
from tws.config import Settings

CONTACTS = 150_000
CLIENTS = 8
ASKED = 200
"Questions of each kind from each client; no two are about the same contact."
EMPTY = (b"[]", b'{"match":null,"dials":null,"tooLong":false}')


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question, about the n-th contact."""

    name: str
    path: str
    question: Callable[[int], Query]
    most: Callable[[float], float]
    "Milliseconds wanted of one client, p95, where the bare question takes so many."
    least: float | None
    "Questions a second wanted of eight clients."
    sql: str
    "Of `:company`, and what `bare` gives."
    bare: Callable[[int], Query]


def _lookup(n: int) -> Query:
    return {"number": f"+33{numbers(n)[n % 2][1:].replace(' ', '')}"}


def _wrong(n: int) -> Query:
    """The last name with one letter too many in its middle."""
    name = last_name(n)
    return {"q": f"{name[:3]}x{name[3:]}"}


NAMES = "SELECT * FROM contact WHERE company = :company AND sort >= :low AND sort < :high"
PARTS = "SELECT * FROM contact WHERE company = :company AND folded LIKE :part"
FIRST_20 = " ORDER BY sort, id LIMIT 20"
KINDS = (
    Kind(
        name="reverse lookup",
        path="contacts/reverse",
        question=_lookup,
        most=lambda bare: 8,
        least=1200,
        sql="SELECT c.* FROM contact_number n JOIN contact c ON c.id = n.contact"
        " WHERE n.company = :company AND n.e164 = :number",
        bare=_lookup,
    ),
    Kind(
        name="search by a beginning",
        path="contacts",
        question=lambda n: {"q": last_name(n)[:7].lower()},
        most=lambda bare: 30,
        least=300,
        sql=NAMES + FIRST_20,
        bare=lambda n: _range(last_name(n)[:7].lower()),
    ),
    Kind(
        name="search by two words",
        path="contacts",
        question=lambda n: {"q": f"{first_name(n).lower()} {last_name(n)[:5]}"},
        most=lambda bare: 30,
        least=300,
        sql=NAMES + " AND folded LIKE :part" + FIRST_20,
        bare=lambda n: (
            {**_range(last_name(n)[:5].lower()), "part": f"% {first_name(n).lower()[:2]}%"}
        ),
    ),
    Kind(
        name="search by digits",
        path="contacts",
        question=lambda n: {"q": numbers(n)[0][-8:]},
        most=lambda bare: 30,
        least=300,
        sql=PARTS + FIRST_20,
        bare=lambda n: {"part": f"%{numbers(n)[0][-8:].replace(' ', '')}%"},
    ),
    Kind(
        name="search with a typing error",
        path="contacts",
        question=_wrong,
        most=lambda bare: 1.5 * bare + 20,
        least=None,
        sql=PARTS + FIRST_20,
        bare=lambda n: {"part": f"%{last_name(n)[3:].lower()}%"},
    ),
)


def _range(word: str) -> Query:
    return {"low": f" {word}", "high": f" {word}\U0010ffff"}


class Server:
    """A server with its administrator and a user's key."""

    def __init__(self, process: Process, admin: httpx.AsyncClient, key: str) -> None:
        self.process, self.admin, self.key = process, admin, key
        self.directory = ""

    async def add(self) -> None:
        (domain,) = (await self.admin.get("admin/domains")).json()
        body = {
            "domain": domain["id"],
            "name": "Customers",
            "connector": "csv",
            "settings": {"file": "customers.csv"},
            "mapping": MAPPING,
        }
        answer = await self.admin.post("admin/directories", json=body)
        answer.raise_for_status()
        self.directory = answer.json()["id"]
        grant = {
            **{"kind": "directory", "objectKind": "directory", "object": self.directory},
            **{"granteeKind": "domain", "grantee": domain["id"]},
        }
        (await self.admin.post("admin/grants", json=grant)).raise_for_status()

    async def synchronise(self) -> float:
        """Seconds to its end."""
        path = f"admin/directories/{self.directory}"
        begun = time.perf_counter()
        (await self.admin.post(f"{path}/synchronise")).raise_for_status()
        while True:
            await asyncio.sleep(0.1)  # it is another process: there is no event to wait for
            (run,) = (await self.admin.get(f"{path}/runs", params={"limit": 1})).json()
            if run["state"] == "done":
                return time.perf_counter() - begun
            if run["state"] not in ("reading", "merging"):
                raise RuntimeError(f"{run['state']}: {run['words']}")


async def measure() -> list[Figure]:
    return await measure_on(None, CONTACTS)


async def measure_on(database: str | None, contacts: int) -> list[Figure]:
    """On SQLite, or on the database of this URL."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        (member,) = await make_company(
            data, 1, "csta_xml", {"host": "127.0.0.1", "port": 1}, database=database or ""
        )
        async with serving(data, database) as process:
            base = f"http://127.0.0.1:{process.port}"
            headers = {"Origin": base}
            async with httpx.AsyncClient(
                base_url=f"{base}/api/v1/", headers=headers, timeout=60
            ) as admin:
                account = {"username": "admin", "password": "a long password"}
                (await admin.post("administrator/login", json=account)).raise_for_status()
                server = Server(process, admin, member.key)
                url = database or f"sqlite+pysqlite:///{data / 'tws.db'}"
                figures = await _synchronised(server, data, contacts, url)
                for kind in KINDS:
                    figures += await _asked(server, kind, url, contacts)
        return [
            *figures,
            await _in_process(settings_of(data, database or ""), member.key, url, contacts),
        ]


async def _synchronised(server: Server, data: Path, contacts: int, url: str) -> list[Figure]:
    companies = (await server.admin.get("admin/companies")).json()
    folder = data / "files" / companies[0]["id"]
    folder.mkdir(parents=True)
    write(folder / "customers.csv", contacts)
    await server.add()
    before = server.process.resident()
    first = await server.synchronise()
    held = server.process.resident() - before
    again = await server.synchronise()
    least, least_again = await bare_contacts.synchronised(url, folder / "customers.csv")
    return [
        Figure(
            name="synchronised into an empty directory",
            unit="/s",
            value=contacts / first,
            bare=contacts / least,
            at_least=8000,
        ),
        Figure(
            name="synchronised, nothing changed",
            unit="/s",
            value=contacts / again,
            bare=contacts / least_again,
            at_least=30_000,
        ),
        Figure(name="memory that the server took meanwhile", unit="MB", value=held),
    ]


async def _asked(server: Server, kind: Kind, url: str, contacts: int) -> list[Figure]:
    """p95 in ms of one client, and questions a second of eight."""
    chance = random.Random(kind.name)
    picked = [chance.randrange(contacts) for _ in range(ASKED * (CLIENTS + 1))]
    one, *many = [picked[at : at + ASKED] for at in range(0, len(picked), ASKED)]
    times = await _bare(url, kind, one)
    bare = _p95(times)
    asker = Asker(server.process.port, server.key)

    async def ask(ns: Sequence[int]) -> list[float]:
        return await asker.ask(kind.path, [kind.question(n) for n in ns], EMPTY)

    p95 = _p95(await ask(one))
    begun = time.perf_counter()
    await asyncio.gather(*(ask(ns) for ns in many))
    rate = CLIENTS * ASKED / (time.perf_counter() - begun)
    return [
        Figure(name=f"{kind.name}: p95", unit="ms", value=p95, bare=bare, at_most=kind.most(bare)),
        Figure(
            name=f"{kind.name}: {CLIENTS} clients",
            unit="/s",
            value=rate,
            bare=len(times) / sum(times),
            at_least=kind.least,
        ),
    ]


async def _in_process(settings: Settings, key: str, url: str, contacts: int) -> Figure:
    """The reverse lookup without HTTP, in a house of this process."""
    (kind, *_) = KINDS
    picked = random.Random("in process")
    asked = [picked.randrange(contacts) for _ in range(ASKED)]
    bare = _p95(await _bare(url, kind, asked))
    times = []
    async with open_house(settings) as house:
        actor = house.rooms.access.sessions.actor_of(key)
        assert actor is not None
        for n in asked:
            begun = time.perf_counter()
            match = await house.rooms.directory.reverse(actor, kind.question(n)["number"])
            times.append(time.perf_counter() - begun)
            assert match is not None
    name = f"{kind.name} in process: p95"
    return Figure(name=name, unit="ms", value=_p95(times), bare=bare, at_most=2 * bare + 1)


async def _bare(url: str, kind: Kind, asked: Sequence[int]) -> list[float]:
    """Seconds of each of the same questions in SQL, in this process."""
    if not make_url(url).drivername.endswith("asyncpg"):
        return await asyncio.to_thread(_bare_sqlite, url, kind, asked)
    engine = create_async_engine(url)
    times = []
    async with engine.connect() as db:
        company = (await db.execute(text("SELECT id FROM company"))).scalar_one()
        for n in asked:
            begun = time.perf_counter()
            await db.execute(text(kind.sql), {"company": company, **kind.bare(n)})
            times.append(time.perf_counter() - begun)
    await engine.dispose()
    return times


def _bare_sqlite(url: str, kind: Kind, asked: Sequence[int]) -> list[float]:
    times = []
    with create_engine(url).connect() as db:
        company = db.execute(text("SELECT id FROM company")).scalar_one()
        for n in asked:
            begun = time.perf_counter()
            db.execute(text(kind.sql), {"company": company, **kind.bare(n)}).all()
            times.append(time.perf_counter() - begun)
    return times


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1] * 1000

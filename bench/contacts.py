"""150,000 contacts with 300,000 numbers from a CSV file: synchronising, looking up, searching.

Synchronisations go through the server's API, as do the lookups and searches, from one client and
from eight. Beside the lookups and searches: the same statement on the same file, in this process.
"""

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from bench.company import make_company
from bench.figures import Figure
from bench.processes import Process, serving

CONTACTS = 150_000
CLIENTS = 8
ASKED = 400
"Questions of each kind from one client."
MAPPING = {
    "identifier": "id",
    "last_name": "sn",
    "first_name": "gn",
    "organisation": "o",
    "work": "tel",
    "mobile": "mobile",
    "email1": "mail",
}
LAST = ("Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau")
FIRST = ("Marie", "Paul", "Zoé", "Jean", "Anne", "Luc", "Inès", "Hugo", "Léa", "Noé", "Eva")


def numbers(n: int) -> tuple[str, str]:
    """A work and a mobile number of the n-th contact."""
    digits = f"{n:08}"
    pairs = " ".join(digits[i : i + 2] for i in range(0, 8, 2))
    return f"01 {pairs}", f"06 {pairs}"


def last_name(n: int) -> str:
    return f"{LAST[n % len(LAST)]}{n // 37:x}"


def write(file: Path) -> None:
    with file.open("w") as out:
        out.write("id;sn;gn;o;tel;mobile;mail\n")
        for n in range(CONTACTS):
            work, mobile = numbers(n)
            who = f"{n};{last_name(n)};{FIRST[n % len(FIRST)]};Company {n % 5000}"
            out.write(f"{who};{work};{mobile};person{n}@example.org\n")


class Server:
    """A server with its administrator and a user's key."""

    def __init__(self, process: Process, admin: httpx.AsyncClient, key: str) -> None:
        self.process, self.admin, self.key = process, admin, key
        self.directory = ""

    def client(self) -> httpx.AsyncClient:
        base = f"http://127.0.0.1:{self.process.port}/api/v1/"
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.AsyncClient(base_url=base, headers=headers, timeout=60)

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
        grant = {"directory": self.directory, "domain": domain["id"]}
        (await self.admin.post("admin/directory-grants", json=grant)).raise_for_status()

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
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        (member,) = await make_company(data, 1, "csta_xml", {"host": "127.0.0.1", "port": 1})
        async with serving(data) as process:
            base = f"http://127.0.0.1:{process.port}"
            headers = {"Origin": base}
            async with httpx.AsyncClient(
                base_url=f"{base}/api/v1/", headers=headers, timeout=60
            ) as admin:
                account = {"username": "admin", "password": "a long password"}
                (await admin.post("administrator/login", json=account)).raise_for_status()
                return await _figures(Server(process, admin, member.key), data)


async def _figures(server: Server, data: Path) -> list[Figure]:
    companies = (await server.admin.get("admin/companies")).json()
    folder = data / "files" / companies[0]["id"]
    folder.mkdir(parents=True)
    write(folder / "customers.csv")
    await server.add()
    before = server.process.resident()
    first = await server.synchronise()
    held = server.process.resident() - before
    again = await server.synchronise()
    figures = [
        Figure(
            name="synchronised into an empty directory",
            unit="/s",
            value=CONTACTS / first,
            note="wanted: at least 8000",
        ),
        Figure(
            name="synchronised, nothing changed",
            unit="/s",
            value=CONTACTS / again,
            note="wanted: at least 30000",
        ),
        Figure(name="memory that the server took meanwhile", unit="MB", value=held),
    ]
    chance = random.Random(1)
    picked = [chance.randrange(CONTACTS) for _ in range(ASKED)]
    lookups = [{"number": f"+33{numbers(n)[n % 2][1:].replace(' ', '')}"} for n in picked]
    words = [{"q": last_name(n)[:7].lower()} for n in picked]
    pairs = [{"q": f"{FIRST[n % len(FIRST)].lower()} {last_name(n)[:5]}"} for n in picked]
    parts = [{"q": numbers(n)[0][-8:]} for n in picked]
    bare = await asyncio.to_thread(_bare, data / "tws.db", [q["number"] for q in lookups])
    figures += await _asked(server, "reverse lookup", "contacts/reverse", lookups, 8, 1200, bare)
    for title, queries in (("a beginning", words), ("two words", pairs), ("digits", parts)):
        figures += await _asked(server, f"search by {title}", "contacts", queries, 30, 300)
    return figures


async def _asked(
    server: Server,
    what: str,
    path: str,
    queries: list[dict[str, str]],
    most: float,
    least: float,
    bare: float | None = None,
) -> list[Figure]:
    """p95 in ms of one client, and questions a second of eight."""
    async with server.client() as client:
        await _each(client, path, queries[:20])
        times = await _each(client, path, queries)
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    many = [server.client() for _ in range(CLIENTS)]
    begun = time.perf_counter()
    await asyncio.gather(*(_each(client, path, queries) for client in many))
    rate = CLIENTS * len(queries) / (time.perf_counter() - begun)
    for client in many:
        await client.aclose()
    return [
        Figure(
            name=f"{what}: p95", unit="ms", value=p95, bare=bare, note=f"wanted: at most {most} ms"
        ),
        Figure(
            name=f"{what}: {CLIENTS} clients",
            unit="/s",
            value=rate,
            note=f"wanted: at least {least}",
        ),
    ]


async def _each(
    client: httpx.AsyncClient, path: str, queries: list[dict[str, str]]
) -> list[float]:
    times = []
    for query in queries:
        begun = time.perf_counter()
        answer = await client.get(path, params=query)
        times.append(time.perf_counter() - begun)
        if answer.status_code != 200 or answer.json() in ([], {"match": None}):
            raise RuntimeError(f"{path} {query}: {answer.text[:200]}")
    return times


def _bare(database: Path, wanted: list[str]) -> float:
    """p95 in ms of the lookup's own statement, on the same file."""
    query = (
        "SELECT c.* FROM contact_number n JOIN contact c ON c.id = n.contact"
        " WHERE n.company = (SELECT id FROM company) AND n.e164 = ?"
    )
    times = []
    with sqlite3.connect(database) as db:
        for number in wanted:
            begun = time.perf_counter()
            db.execute(query, (number,)).fetchall()
            times.append(time.perf_counter() - begun)
    return statistics.quantiles(times, n=20)[-1] * 1000

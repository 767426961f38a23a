"""What pages read all day: processor time of each request, beside an empty FastAPI endpoint.

200 people with telephones, 20,000 contacts, and the calls of one of them in the journal. The bare
limit is the dearer of two: an empty endpoint, served in the same way, and the same question in
bare SQL where the database is asked. All three take turns, with the same client; the processor
time of all threads of the server counts, and that of the thread that asks in bare SQL.
"""

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench import contacts
from bench.asking import Asker, Query
from bench.company import Member, make_company
from bench.figures import Figure, median
from bench.processes import Process, monitored, running, serving
from bench.source import write
from bench.switch import Story, Switch

PEOPLE, CONTACTS, CALLS = 200, 20_000, 60
CLIENTS = 4
"Connections that ask at once."
ASKED = 400
"Requests of each kind in a round."
ROUNDS = 5
GOAL = 0.6
"Of the rate of the bare limit."
LOG = (
    "SELECT * FROM call_leg WHERE company = :company AND user = :user AND ended IS NOT NULL"
    " AND (direction = 'incoming' OR heard != '') ORDER BY created DESC, id DESC LIMIT 51"
)

USERS = "SELECT * FROM user_account WHERE company = :company ORDER BY username"
COLLEAGUES = (
    "SELECT u.*, d.* FROM user_account u LEFT JOIN user_device d ON d.user = u.id"
    " WHERE u.company = :company ORDER BY u.last_name"
)


@dataclass(frozen=True, slots=True)
class Read:
    """An operation; `sql` asks of `:company`, `:user`, and what `queries` of contacts give."""

    name: str
    path: str
    kind: contacts.Kind | None = None
    "Of which contacts are asked for."
    sql: str = ""
    administrator: bool = False

    def queries(self, picked: Sequence[int]) -> list[Query]:
        return [{} if self.kind is None else self.kind.question(n) for n in picked]


READS = (
    Read("getSession", "session"),
    Read("getMyPreferences", "preferences"),
    Read("getMyParameters", "parameters"),
    Read("listDevices", "devices"),
    Read("listCalls", "calls"),
    Read("listProfiles", "profiles"),
    Read("listChats", "chats"),
    Read("listColleagues, 199 of them", "colleagues", sql=COLLEAGUES),
    Read("reverseLookup", "contacts/reverse", kind=contacts.KINDS[0]),
    Read("searchContacts", "contacts", kind=contacts.KINDS[1]),
    Read(f"listCallLog, 50 of {CALLS}", "call-log", sql=LOG),
    Read("getHealth", "health"),
    Read("listUsers, 200 of them", "admin/users", administrator=True, sql=USERS),
    Read("listLinks", "admin/links", administrator=True),
    Read("listGroups", "admin/groups", administrator=True),
)


@dataclass
class Site:
    server: Process
    bare: Process
    data: Path
    member: Member
    cookie: str
    company: str

    async def costs(self, read: Read, picked: Sequence[int]) -> tuple[float, float, float]:
        """Microseconds of processor time for a request, an empty one, and a bare question (0:
        none is asked)."""
        asker = (
            Asker(self.server.port, cookie=self.cookie)
            if read.administrator
            else Asker(self.server.port, self.member.key)
        )
        queries = read.queries(picked)
        ours = await _cost(self.server, asker, read.path, queries, len(picked))
        empty = await _cost(self.bare, Asker(self.bare.port, "-"), "empty", queries, len(picked))
        return ours, empty, await asyncio.to_thread(self._bare_sql, read, picked)

    def _bare_sql(self, read: Read, picked: Sequence[int]) -> float:
        sql = read.sql or (read.kind.sql if read.kind else "")
        if not sql:
            return 0.0
        fixed = {"company": self.company, "user": self.member.user}
        asked: list[dict[str, Any]] = [
            {**fixed, **(read.kind.bare(n) if read.kind else {})} for n in picked
        ]
        with closing(sqlite3.connect(self.data / "tws.db")) as db:
            db.execute(sql, asked[0]).fetchall()
            begun = time.thread_time()
            for values in asked:
                db.execute(sql, values).fetchall()
            return (time.thread_time() - begun) / len(asked) * 1e6


async def _cost(
    process: Process, asker: Asker, path: str, queries: Sequence[Query], asked: int
) -> float:
    shares = [queries[at::CLIENTS] for at in range(CLIENTS)]
    cpu = process.cpu()
    await asyncio.gather(*(asker.ask(path, share, ()) for share in shares))
    return (process.cpu() - cpu) / asked * 1e6


async def measure() -> list[Figure]:
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        switch = Switch()
        await switch.start()
        stack.push_async_callback(switch.stop)
        link: dict[str, object] = {
            "host": "127.0.0.1",
            "port": switch.port,
            "session": "off",
            "features": "off",
        }
        members = await make_company(data, PEOPLE, "csta_xml", link, keys=1)
        server = await stack.enter_async_context(serving(data))
        await monitored(server, PEOPLE)
        bare = await stack.enter_async_context(running(["-m", "bench.bare_api"], "Listening"))
        cookie, company = await _furnished(server, data, members[0])
        await _call(server, switch, members[0])
        site = Site(server, bare, data, members[0], cookie, company)
        chance = random.Random(5)
        measured: dict[str, list[tuple[float, float, float]]] = {}
        for turn in range(ROUNDS + 1):
            for read in READS:
                picked = [chance.randrange(CONTACTS) for _ in range(ASKED)]
                costs = await site.costs(read, picked)
                if turn:  # the first one warms up
                    measured.setdefault(read.name, []).append(costs)
    return [figure for name, costs in measured.items() for figure in _figures(name, costs)]


def _figures(name: str, costs: Sequence[tuple[float, float, float]]) -> list[Figure]:
    ours, empty, sql = ([one[at] for one in costs] for at in range(3))
    limits = [max(one[1:]) for one in costs]
    asked = f", in SQL {median('', '', sql).value:.0f}" if any(sql) else ""
    return [
        median(
            name,
            "us",
            ours,
            bare=median("", "", limits).value,
            note=f"an empty endpoint {median('', '', empty).value:.0f}{asked}",
        ),
        median(
            "  rate, as a share of the bare limit",
            "",
            [limit / own for own, limit in zip(ours, limits, strict=True)],
            at_least=GOAL,
        ),
    ]


async def _furnished(server: Process, data: Path, member: Member) -> tuple[str, str]:
    """Contacts, and a session of the administrator; its cookie, and the company's id."""
    base = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(
        base_url=f"{base}/api/v1/", headers={"Origin": base}, timeout=60
    ) as admin:
        account = {"username": "admin", "password": "a long password"}
        (await admin.post("administrator/login", json=account)).raise_for_status()
        (company,) = (await admin.get("admin/companies")).json()
        folder = data / "files" / company["id"]
        folder.mkdir(parents=True)
        write(folder / "customers.csv", CONTACTS)
        directory = contacts.Server(server, admin, member.key)
        await directory.add()
        await directory.synchronise()
        cookies: Mapping[str, str] = dict(admin.cookies)
    return "; ".join(f"{name}={value}" for name, value in cookies.items()), company["id"]


async def _call(server: Process, switch: Switch, member: Member) -> None:
    """The person is called often, and takes the calls; until the journal has them."""
    story = Story(member.number)
    for _ in range(CALLS):
        while True:
            state, data = story.step(switch.monitors[member.number])
            switch.send(data)
            if state is None:
                break
    headers = {"Authorization": f"Bearer {member.key}"}
    async with (
        asyncio.timeout(30),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}/api/v1/") as client,
    ):
        entries = 0
        while entries < CALLS:
            await asyncio.sleep(0.2)  # it is another process: there is no event to wait for
            page = (await client.get("call-log?limit=200", headers=headers)).json()
            entries = len(page["entries"])

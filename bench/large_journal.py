"""A log of many calls, read: each page and filter, deep pages, news, exports, on both databases.

Each question goes through the API of a server, and beside it stands the same question in bare SQL
from this process, one after the other. `large_journal_10m`, if it is asked for: 10,000,000 calls.
"""

import csv
import io
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from sqlalchemy import make_url

from bench.call_history import NOW, SPAN
from bench.figures import Figure, percentile
from bench.large_database import Filled, connected, on_each
from bench.processes import serving

CALLS, MANY = 300_000, 10_000_000
ASKED = 100
MOST_LINES = 10_000
"Of a file."
WANTED = 100.0
"Milliseconds, p95."
Ask = Callable[[str, Mapping[str, str]], Awaitable[list[tuple[object, ...]]]]

SEEN = "ended IS NOT NULL AND (direction = 'incoming' OR heard <> '')"
LOG = f"SELECT * FROM call_leg WHERE company = :company AND {SEEN}"  # noqa: S608
OWN = f'{LOG} AND "user" = :user'
MATCHING = "SELECT * FROM call_leg WHERE id IN ({})"
FIRST = " ORDER BY created DESC, id DESC LIMIT 51"
TEXT = " AND folded LIKE :text"
LATER = " AND created <= :at AND (created < :at OR id < :id)"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question. `who`: a random user, the operator, or an administrator, who asks
    about the company."""

    name: str
    who: str
    sql: str
    query: Mapping[str, str] = field(default_factory=dict)
    text: Callable[[random.Random], str] | None = None
    deep: bool = False
    path: str = "call-log"
    wanted: float = WANTED


def _name(chance: random.Random) -> str:
    return chance.choice(("paul bernard", "anne thomas", "hugo robert", "eva moreau"))


def _nobody(chance: random.Random) -> str:
    return f"qx{chance.randrange(10_000)}z"


def _digits(chance: random.Random) -> str:
    return f"331{chance.randrange(50_000):08}"


WAYS: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("all", {}, ""),
    ("missed", {"outcome": "missed"}, " AND outcome = 'missed'"),
    ("incoming", {"direction": "incoming"}, " AND direction = 'incoming'"),
    ("outgoing", {"direction": "outgoing"}, " AND direction = 'outgoing'"),
)
SELDOM = (
    ("refused", {"outcome": "refused"}, " AND outcome = 'refused'"),
    ("end not seen", {"outcome": "endNotSeen"}, " AND outcome = 'endNotSeen'"),
)
TEXTS = (("a name", _name), ("a number", _digits), ("what is not there", _nobody))
MISSED = (
    'SELECT count(*) FROM call_leg WHERE company = :company AND "user" = :user'
    " AND outcome = 'missed'"
)


def _page(base: str, filters: str, place: str = "") -> str:
    """In the best words: which calls match is asked of the index alone."""
    page = base + filters + place + FIRST
    if not filters:
        return page
    ids = page.replace("SELECT *", "SELECT id", 1)
    return f"{MATCHING.format(ids)} ORDER BY created DESC, id DESC"


def kinds() -> list[Kind]:
    found = []
    for who, base in (("user", OWN), ("operator", OWN), ("administrator", LOG)):
        for name, query, sql in WAYS if who != "administrator" else (*WAYS, *SELDOM):
            found.append(Kind(f"{who}: {name}", who, _page(base, sql), query))
        for name, query, sql in WAYS[:2]:
            deep = _page(base, sql, LATER)
            found.append(Kind(f"{who}: {name}, deep page", who, deep, query, deep=True))
        for name, text in TEXTS:
            found.append(Kind(f"{who}: search of {name}", who, _page(base, TEXT), text=text))
        if who != "administrator":
            found.append(Kind(f"{who}: what is new", who, MISSED, path="journal/news"))
    return found


async def measure() -> list[Figure]:
    return await on_each(CALLS, _measured)


async def measure_10m() -> list[Figure]:
    return await on_each(MANY, _measured)


async def _measured(found: Filled) -> list[Figure]:
    figures = []
    if found.filling is not None:
        rate = found.legs / found.filling
        figures.append(Figure(name=f"{found.kind}: filled", unit="/s", value=rate))
    async with serving(found.data, found.url) as process:
        base = f"http://127.0.0.1:{process.port}"
        async with httpx.AsyncClient(
            base_url=f"{base}/api/v1/", headers={"Origin": base}, timeout=120
        ) as admin:
            account = {"username": "admin", "password": "a long password"}
            (await admin.post("administrator/login", json=account)).raise_for_status()
            async with _bare(found) as ask:
                for kind in kinds():
                    figures += await _asked(found, kind, base, admin, ask)
                figures += await _exported(found, base, process.resident, ask)
    return figures


@asynccontextmanager
async def _bare(found: Filled) -> AsyncIterator[Ask]:
    """What asks the database itself, from this process."""
    if found.kind == "sqlite":
        with closing(sqlite3.connect(make_url(found.url).database or "")) as file:

            async def ask(sql: str, values: Mapping[str, str]) -> list[tuple[object, ...]]:
                return file.execute(sql, values).fetchall()

            yield ask
        return
    db = await connected(found.url)

    async def ask_server(sql: str, values: Mapping[str, str]) -> list[tuple[object, ...]]:
        words, given = _numbered(sql, values)
        return [tuple(row) for row in await db.fetch(words, *given)]

    try:
        yield ask_server
    finally:
        await db.close()


def _numbered(sql: str, values: Mapping[str, str]) -> tuple[str, list[object]]:
    given: list[object] = []
    for name, value in values.items():
        if f":{name}" in sql:
            given.append(datetime.fromisoformat(value) if name == "at" else value)
            sql = sql.replace(f":{name}", f"${len(given)}")
    return sql, given


async def _asked(
    found: Filled, kind: Kind, base: str, admin: httpx.AsyncClient, bare: Ask
) -> list[Figure]:
    chance = random.Random(kind.name)
    times: list[float] = []
    bares: list[float] = []
    async with httpx.AsyncClient(base_url=f"{base}/api/v1/", timeout=120) as user:
        for _ in range(ASKED):
            member = found.members[
                0 if kind.who == "operator" else chance.randrange(1, len(found.members))
            ]
            query = dict(kind.query)
            values = {"company": found.company, "user": member.user}
            if kind.text is not None:
                query["text"] = kind.text(chance)
                values["text"] = f"%{query['text'].split()[-1]}%"
            if kind.deep:
                at = NOW - SPAN * chance.uniform(0.3, 0.9)
                query["before"] = f"{at.isoformat()} ffff"
                values |= {"at": at.isoformat(), "id": "ffff"}
                if found.kind == "sqlite":
                    values["at"] = f"{at:%Y-%m-%d %H:%M:%S.%f}"
            begun = time.perf_counter()
            if kind.who == "administrator":
                answer = await admin.get(kind.path, params={**query, "company": found.company})
            else:
                key = {"Authorization": f"Bearer {member.key}"}
                answer = await user.get(kind.path, params=query, headers=key)
            times.append((time.perf_counter() - begun) * 1000)
            answer.raise_for_status()
            begun = time.perf_counter()
            await bare(kind.sql, values)
            bares.append((time.perf_counter() - begun) * 1000)
            if sum(times) > 20_000:  # it misses by far: the others would tell nothing else
                break
    p50, p95, p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
    return [
        Figure(
            name=f"{found.kind}: {kind.name}: p95",
            unit="ms",
            value=p95,
            bare=percentile(bares, 0.95),
            at_most=kind.wanted,
            note=f"p50 {p50:.1f}, p99 {p99:.1f}",
        )
    ]


async def _exported(
    found: Filled, base: str, resident: Callable[[], float], ask: Ask
) -> list[Figure]:
    """The operator's file. Bare: the same rows, written by csv's own writer, whichever format."""
    operator = {"company": found.company, "user": found.members[0].user}
    begun = time.perf_counter()
    rows = await ask(f"{OWN} ORDER BY created DESC, id DESC LIMIT {MOST_LINES}", operator)
    csv.writer(io.StringIO()).writerows(rows)
    least = len(rows) / (time.perf_counter() - begun)
    headers = {"Authorization": f"Bearer {found.members[0].key}"}
    before = resident()
    figures = []
    async with httpx.AsyncClient(base_url=f"{base}/api/v1/", timeout=120) as client:
        for format in ("csv", "xlsx"):
            begun = time.perf_counter()
            async with client.stream(
                "GET", "call-log/file", params={"format": format}, headers=headers
            ) as answer:
                answer.raise_for_status()
                first, size = 0.0, 0
                async for block in answer.aiter_bytes():
                    first = first or time.perf_counter() - begun
                    size += len(block)
            took = time.perf_counter() - begun
            lines = min(MOST_LINES, int(found.legs * 0.01))
            figures.append(
                Figure(
                    name=f"{found.kind}: {format} of some {lines:,} calls",
                    unit="lines/s",
                    value=lines / took,
                    bare=least,
                    note=f"first byte {first * 1000:.0f} ms, {size / 1e6:.1f} MB",
                )
            )
    grown = resident() - before
    figures.append(Figure(name=f"{found.kind}: memory of both files", unit="MB", value=grown))
    return figures

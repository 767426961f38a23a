"""Authorisations of 5,000 users: a decision in process, and the requests of the screen.

200 groups of 250 users, 10,000 grants. Beside them what the machine does at best: looking a key up
in a dictionary, and encoding the same rows as JSON.
"""

import random
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec

from bench.company import settings_of
from bench.figures import Figure, percentile
from bench.processes import serving
from tws.app.house import open_house
from tws.bus import Bus
from tws.organisation import store
from tws.organisation.actor import GroupId, UserId
from tws.organisation.applications import Application
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import Domain, Group, User
from tws.organisation.registry import Registry
from tws.storage import Storage, Transaction, new_id

USERS, GROUPS, MEMBERS, GRANTS = 5_000, 200, 250, 10_000
DECISIONS, REQUESTS = 20_000, 200
ACCOUNT = {"username": "admin", "password": "a long password"}
SEED = 7


@dataclass(frozen=True)
class Many:
    """Who and what there is."""

    users: list[User]
    groups: list[Group]
    grants: list[Grant]


def many(domain: Domain) -> Many:
    """The application to half of the groups, the rest calendars and call logs of anybody to
    anybody."""
    choose = random.Random(SEED)
    of: dict[str, Any] = {"version": 1, "company": domain.company, "domain": domain.id}
    users = [User(id=UserId(new_id()), username=f"user{n}", **of) for n in range(USERS)]
    ids = [user.id for user in users]
    groups = [
        Group(
            id=GroupId(new_id()),
            name=f"Group {n}",
            members=frozenset(choose.sample(ids, MEMBERS)),
            **of,
        )
        for n in range(GROUPS)
    ]
    caller: str = Application.CALLER
    sides: set[tuple[GrantKind, str, str]] = {
        (GrantKind.APPLICATION, caller, each.id) for each in groups[::2]
    }
    anybody: list[str] = [*ids, *(group.id for group in groups)]
    while len(sides) < GRANTS:
        kind = choose.choice((GrantKind.CALENDAR, GrantKind.CALL_LOG))
        sides.add((kind, choose.choice(anybody), choose.choice(anybody)))
    in_groups: set[str] = {group.id for group in groups}
    grants = [
        Grant(
            id=new_id(),
            company=domain.company,
            kind=kind,
            object_kind=_object_kind(kind, object in in_groups),
            object=object,
            grantee_kind=GranteeKind.GROUP if grantee in in_groups else GranteeKind.USER,
            grantee=grantee,
        )
        for kind, object, grantee in sorted(sides)
    ]
    return Many(users, groups, grants)


def _object_kind(kind: GrantKind, of_group: bool) -> ObjectKind:
    if kind is GrantKind.APPLICATION:
        return ObjectKind.APPLICATION
    return ObjectKind.GROUP if of_group else ObjectKind.USER


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        settings = settings_of(Path(name))
        async with open_house(settings) as house:
            await house.rooms.access.first_start.initialise(
                company="SSDEI", domain={"name": "Paris", "time_zone": "Europe/Paris"}, **ACCOUNT
            )
            (domain,) = house.rooms.registry.domains.values()
        there, registry = many(domain), Registry(Bus())
        storage = Storage(settings.database, print)
        await storage.open()
        async with storage.transaction() as tx:
            await write(tx, there)
        await registry.load(storage)
        await storage.close()
        figures = [decisions(registry, there)]
        async with serving(Path(name)) as server, client(server.port) as admin:
            (await admin.post("administrator/login", json=ACCOUNT)).raise_for_status()
            for words, query in QUERIES:
                figures.append(await screen(admin, words, query))
        return figures


async def write(tx: Transaction, there: Many) -> None:
    for user in there.users:
        await store.users.insert(tx, user)
    for group in there.groups:
        await store.groups.insert(tx, group)
    for grant in there.grants:
        await store.granted.insert(tx, grant)


def decisions(registry: Registry, there: Many) -> Figure:
    """May somebody see the calendar or the call log of somebody: half of them may."""
    choose = random.Random(SEED)
    ids = [user.id for user in there.users]
    asked = [
        (choose.choice(ids), choose.choice((GrantKind.CALENDAR, GrantKind.CALL_LOG)), id)
        for id in choose.choices(ids, k=DECISIONS)
    ]
    known = dict.fromkeys(asked)
    has = registry.granted.has
    may = sum(has(*about) for about in asked)
    return Figure(
        name="a permission decision in process, mean",
        unit="us",
        value=_each(lambda: [has(*about) for about in asked]),
        bare=_each(lambda: [about in known for about in asked]),
        at_most=50.0,
        note=f"{may / DECISIONS:.0%} of them yes",
    )


def _each(work: Callable[[], object]) -> float:
    """Microseconds for one of the decisions, the best of three runs."""
    best = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        best.append(time.perf_counter() - started)
    return min(best) / DECISIONS * 1e6


QUERIES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("one object's", {"kind": "application", "object": Application.CALLER}),
    ("all", {}),
)
"What is asked for: what the screen shows, and all that there is at once."


def client(port: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/api/v1/", timeout=60)


async def screen(admin: httpx.AsyncClient, words: str, query: Mapping[str, str]) -> Figure:
    taken, encoded = [], []
    rows: list[Any] = []
    for _ in range(REQUESTS if query else REQUESTS // 4):
        started = time.perf_counter()
        answer = await admin.get("admin/grants", params=query)
        taken.append((time.perf_counter() - started) * 1e3)
        rows = msgspec.json.decode(answer.raise_for_status().content)
        started = time.perf_counter()
        msgspec.json.encode(rows)
        encoded.append((time.perf_counter() - started) * 1e3)
    return Figure(
        name=f"the screen's request, {words} grants ({len(rows):,} rows), p95",
        unit="ms",
        value=percentile(taken, 0.95),
        bare=percentile(encoded, 0.95),
        at_most=150.0,
    )

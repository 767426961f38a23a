"""20,000 users with an extension each imported from slapd: beside reader and inserts, bare.

The import is asked for as its page does it, in a house without its web. The bare run is ldap3's
own loop over the same pages, and a statement of SQL for each thousand users, each thousand
devices and each thousand lines of the audit log, in one transaction. Beside an import that finds
nothing to do: that loop, and the users and devices read. Beside the wait: an event loop that has
nothing to do.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import ldap3
from sqlalchemy import Table, create_engine, insert, make_url
from tests.connectors.people import COUNT, person
from tests.peers import PeerMissing
from tests.peers import slapd as slapd_peer
from tests.peers.slapd import PASSWORD, PEOPLE, READER, Attributes, Slapd, running_slapd

from bench.company import FIRST_NUMBER, settings_of
from bench.figures import Figure
from tws.app.house import House, open_house
from tws.config import Settings
from tws.imports.events import UserImportRunChanged
from tws.imports.model import Counts, Run
from tws.organisation import store
from tws.organisation.actor import SYSTEM
from tws.organisation.model import ImportMode, User, UserDevice, UserImport
from tws.organisation.words import fold
from tws.sources.run_states import RunState
from tws.storage import new_id
from tws.storage.audit import audit, entry

MOST = 20.0
"Seconds wanted for the first import."
BATCH = 1000
IDLE = 3.0
"Seconds of nothing."
MAPPING = {"last_name": "sn", "first_name": "givenname", "email1": "mail", "mobile": "mobile"}
FIELDS = {"username": "uid", "identifier": "entryuuid", "number": "telephonenumber"}


class Beat:
    """How long the event loop kept others waiting."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def run(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            self.longest = max(self.longest, time.perf_counter() - before - 0.005)

    async def run_for(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.run(), seconds)


async def founded(house: House, server: Slapd) -> UserImport:
    organisation = house.rooms.organisation
    await house.rooms.access.first_start.initialise(
        username="admin",
        password="a long password",
        company="SSDEI",
        domain={"name": "Paris", "time_zone": "Europe/Paris", "internal_length": 5},
    )
    (domain,) = house.rooms.registry.domains.values()
    link = await organisation.links.create_link(
        SYSTEM,
        domain=domain.id,
        name="PBX",
        dialect="csta_xml",
        capacity=COUNT,
        enabled=False,
        settings={"host": "127.0.0.1", "port": 3211},
    )
    group = await organisation.groups.create_group(SYSTEM, domain=domain.id, name="Everybody")
    return await organisation.user_imports.create_user_import(
        SYSTEM,
        domain=domain.id,
        name="People",
        connector="ldap",
        settings=_settings(server),
        mapping=MAPPING,
        fields=FIELDS,
        mode=ImportMode.DELETE,
        link=link.id,
        group=group.id,
        adapt=True,
    )


def tree() -> Iterator[tuple[str, Attributes]]:
    """Each with a number in the world, and an extension."""
    for n in range(COUNT):
        numbers = [f"+33 1 44 {n:06}", f"{FIRST_NUMBER + n}"]
        yield f"uid=u{n},{PEOPLE}", {**person(n), "telephoneNumber": numbers}


def _settings(server: Slapd) -> dict[str, object]:
    return {
        "host": "127.0.0.1",
        "port": server.port,
        "tls": "none",
        "base": PEOPLE,
        "user": READER,
        "password": PASSWORD,
    }


async def imported(house: House, row: UserImport) -> tuple[float, Run]:
    over = asyncio.get_running_loop().create_future()

    def heard(event: UserImportRunChanged) -> None:
        if (event.run.state.over or event.run.state is RunState.ASKING) and not over.done():
            over.set_result(event.run)

    stop = house.bus.follow(UserImportRunChanged, heard)
    start = time.perf_counter()
    await house.rooms.user_imports.run(SYSTEM, row.id)
    run: Run = await over
    taken = time.perf_counter() - start
    stop()
    if run.state is not RunState.DONE:
        raise RuntimeError(f"{run.state}: {run.said}")
    return taken, run


async def ours(settings: Settings, server: Slapd) -> tuple[float, float, float, float]:
    """Seconds of the first import, of one that finds nothing to do, of the longest wait, and of
    the longest one while nothing was done."""
    beat, idle = Beat(), Beat()
    await idle.run_for(IDLE)
    async with open_house(settings) as house:
        row = await founded(house, server)
        watching = asyncio.create_task(beat.run())
        first, run = await imported(house, row)
        watching.cancel()
        if run.report.counts != Counts(created=COUNT):
            raise RuntimeError(f"{run.report.counts} {run.report.ignored}")
        devices = len(house.rooms.registry.devices)
        (group,) = house.rooms.registry.groups.values()
        if devices != COUNT or len(group.members) != COUNT:
            raise RuntimeError(f"{devices} devices, {len(group.members)} members")
        await house.schedule.settle()  # the cards of the directory
        again, run = await imported(house, row)
        if run.report.counts.changes:
            raise RuntimeError(f"{run.report.counts}")
    return first, again, beat.longest, idle.longest


def bare(settings: Settings, server: Slapd) -> tuple[float, float]:
    """Seconds of reading and of writing what was read; and of reading it beside what is there."""
    start = time.perf_counter()
    read = _read(server)
    _inserted(settings, read)
    first, start = time.perf_counter() - start, time.perf_counter()
    _read(server)
    engine = create_engine(make_url(settings.database).set(drivername="sqlite"))
    with engine.connect() as db:
        for table in (store.user, store.device):
            db.execute(table.select()).all()
    engine.dispose()
    return first, time.perf_counter() - start


def _read(server: Slapd) -> list[dict[str, Any]]:
    connection = ldap3.Connection(
        ldap3.Server(server.host, port=server.port, get_info=ldap3.NONE), READER, PASSWORD
    )
    connection.bind()
    pages = connection.extend.standard.paged_search(
        PEOPLE, "(objectClass=person)", attributes=["*"], paged_size=BATCH, generator=True
    )
    read = [one["attributes"] for one in pages if "attributes" in one]
    connection.unbind()
    return read


def _inserted(settings: Settings, read: list[dict[str, Any]]) -> None:
    engine = create_engine(make_url(settings.database).set(drivername="sqlite"))
    with engine.begin() as connection:
        link = connection.execute(store.link.select()).mappings().one()
        for first in range(0, len(read), BATCH):
            users = [_user(one, link) for one in read[first : first + BATCH]]
            devices = [_device(one, link) for one in users]
            connection.execute(insert(store.user), [_row(store.user, one) for one in users])
            connection.execute(insert(store.device), [_row(store.device, one) for one in devices])
            lines: list[User | UserDevice] = [*users, *devices]
            told = [entry(SYSTEM, "created", one.id, None, one, one.company) for one in lines]
            connection.execute(insert(audit), told)
    engine.dispose()


def _row(table: Table, of: User | UserDevice) -> dict[str, Any]:
    key = {"username_key": fold(of.username)} if isinstance(of, User) else {}
    return {c.name: getattr(of, c.name, None) for c in table.c} | key


def _user(one: dict[str, Any], link: Any) -> User:
    return User(
        id=new_id(),  # type: ignore[arg-type]
        version=1,
        company=link["company"],
        domain=link["domain"],
        username=f"bare-{one['uid'][0]}",
        first_name=one["givenName"][0],
        last_name=one["sn"][0],
        email=one["mail"][0],
    )


def _device(user: User, link: Any) -> UserDevice:
    return UserDevice(
        id=new_id(),  # type: ignore[arg-type]
        version=1,
        company=user.company,
        domain=user.domain,
        user=user.id,
        link=link["id"],
        number=f"1{user.username.removeprefix('bare-u'):0>6}",
        protocol="CSTA",
    )


def measured() -> list[Figure]:
    with running_slapd(tree()) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder))
        first, again, wait, idle = asyncio.run(ours(settings, server))
        least, least_again = bare(settings, server)
    return [
        Figure(name="users: imported", unit="s", value=first, bare=least, at_most=MOST),
        Figure(
            name="users: imported again, none changed", unit="s", value=again, bare=least_again
        ),
        Figure(
            name="users: longest wait of others", unit="ms", value=1000 * wait, bare=1000 * idle
        ),
    ]


async def measure() -> list[Figure]:
    try:
        slapd_peer.prepare()
    except PeerMissing as missing:
        print(f"  not measured: {missing}")
        return []
    return await asyncio.to_thread(measured)

"""Old calls of a large log deleted while others are written, on both databases.

A writer adds a call each 20 ms as the journal does, first alone, then beside the night's cleaning:
what is measured is how long it waits. The cleaning is stopped in its middle, and another process
is asked whether it would go on. Beside it: as many of the oldest calls by one DELETE, while nobody
writes. `large_cleaning_10m`, if it is asked for: in 10,000,000 calls.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from datetime import UTC, datetime

from sqlalchemy import func, make_url, select

from bench.company import settings_of
from bench.figures import Figure, percentile
from bench.large_database import Filled, connected, on_each
from tws.app.office import Office, open_office, utc_now
from tws.journal import store
from tws.journal.cleaning import TOGETHER, Cleaning
from tws.journal.model import Leg, Outcome
from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.storage import Storage, new_id
from tws.telephony.model import CallId, DeviceId, Direction, LegId, LinkId, ThreadId

CALLS, MANY = 200_000, 10_000_000
SECONDS = 20.0
"Of each part."
PAUSE = 0.02
SLACK = 50.0
"Milliseconds that deleting may add to what 99 of 100 writers wait."
OLDEST = (
    "DELETE FROM call_leg WHERE id IN"
    " (SELECT id FROM call_leg WHERE company = {} ORDER BY created, id LIMIT {})"
)


async def measure() -> list[Figure]:
    return await on_each(CALLS, _measured)


async def measure_10m() -> list[Figure]:
    return await on_each(MANY, _measured)


async def _measured(found: Filled) -> list[Figure]:
    settings = settings_of(found.data, found.url)
    async with open_office(settings) as office:
        domain = office.registry.domains[DomainId(found.domain)]
        alone = await _writing(office.storage, found)
        before = await _count(office)
        cleaning = _cleaning(office)
        begun = time.perf_counter()
        task = asyncio.create_task(cleaning.clean_logs(domain))
        beside = await _writing(office.storage, found, task)
        ended = task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        took = time.perf_counter() - begun
        removed = before + len(beside) - await _count(office)
        # The last ones may have gone in the very commit that was not waited for any more.
        if not cleaning.removed <= removed <= cleaning.removed + TOGETHER:
            raise RuntimeError("what was counted as removed is not what is gone")
    async with open_office(settings) as office, office.storage.reading() as reader:
        last = (await store.last_nights(reader))[DomainId(found.domain)]
        if not ended and (datetime.now(UTC) - last).total_seconds() < 80_000:
            raise RuntimeError("the night that was cut short would not go on")
    least = await _bare(found, removed)
    p99 = percentile(alone, 0.99)
    note = f"p50 {percentile(beside, 0.5):.1f}, longest {max(beside):.0f}; alone {max(alone):.0f}"
    return [
        Figure(
            name=f"{found.kind}: deleted while calls are written",
            unit="/s",
            value=removed / took,
            bare=least,
            note=f"{removed:,} of {found.legs:,}",
        ),
        Figure(
            name=f"{found.kind}: a call is written meanwhile: p99",
            unit="ms",
            value=percentile(beside, 0.99),
            bare=p99,
            at_most=p99 + SLACK,
            note=note,
        ),
    ]


async def _bare(found: Filled, count: int) -> float:
    """Calls a second."""
    begun = time.perf_counter()
    if found.kind == "sqlite":
        with closing(sqlite3.connect(make_url(found.url).database or "")) as file, file:
            file.execute("PRAGMA synchronous = NORMAL")
            file.execute(OLDEST.format("?", "?"), (found.company, count))
    else:
        db = await connected(found.url)
        try:
            await db.execute(OLDEST.format("$1", "$2"), found.company, count, timeout=None)
        finally:
            await db.close()
    return count / (time.perf_counter() - begun)


def _cleaning(office: Office) -> Cleaning:
    return Cleaning(office.storage, office.registry, office.bus, office.schedule, utc_now)


async def _count(office: Office) -> int:
    async with office.storage.reading() as reader:
        return int(
            (await reader.execute(select(func.count()).select_from(store.leg))).scalar_one()
        )


async def _writing(
    storage: Storage, found: Filled, beside: asyncio.Task[None] | None = None
) -> list[float]:
    """Milliseconds that each call took to be written."""
    times: list[float] = []
    begun = time.perf_counter()
    async for leg in _calls(found):
        started = time.perf_counter()
        async with storage.transaction() as tx:
            await store.write(tx, [leg], {})
        times.append((time.perf_counter() - started) * 1000)
        if time.perf_counter() - begun > SECONDS or (beside is not None and beside.done()):
            return times
    return times


async def _calls(found: Filled) -> AsyncIterator[Leg]:
    n = 0
    while True:
        n += 1
        now = datetime.now(UTC)
        yield Leg(
            id=LegId(new_id()),
            link=LinkId(found.domain),
            call=CallId(new_id()),
            device=DeviceId("1"),
            thread=ThreadId(f"t{n}"),
            company=CompanyId(found.company),
            domain=DomainId(found.domain),
            user=UserId(found.company),
            device_row=DeviceRowId("d"),
            direction=Direction.OUTGOING,
            heard="1",
            created=now,
            ended=now,
            last_seen=now,
            outcome=Outcome.ANSWERED,
        )
        await asyncio.sleep(PAUSE)

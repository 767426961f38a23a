"""The journal's rows beside the calls that there were: what is lost, what is doubled."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import URL, create_engine, select
from sqlalchemy.pool import NullPool

from drills.calls import Call
from tws.journal.model import Outcome
from tws.journal.store.tables import leg
from tws.storage.several_hosts import database_url

MARGIN = 0.3
"""Seconds. What a hand did so shortly before nobody listened may have been on its way: it counts
neither as told nor as unheard."""
Deaf = Sequence[tuple[float, float]]
"From when to when (`time.monotonic()`) nobody heard the PBX."


@dataclass(frozen=True, slots=True)
class Row:
    call: str
    device: str
    life: int
    answered: datetime | None
    ended: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    lines: int
    lost: int
    doubled: int
    events_lost: int
    unheard: int
    ghosts: int
    "Rows still open though their calls are over."
    missing: tuple[str, ...] = ()
    "What is lost, in words, for whoever looks for the reason."


async def rows(url: str, lives: Sequence[datetime], links: Iterable[str]) -> list[Row]:
    """`lives`: when the PBX was started again; empty where it never was."""
    return await asyncio.to_thread(_rows, url, lives, list(links))


def plain(url: str) -> URL:
    """The same database by a driver that blocks."""
    parsed = database_url(url)
    is_server = parsed.get_backend_name() == "postgresql"
    return parsed.set(drivername="postgresql+psycopg") if is_server else parsed


def _rows(url: str, lives: Sequence[datetime], links: list[str]) -> list[Row]:
    engine = create_engine(plain(url), poolclass=NullPool)
    columns = (leg.c.call, leg.c.device, leg.c.created, leg.c.answered, leg.c.ended, leg.c.outcome)
    with engine.connect() as connection:
        found = connection.execute(select(*columns).where(leg.c.link.in_(links))).all()
    return [
        Row(
            each.call,
            each.device,
            1 + sum(each.created >= life for life in lives),
            each.answered,
            each.ended,
            each.outcome,
        )
        for each in found
    ]


def compared(calls: Sequence[Call], found: Sequence[Row], deaf: Deaf) -> Compared:
    by_leg: defaultdict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for row in found:
        by_leg[row.life, row.call, row.device].append(row)
    counts: Counter[str] = Counter()
    missing = []
    for call in calls:
        counts["unheard"] += sum(_unheard(at, deaf) for at in _steps(call))
        if not _heard_of(call, deaf):
            continue
        for device in (call.caller, call.called):
            counts["lines"] += 1
            lines = by_leg[call.life, call.id, device]
            if not lines:
                counts["lost"] += 1
                missing.append(f"call {call.id} of {device}, life {call.life}: no line")
                continue
            line = lines[-1]
            if _told(call.answered, deaf) and line.answered is None:
                counts["events"] += 1
                missing.append(f"call {call.id} of {device}: its answer")
            unseen = line.ended is None or line.outcome == Outcome.END_NOT_SEEN
            if _told(call.ended, deaf) and unseen:
                counts["events"] += 1
                missing.append(f"call {call.id} of {device}: its end")
    return Compared(
        lines=counts["lines"],
        lost=counts["lost"],
        doubled=sum(max(len(lines) - 1, 0) for lines in by_leg.values()),
        events_lost=counts["events"],
        unheard=counts["unheard"],
        ghosts=sum(row.ended is None for row in found),
        missing=tuple(missing),
    )


def _steps(call: Call) -> list[float]:
    return [at for at in (call.rang, call.answered, call.ended) if at is not None]


def _unheard(at: float, deaf: Deaf) -> bool:
    return any(begun <= at <= over for begun, over in deaf)


def _told(at: float | None, deaf: Deaf) -> bool:
    return at is not None and not any(begun - MARGIN <= at <= over for begun, over in deaf)


def _heard_of(call: Call, deaf: Deaf) -> bool:
    """Whether it was there for a while in which somebody listened."""
    assert call.ended is not None
    since = call.rang
    for begun, over in sorted(deaf):
        if since < min(call.ended, begun) - MARGIN:
            return True
        since = max(since, over)
    return since < call.ended - MARGIN

"""The call log of many companies over two years, a row for each leg, made as fast as it is taken.

The n-th leg is the same in each run. Half of all are of one company; a fiftieth of its legs are of
one user, who answers for everybody.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.source import first_name, last_name
from tws.directory.text import folded

COLUMNS = (
    *("id", "epoch", "revision", "link", "call", "device", "thread", "company", "domain", "user"),
    *("device_row", "direction", "number", "heard", "name", "contact", "red", "restricted"),
    *("peer", "created", "alerted", "answered", "ended", "last_seen", "outcome", "cause"),
    *("late", "gap", "folded"),
)
"Of `call_leg`; those left out are null in most legs of a real log."
Row = tuple[object, ...]
PARTIES = 50_000
OTHERS = 40
"Companies beside the first, of so many users each:"
USERS = 40
SPAN = timedelta(days=730)
OPERATOR = 0.02
OUTCOMES = (
    *(("answered", 620), ("missed", 150), ("cancelled", 80), ("busy", 60), ("forwarded", 40)),
    *(("transferred", 20), ("answeredElsewhere", 20), ("refused", 5), ("failed", 5)),
)
"Of a thousand legs. One in 100,000 is `endNotSeen`."


@dataclass(frozen=True, slots=True)
class Place:
    """One telephone."""

    company: str
    domain: str
    user: str
    link: str
    device: str
    device_row: str


def others(chance: random.Random) -> list[Place]:
    """Telephones of companies that nobody here asks about."""

    def id() -> str:
        return _uuid(chance.getrandbits(60), chance)

    found = []
    for _ in range(OTHERS):
        company, domain, link = id(), id(), id()
        found += [Place(company, domain, id(), link, str(1000 + n), id()) for n in range(USERS)]
    return found


def legs(count: int, own: Sequence[Place], until: datetime) -> Iterator[Row]:
    """Oldest first; moments are aware, in UTC. `own`: of the first company, the operator first."""
    chance = random.Random(1)
    strangers = others(chance)
    parties = [_party(n) for n in range(PARTIES)]
    outcomes = [name for name, share in OUTCOMES for _ in range(share)]
    begin, step = until - SPAN, SPAN / count
    pick, bits, operator = chance.random, chance.getrandbits, own[0]
    for n in range(count):
        created = begin + step * n
        if pick() < 0.5:
            place = operator if pick() < OPERATOR else own[int(pick() * len(own))]
        else:
            place = strangers[int(pick() * len(strangers))]
        number, name, contact, text = parties[int(pick() ** 2 * PARTIES)]
        outcome = outcomes[int(pick() * 1000)]
        incoming = outcome not in ("cancelled", "busy", "failed") and pick() < 0.6
        if outcome == "missed":
            incoming = True
        if n % 100_000 == 99_999:
            outcome = "endNotSeen"
        rang = created + timedelta(seconds=1)
        ended = created + timedelta(seconds=4 + int(pick() * 300))
        answered = rang + timedelta(seconds=2) if outcome == "answered" else None
        id = _uuid(int(created.timestamp() * 1000) << 12, chance)
        direction = "incoming" if incoming else "outgoing"
        yield (
            *(id, 1, 4, place.link, f"{bits(32):08x}", place.device, f"t{bits(60):015x}"),
            *(place.company, place.domain, place.user, place.device_row, direction),
            *(number, f"0{number[3:]}", name, contact, False, False, ""),
            *(created, rang, answered, ended, ended, outcome, "normalClearing"),
            *(False, False, text),
        )


def _party(n: int) -> tuple[str, str, str | None, str]:
    """Number, name, contact, and what a log is searched by. A third is known to no directory."""
    number = f"+331{n:08}"
    if n % 3 == 0:
        return number, "", None, folded((number[1:],))
    name = f"{first_name(n)} {last_name(n)}"
    return number, name, _uuid(n, random.Random(n)), folded((name, number[1:]))


def _uuid(stamp: int, chance: random.Random) -> str:
    """Version 7, whose order is that of `stamp`: milliseconds in its upper 48 bits of 60."""
    high = (stamp >> 12) << 16 | 0x7000 | (stamp & 0xFFF)
    text = f"{high << 64 | 1 << 63 | chance.getrandbits(62):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def copied(rows: Iterator[Row], lines: int = 2000) -> Iterator[bytes]:
    """As COPY of PostgreSQL reads them: none holds what its text format escapes."""
    block: list[str] = []
    for row in rows:
        block.append("\t".join(["\\N" if value is None else str(value) for value in row]))
        if len(block) == lines:
            yield ("\n".join(block) + "\n").encode()
            block.clear()
    if block:
        yield ("\n".join(block) + "\n").encode()


def texts(rows: Iterator[Row]) -> Iterator[Row]:
    """As SQLite keeps them."""
    for row in rows:
        yield tuple(
            [
                f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value
                for value in row
            ]
        )


NOW = datetime(2026, 11, 1, tzinfo=UTC)
"Fixed: what a run measures must not change with the day."

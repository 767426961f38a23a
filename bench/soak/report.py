"""What a soak has shown: a table, a verdict, plots."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from bench.figures import shown
from bench.soak.account import Account
from bench.soak.drawing import Line, Panel, drawn
from bench.soak.size import Size
from bench.soak.slope import Slope, slope

Sample = dict[str, Any]
WARM_UP = 1 / 3
"Of the time, before what is steady is looked at: calls begin and end as often."
FILLED, FILLING = 600.0, 2 / 3
"""Seconds until growth is looked for, but of a short run no more than that share: meanwhile fills
what is bounded, such as the 20,000 answers of lookups and the pages of the database."""
WAITING = ("bus", "journal", "live")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pages were told of steps of calls."""

    frames: int
    overtaken: int
    "States that the next one of the same thing came before."
    late: int
    "States that came half a minute later, or more."
    stale: int
    "States that did not: a page showed what was over."

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """`told`: by the pages' process."""
        return cls(**{one.name: told[one.name] for one in fields(cls)})

    def __str__(self) -> str:
        return (
            f"{self.frames:,} frames seen, {self.overtaken:,} states overtaken by the next, "
            f"{self.late:,} later than half a minute, {self.stale:,} that never came"
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """A soak, from its beginning to its end."""

    size: Size
    database: str
    site: str
    "What it took to begin."
    memory: dict[str, float]
    "Megabytes without pages, and with them."
    samples: list[Sample]
    account: Account
    seen: Seen
    bare: list[Sample]
    "Of the same calls upon the bare limit."
    load: float

    def shown(self) -> dict[str, Any]:
        return {
            "size": self.size.shown(),
            "database": self.database,
            "site": self.site,
            "memory": self.memory,
            "load": self.load,
            "account": str(self.account),
            "seen": str(self.seen),
            "samples": self.samples,
            "bare": self.bare,
        }


def cpu_of_a_call(samples: Sequence[Sample]) -> float:
    """Milliseconds of the servers' processor for each call that began; what keeps them busy
    besides is in it."""
    first, last = samples[0], samples[-1]
    seconds = sum(one["seconds"] for one in last["servers"])
    seconds -= sum(one["seconds"] for one in first["servers"])
    calls = last["exchanges"].get("made", 0) - first["exchanges"].get("made", 0)
    return float(1000 * seconds / max(calls, 1))


def after_warm_up(samples: Sequence[Sample]) -> list[Sample]:
    last = samples[-1]["at"]
    return [one for one in samples if one["at"] >= WARM_UP * last]


def after_filling(samples: Sequence[Sample]) -> list[Sample]:
    begins = min(FILLED, FILLING * samples[-1]["at"])
    return [one for one in samples if one["at"] >= begins]


def line(sample: Sample) -> str:
    """One sample, for whoever watches."""
    servers = sample["servers"]
    lag = max(one["lag"].get("p99", 0.0) for one in servers)
    waiting = "/".join(f"{sum(one[name] for one in servers):.0f}" for name in WAITING)
    words = [
        f"{sample['at']:6.0f} s",
        f"cpu {sum(one['cpu'] for one in sample['servers']):4.0f} %",
        f"uss {sum(one['uss'] for one in sample['servers']):6.1f} MB",
        f"calls {sum(one['calls'] for one in servers):6.0f}",
        f"lag p99 {lag:g} ms",
        f"own {_quantiles(sample, 'own')}",
        f"sign {_quantiles(sample, 'sign')}",
        f"click {_quantiles(sample, 'click')}",
        f"waiting {waiting}",
        f"pbxs {sample['exchanges']['cpu']:.0f} % pages {sample['viewers']['cpu']:.0f} %",
    ]
    return "  ".join(words)


def _quantiles(sample: Sample, what: str) -> str:
    told = sample["viewers"].get(what, {})
    return f"{told.get('p50', 0):.0f}/{told.get('p99', 0):.0f}"


Of = Callable[[Sample], float | None]


def _servers(name: str) -> Of:
    def total(sample: Sample) -> float | None:
        found = [one[name] for one in sample["servers"] if name in one]
        return sum(found) if found else None

    return total


def _lag(share: str) -> Of:
    return lambda sample: max(one.get("lag", {}).get(share, 0.0) for one in sample["servers"])


def _heard(what: str, share: str) -> Of:
    return lambda sample: sample["viewers"].get(what, {}).get(share)


def _cpu(name: str) -> Of:
    return lambda sample: sample.get(name, {}).get("cpu")


TABLE: tuple[tuple[str, str, Of], ...] = (
    ("server: processor", "% of a core", _servers("cpu")),
    ("server: memory of its own (USS)", "MB", _servers("uss")),
    ("server: memory (RSS)", "MB", _servers("rss")),
    ("server: open files", "", _servers("fds")),
    ("event loop late: p50", "ms <=", _lag("p50")),
    ("event loop late: p99", "ms <=", _lag("p99")),
    ("/metrics answered in", "ms", _servers("metrics")),
    ("PBX event -> own page: p50", "ms", _heard("own", "p50")),
    ("PBX event -> own page: p95", "ms", _heard("own", "p95")),
    ("PBX event -> own page: p99", "ms", _heard("own", "p99")),
    ("PBX event -> colleague's sign: p50", "ms", _heard("sign", "p50")),
    ("PBX event -> colleague's sign: p99", "ms", _heard("sign", "p99")),
    ("click -> done by the PBX: p50", "ms", _heard("click", "p50")),
    ("click -> done by the PBX: p95", "ms", _heard("click", "p95")),
    ("click -> done by the PBX: p99", "ms", _heard("click", "p99")),
    ("reads of the API: p95", "ms", _heard("read", "p95")),
    ("sign-ins: p95", "ms", _heard("login", "p95")),
    ("events that wait for handlers", "", _servers("bus")),
    ("legs that wait to be written", "", _servers("journal")),
    ("pages that something waits for", "", _servers("live")),
    ("calls under way", "", _servers("calls")),
    ("database", "MB", lambda sample: sample["disk"]["database"]),
    ("state folder", "MB", lambda sample: sample["disk"]["state"]),
    ("generator of calls: processor", "% of a core", _cpu("exchanges")),
    ("pages: processor", "% of a core", _cpu("viewers")),
    ("PostgreSQL: processor", "% of a core", _cpu("database")),
)


def table(whole: Whole) -> list[str]:
    """After the warm-up: the middle one, the worst and the last sample of each, and the middle
    one of the bare limit."""
    steady, bare = after_warm_up(whole.samples), whole.bare[len(whole.bare) // 3 :]
    heads = "".join(f"{head:>10}" for head in ("median", "worst", "last", "bare"))
    lines = [f"  {'after the warm-up':<40}{heads}"]
    for name, unit, of in TABLE:
        found = [value for value in map(of, steady) if value is not None]
        least = [value for value in map(of, bare) if value is not None]
        if found:
            limit = statistics.median(least) if least and of not in OURS else None
            row = (statistics.median(found), max(found), found[-1], limit)
            lines.append(f"  {name:<40}{''.join(f'{shown(each):>10}' for each in row)}  {unit}")
    per_call = cpu_of_a_call(steady)
    limit = cpu_of_a_call(bare) if bare else None
    lines.append(
        f"  {'server: processor time of a call':<40}{shown(per_call):>10}{'':>20}"
        f"{shown(limit):>10}  ms"
    )
    return lines


OURS = {of for name, _, of in TABLE if name.startswith(("event loop", "database", "state"))}
"Of which the bare limit has none."
GROWTH: tuple[tuple[str, Of], ...] = (
    ("memory of its own (USS), MB", _servers("uss")),
    ("memory (RSS), MB", _servers("rss")),
    ("open files", _servers("fds")),
    ("events that wait", _servers("bus")),
    ("legs that wait to be written", _servers("journal")),
    ("pages that something waits for", _servers("live")),
)


def slopes(samples: Sequence[Sample]) -> dict[str, Slope]:
    steady = after_filling(samples)
    times = [one["at"] for one in steady]
    return {name: slope(times, [float(of(one) or 0) for one in steady]) for name, of in GROWTH}


def verdict(samples: Sequence[Sample]) -> tuple[list[str], bool]:
    """Words, and whether nothing grows."""
    after = after_filling(samples)[0]["at"] / 60
    lines, flat = [f"  from minute {after:.1f} on"], True
    for name, found in slopes(samples).items():
        says = "GROWS" if found.grows else "flat within the noise"
        flat = flat and not found.grows
        lines.append(f"  {name:<40}{says:<24}{found}")
    return lines, flat


def plots(samples: Sequence[Sample]) -> str:
    def of(name: str, value: Of) -> Line:
        pairs = ((one["at"] / 60, value(one)) for one in samples)
        return Line(name, [(x, y) for x, y in pairs if y is not None])

    return drawn(
        [
            Panel("Memory, MB", [of("USS", _servers("uss")), of("RSS", _servers("rss"))]),
            Panel(
                "Processor, % of a core",
                [
                    of("server", _servers("cpu")),
                    of("PBXs", _cpu("exchanges")),
                    of("pages", _cpu("viewers")),
                ],
            ),
            Panel(
                "PBX event to page, ms",
                [
                    of("own p50", _heard("own", "p50")),
                    of("own p99", _heard("own", "p99")),
                    of("sign p99", _heard("sign", "p99")),
                    of("click p99", _heard("click", "p99")),
                ],
                logarithmic=True,
            ),
            Panel(
                "Waiting",
                [
                    of("events", _servers("bus")),
                    of("legs", _servers("journal")),
                    of("pages", _servers("live")),
                ],
            ),
        ],
        "minutes",
    )

"""What a soak has shown: a table, a verdict, plots."""

from collections.abc import Callable, Sequence
from typing import Any

from bench.figures import shown
from bench.soak.drawing import Line, Panel, drawn
from bench.soak.slope import Slope, slope

Sample = dict[str, Any]
WARM_UP = 1 / 3
"Of the time, before growth is looked for: calls, caches and kept frames fill meanwhile."
WAITING = ("bus", "journal", "live")


def after_warm_up(samples: Sequence[Sample]) -> list[Sample]:
    last = samples[-1]["at"]
    return [one for one in samples if one["at"] >= WARM_UP * last]


def line(sample: Sample) -> str:
    """One sample, for whoever watches."""
    server = sample["servers"][0]
    words = [
        f"{sample['at']:6.0f} s",
        f"cpu {sum(one['cpu'] for one in sample['servers']):4.0f} %",
        f"uss {sum(one['uss'] for one in sample['servers']):6.1f} MB",
        f"calls {server['calls']:6.0f}",
        f"lag p99 {server['lag'].get('p99', 0):g} ms",
        f"own {_quantiles(sample, 'own')}",
        f"sign {_quantiles(sample, 'sign')}",
        f"click {_quantiles(sample, 'click')}",
        f"waiting {'/'.join(f'{server[name]:.0f}' for name in WAITING)}",
        f"pbxs {sample['exchanges']['cpu']:.0f} % pages {sample['viewers']['cpu']:.0f} %",
    ]
    return "  ".join(words)


def _quantiles(sample: Sample, what: str) -> str:
    told = sample["viewers"].get(what, {})
    return f"{told.get('p50', 0):.0f}/{told.get('p99', 0):.0f}"


Of = Callable[[Sample], float | None]


def _servers(name: str) -> Of:
    return lambda sample: sum(one[name] for one in sample["servers"])


def _lag(share: str) -> Of:
    return lambda sample: max(one["lag"].get(share, 0.0) for one in sample["servers"])


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


def table(samples: Sequence[Sample]) -> list[str]:
    """After the warm-up: the middle one, the worst and the last sample of each."""
    steady = after_warm_up(samples)
    lines = [f"  {'after the warm-up':<40}{'median':>10}{'worst':>10}{'last':>10}"]
    for name, unit, of in TABLE:
        found = [value for value in map(of, steady) if value is not None]
        if found:
            ordered = sorted(found)
            three = (ordered[len(ordered) // 2], ordered[-1], found[-1])
            cells = "".join(f"{shown(each):>10}" for each in three)
            lines.append(f"  {name:<40}{cells}  {unit}")
    return lines


GROWTH: tuple[tuple[str, Of, float], ...] = (
    ("memory of its own (USS), MB", _servers("uss"), 0.01),
    ("memory (RSS), MB", _servers("rss"), 0.01),
    ("open files", _servers("fds"), 0.01),
    ("events that wait", _servers("bus"), 0.0),
    ("legs that wait to be written", _servers("journal"), 0.0),
    ("pages that something waits for", _servers("live"), 0.0),
)


def slopes(samples: Sequence[Sample]) -> dict[str, Slope]:
    steady = after_warm_up(samples)
    times = [one["at"] for one in steady]
    return {name: slope(times, [float(of(one) or 0) for one in steady]) for name, of, _ in GROWTH}


def verdict(samples: Sequence[Sample]) -> tuple[list[str], bool]:
    """Words, and whether nothing grows."""
    lines, flat = [], True
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

"""Latency and processor against calls a second, step by step, up to where a server can no more.

`python -m bench.soak.curve`: the steps of STEPS on a site of the variables of `bench.soak.size`,
then the same calls upon the bare limit, at the step that it was met with last; NODES=2 with
DATABASE=postgresql. `measure` is the shorter one of `make bench`.

A server can no more when half of the own pages hear later than a quarter of a second: behind it
everything waits longer the longer it goes on. Its own processor time is counted for it alone; what
the generators take of the same cores is told beside.
"""

import json
import os
import statistics
import sys
from dataclasses import asdict, dataclass

import uvloop

from bench.figures import RESULTS, Figure, shown
from bench.soak.drawing import Line, Panel, drawn
from bench.soak.report import Sample, cpu_of_a_call
from bench.soak.sampling import Sampler
from bench.soak.site import Running, bare, built, served
from bench.soak.size import Size
from bench.soak.watched import watched

STEPS = "5,10,20,40,60,80,120,160"
SETTLES, LASTS = 15.0, 30.0
"Seconds of a step: until calls begin and end as often; that are looked at."
LATE = 250.0
"Milliseconds behind which a server can no more."
BUSY = 0.7
"Of a core: what a server may be planned for."
SHORT = Size(links=10, users=10_000, pages=500, calls=0, ring=4.0, talk=8.0)


@dataclass(frozen=True, slots=True)
class Step:
    """Milliseconds, and per cent of a core; each the middle one of the samples."""

    calls: float
    "A second, as they were made."
    events: float
    "A second, that the PBXs told."
    cpu: float
    per_call: float
    "Milliseconds of the servers' processor."
    lag: float
    own_p50: float
    own_p99: float
    sign_p99: float
    click_p95: float
    pbxs: float
    pages: float
    machine: float
    "Load of the machine (of one minute)."

    @property
    def saturated(self) -> bool:
        return self.own_p50 > LATE


HEADS = (
    ("calls/s", "calls"),
    ("events/s", "events"),
    ("server %", "cpu"),
    ("ms/call", "per_call"),
    ("loop p99", "lag"),
    ("own p50", "own_p50"),
    ("own p99", "own_p99"),
    ("sign p99", "sign_p99"),
    ("click p95", "click_p95"),
    ("PBXs %", "pbxs"),
    ("pages %", "pages"),
    ("load", "machine"),
)


async def steps(site: Running, sampler: Sampler, rates: list[float]) -> list[Step]:
    found = []
    for rate in rates:
        site.plant.exchanges.order(calls=rate)
        await sampler.run(SETTLES, lambda sample: None)
        begun = len(sampler.samples)
        await sampler.run(LASTS, lambda sample: None)
        found.append(_step(sampler.samples[begun:]))
        print("  " + _row(found[-1]), flush=True)
        if found[-1].saturated:
            break
    site.plant.exchanges.order(end=True)
    return found


def _step(samples: list[Sample]) -> Step:
    first, last = samples[0], samples[-1]
    seconds = last["at"] - first["at"]

    def rate(name: str) -> float:
        grown = last["exchanges"].get(name, 0) - first["exchanges"].get(name, 0)
        return float(grown / seconds)

    def middle(values: list[float]) -> float:
        return statistics.median(values) if values else 0.0

    def heard(what: str, share: str) -> float:
        told = [one["viewers"].get(what, {}) for one in samples]
        return middle([one[share] for one in told if share in one])

    def of(name: str) -> float:
        return middle([one[name]["cpu"] for one in samples[1:]])

    lags = [max(s.get("lag", {}).get("p99", 0.0) for s in one["servers"]) for one in samples]
    return Step(
        calls=rate("made"),
        events=rate("events"),
        cpu=middle([sum(s["cpu"] for s in one["servers"]) for one in samples[1:]]),
        per_call=cpu_of_a_call(samples),
        lag=middle(lags),
        own_p50=heard("own", "p50"),
        own_p99=heard("own", "p99"),
        sign_p99=heard("sign", "p99"),
        click_p95=heard("click", "p95"),
        pbxs=of("exchanges"),
        pages=of("viewers"),
        machine=os.getloadavg()[0],
    )


def _row(step: Step) -> str:
    return "".join(f"{shown(getattr(step, name)):>10}" for _, name in HEADS)


def plot(found: list[Step], least: list[Step]) -> str:
    def line(name: str, steps: list[Step], field: str) -> Line:
        return Line(name, [(one.calls, getattr(one, field)) for one in steps])

    return drawn(
        [
            Panel(
                "PBX event to page, ms",
                [
                    line("own p50", found, "own_p50"),
                    line("own p99", found, "own_p99"),
                    line("sign p99", found, "sign_p99"),
                    line("click p95", found, "click_p95"),
                    line("bare own p99", least, "own_p99"),
                ],
                logarithmic=True,
            ),
            Panel(
                "Processor, % of a core",
                [
                    line("server", found, "cpu"),
                    line("bare", least, "cpu"),
                    line("PBXs", found, "pbxs"),
                    line("pages", found, "pages"),
                ],
            ),
        ],
        "calls/s",
    )


async def climbed(size: Size, rates: list[float], name: str) -> tuple[list[Step], list[Step]]:
    """The steps of the server, and those of the bare limit."""
    kind, nodes = os.environ.get("DATABASE", "sqlite"), int(os.environ.get("NODES", "1"))
    print(f"  {size}; {kind}, {nodes} server(s)")
    async with built(size, kind) as plant:
        async with served(plant, nodes) as site, watched(site) as sampler:
            print(f"  {site}")
            print("  " + "".join(f"{head:>10}" for head, _ in HEADS), flush=True)
            found = await steps(site, sampler, rates)
            memory = site.memory
        print("  the bare limit:")
        async with bare(plant) as site, watched(site, metrics=False) as sampler:
            least = await steps(site, sampler, rates[: len(found)])
    RESULTS.mkdir(exist_ok=True)
    name += "" if nodes == 1 else f"_{nodes}"
    content: dict[str, object] = {
        "size": size.shown(),
        "database": kind,
        "nodes": nodes,
        "steps": [asdict(one) for one in found],
        "bare": [asdict(one) for one in least],
    }
    content["memory"] = memory
    (RESULTS / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n")
    (RESULTS / f"{name}.svg").write_text(plot(found, least))
    print(f"  {RESULTS / name}.json and .svg")
    return found, least


async def measure() -> list[Figure]:
    """A small site, four steps."""
    found, least = await climbed(SHORT, [10.0, 20.0, 40.0], "curve_short")
    busy = min(found, key=lambda step: step.per_call)
    bare_ms = least[found.index(busy)].per_call if least else None
    return [
        Figure(
            name="processor time of a call, from the PBX to all pages",
            unit="ms",
            value=busy.per_call,
            bare=bare_ms,
            note=f"at {busy.calls:.0f} calls/s, {busy.events:.0f} events/s",
        ),
        Figure(
            name="  calls/s at 70 % of a core",
            unit="/s",
            value=BUSY * 1000 / busy.per_call,
            bare=BUSY * 1000 / bare_ms if bare_ms else None,
        ),
        Figure(
            name=f"PBX event -> own page at {found[-1].calls:.0f} calls/s: p99",
            unit="ms",
            value=found[-1].own_p99,
            bare=least[-1].own_p99 if least else None,
        ),
    ]


def main() -> None:
    size = Size.from_environment(calls=0, ring=5.0, talk=20.0, pages=2000)
    rates = [float(one) for one in os.environ.get("STEPS", STEPS).split(",")]
    found, _ = uvloop.run(climbed(size, rates, "curve"))
    sys.exit(0 if found else 1)


if __name__ == "__main__":
    main()

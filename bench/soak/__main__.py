"""`python -m bench.soak`: the site at its full size for a while; MINUTES=15, and the variables of
`bench.soak.size`. DATABASE=postgresql; NODES=2 with DATABASE=postgresql. BARE=60: seconds
of the same calls upon the bare limit behind it.

Ends with 1 when something grows, a leg is lost or doubled, an event was dropped, or a page showed
what was over. An interruption (Ctrl+C) ends it early, with the same tables.
"""

import asyncio
import json
import os
import signal
import sys

import uvloop

from bench.figures import RESULTS
from bench.soak import report
from bench.soak.account import Account, compared
from bench.soak.sampling import Sampler
from bench.soak.site import Plant, Running, bare, built, served
from bench.soak.size import Size
from bench.soak.watched import watched

FEW = 30
"Samples that are too few to tell whether something grows: of two minutes and a half."


async def soak(size: Size) -> bool:
    kind, nodes = os.environ.get("DATABASE", "sqlite"), int(os.environ.get("NODES", "1"))
    load = os.getloadavg()[0]
    print(f"{size}; {kind}, {nodes} server(s), load of the machine {load:.1f}", flush=True)
    async with built(size, kind) as plant:
        print(f"database filled in {plant.filled:.1f} s", flush=True)
        async with served(plant, nodes) as site, watched(site) as sampler:
            print(site, flush=True)
            interrupted = await _calls(site, sampler)
            samples = list(sampler.samples)
            if sampler.unanswered:
                print(f"  {sampler.unanswered} times the server did not tell its figures in time")
            account = await compared(plant)
            last, told = await sampler.sample(), site.viewers.last
        limit = [] if interrupted else await _bare(plant)
    seen = report.Seen.of(told)
    whole = report.Whole(size, kind, str(site), site.memory, samples, account, seen, limit, load)
    print("\n" + "\n".join(report.table(whole)))
    words, flat = report.verdict(samples) if len(samples) > FEW else (["  too short"], True)
    print("\n" + "\n".join(words))
    print(f"\n  {account}")
    print(f"  {seen}\n  {told['counts']}")
    for one in told["missing"]:
        print(f"    {one}")
    _keep(whole)
    clean = not any(one["dropped"] or one["failures"] for one in last["servers"])
    return flat and clean and _whole(account) and not seen.stale and not interrupted


def _whole(account: Account) -> bool:
    return not account.lost and not account.doubled


async def _calls(site: Running, sampler: Sampler) -> bool:
    """For as long as it was asked for; whether it was interrupted."""
    stop, size = asyncio.Event(), site.plant.size
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    site.plant.exchanges.order(calls=size.calls)
    sampling = asyncio.create_task(
        sampler.run(60 * size.minutes, lambda sample: print(report.line(sample), flush=True))
    )
    stopping = asyncio.create_task(stop.wait())
    beside: list[asyncio.Task[None]] = []
    if size.flaps:
        beside.append(asyncio.create_task(_flap(site.plant)))
    await asyncio.wait([sampling, stopping], return_when=asyncio.FIRST_COMPLETED)
    for task in (sampling, stopping, *beside):
        task.cancel()
    if sampling.done() and not sampling.cancelled():
        sampling.result()
    return stop.is_set()


async def _bare(plant: Plant) -> list[report.Sample]:
    seconds = float(os.environ.get("BARE", "60"))
    if not seconds:
        return []
    async with bare(plant) as site, watched(site, metrics=False) as sampler:
        plant.exchanges.order(calls=plant.size.calls)
        await sampler.run(seconds, lambda sample: None)
        plant.exchanges.order(end=True)
        return sampler.samples


async def _flap(plant: Plant) -> None:
    while True:
        await asyncio.sleep(plant.size.flaps)
        plant.exchanges.order(flap=True)


def _keep(whole: report.Whole) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "soak.json").write_text(json.dumps(whole.shown()) + "\n")
    (RESULTS / "soak.svg").write_text(report.plots(whole.samples))
    print(f"  {RESULTS / 'soak.json'} and soak.svg")


def main() -> None:
    sys.exit(0 if uvloop.run(soak(Size.from_environment())) else 1)


if __name__ == "__main__":
    main()

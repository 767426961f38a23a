"""`python -m bench.soak`: the site at its full size for a while; MINUTES=15, and the variables of
`bench.soak.size`. DATABASE=postgresql; NODES=2 with the settings that nodes need.

Ends with 1 when something grows, a leg is lost or doubled, or an event was dropped. An
interruption (Ctrl+C) ends it early, with the same tables.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import uvloop

from bench.figures import RESULTS
from bench.soak import report
from bench.soak.account import compared
from bench.soak.sampling import Sampler
from bench.soak.site import Running, running
from bench.soak.size import Size


async def soak(size: Size) -> bool:
    kind, nodes = os.environ.get("DATABASE", "sqlite"), int(os.environ.get("NODES", "1"))
    print(f"{size}; {kind}, load {os.getloadavg()[0]:.1f}", flush=True)
    async with running(size, kind=kind, nodes=nodes) as site:
        took = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in site.took.items())
        print(f"{took}", flush=True)
        generators = {"exchanges": site.exchanges, "viewers": site.viewers}
        following = [asyncio.create_task(one.follow()) for one in generators.values()]
        sampler = Sampler(site.servers, generators, site.disk, site.database_pid)
        interrupted = await _calls(site, sampler)
        after = list(sampler.samples)
        account = await compared(site, sampler, print)
        told = site.viewers.last
        await sampler.close()
        for task in following:
            task.cancel()
    print("\n" + "\n".join(report.table(after)))
    words, flat = report.verdict(after) if len(after) > 24 else (["  too short"], True)
    print("\n" + "\n".join(words))
    print(f"\n  {account}")
    print(f"  {told['frames']:,} frames seen, {told['overtaken']:,} states overtaken by the next")
    print(f"  {told['counts']}")
    last = after[-1]["servers"]
    clean = not any(one["dropped"] or one["failures"] for one in last)
    _keep(size, kind, after, str(account))
    return flat and clean and not account.lost and not account.doubled and not interrupted


async def _calls(site: Running, sampler: Sampler) -> bool:
    """For as long as it was asked for; whether it was interrupted."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    site.exchanges.order(calls=site.size.calls)
    seconds = 60 * site.size.minutes
    sampling = asyncio.create_task(
        sampler.run(seconds, lambda sample: print(report.line(sample), flush=True))
    )
    stopping = asyncio.create_task(stop.wait())
    beside: list[asyncio.Task[None]] = []
    if site.size.flaps:
        beside.append(asyncio.create_task(_flap(site)))
    await asyncio.wait([sampling, stopping], return_when=asyncio.FIRST_COMPLETED)
    for task in (sampling, stopping, *beside):
        task.cancel()
    if sampling.done() and not sampling.cancelled():
        sampling.result()
    return stop.is_set()


async def _flap(site: Running) -> None:
    while True:
        await asyncio.sleep(site.size.flaps)
        site.exchanges.order(flap=True)


def _keep(size: Size, kind: str, samples: list[report.Sample], account: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    content = {
        "size": size.shown(),
        "database": kind,
        "load": os.getloadavg(),
        "account": account,
        "samples": samples,
    }
    (RESULTS / "soak.json").write_text(json.dumps(content) + "\n")
    path = Path(RESULTS / "soak.svg")
    path.write_text(report.plots(samples))
    print(f"  {path}")


def main() -> None:
    sys.exit(0 if uvloop.run(soak(Size.from_environment())) else 1)


if __name__ == "__main__":
    main()

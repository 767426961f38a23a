"""A running site with calls, sampled: what both the soak and the curve look at."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bench.soak.sampling import Sampler
from bench.soak.site import Running


@contextlib.asynccontextmanager
async def watched(site: Running, *, metrics: bool = True) -> AsyncIterator[Sampler]:
    """A sampler that hears what both generators report."""
    plant = site.plant
    generators = {"exchanges": plant.exchanges, "viewers": site.viewers}
    following = [asyncio.create_task(one.follow()) for one in generators.values()]
    pid = plant.database_pid
    sampler = Sampler(site.servers, generators, plant.disk, pid, metrics)
    try:
        yield sampler
    finally:
        await sampler.close()
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)

"""What keeps everybody waiting is told to monitoring: long turns of the loop, the collector."""

import asyncio
import gc
import time

from prometheus_client import CollectorRegistry

from tests.running import DEADLINE
from tws.app.collecting import Collections
from tws.app.lag import EVERY, LoopLag

HELD = 3 * EVERY


async def test_a_long_turn_of_the_loop_is_seen() -> None:
    registry = CollectorRegistry()

    def seen(name: str, **labels: str) -> float:
        return registry.get_sample_value(f"tws_loop_lag_seconds_{name}", labels) or 0.0

    lag = LoopLag(registry)
    lag.start()
    until = time.monotonic() + HELD
    while time.monotonic() < until:
        pass  # nobody else has a turn
    async with asyncio.timeout(DEADLINE):
        while not seen("count"):  # noqa: ASYNC110
            await asyncio.sleep(0)
    lag.stop()
    assert seen("bucket", le="0.1") == 0 and seen("sum") > HELD - 2 * EVERY


def test_what_the_collector_takes_is_counted_while_it_is_asked_for() -> None:
    registry = CollectorRegistry()

    def seconds() -> float:
        return registry.get_sample_value("tws_gc_seconds_total", {"generation": "2"}) or 0.0

    collections = Collections(registry)
    collections.start()
    gc.collect()
    collections.stop()
    taken = seconds()
    gc.collect()
    assert seconds() == taken > 0

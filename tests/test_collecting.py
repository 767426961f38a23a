"""What Python's collector looks at: everything once, and again at night, or when memory has grown
by half."""

import gc
import time
import weakref
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from prometheus_client import CollectorRegistry

from tws.app.collecting import LITTLE, NIGHT, Collections
from tws.schedule import Schedule

MUCH = 50_000


class Knot:
    """In a cycle with itself."""

    def __init__(self) -> None:
        self.self = self


@dataclass
class Machine:
    memory: int = 500 << 20
    day: int = 4
    hour: int = 12
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def now(self) -> float:
        return time.mktime((2026, 3, self.day, self.hour, 59, 59, 0, 0, -1))


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
async def collections(machine: Machine) -> AsyncIterator[Collections]:
    before, schedule = gc.get_threshold(), Schedule()
    collections = Collections(
        machine.registry, schedule, resident=lambda: machine.memory, now=machine.now
    )
    collections.start()
    try:
        yield collections
    finally:
        collections.stop()
        await schedule.stop()
        gc.unfreeze()
        gc.set_threshold(*before)


def old() -> tuple[Knot, "weakref.ref[Knot]"]:
    """One that was there at a look at everything."""
    knot = Knot()
    gc.collect()
    return knot, weakref.ref(knot)


async def test_what_was_there_once_is_not_looked_at_again(collections: Collections) -> None:
    kept = [[n] for n in range(MUCH)]
    gc.collect()
    assert len(gc.get_objects()) < MUCH / 10
    assert len(kept) == MUCH


@pytest.mark.parametrize(
    ("factor", "more", "gone"), [(1.5, LITTLE + 1, True), (1.5, LITTLE, False), (1.0, 0, False)]
)
async def test_memory_that_grew_by_half(
    collections: Collections, machine: Machine, factor: float, more: int, gone: bool
) -> None:
    knot, known = old()
    del knot
    await collections.look()
    assert known() is not None
    machine.memory = int(factor * machine.memory) + more
    await collections.look()
    assert (known() is None) is gone
    # What it has come to is the measure from then on.
    knot, known = old()
    del knot
    await collections.look()
    assert known() is not None


@pytest.mark.parametrize(
    ("day", "hour", "gone"),
    [(4, 23, False), (5, NIGHT - 1, False), (5, NIGHT, True), (5, 20, True)],
)
async def test_each_night(
    collections: Collections, machine: Machine, day: int, hour: int, gone: bool
) -> None:
    """Later, where the machine slept through the hour."""
    knot, known = old()
    del knot
    machine.day, machine.hour = day, hour
    await collections.look()
    assert (known() is None) is gone
    knot, again = old()
    del knot
    await collections.look()  # once
    assert again() is not None


async def test_its_time_is_told(collections: Collections, machine: Machine) -> None:
    def seconds(generation: str) -> float:
        value = machine.registry.get_sample_value(
            "tws_gc_seconds_total", {"generation": generation}
        )
        return value or 0.0

    assert seconds("all") == 0
    kept = [[n] for n in range(MUCH)]
    gc.collect()
    assert kept and seconds("2") > 0
    assert seconds("all") == 0
    collections.collect()
    assert seconds("all") > 0

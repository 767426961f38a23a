"""What Python's collector looks at: everything once, and again at night, or when memory has
doubled."""

import gc
import time
import weakref
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from prometheus_client import CollectorRegistry

from tws.app.collecting import DAY, LITTLE, NIGHT, Collections

MUCH = 50_000


class Knot:
    """In a cycle with itself."""

    def __init__(self) -> None:
        self.self = self


@dataclass
class Machine:
    memory: int = 500 << 20
    hour: int = 12
    since: float = 0.0
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def now(self) -> float:
        day = time.struct_time((2026, 3, 4, self.hour, 30, 0, 0, 0, -1))
        return time.mktime(day) + self.since


@pytest.fixture
async def machine() -> Machine:
    return Machine()


@pytest.fixture
async def collections(machine: Machine) -> AsyncIterator[Collections]:
    before = gc.get_threshold()
    collections = Collections(machine.registry, lambda: machine.memory, machine.now)
    collections.start()
    try:
        yield collections
    finally:
        collections.stop()
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
    ("factor", "more", "gone"), [(2.0, LITTLE + 1, True), (2.0, LITTLE, False), (1.0, 0, False)]
)
async def test_memory_that_doubled(
    collections: Collections, machine: Machine, factor: float, more: int, gone: bool
) -> None:
    knot, known = old()
    del knot
    collections.look()
    assert known() is not None
    machine.memory = int(factor * machine.memory) + more
    collections.look()
    assert (known() is None) is gone
    # What it has come to is the measure from then on.
    knot, known = old()
    del knot
    collections.look()
    assert known() is not None


@pytest.mark.parametrize(("hour", "gone"), [(NIGHT, True), (12, False)])
async def test_each_night(
    collections: Collections, machine: Machine, hour: int, gone: bool
) -> None:
    knot, known = old()
    del knot
    machine.hour, machine.since = hour, 2 * DAY
    collections.look()
    assert (known() is None) is gone
    knot, again = old()
    del knot
    machine.since += 600  # the same night
    collections.look()
    assert again() is not None


async def test_its_time_is_told(collections: Collections, machine: Machine) -> None:
    def seconds(generation: str) -> float:
        return (
            machine.registry.get_sample_value("tws_gc_seconds_total", {"generation": generation})
            or 0.0
        )

    assert seconds("all") == 0
    kept = [[n] for n in range(MUCH)]
    gc.collect()
    assert kept and seconds("2") > 0
    assert seconds("all") == 0
    collections.collect()
    assert seconds("all") > 0

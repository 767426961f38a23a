"""Handlers that do work: how many at once, in which order, and what is counted of them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from tws.app.house import open_house
from tws.bus import AT_ONCE, Bus
from tws.config import Settings


@dataclass(frozen=True)
class Asked:
    key: int
    number: int = 0


class Worker:
    """A handler that ends when the test says so."""

    def __init__(self) -> None:
        self.running: dict[Asked, asyncio.Future[None]] = {}
        self.begun: list[Asked] = []

    async def __call__(self, event: Asked) -> None:
        self.begun.append(event)
        self.running[event] = asyncio.get_running_loop().create_future()
        try:
            await self.running[event]
        finally:
            del self.running[event]

    async def end(self, event: Asked, error: BaseException | None = None) -> None:
        if error is None:
            self.running[event].set_result(None)
        else:
            self.running[event].set_exception(error)
        await turns()


async def turns() -> None:
    """Whatever can begin now has begun."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
async def worker(bus: Bus) -> Worker:
    return Worker()


async def test_so_many_keys_are_worked_on_at_once(bus: Bus, worker: Worker) -> None:
    bus.act(Asked, worker, key=lambda event: event.key, at_once=2)
    for key in range(4):
        bus.publish(Asked(key))
    await turns()
    assert worker.begun == [Asked(0), Asked(1)]
    await worker.end(Asked(1))
    assert worker.begun == [Asked(0), Asked(1), Asked(2)]
    while worker.running:
        await worker.end(next(iter(worker.running)))
    await bus.settle()
    assert worker.begun == [Asked(key) for key in range(4)]


async def test_a_burst_does_not_run_all_at_once_by_itself(bus: Bus, worker: Worker) -> None:
    bus.act(Asked, worker, key=lambda event: event.key)
    for key in range(AT_ONCE + 1):
        bus.publish(Asked(key))
    await turns()
    assert len(worker.running) == AT_ONCE
    while worker.running:
        await worker.end(next(iter(worker.running)))
    await bus.settle()
    assert len(worker.begun) == AT_ONCE + 1


async def test_each_key_is_in_order_and_keys_take_turns(bus: Bus, worker: Worker) -> None:
    bus.act(Asked, worker, key=lambda event: event.key, at_once=1)
    asked = [Asked(0, 1), Asked(0, 2), Asked(0, 3), Asked(1, 1), Asked(1, 2)]
    for event in asked:
        bus.publish(event)
    await turns()
    while worker.running:
        await worker.end(next(iter(worker.running)))
    await bus.settle()
    assert worker.begun == [Asked(0, 1), Asked(1, 1), Asked(0, 2), Asked(1, 2), Asked(0, 3)]


async def test_what_waits_is_bounded_and_what_is_dropped_counted(bus: Bus, worker: Worker) -> None:
    bus.act(Asked, worker, key=lambda event: event.key, at_once=1, limit=2)
    for key in range(3):
        bus.publish(Asked(key))
    assert bus.dropped.total() == 1
    await turns()
    await worker.end(Asked(0))
    bus.publish(Asked(3))
    assert bus.dropped.total() == 1
    for key in (1, 3):
        await worker.end(Asked(key))
    await bus.settle()
    assert worker.begun == [Asked(0), Asked(1), Asked(3)]


@pytest.mark.parametrize("error", [ZeroDivisionError(), asyncio.CancelledError()])
async def test_who_fails_holds_up_nobody(bus: Bus, worker: Worker, error: BaseException) -> None:
    bus.act(Asked, worker, key=lambda event: event.key, at_once=1)
    for event in (Asked(0, 1), Asked(0, 2), Asked(1)):
        bus.publish(event)
    await turns()
    await worker.end(Asked(0, 1), error)
    await worker.end(Asked(1))
    await worker.end(Asked(0, 2))
    await bus.settle()
    assert worker.begun == [Asked(0, 1), Asked(1), Asked(0, 2)]


async def test_failures_of_handlers_are_counted_as_those_of_followers(bus: Bus) -> None:
    async def fails(event: Asked) -> None:
        raise ZeroDivisionError

    def also_fails(event: Asked) -> None:
        raise ZeroDivisionError

    bus.act(Asked, fails, key=lambda event: event.key)
    bus.publish(Asked(1))
    await bus.settle()
    assert bus.failed == {"Asked": 1}
    bus.follow(Asked, also_fails)
    bus.publish(Asked(1))
    await bus.settle()
    assert bus.failed == {"Asked": 3}


async def test_failures_of_handlers_are_in_the_metrics(tmp_path: Path) -> None:
    async def fails(event: Asked) -> None:
        raise ZeroDivisionError

    async with open_house(Settings(data_dir=tmp_path, state_dir=tmp_path)) as house:
        house.bus.act(Asked, fails, key=lambda event: event.key)
        house.bus.publish(Asked(1))
        await house.bus.settle()
        told = generate_latest(house.rooms.metrics).decode()
    assert 'tws_bus_failures_total{event="Asked"} 1.0' in told


async def test_what_is_a_nodes_own_is_told_whatever_it_follows_from() -> None:
    """What a follower of a heard event publishes else was heard itself."""
    bus, here = Bus("a"), list[object]()
    bus.follow(int, lambda number: bus.publish(f"follows from {number}"))
    bus.follow(int, lambda number: bus.publish(float(number), own=True))
    bus.follow_here(str, here.append)
    bus.follow_here(float, here.append)
    bus.hear(1)
    assert here == [1.0]
    bus.publish(2)
    assert here == [1.0, "follows from 2", 2.0]


async def test_what_waits_for_handlers_is_counted() -> None:
    bus, go = Bus(), asyncio.Event()

    async def waits(event: Asked) -> None:
        await go.wait()

    bus.act(Asked, waits, key=lambda event: event.key)
    for _ in range(3):
        bus.publish(Asked(1))
    assert bus.waiting == {"Asked": 3}
    go.set()
    await bus.settle()
    assert bus.waiting == {"Asked": 0}

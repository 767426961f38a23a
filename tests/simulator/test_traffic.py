"""Traffic: calls that make themselves, in bounded memory; a PBX of thousands of phones."""

import asyncio
import time
from pathlib import Path

from tests.simulator.cti import connected
from tests.simulator.running import running_simulator
from tws.protocols.csta import messages as m
from tws.simulator.config import from_mapping
from tws.simulator.control.traffic import Traffic
from tws.simulator.link.exchange import Exchange

MANY = [{"from": 10000, "count": 5000}]


class _Driven:
    """A PBX with traffic on a clock of its own."""

    def __init__(self, rate: float, **settings: object) -> None:
        self.now = 0.0
        self.exchange = Exchange(from_mapping(settings), lambda: self.now)
        self.traffic = Traffic(self.exchange, self.exchange.settings.traffic)
        self.traffic.set_rate(rate)

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        tickers = (self.exchange, self.traffic)
        while True:
            times = [at for one in tickers if (at := one.timer()) is not None]
            due = min(times, default=end)
            if due >= end:
                break
            self.now = max(due, self.now)
            for one in tickers:
                one.handle_timer(self.now)
        self.now = end


def test_traffic_makes_the_calls_asked_for() -> None:
    pbx = _Driven(50, phones=MANY)
    pbx.pass_time(60)
    assert 2700 < pbx.traffic.started < 3300
    assert pbx.traffic.skipped == 0
    pbx.traffic.set_rate(0)
    for _ in range(10):
        if pbx.traffic.timer() is not None:
            pbx.pass_time(20)
    assert pbx.traffic.running == 0
    assert not pbx.exchange.pbx.calls


def test_the_same_seed_makes_the_same_traffic() -> None:
    def told() -> list[int]:
        pbx = _Driven(20, phones=[{"from": 10, "count": 40}], traffic={"seed": 3})
        pbx.pass_time(30)
        return [pbx.exchange.counters["facts"], pbx.traffic.started, pbx.traffic.skipped]

    assert told() == told()


def test_300_calls_a_second_do_not_grow() -> None:
    """After a minute of PBX time everything is as large as it was after half of one."""
    pbx = _Driven(300, phones=MANY, traffic={"ring": 1.0, "talk": 2.0})

    def size() -> tuple[int, int, int]:
        state = pbx.exchange.pbx
        return len(state.calls), state.timers, pbx.traffic.running

    pbx.pass_time(25)
    calls, _, running = size()
    pbx.pass_time(25)
    assert size()[0] < 1.3 * calls
    assert size()[1] < 10 * calls
    assert size()[2] < 1.3 * running
    assert pbx.traffic.skipped == 0


async def test_traffic_in_a_running_process_stays_small() -> None:
    traffic = {"ring": 0.2, "talk": 0.3}
    async with running_simulator(phones=MANY, traffic=traffic) as sim:
        await sim.traffic(300)
        await sim.wait(lambda s: s.pbx.traffic.started > 600)
        before = _resident(sim.pid)
        await sim.wait(lambda s: s.pbx.traffic.started > 1800, deadline=60)
        assert _resident(sim.pid) < before + 20_000
        await sim.traffic(0)
        await sim.wait(lambda s: s.pbx.traffic.running == 0 and s.pbx.calls == 0, deadline=60)


async def test_5000_devices_are_monitored() -> None:
    async with running_simulator(phones=MANY) as sim, connected(sim.csta_port) as cti:
        started = time.perf_counter()
        numbers = [str(10000 + n) for n in range(5000)]
        for at in range(0, len(numbers), 500):
            await asyncio.gather(*(cti.monitor(one) for one in numbers[at : at + 500]))
        print(f"5000 monitors in {time.perf_counter() - started:.1f} s")
        await cti.ask(m.RequestSystemStatus(), m.RequestSystemStatusResponse)
        state = await sim.state()
        assert state.pbx.monitors == 5000


def _resident(pid: int) -> int:
    """Resident memory of a process, in kB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")

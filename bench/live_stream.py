"""From the bytes of a PBX to the frame on a page's socket: what is added, and how many a second.

200 sockets, two for each of 100 people; each CSTA event changes a call of one of them and so goes
to 2 sockets. Latency: 500 events a second, evenly spaced, each counted from when it was due: one
that is due while the last of its person is under way is sent once that has come, and is late.
Throughput: as many events under way as there are people, each next one sent when both sockets have
the last; counted against the processor time of the server alone, since the clients share this
machine with it.
"""

import asyncio
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.company import Member, make_company
from bench.figures import Figure, median, percentile
from bench.pages import Page, open_page
from bench.processes import Process, monitored, running, serving
from bench.switch import Story, Switch

PEOPLE = 100
SOCKETS = 2
RATE = 500
TICK = 0.004
"Seconds between two sendings; 2 events in each."
SECONDS = 8.0
EVENTS = 10_000
"For throughput."
RUNS = 3
LATE = 1.0
"Per cent of the events that may be late."
PATIENCE = 60.0


@dataclass
class Expected:
    """An event on its way to its pages."""

    state: str | None
    due: float
    missing: set[Page]


@dataclass
class Fleet:
    """The switch's stories and the pages that show them."""

    switch: Switch
    members: list[Member]
    pages: dict[str, list[Page]] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    expected: dict[str, Expected] = field(default_factory=dict)
    samples: list[float] = field(default_factory=list)
    backlog: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    "When the events were due that wait until the last of their person has come."
    late: int = 0
    "Events that had to."
    arrived: int = 0
    left: int = 0
    "Events still to be sent, for throughput."
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, stack: AsyncExitStack, port: int, keys: dict[str, str]) -> None:
        for member in self.members:
            number = member.number
            self.stories[number] = Story(number)
            self.pages[number] = [
                await open_page(port, keys[number], self._on_state(number)) for _ in range(SOCKETS)
            ]
            for page in self.pages[number]:
                stack.callback(page.transport.abort)

    def _on_state(self, number: str) -> Callable[[Page, str | None], None]:
        def on_state(page: Page, state: str | None) -> None:
            waiting = self.expected.get(number)
            if waiting is None or waiting.state != state or page not in waiting.missing:
                return
            self.samples.append(time.monotonic() - waiting.due)
            waiting.missing.discard(page)
            if not waiting.missing:
                del self.expected[number]
                self.arrived += 1
                self._next(number)

        return on_state

    def say(self, number: str) -> None:
        """The next event of one person's story is due."""
        if number in self.expected:
            self.late += 1
            self.backlog[number].append(time.monotonic())
        else:
            self._send(number, time.monotonic())

    def _send(self, number: str, due: float) -> None:
        state, data = self.stories[number].step(self.switch.monitors.get(number, b"0"))
        self.expected[number] = Expected(state, due, set(self.pages[number]))
        self.switch.send(data)

    def _next(self, number: str) -> None:
        if self.backlog[number]:
            self._send(number, self.backlog[number].popleft())
        elif self.left > 0:
            self.left -= 1
            self.say(number)
        elif not self.expected:
            self.done.set()

    # ------------------------------------------------------------ the two loads

    async def latency(self) -> list[float]:
        """Seconds from when an event was due to a page's frame, at `RATE`."""
        loop = asyncio.get_running_loop()
        numbers = list(self.stories)
        self.samples, self.left, self.late = [], 0, 0
        at, turn = loop.time(), 0
        for _ in range(int(SECONDS / TICK)):
            for _ in range(int(RATE * TICK)):
                self.say(numbers[turn % len(numbers)])
                turn += 1
            at += TICK
            if (pause := at - loop.time()) > 0:
                await asyncio.sleep(pause)
        await self._settle()
        return self.samples

    async def throughput(self, process: Process) -> tuple[float, float]:
        """Events a second of the server's processor time, and of the wall's."""
        self.left, self.arrived = EVENTS - PEOPLE, 0
        self.done.clear()
        cpu, begun = process.cpu(), time.monotonic()
        for number in self.stories:
            self.say(number)
        async with asyncio.timeout(PATIENCE):
            await self.done.wait()
        seconds = time.monotonic() - begun
        return self.arrived / (process.cpu() - cpu), self.arrived / seconds

    async def _settle(self) -> None:
        """Until every event sent has arrived."""
        if self.expected:
            self.done.clear()
            async with asyncio.timeout(PATIENCE):
                await self.done.wait()


@dataclass
class Measured:
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    per_cpu: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    "Per cent of the events: the last of their person was still under way when they were due."

    async def run(self, fleet: Fleet, process: Process) -> None:
        samples = await fleet.latency()
        self.late.append(100 * fleet.late * SOCKETS / len(samples))
        self.p50.append(percentile(samples, 0.5) * 1000)
        self.p99.append(percentile(samples, 0.99) * 1000)
        per_cpu, per_second = await fleet.throughput(process)
        self.per_cpu.append(per_cpu)
        self.per_second.append(per_second)


async def measure() -> list[Figure]:
    tws, bare = Measured(), Measured()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        switch, bare_switch = Switch(), Switch()
        await switch.start()
        await bare_switch.start()
        stack.push_async_callback(switch.stop)
        stack.push_async_callback(bare_switch.stop)
        settings: dict[str, object] = {
            "host": "127.0.0.1",
            "port": switch.port,
            "session": "off",
            "features": "off",
        }
        members = await make_company(folder, PEOPLE, "csta_xml", settings)
        server = await stack.enter_async_context(serving(folder))
        await monitored(server, PEOPLE)
        fleet = Fleet(switch, members)
        await fleet.open(stack, server.port, {each.number: each.key for each in members})
        await fleet.latency()  # warms both up, and gives the bare loop a value to write
        sample = fleet.pages[members[0].number][0].sample.decode()
        limit = await stack.enter_async_context(
            running(["-m", "bench.bare_fanout", str(bare_switch.port), sample], "Listening")
        )
        bare_fleet = Fleet(bare_switch, members)
        await bare_fleet.open(stack, limit.port, {each.number: each.number for each in members})
        for _ in range(RUNS):
            await bare.run(bare_fleet, limit)
            await tws.run(fleet, server)
    return figures(tws, bare)


def figures(tws: Measured, bare: Measured) -> list[Figure]:
    def added(ours: list[float], theirs: list[float]) -> list[float]:
        return [a - b for a, b in zip(ours, theirs, strict=True)]

    def ratio(ours: list[float], theirs: list[float]) -> list[float]:
        return [a / b for a, b in zip(ours, theirs, strict=True)]

    at = f"at {RATE} events/s"
    (p50, p99) = (median("", "", bare.p50).value, median("", "", bare.p99).value)
    return [
        median(f"PBX bytes -> page, {at}: p50", "ms", tws.p50, bare=p50),
        median(f"PBX bytes -> page, {at}: p99", "ms", tws.p99, bare=p99),
        median(
            "  late, counted from when they were due",
            "%",
            tws.late,
            bare=median("", "", bare.late).value,
            at_most=LATE,
        ),
        median("  of which added: p50", "ms", added(tws.p50, bare.p50)),
        median("  of which added: p99", "ms", added(tws.p99, bare.p99), at_most=10.0),
        median(
            "events per processor second",
            "/s",
            tws.per_cpu,
            bare=median("", "", bare.per_cpu).value,
        ),
        median("  share of the bare loop", "", ratio(tws.per_cpu, bare.per_cpu), at_least=0.5),
        median(
            "events per second, clients on the same machine",
            "/s",
            tws.per_second,
            bare=median("", "", bare.per_second).value,
        ),
        median(
            "  share of the bare loop, by the wall", "", ratio(tws.per_second, bare.per_second)
        ),
    ]

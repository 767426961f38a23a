"""From the bytes of a PBX to the sign beside a colleague's name, in a company of 10,000.

2,000 people have a page open, and each page shows 50 colleagues, so that each state change goes to
ten pages. 15 calls a second ring, are answered, are held for a while, and end. Latency: from when
the event was sent to each page's frame. The server's processor time is counted for it alone.
"""

import asyncio
import tempfile
import time
import zlib
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.company import Member, make_company
from bench.figures import Figure, median, percentile
from bench.pages import Watcher, open_watcher
from bench.processes import Process, monitored, serving
from bench.switch import Story, Switch

PEOPLE, CONNECTED, WATCHED = 10_000, 2_000, 50
MANY = 500
"Colleagues on the page of whom the snapshot is measured."
CALLS = 15
"A second."
SECONDS = 20.0
RUNS = 3
SHOWN = {"alerting": "ringing", "connected": "busy", None: "free"}
"What a page shows for the state of a call; the others change nothing that it shows."


@dataclass
class Sent:
    """A state on its way to the pages that show it."""

    state: str
    at: float
    missing: int


@dataclass
class Crowd:
    """The pages, and what they are waiting for."""

    switch: Switch
    members: list[Member]
    watchers: defaultdict[str, list[Watcher]] = field(default_factory=lambda: defaultdict(list))
    "By the user watched."
    stories: dict[str, Story] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    "The state of a user that was sent last."
    waiting: dict[str, Sent] = field(default_factory=dict)
    samples: list[float] = field(default_factory=list)
    overtaken: int = 0
    "States that a page was not told of: the next one came first."

    async def open(self, stack: AsyncExitStack, port: int) -> None:
        random = Random(7)
        users = [member.user for member in self.members]
        self.stories = {member.number: Story(member.number) for member in self.members}
        for member in self.members[:CONNECTED]:
            watched = random.sample(users, WATCHED)
            page = await open_watcher(port, member.key, watched, self._shown)
            stack.callback(page.transport.abort)
            for user in watched:
                self.watchers[user].append(page)

    def _shown(self, user: str, state: str) -> None:
        waiting = self.waiting.get(user)
        if waiting is not None and waiting.state == state:
            self.samples.append(time.monotonic() - waiting.at)
            waiting.missing -= 1
            if not waiting.missing:
                del self.waiting[user]

    def say(self, member: Member) -> str | None:
        """The next event of somebody's call."""
        cross = self.switch.monitors.get(member.number, b"0")
        state, data = self.stories[member.number].step(cross)
        shown, watchers = SHOWN.get(state), len(self.watchers[member.user])
        if shown is not None and shown != self.shown.get(member.user):
            self.shown[member.user] = shown
            if (before := self.waiting.pop(member.user, None)) is not None:
                self.overtaken += before.missing
            if watchers:
                self.waiting[member.user] = Sent(shown, time.monotonic(), watchers)
        self.switch.send(data)
        return state

    async def calls(self) -> None:
        """`CALLS` a second for a while; each goes on for some seconds."""
        loop, random = asyncio.get_running_loop(), Random(11)
        idle, under_way = list(self.members), list[Member]()
        random.shuffle(idle)
        self.samples, self.overtaken = [], 0
        step, at = 1.0 / CALLS, loop.time()
        for _ in range(int(SECONDS * CALLS)):
            under_way.append(idle.pop())
            self.say(under_way[-1])
            for member in [one for one in under_way if random.random() < 4 / len(under_way)]:
                if self.say(member) is None:
                    under_way.remove(member)
                    idle.insert(0, member)
            at += step
            if (pause := at - loop.time()) > 0:
                await asyncio.sleep(pause)
        for member in under_way:
            while self.say(member) is not None:
                pass
        async with asyncio.timeout(30):
            while self.waiting:  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # the pages are told, one after the other


async def measure() -> list[Figure]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        switch = Switch()
        await switch.start()
        stack.push_async_callback(switch.stop)
        settings: dict[str, object] = {
            "host": "127.0.0.1",
            "port": switch.port,
            "session": "off",
            "features": "off",
        }
        members = await make_company(folder, PEOPLE, "csta_xml", settings, keys=CONNECTED)
        server = await stack.enter_async_context(serving(folder))
        await monitored(server, PEOPLE)
        crowd = Crowd(switch, members)
        await crowd.open(stack, server.port)
        p95, p99, share = [], [], []
        for _ in range(RUNS):
            cpu, begun = server.cpu(), time.monotonic()
            await crowd.calls()
            share.append(100 * (server.cpu() - cpu) / (time.monotonic() - begun))
            p95.append(percentile(crowd.samples, 0.95) * 1000)
            p99.append(percentile(crowd.samples, 0.99) * 1000)
        whole, packed, wire = await _snapshot(stack, server, members)
        frames = len(crowd.samples) / SECONDS
    load = f"{PEOPLE} people, {CONNECTED} pages of {WATCHED}, {CALLS} calls/s"
    return [
        median("PBX bytes -> colleague's sign: p95", "ms", p95, at_most=100.0, note=load),
        median("  p99", "ms", p99, note=f"{frames:.0f} frames/s, {crowd.overtaken} overtaken"),
        median("one process, of a core", "%", share, at_most=70.0),
        Figure(
            name=f"snapshot of a page with {MANY} colleagues",
            unit="kB",
            value=wire,
            bare=packed,
            at_most=60.0,
            note=f"{whole:.0f} kB as text; bare: as small as zlib makes it",
        ),
    ]


async def _snapshot(
    stack: AsyncExitStack, server: Process, members: list[Member]
) -> tuple[float, float, float]:
    """Kilobytes: as text, compressed as well as can be, and as it travelled."""
    users = [member.user for member in members[-MANY:]]
    page = await open_watcher(server.port, members[0].key, users, lambda user, state: None)
    stack.callback(page.transport.abort)
    text = page.snapshot
    return len(text) / 1000, len(zlib.compress(text, 9)) / 1000, page.travelled / 1000

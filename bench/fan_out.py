"""One change that a thousand pages show, and one that two thousand do: processor time of a frame.

The telephone of a colleague rings, is answered, and is put down, and every page shows it.
Beside it a server that does no more than it must, with the same bounded queues. Both are asked
in turn, one change at a time: the next comes when every page has the last. The processor time of
the servers alone counts, for the pages share this machine with them.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bench.company import Member, make_company
from bench.figures import Figure, median
from bench.pages import Watcher, open_watcher
from bench.presence_stream import SHOWN
from bench.processes import PATIENCE, Process, monitored, running, serving
from bench.switch import Story, Switch

SEEN, LOOKING = 40, 40
"Colleagues who are seen, each long after his last change; people who look."
WATCHERS = (1000, 2000)
CHANGES = 60
RUNS = 5
GOAL = 0.8


@dataclass
class Crowd:
    """The pages of one server, and the colleagues whom they show."""

    switch: Switch
    process: Process
    seen: Sequence[Member]
    keys: Sequence[str]
    "Of those who look."
    pages: list[Watcher] = field(default_factory=list)
    _missing: int = 0
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._stories = {member.number: Story(member.number) for member in self.seen}
        self._states = dict.fromkeys(self._stories, "free")
        self._turn = 0

    async def grow(self, stack: AsyncExitStack, size: int) -> None:
        watched = [member.user for member in self.seen]
        while len(self.pages) < size:
            key = self.keys[len(self.pages) % len(self.keys)]
            page = await open_watcher(self.process.port, key, watched, self._shown)
            stack.callback(page.transport.abort)
            self.pages.append(page)

    def _shown(self, user: str, state: str) -> None:
        self._missing -= 1
        if not self._missing:
            self._told.set()

    async def change(self) -> None:
        """The next one of the next colleague, until every page has it."""
        member = self.seen[self._turn % len(self.seen)]
        self._turn += 1
        self._missing = len(self.pages)
        self._told.clear()
        story, cross = self._stories[member.number], self.switch.monitors.get(member.number, b"0")
        while True:  # some steps of a call change nothing that is shown
            state, data = story.step(cross)
            self.switch.send(data)
            if (shown := SHOWN.get(state)) not in (None, self._states[member.number]):
                break
        self._states[member.number] = shown
        await asyncio.wait_for(self._told.wait(), PATIENCE)

    async def cost(self) -> float:
        """Microseconds of processor time for each frame."""
        cpu = self.process.cpu()
        for _ in range(CHANGES):
            await self.change()
        return (self.process.cpu() - cpu) / CHANGES / len(self.pages) * 1e6


async def measure() -> list[Figure]:
    figures = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        switch, bare_switch = Switch(), Switch()
        for each in (switch, bare_switch):
            await each.start()
            stack.push_async_callback(each.stop)
        link: dict[str, object] = {
            "host": "127.0.0.1",
            "port": switch.port,
            "session": "off",
            "features": "off",
        }
        members = await make_company(folder, SEEN + LOOKING, "csta_xml", link)
        server = await stack.enter_async_context(serving(folder))
        await monitored(server, len(members))
        seen, keys = members[:SEEN], [member.key for member in members[SEEN:]]
        tws = Crowd(switch, server, seen, keys)
        await tws.grow(stack, 1)
        sample = _value(tws.pages[0].snapshot, seen[0].user)
        users = msgspec.json.encode({member.number: member.user for member in seen}).decode()
        limit = await stack.enter_async_context(
            running(
                ["-m", "bench.bare_watchers", str(bare_switch.port), sample, users], "Listening"
            )
        )
        bare = Crowd(bare_switch, limit, seen, keys)
        for size in WATCHERS:
            await tws.grow(stack, size)
            await bare.grow(stack, size)
            costs = [(await bare.cost(), await tws.cost()) for _ in range(RUNS + 1)][1:]
            figures += _figures(size, costs)
    return figures


def _figures(size: int, costs: Sequence[tuple[float, float]]) -> list[Figure]:
    limit = median("", "", [bare for bare, _ in costs]).value
    return [
        median(f"a change to {size} pages, a frame", "us", [own for _, own in costs], bare=limit),
        median(
            "  rate, as a share of the bare server",
            "",
            [bare / own for bare, own in costs],
            at_least=GOAL,
        ),
    ]


def _value(snapshot: bytes, user: str) -> str:
    """The value of a presence as TWS writes it."""
    state = msgspec.json.decode(snapshot)["state"]
    return msgspec.json.encode(state[f"presence/{user}"]).decode()

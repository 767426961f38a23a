"""The stage of a drill: PBXs, servers on one database, pages, calls that go on; and what to count.

async with staged(Plan(devices=500)) as stage:
    await stage.nodes[0].kill()
    ...
    outcome = await stage.outcome("server killed", ...)
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from drills.calls import Calls
from drills.founding import Founded, found, new_key
from drills.hand import Hand
from drills.journal import Compared, compared, rows
from drills.nodes import PAUSE, Node
from drills.outcome import Outcome
from drills.pbx import Pbx
from drills.screen import Screen

FIRST = 10_000
APART = 10_000
"Between the first numbers of two PBXs."
WITHIN = 120.0
"Seconds after which a stage gives up: nothing that works takes that long."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`devices` on each PBX, of which `pairs` of two make calls; `kept` pairs talk to the end."""

    devices: int = 500
    pbxs: int = 1
    nodes: int = 1
    pairs: int = 20
    kept: int = 5
    environment: tuple[tuple[str, str], ...] = ()
    "Of every node: TWS_NATS, what is preloaded."
    prefix: tuple[str, ...] = ()
    "What starts every node."
    pbx_prefix: tuple[str, ...] = ()
    pbx_host: str = "127.0.0.1"
    hands: str = "127.0.0.1"


@dataclass
class Stage:
    plan: Plan
    folder: Path
    database: str
    pbxs: list[Pbx]
    nodes: list[Node]
    founded: Founded
    calls: list[Calls] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    hands: list[Hand] = field(default_factory=list)
    deaf: list[tuple[float, float]] = field(default_factory=list)
    lives: list[datetime] = field(default_factory=list)
    "When PBXs were started again."
    watched: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def devices(self) -> int:
        return self.plan.devices * self.plan.pbxs

    @property
    def database_name(self) -> str:
        return make_url(self.database).database or ""

    async def rebuilt(
        self, wanted: int | None = None, nodes: Sequence[Node] | None = None
    ) -> float:
        """Until every telephone is heard, by these nodes; when (`time.monotonic()`)."""
        wanted = self.devices if wanted is None else wanted
        asked = self.nodes if nodes is None else nodes
        async with asyncio.timeout(WITHIN):
            while await self.heard(asked) < wanted:  # noqa: ASYNC110 it is another process
                await asyncio.sleep(PAUSE)
        return time.monotonic()

    async def heard(self, nodes: Sequence[Node] | None = None) -> float:
        """How many telephones these nodes hear together."""
        asked = self.nodes if nodes is None else nodes
        return sum([await node.devices() for node in asked if node.running])

    async def controlled(self) -> float:
        """Until every hand could do something; when."""
        return max(await asyncio.gather(*(hand.works(WITHIN) for hand in self.hands)))

    async def back(self, since: float, nodes: Sequence[Node] | None = None) -> tuple[float, float]:
        """Once the fault is over: seconds since then until calls are controlled, and until every
        telephone is heard, by these nodes. Nobody was heard until then."""
        controlled, rebuilt = await asyncio.gather(self.controlled(), self.rebuilt(nodes=nodes))
        return controlled - since, rebuilt - since

    async def _calls_go_on(self) -> None:
        if not all(calls.going_on for calls in self.calls):
            await asyncio.gather(*(self.talk(calls) for calls in self.calls))
            await self.controlled()

    async def at(self, node: Node) -> None:
        """Whoever looks and acts does it there from now on, as long as that node answers."""
        await self._calls_go_on()
        for hand in self.hands:
            hand.at(node)
        await asyncio.gather(*(screen.move(node) for screen in self.screens))
        await self.controlled()

    async def begins(self) -> float:
        """The fault begins: what screens show counts from now. Calls go on, again if everybody
        hung up at the end of another drill."""
        await self._calls_go_on()
        for screen in self.screens:
            screen.fresh()
        return time.monotonic()

    async def talk(self, calls: Calls) -> None:
        calls.begin(self.plan.kept)
        await calls.talking(self.plan.kept)

    async def kill_pbxs(self) -> None:
        for pbx, calls in zip(self.pbxs, self.calls, strict=True):
            await pbx.kill()
            calls.pbx_died()

    async def start_pbxs(self) -> None:
        self.lives.append(datetime.now(UTC))
        await asyncio.gather(*(pbx.start() for pbx in self.pbxs))

    def waiting_lines(self) -> list[Path]:
        """Files of lines of the journal that wait for the database, on the disk of any node."""
        return [file for node in self.nodes for file in node.folder.glob("state/journal.spool*")]

    async def compared(self) -> Compared:
        """Everybody hangs up, and the journal has some seconds to be whole."""
        await asyncio.gather(*(calls.finish() for calls in self.calls))
        every = [call for calls in self.calls for call in calls.all]
        until = time.monotonic() + 15
        while True:
            found = await rows(self.database, self.lives, self.founded.links)
            result = compared(every, found, self.deaf)
            whole = not (result.lost or result.events_lost or result.ghosts)
            if whole or time.monotonic() > until:
                return result
            await asyncio.sleep(0.2)  # the database is another process's

    async def outcome(
        self,
        drill: str,
        *,
        controlled: float,
        goal: float | None = None,
        bare: float | None = None,
        bare_of: str = "",
        screen: str | None = None,
        broken: Sequence[str] = (),
        slow: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> Outcome:
        seen = screen or self.screens[0].words()
        result = await self.compared()
        wrong = [
            f"{count} {what}"
            for count, what in (
                (result.lost, "lines lost"),
                (result.doubled, "lines doubled"),
                (result.events_lost, "steps lost that were told"),
                (result.ghosts, "calls open in the journal that are over"),
                (
                    sum(screen.skipped for screen in self.screens),
                    "frames lost on the way to pages",
                ),
            )
            if count
        ]
        late = [f"controlled after {controlled:.2f} s, not {goal:g}"] if goal is not None else []
        return Outcome(
            drill=drill,
            controlled=controlled,
            goal=goal,
            bare=bare,
            bare_of=bare_of,
            events_lost=result.events_lost,
            unheard=result.unheard,
            lines=result.lines,
            lost=result.lost,
            doubled=result.doubled,
            screen=seen,
            broken=(*broken, *wrong, *result.missing[:5]),
            slow=(*slow, *(late if goal is not None and controlled > goal else ())),
            notes=tuple(notes),
        )


@contextlib.asynccontextmanager
async def staged(
    plan: Plan, database: str = "", folder: Path | None = None
) -> AsyncIterator[Stage]:
    """Everything runs, every telephone is heard, calls go on and are controlled. `database`: an
    empty one, by URL; without it an SQLite file in the folder of the one node."""
    async with contextlib.AsyncExitStack() as stack:
        temporary = tempfile.TemporaryDirectory(prefix="tws-drill-", ignore_cleanup_errors=True)
        folder = folder or Path(stack.enter_context(temporary))
        pbxs = [_pbx(plan, folder, n) for n in range(plan.pbxs)]
        for pbx in pbxs:
            stack.push_async_callback(pbx.kill)
            await pbx.start()
        first = folder / "node1"
        database = database or f"sqlite:///{first / 'tws.db'}"
        secret_key = new_key()
        founded = await found(first, database, secret_key, pbxs, keyed=2)
        given = {"TWS_DATABASE": database, "TWS_SECRET_KEY": secret_key, **dict(plan.environment)}
        nodes = [
            Node(folder / f"node{n + 1}", {**given, "TWS_NODE": f"node{n + 1}"}, plan.prefix)
            for n in range(plan.nodes)
        ]
        stage = Stage(plan, folder, database, pbxs, nodes, founded)
        for node in nodes:
            stack.push_async_callback(node.stop)
        await asyncio.gather(*(node.start() for node in nodes))
        await stage.rebuilt()
        for pbx in pbxs:
            await _peopled(stage, stack, pbx)
        yield stage


def _pbx(plan: Plan, folder: Path, place: int) -> Pbx:
    return Pbx(
        folder,
        FIRST + place * APART,
        plan.devices,
        prefix=plan.pbx_prefix,
        host=plan.pbx_host,
        hands=plan.hands,
    )


async def _peopled(stage: Stage, stack: contextlib.AsyncExitStack, pbx: Pbx) -> None:
    """Calls, a screen and a hand on this PBX: those of the first telephone, which talks to the
    second all the time."""
    numbers = pbx.numbers
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))[: stage.plan.pairs]
    calls = Calls(pbx, pairs)
    stage.calls.append(calls)
    key = stage.founded.keys[numbers[0]]
    screen = Screen(stage.nodes, key)
    stage.screens.append(screen)
    hand = Hand(stage.nodes, key, screen)
    stage.hands.append(hand)
    await screen.open()
    stack.push_async_callback(screen.close)
    stack.push_async_callback(calls.finish)
    await stage.talk(calls)
    await hand.begin()
    stack.push_async_callback(hand.end)

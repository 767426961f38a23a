"""Calls that go on during a drill, and what is true of each: known from the telephones.

Some pairs of telephones talk to the end (`keep`), others call each other again and again. What a
hand did at a telephone is noted when the PBX has done it.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from drills.pbx import Pbx, PbxAway, PhoneRefused

RINGS, TALKS, RESTS = 0.3, 1.0, 0.3
"Seconds on average; each between half and one and a half of it."


@dataclass(slots=True, eq=False)
class Call:
    """Times are seconds of `time.monotonic()`."""

    id: str
    life: int
    "Of the PBX, which begins its ids anew in each; the first is 1."
    caller: str
    called: str
    rang: float
    answered: float | None = None
    ended: float | None = None


class Calls:
    def __init__(self, pbx: Pbx, pairs: Sequence[tuple[str, str]]) -> None:
        self.pbx, self.pairs = pbx, list(pairs)
        self.all: list[Call] = []
        self._random = random.Random(pbx.first)
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def begin(self, kept: int) -> None:
        """The first `kept` pairs talk to the end. Again, too, after `finish`."""
        self._stopping = False
        for n in range(len(self.pairs)):
            work = self._keep(n) if n < kept else self._talk(n)
            self._tasks.append(asyncio.create_task(work))

    @property
    def going_on(self) -> bool:
        return bool(self._tasks)

    async def talking(self, kept: int) -> None:
        """Until those who talk to the end do."""
        async with asyncio.timeout(60):
            while any(self.of(*pair) is None for pair in self.pairs[:kept]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # many tasks' hands: looking is simpler than telling

    def of(self, caller: str, called: str) -> Call | None:
        """The call that this pair has now, once it is answered."""
        for call in reversed(self.all):
            if (call.caller, call.called) == (caller, called):
                return call if call.answered is not None and call.ended is None else None
        return None

    async def finish(self) -> None:
        """Everybody hangs up."""
        self._stopping = True
        for task in self._tasks:
            await task
        self._tasks.clear()
        for call in self.all:
            if call.ended is None:
                await self._hang_up(call)

    def pbx_died(self) -> None:
        """Its calls are over. Afterwards others call each other: a PBX that begins its ids anew
        may otherwise give the same two the same id, and no link could tell."""
        called = [pair[1] for pair in self.pairs]
        moved = called[1:] + called[:1]
        self.pairs = [(pair[0], other) for pair, other in zip(self.pairs, moved, strict=True)]
        now = time.monotonic()
        for call in self.all:
            if call.ended is None:
                call.ended = now

    # ------------------------------------------------------------ scripts

    async def _talk(self, place: int) -> None:
        while not self._stopping:
            await self._about(RESTS)
            if (call := await self._call(*self.pairs[place])) is not None:
                await self._about(TALKS)
                await self._hang_up(call)

    async def _keep(self, place: int) -> None:
        """Call, and call again when the PBX has lost it."""
        while not self._stopping:
            if self.of(*self.pairs[place]) is None:
                await self._call(*self.pairs[place])
            await asyncio.sleep(0.05)

    async def _call(self, caller: str, called: str) -> Call | None:
        await self.pbx.running.wait()
        life = self.pbx.lives
        try:
            id = await self.pbx.dial(caller, called)
            call = Call(id, life, caller, called, time.monotonic())
            self.all.append(call)
            if life != self.pbx.lives or not self.pbx.running.is_set():
                call.ended = call.rang  # it died while it said so
                return None
            await self._about(RINGS)
            await self.pbx.answer(called)
        except PhoneRefused:
            await self._tidy(caller, called)
            return None
        except PbxAway:
            return None
        if call.ended is None:
            call.answered = time.monotonic()
        return call

    async def _hang_up(self, call: Call) -> None:
        while call.ended is None and call.life == self.pbx.lives and self.pbx.running.is_set():
            try:
                for number in (call.caller, call.called):
                    # Where the other's hanging up ended it there is nothing to hang up.
                    with contextlib.suppress(PhoneRefused):
                        await self.pbx.hang_up(number)
                call.ended = time.monotonic()
            except PbxAway:
                await asyncio.sleep(0.1)  # a hand that slipped, or it has just died
        if call.ended is None:
            call.ended = time.monotonic()

    async def _tidy(self, *pair: str) -> None:
        """Whatever is left of a call that came to nothing."""
        for call in self.all:
            if (call.caller, call.called) == pair and call.ended is None:
                await self._hang_up(call)

    async def _about(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self._random.uniform(0.5, 1.5))

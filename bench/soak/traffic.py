"""What people of one PBX do all day: calls among themselves, from and to the outside, to a queue;
some give up, some hold, some transfer. A ticker of the simulator's clock.

Each call is a script that acts and yields how long it waits. A person who answers finds that the
call was answered by a click on a page, and goes on talking.
"""

import heapq
from collections.abc import Callable, Generator, Iterator
from random import Random

from bench.soak.size import Size
from tws.simulator.control import hands
from tws.simulator.link.exchange import Exchange
from tws.simulator.switching.model import Party, Refusal, State

Script = Iterator[float]
TRIES = 40
ABANDONED, HELD, TRANSFERRED = 0.1, 0.08, 0.08
"Shares of the calls: given up while they ring; of those that are answered."
LONGEST = 5
"Times the mean: no conversation is longer."


class DayTraffic:
    def __init__(self, exchange: Exchange, size: Size, queue: str, seed: int) -> None:
        self._exchange, self._size, self._queue = exchange, size, queue
        self._random = Random(seed)
        self._phones = [n for n, phone in exchange.pbx.phones.items() if phone.agent is None]
        self._running: list[tuple[float, int, Script]] = []
        self._serial = 0
        self._next: float | None = None
        self._rate = 0.0
        self.made = self.skipped = self.refused = 0

    @property
    def running(self) -> int:
        return len(self._running)

    def set_rate(self, calls: float) -> None:
        """Calls a second; 0: none begins any more."""
        self._rate = calls
        self._next = self._exchange.now() + self._gap() if calls else None
        self._exchange.on_activity()

    def stop(self) -> None:
        """No call begins, and nobody does anything more in those there are."""
        self._next = None
        self._running.clear()

    def _gap(self) -> float:
        return self._random.expovariate(self._rate)

    # ------------------------------------------------------------ the ticker

    def timer(self) -> float | None:
        times = [self._running[0][0]] if self._running else []
        return min([*times, *([self._next] if self._next is not None else [])], default=None)

    def handle_timer(self, now: float) -> None:
        while self._next is not None and self._next <= now:
            self._next += self._gap()
            self._begin(now)
        while self._running and self._running[0][0] <= now:
            self._step(now, heapq.heappop(self._running)[2])

    def _begin(self, now: float) -> None:
        idle = self._idle(3)
        if len(idle) < 3:
            self.skipped += 1
            return
        self.made += 1
        scripts = (self._internal, self._incoming, self._outgoing, self._queued)
        (script,) = self._random.choices(scripts, (45, 25, 15, 15))
        self._step(now, self._tidied(script(idle), idle))

    def _step(self, now: float, script: Script) -> None:
        if (wait := next(script, None)) is not None:
            self._serial += 1
            heapq.heappush(self._running, (now + wait, self._serial, script))

    def _tidied(self, script: Script, phones: list[str]) -> Script:
        try:
            yield from script
        except Refusal:  # somebody called the telephone meanwhile, or clicked
            self.refused += 1
        for number in phones[:2]:  # the third may be in another call by now
            for _ in self._exchange.pbx.legs(number):
                self._quietly(hands.hang_up, number)

    def _idle(self, count: int) -> list[str]:
        found: list[str] = []
        for _ in range(TRIES):
            number = self._random.choice(self._phones)
            if number not in found and self._exchange.pbx.idle(number):
                found.append(number)
                if len(found) == count:
                    break
        return found

    # ------------------------------------------------------------ scripts

    def _internal(self, idle: list[str]) -> Script:
        caller, called, third = idle
        self._exchange.do(hands.dial, caller, called)
        if not (yield from self._answered(called)):
            return
        yield from self._talk(caller, third)

    def _incoming(self, idle: list[str]) -> Script:
        called = idle[0]
        line = self._exchange.do(hands.call_in, self._somebody(), called)
        if (yield from self._answered(called)):
            yield from self._talk(called, idle[1])
        self._quietly(hands.outside_hangs_up, line)

    def _outgoing(self, idle: list[str]) -> Script:
        prefix = self._exchange.settings.outside_prefix
        self._exchange.do(hands.dial, idle[0], prefix + self._somebody().number)
        yield self._ring()
        yield from self._talk(idle[0], None)

    def _queued(self, idle: list[str]) -> Script:
        """The queue gives the call to an agent, who answers."""
        line = self._exchange.do(hands.call_in, self._somebody(), self._queue)
        if self._random.random() < ABANDONED:
            yield self._ring()
        else:
            yield self._ring() / 2
            for agent in self._agents_of(line):
                self._quietly(hands.answer, agent)
            yield self._talking()
            for agent in self._agents_of(line):
                self._quietly(hands.hang_up, agent)
        self._quietly(hands.outside_hangs_up, line)

    def _agents_of(self, line: str) -> list[str]:
        """Who has the call of this line now."""
        phones = self._exchange.pbx.phones
        legs = self._exchange.pbx.legs(line)
        return [device for leg in legs for device in leg.call.legs if device in phones]

    def _answered(self, called: str) -> Generator[float, None, bool]:
        """Whether somebody does, by hand or by a click."""
        yield self._ring()
        states = [leg.state for leg in self._exchange.pbx.legs(called)]
        if State.ALERTING in states:
            if self._random.random() < ABANDONED:
                return False
            self._exchange.do(hands.answer, called)
            return True
        return State.CONNECTED in states

    def _talk(self, number: str, third: str | None) -> Script:
        yield self._talking() / 2
        roll = self._random.random()
        if roll < HELD:
            self._exchange.do(hands.hold, number)
            yield self._ring()
            self._exchange.do(hands.retrieve, number)
        elif roll < HELD + TRANSFERRED and third and self._exchange.pbx.idle(third):
            self._exchange.do(hands.dial, number, third)
            if (yield from self._answered(third)):
                yield self._ring() / 2
                self._exchange.do(hands.transfer, number, None)
                yield self._talking() / 2
                self._quietly(hands.hang_up, third)
                return
            self._exchange.do(hands.retrieve, number)
        yield self._talking() / 2

    def _ring(self) -> float:
        return self._random.uniform(0.5, 1.5) * self._size.ring

    def _talking(self) -> float:
        mean = self._size.talk
        return min(self._random.expovariate(1 / mean), LONGEST * mean)

    def _somebody(self) -> Party:
        """Outside; of ten thousand regulars."""
        return Party(f"0199{self._random.randrange(10_000):04}00", outside=True)

    def _quietly(self, action: Callable[..., None], number: str) -> None:
        """If it can still be done: the other side may have hung up first."""
        try:
            self._exchange.do(action, number)
        except Refusal:
            self.refused += 1

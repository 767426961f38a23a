"""Calls that make themselves: so many a second, between idle phones and with the outside.

Each call is a script: a generator that acts and yields how long to wait. A script that is refused
(somebody else used the phone) hangs up what it can and ends. Random, but the same for each seed.
"""

import heapq
import random
from collections.abc import Callable, Iterator

from tws.simulator.control import hands
from tws.simulator.link.exchange import Exchange
from tws.simulator.settings import TrafficSettings
from tws.simulator.switching.model import Party, Refusal, State

Script = Iterator[float]
MAX_RUNNING = 20_000
_TRIES = 12


class Traffic:
    """A ticker (`clock`)."""

    def __init__(self, exchange: Exchange, settings: TrafficSettings) -> None:
        self._exchange = exchange
        self._settings = settings
        self._random = random.Random(settings.seed)
        self._phones = list(exchange.pbx.phones)
        self._running: list[tuple[float, int, Script]] = []
        self._serial = 0
        self._next: float | None = None
        self.rate = 0.0
        self.started = 0
        self.skipped = 0
        "Calls not made because no phone was idle."

    def set_rate(self, calls_per_second: float) -> None:
        """0 stops: calls under way still end. ValueError when it can't be."""
        if not 0 <= calls_per_second <= 1000:
            raise ValueError("calls per second: 0 to 1000 expected")
        if calls_per_second and len(self._phones) < 2:
            raise ValueError("traffic needs at least two phones")
        self.rate = calls_per_second
        self._next = None
        if calls_per_second:
            self._next = self._exchange.now() + self._gap()

    @property
    def running(self) -> int:
        return len(self._running)

    def timer(self) -> float | None:
        times = [self._running[0][0]] if self._running else []
        if self._next is not None:
            times.append(self._next)
        return min(times, default=None)

    def handle_timer(self, now: float) -> None:
        while self._next is not None and self._next <= now:
            self._next += self._gap()
            self._start(now)
        while self._running and self._running[0][0] <= now:
            _, _, script = heapq.heappop(self._running)
            self._step(now, script)

    def _gap(self) -> float:
        return self._random.expovariate(self.rate)

    def _start(self, now: float) -> None:
        idle = self._idle(4)
        if len(idle) < 2 or len(self._running) >= MAX_RUNNING:
            self.skipped += 1
            return
        self.started += 1
        script = self._script(idle)
        self._step(now, self._tidied(script, idle))

    def _script(self, idle: list[str]) -> Script:
        roll = self._random.random()
        if roll < self._settings.outside and self._free_line():
            if roll * 2 < self._settings.outside:
                return self._incoming(idle[0])
            return self._outgoing(idle[0])
        return self._internal(idle)

    def _tidied(self, script: Script, phones: list[str]) -> Script:
        """The script; where it is refused something, its phones hang up."""
        try:
            yield from script
        except Refusal:
            self._exchange.counters["trafficRefused"] += 1
            for number in phones:
                for _ in self._exchange.pbx.legs(number):
                    self._quietly(hands.hang_up, number)

    def _step(self, now: float, script: Script) -> None:
        wait = next(script, None)
        if wait is not None:
            self._serial += 1
            heapq.heappush(self._running, (now + wait, self._serial, script))

    def _idle(self, count: int) -> list[str]:
        found: list[str] = []
        for _ in range(_TRIES * count):
            number = self._random.choice(self._phones)
            phone = self._exchange.pbx.phones[number]
            usable = phone.plugged and not phone.do_not_disturb and not phone.forwards
            if usable and number not in found and self._exchange.pbx.idle(number):
                found.append(number)
                if len(found) == count:
                    break
        return found

    def _free_line(self) -> bool:
        pbx = self._exchange.pbx
        return any(pbx.idle(number) for number in pbx.trunks)

    def _about(self, mean: float) -> float:
        return self._random.uniform(0.5, 1.5) * mean

    # ------------------------------------------------------------ scripts

    def _internal(self, idle: list[str]) -> Script:
        do = self._exchange.do
        caller, called = idle[0], idle[1]
        do(hands.dial, caller, called)
        yield self._about(self._settings.ring)
        if not self._rings(called):
            self._quietly(hands.hang_up, caller)
            return
        do(hands.answer, called)
        yield self._about(self._settings.talk / 2)
        if self._random.random() < self._settings.features:
            yield from self._feature(caller, idle[2:])
        yield self._about(self._settings.talk / 2)
        self._quietly(hands.hang_up, caller)
        self._quietly(hands.hang_up, called)

    def _feature(self, number: str, others: list[str]) -> Script:
        do = self._exchange.do
        free = [other for other in others if self._exchange.pbx.idle(other)]
        what = self._random.choice(("hold", "transfer", "conference") if free else ("hold",))
        if what == "hold":
            do(hands.hold, number)
            yield self._about(1.0)
            do(hands.retrieve, number)
            return
        do(hands.dial, number, free[0])
        yield self._about(self._settings.ring)
        if not self._rings(free[0]):
            self._quietly(hands.retrieve, number)
            return
        do(hands.answer, free[0])
        yield self._about(1.0)
        if what == "transfer":
            do(hands.transfer, number, None)
        else:
            do(hands.conference, number)
        yield self._about(self._settings.talk / 2)
        self._quietly(hands.hang_up, free[0])

    def _incoming(self, called: str) -> Script:
        do = self._exchange.do
        line = do(hands.call_in, Party(self._outside_number(), outside=True), called)
        yield self._about(self._settings.ring)
        if self._rings(called):
            do(hands.answer, called)
            yield self._about(self._settings.talk)
            self._quietly(hands.hang_up, called)
        self._quietly(hands.outside_hangs_up, line)

    def _outgoing(self, caller: str) -> Script:
        prefix = self._exchange.settings.outside_prefix
        self._exchange.do(hands.dial, caller, prefix + self._outside_number())
        yield self._about(self._settings.ring + self._settings.talk)
        self._quietly(hands.hang_up, caller)

    def _outside_number(self) -> str:
        return f"0199{self._random.randrange(10_000):04}00"

    def _rings(self, number: str) -> bool:
        return any(leg.state is State.ALERTING for leg in self._exchange.pbx.legs(number))

    def _quietly(self, action: Callable[..., None], number: str) -> None:
        """Hang up, if there is still something to hang up."""
        try:
            self._exchange.do(action, number)
        except Refusal:
            self._exchange.counters["trafficRefused"] += 1

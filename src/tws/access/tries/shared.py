"""Tries of passwords, wrong and right, count at every node of a server.

Told is what somebody looked at, which costs its node far more than it costs the others to hear of
it; what came too early is told to nobody. A node that was not there, or missed something, is told
all that each of the others knows, and of two takes the worse: who is waited for longer waits so.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

from tws.access.events import GuessNoted, TriesKnown, TryNoted
from tws.access.tries.guessing import Guessing, Spread
from tws.access.tries.throttle import Throttle
from tws.bus import Bus
from tws.node_memory import when_wanted

TOGETHER = 5_000
"In one message: each is some thirty bytes, and NATS takes a million."
TRIES, ACCOUNTS, ADDRESSES, HOME = "tries", "accounts of an address", "addresses", "at home"


class SharedTries:
    def __init__(
        self, bus: Bus, clock: Callable[[], datetime], throttle: Throttle, guessing: Guessing
    ) -> None:
        self._bus, self._clock = bus, clock
        self._throttle, self._guessing = throttle, guessing
        self._spreads = {ACCOUNTS: guessing.by_address, ADDRESSES: guessing.by_account}
        if not bus.node:
            return
        throttle.noted = self._tell_try
        guessing.noted = self._tell_guess
        bus.follow(TryNoted, self._try_told)
        bus.follow(GuessNoted, self._guess_told)
        bus.follow(TriesKnown, self._known_told)
        when_wanted(bus, self._tell_all)

    # ------------------------------------------------------------ told to others

    def _tell_try(self, who: int, right: bool) -> None:
        self._bus.publish(TryNoted(self._bus.node, who, right, self._clock()))

    def _tell_guess(self, account: int, source: int, right: bool, home: int) -> None:
        at = self._clock()
        self._bus.publish(GuessNoted(self._bus.node, account, source, right, home, at))

    async def _tell_all(self) -> None:
        for kind, facts in self._facts():
            for at in range(0, len(facts), TOGETHER):
                part = tuple(facts[at : at + TOGETHER])
                self._bus.publish(TriesKnown(self._bus.node, kind, part))
                await asyncio.sleep(0)  # there may be many, while somebody floods

    def _facts(self) -> Iterator[tuple[str, list[tuple[int, int, datetime]]]]:
        now = self._clock()
        yield TRIES, self._throttle.known(now)
        for kind, spread in self._spreads.items():
            yield kind, spread.known(now)
        yield HOME, [(one, 0, now) for one in self._guessing.home]

    # ------------------------------------------------------------ told by others

    def _here(self, node: str) -> bool:
        return node == self._bus.node

    def _at(self, told: datetime) -> datetime:
        """Another node's clock may be ahead: nobody waits for it."""
        return min(told, self._clock())

    def _try_told(self, told: TryNoted) -> None:
        if self._here(told.node):
            return
        if told.right:
            self._throttle.forget(told.who)
        else:
            self._throttle.failed_elsewhere(told.who, self._at(told.at))

    def _guess_told(self, told: GuessNoted) -> None:
        if self._here(told.node):
            return
        by_address, by_account = self._guessing.by_address, self._guessing.by_account
        if told.right:
            by_address.succeeded(told.source, told.account)
            by_account.succeeded(told.account, told.source)
            self._guessing.settle(told.home)
            return
        at = self._at(told.at)
        by_address.failed_elsewhere(told.source, told.account, at)
        if not told.home:
            by_account.failed_elsewhere(told.account, told.source, at)

    def _known_told(self, told: TriesKnown) -> None:
        if self._here(told.node):
            return
        spread: Spread | None = self._spreads.get(told.kind)
        for one, other, at in told.facts:
            if spread is not None:
                spread.failed_elsewhere(one, other, self._at(at))
            elif told.kind == TRIES:
                self._throttle.known_elsewhere(one, other, self._at(at))
            elif told.kind == HOME:
                self._guessing.settle(one)

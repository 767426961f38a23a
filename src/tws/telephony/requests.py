"""Commands under way and their outcomes, kept a while: a repeated id never asks the PBX twice."""

import asyncio
from collections import Counter, OrderedDict
from typing import Any

from tws.telemetry import Timings
from tws.telephony.commands import Command, CommandId
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER, CommandDone, CommandRefused, Outcome

KEPT_FOR = 600.0
"Seconds an outcome is remembered."
CAUSES = 50
"Causes that are counted apart."
OF_CAUSE = {LINK_DOWN: "linkDown", NO_ANSWER: "noAnswer"}
KEPT = 10_000
"Outcomes remembered at most."
OVERDUE = 300.0
"""Seconds until a command is answered in its driver's place: more than any dialect's own deadline,
so that a driver's mistake leaves nobody waiting for ever."""


Asked = tuple[float, asyncio.Future[Any], Command[Any]]
"When, what it will be answered, and what it was."


class Refusal(Exception):
    """The PBX, or the link, did not do it: an ECMA-269 error or one of `events.LINK_DOWN`..."""

    def __init__(self, cause: str, detail: str | None = None) -> None:
        super().__init__(cause if detail is None else f"{cause}: {detail}")
        self.cause = cause
        self.detail = detail


class Requests:
    """The commands of one link that people and programs asked for."""

    def __init__(self) -> None:
        self._futures: OrderedDict[CommandId, Asked] = OrderedDict()
        self._under_way: OrderedDict[CommandId, float] = OrderedDict()
        "When each was opened, oldest first."
        self.outcomes: Counter[str] = Counter()
        self.seconds = Timings()

    def open(self, command: Command[Any], now: float) -> tuple[asyncio.Future[Any], bool]:
        """The future of its outcome, and whether the command is new (and so must be sent)."""
        self._expire(now)
        if known := self._futures.get(command.id):
            return known[1], False
        future = _promised()
        self._futures[command.id] = (now, future, command)
        self._under_way[command.id] = now
        return future, True

    def knows(self, command: CommandId) -> bool:
        return command in self._futures

    def not_now(self) -> asyncio.Future[Any]:
        """A refusal that is not remembered: the PBX was not asked, so the same command may come
        again."""
        future = _promised()
        future.set_exception(Refusal(LINK_DOWN))
        self.outcomes[LINK_DOWN] += 1
        return future

    def outcome(self, outcome: Outcome, now: float) -> Command[Any] | None:
        """What was asked, where it was under way."""
        known = self._futures.get(outcome.id)
        if known is None or known[1].done():
            self.outcomes["unknown"] += 1
            return None
        del self._under_way[outcome.id]
        match outcome:
            case CommandDone(result=result):
                self.outcomes["done"] += 1
                self.seconds.take(("done",), now - known[0])
                known[1].set_result(result)
            case CommandRefused(cause=cause, detail=detail):
                # A PBX may send any text for a cause: metrics must not grow by it.
                named = cause in self.outcomes or len(self.outcomes) < CAUSES
                self.outcomes[cause if named else "other"] += 1
                self.seconds.take((OF_CAUSE.get(cause, "refused"),), now - known[0])
                known[1].set_exception(Refusal(cause, detail))
        return known[2]

    def link_down(self, now: float) -> None:
        """Nobody is there to answer: whoever waits is told so."""
        while self._under_way:
            self._end(next(iter(self._under_way)), LINK_DOWN, now)

    def timer(self) -> float | None:
        """When the oldest command under way is overdue."""
        for opened in self._under_way.values():
            return opened + OVERDUE
        return None

    def handle_timer(self, now: float) -> None:
        while (due := self.timer()) is not None and due <= now:
            self.outcomes["overdue"] += 1
            self._end(next(iter(self._under_way)), NO_ANSWER, now)

    def _end(self, command: CommandId, cause: str, now: float) -> None:
        self.seconds.take((OF_CAUSE[cause],), now - self._under_way.pop(command))
        self._futures[command][1].set_exception(Refusal(cause))

    def _expire(self, now: float) -> None:
        while self._futures:
            opened, future, _ = next(iter(self._futures.values()))
            if len(self._futures) < KEPT and opened + KEPT_FOR > now:
                break
            if not future.done():
                break  # still under way: its outcome is owed
            self._futures.popitem(last=False)


def _promised() -> asyncio.Future[Any]:
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    future.add_done_callback(_seen)
    return future


def _seen(future: asyncio.Future[Any]) -> None:
    """A refusal nobody waits for any more is not an unhandled error."""
    if not future.cancelled():
        future.exception()

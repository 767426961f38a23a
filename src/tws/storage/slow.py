"""Statements that took long, as they were written: without the values that were given to them."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, event

SLOW = 0.1
"Seconds."
KEPT = 100
"Statements."
LONGEST = 2000
"Characters of one."


@dataclass(slots=True)
class Slow:
    statement: str
    count: int = 0
    total: float = 0.0
    longest: float = 0.0
    "Seconds."


class SlowStatements:
    """Those of some engines; told by the threads that run them, one dictionary for all."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Slow] = OrderedDict()
        self._noting = threading.Lock()
        "Statements run in several threads."

    def watch(self, engine: Engine) -> None:
        @event.listens_for(engine, "before_cursor_execute")
        def begun(connection: Connection, *_: Any) -> None:
            connection.info["tws_begun"] = perf_counter()

        @event.listens_for(engine, "after_cursor_execute")
        def done(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
            seconds = perf_counter() - connection.info["tws_begun"]
            if seconds >= SLOW:
                self._take(statement[:LONGEST], seconds)

    def _take(self, statement: str, seconds: float) -> None:
        with self._noting:
            known = self._known.setdefault(statement, Slow(statement))
            known.count += 1
            known.total += seconds
            known.longest = max(known.longest, seconds)
            self._known.move_to_end(statement)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)

    def slowest(self) -> Sequence[Slow]:
        """What took longest in all first."""
        with self._noting:
            known = list(self._known.values())
        return sorted(known, key=lambda one: one.total, reverse=True)

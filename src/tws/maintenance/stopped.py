"""Which parts were stopped on purpose, of those that one node does for all: known at every node,
so that whichever does them next leaves them stopped.

It is nobody's row: a server forgets it when it starts, and so do nodes once none of them is left.
"""

import time
from collections.abc import Iterable

from msgspec import Struct

from tws.bus import Bus
from tws.node_memory import when_wanted

Change = tuple[int, str, bool]
"Milliseconds since 1970, later than any that was heard of; at which node; whether it is stopped."


class PartsStopped(Struct, frozen=True):
    """By part, its last change. Of two the later one counts."""

    changes: dict[str, Change]


class Stopped:
    def __init__(self) -> None:
        self._changes: dict[str, Change] = {}
        self._bus: Bus | None = None

    def share(self, bus: Bus) -> None:
        """With the other nodes."""
        self._bus = bus
        bus.follow(PartsStopped, self._heard)
        when_wanted(bus, self._tell)

    def __contains__(self, name: str) -> bool:
        return name in self._changes and self._changes[name][2]

    def add(self, names: Iterable[str]) -> None:
        self._change(names, True)

    def remove(self, names: Iterable[str]) -> None:
        self._change(names, False)

    def _change(self, names: Iterable[str], stopped: bool) -> None:
        last = max((at for at, _, _ in self._changes.values()), default=0)
        at, by = max(time.time_ns() // 1_000_000, last + 1), self._bus.node if self._bus else ""
        changes = {name: (at, by, stopped) for name in names if (name in self) is not stopped}
        self._changes |= changes
        if changes and self._bus is not None:
            self._bus.publish(PartsStopped(changes))

    def _heard(self, told: PartsStopped) -> None:
        for name, change in told.changes.items():
            self._changes[name] = max(change, self._changes.get(name, change))

    async def _tell(self) -> None:
        if self._bus is not None and self._changes:
            self._bus.publish(PartsStopped(dict(self._changes)))

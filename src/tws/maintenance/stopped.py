"""Which parts were stopped on purpose, of those that one node does for all: known at every node,
so that whichever does them next leaves them stopped.

It is nobody's row: a server forgets it when it starts, and so do nodes once none of them is left.
"""

from collections.abc import Iterable

from msgspec import Struct

from tws.bus import Bus
from tws.node_memory import MemoryWanted


class PartsStopped(Struct, frozen=True, order=True):
    """All of them. Of two the one that was changed more often is the later."""

    changes: int
    by: str
    "The node that changed it last."
    names: tuple[str, ...]


class Stopped:
    def __init__(self) -> None:
        self._known = PartsStopped(0, "", ())
        self._bus: Bus | None = None

    def share(self, bus: Bus) -> None:
        """With the other nodes."""
        self._bus = bus
        bus.follow(PartsStopped, self._heard)
        bus.act(MemoryWanted, self._tell, key=lambda _: None, keep=True, everywhere=True)

    def __contains__(self, name: str) -> bool:
        return name in self._known.names

    def add(self, names: Iterable[str]) -> None:
        self._change({*self._known.names, *names})

    def remove(self, names: Iterable[str]) -> None:
        self._change({*self._known.names}.difference(names))

    def _change(self, names: set[str]) -> None:
        if names == {*self._known.names}:
            return
        by = "" if self._bus is None else self._bus.node
        self._known = PartsStopped(self._known.changes + 1, by, tuple(sorted(names)))
        if self._bus is not None:
            self._bus.publish(self._known)

    def _heard(self, told: PartsStopped) -> None:
        self._known = max(self._known, told)

    async def _tell(self, _: MemoryWanted) -> None:
        if self._bus is not None and self._known.changes:
            self._bus.publish(self._known)

"""The buses of several nodes, wired as NATS does it: by what is written."""

from collections.abc import Iterable
from functools import partial

import msgspec

from tws.bus import Bus
from tws.cluster.told import KINDS
from tws.node_memory import MemoryWanted


class Wired:
    """`cut`: nodes that hear nobody, and are heard by nobody."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.buses = {node: Bus(node) for node in nodes}
        self.cut: set[str] = set()
        for node, bus in self.buses.items():
            for kind in KINDS:
                bus.follow_here(kind, partial(self._tell, node))

    def _tell(self, by: str, event: object) -> None:
        written = msgspec.msgpack.encode(event)
        for node, bus in self.buses.items():
            if node != by and not {by, node} & self.cut:
                bus.hear(msgspec.msgpack.decode(written, type=type(event)))

    async def settle(self) -> None:
        for _ in range(3):
            for bus in self.buses.values():
                await bus.settle()

    async def heard_again(self) -> None:
        """Who missed something asks."""
        back, self.cut = self.cut, set()
        for node in back:
            self.buses[node].publish(MemoryWanted(node))
        await self.settle()

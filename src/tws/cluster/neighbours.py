"""Which other nodes came, and which are gone, as the board has it: told to this node's rooms.

What a node alone knew is gone with it. One that comes back, after others had given it up or anew,
tells it again: so does every node to who comes.
"""

from collections.abc import Iterable

import structlog

from tws.bus import Bus
from tws.node_memory import MemoryWanted, NodeGone

LOOKED_EVERY = 1.0
"Seconds."
log = structlog.get_logger(__name__)


class Neighbours:
    def __init__(self, bus: Bus, node: str) -> None:
        self._bus, self._node = bus, node
        self._known: frozenset[str] = frozenset()

    def are(self, nodes: Iterable[str]) -> None:
        """Those that stand on the board now; while it cannot be asked nobody is given up."""
        now = frozenset(nodes) - {self._node}
        came, gone = now - self._known, self._known - now
        self._known = now
        for node in sorted(gone):
            log.info("node gone", other=node)
            self._bus.publish(NodeGone(node))
        if came:
            self._bus.publish(MemoryWanted(self._node))

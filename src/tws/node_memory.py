"""What one node knows and no row holds, known at every node: who has a page open there, how its
connections are.

Each node tells what is other by it; who hears too late asks all nodes to tell everything again.
What a node has told is forgotten when the node is gone. Where there is one node nothing is told.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from tws.bus import Bus

V = TypeVar("V")
TOGETHER = 200_000
"Bytes of values in one message, about: NATS takes a million."


class NodeTold(Struct, frozen=True):
    node: str
    topic: str
    key: str
    value: bytes = b""
    "In MessagePack; none: nothing any more."


class NodeToldAll(Struct, frozen=True):
    """Everything of a topic, in parts."""

    node: str
    topic: str
    values: dict[str, bytes]
    first: bool = True
    "The part with which all that was told before is forgotten."


class MemoryWanted(Struct, frozen=True):
    """A node has missed something, or is new: each tells everything again."""

    by: str


class NodeGone(Struct, frozen=True):
    """Seen on this node: that one is not there any more."""

    node: str


KINDS = (NodeTold, NodeToldAll, MemoryWanted)
"What is told to all nodes."


def when_wanted(bus: Bus, tell: Callable[[], Awaitable[None]]) -> None:
    """`tell` everything again, once another node has missed something or is new."""
    bus.act(MemoryWanted, lambda _: tell(), key=lambda _: None, keep=True, everywhere=True)


class NodeMemory(Generic[V]):
    """By key and node. `changed`: what is known under a key is other now, by whichever node."""

    def __init__(self, bus: Bus, topic: str, kind: Any, changed: Callable[[str], None]) -> None:
        """`topic`: a name like no other's; `kind`: of the values, as msgspec writes it."""
        self._bus, self._topic, self._changed = bus, topic, changed
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._own: dict[str, V] = {}
        self._others: dict[str, dict[str, V]] = {}
        "By node."
        bus.follow(NodeTold, self._told)
        bus.follow(NodeToldAll, self._told_all)
        bus.follow(NodeGone, lambda gone: self._forget(gone.node))
        when_wanted(bus, self._tell_all)

    # ------------------------------------------------------------ of this node

    @property
    def own(self) -> dict[str, V]:
        """To look at only: `put` changes it."""
        return self._own

    def put(self, key: str, value: V | None) -> None:
        """What this node knows from now on; None: nothing any more."""
        if self._own.get(key) == value:
            return
        if value is None:
            del self._own[key]
        else:
            self._own[key] = value
        if self._bus.node:
            told = b"" if value is None else msgspec.msgpack.encode(value)
            self._bus.publish(NodeTold(self._bus.node, self._topic, key, told), own=True)
        self._changed(key)

    def clear(self) -> None:
        """Of this node."""
        for key in list(self._own):
            self.put(key, None)

    # ------------------------------------------------------------ of all

    def of(self, key: str) -> Iterator[V]:
        """This node's first."""
        for known in (self._own, *self._others.values()):
            if key in known:
                yield known[key]

    def first(self, key: str) -> V | None:
        """Of what only one node knows."""
        return next(self.of(key), None)

    # ------------------------------------------------------------ told

    def _told(self, told: NodeTold) -> None:
        if told.topic != self._topic or told.node == self._bus.node:
            return
        known = self._others.setdefault(told.node, {})
        if told.value:
            known[told.key] = self._decoder.decode(told.value)
        else:
            known.pop(told.key, None)
        self._changed(told.key)

    def _told_all(self, told: NodeToldAll) -> None:
        if told.topic != self._topic or told.node == self._bus.node:
            return
        before = self._others.pop(told.node, {}) if told.first else {}
        known = self._others.setdefault(told.node, {})
        known.update((key, self._decoder.decode(value)) for key, value in told.values.items())
        for key in before.keys() | told.values.keys():
            if before.get(key) != known.get(key):
                self._changed(key)

    def _forget(self, node: str) -> None:
        for key in self._others.pop(node, {}):
            self._changed(key)

    async def _tell_all(self) -> None:
        for part in self._parts():
            self._bus.publish(part)

    def _parts(self) -> Iterator[NodeToldAll]:
        values: dict[str, bytes] = {}
        size, first = 0, True
        for key, value in self._own.items():
            values[key] = msgspec.msgpack.encode(value)
            size += len(key) + len(values[key])
            if size > TOGETHER:
                yield NodeToldAll(self._bus.node, self._topic, values, first)
                values, size, first = {}, 0, False
        if values or first:
            yield NodeToldAll(self._bus.node, self._topic, values, first)

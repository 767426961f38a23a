"""What each node knows of something is known at every node, whatever is missed meanwhile."""

import asyncio
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wired import Wired
from tws.bus import Bus
from tws.node_memory import MemoryWanted, NodeGone, NodeMemory

NODES = ("a", "b", "c")
steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "lost", "heard", "asked"]),
        st.sampled_from(NODES),
        st.sampled_from(["alice", "bob", "carol"]),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    max_size=40,
)


class Nodes(Wired):
    def __init__(self) -> None:
        super().__init__(NODES)
        self.changed: list[tuple[str, str]] = []
        self.memories = {
            node: NodeMemory[int](bus, "topic", int, partial(self._changed, node))
            for node, bus in self.buses.items()
        }

    def _changed(self, at: str, key: str) -> None:
        self.changed.append((at, key))

    def known(self, at: str, key: str) -> list[int]:
        return sorted(self.memories[at].of(key))


@settings(max_examples=60)
@given(steps)
def test_all_know_what_each_of_them_knows(
    done: list[tuple[str, str, str, int | None]],
) -> None:
    async def run() -> None:
        nodes, truth = Nodes(), dict[tuple[str, str], int | None]()
        for what, node, key, value in done:
            match what:
                case "put":
                    truth[node, key] = value
                    nodes.memories[node].put(key, value)
                case "lost":
                    nodes.cut.add(node)
                case "heard":
                    await nodes.heard_again()
                case "asked":
                    nodes.buses[node].publish(MemoryWanted(node))
                    await nodes.settle()
        await nodes.heard_again()
        for key in ("alice", "bob", "carol"):
            wanted = [truth.get((node, key)) for node in NODES]
            for node in NODES:
                assert nodes.known(node, key) == sorted(x for x in wanted if x is not None)

    asyncio.run(run())


async def test_what_a_node_knew_is_gone_with_it() -> None:
    nodes = Nodes()
    nodes.memories["a"].put("alice", 1)
    nodes.memories["b"].put("alice", 2)
    assert nodes.known("c", "alice") == [1, 2]
    nodes.changed.clear()
    nodes.buses["c"].publish(NodeGone("a"))
    assert nodes.known("c", "alice") == [2]
    assert nodes.changed == [("c", "alice")]
    assert nodes.known("b", "alice") == [1, 2]  # which has not seen it yet


def test_of_one_node_alone_nothing_is_told() -> None:
    bus, changed = Bus(), list[str]()
    memory = NodeMemory[int](bus, "topic", int, changed.append)
    memory.put("alice", 1)
    memory.put("alice", 1)
    memory.put("alice", None)
    assert changed == ["alice", "alice"]
    assert not bus.published

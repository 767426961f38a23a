"""Forwardings that come back to who forwarded first (9.6, `CIRCULARLEVEL`). Pure."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Node = TypeVar("Node")


def circle(
    start: Node, leads: Callable[[Node], Iterable[Node]], level: int
) -> tuple[Node, ...] | None:
    """The shortest way from `start` back to it over at most `level` forwardings, both ends
    included; None = there is none. 0 = it is not looked for; 1 = who forwards to themselves."""
    ways: list[tuple[Node, ...]] = [(start,)]
    seen = {start}
    for _ in range(level):
        further: list[tuple[Node, ...]] = []
        for way in ways:
            for node in leads(way[-1]):
                if node == start:
                    return (*way, start)
                if node not in seen:
                    seen.add(node)
                    further.append((*way, node))
        ways = further
    return None

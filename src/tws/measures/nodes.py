"""Of the nodes of one server, as one of them sees them; nothing where there is one."""

from collections.abc import Iterator, Mapping

from tws.maintenance.nodes import Nodes, Standing, behind_each
from tws.telemetry import Source


def sources(nodes: Nodes | None, standing: Standing | None) -> Iterator[Source]:
    """`standing`: as it was when somebody looked last. What others would have to tell is left out
    while they cannot be heard."""
    yield from _own(nodes)
    heard = standing if standing is not None and standing.reached else None
    yield Source(
        name="tws_node_answers",
        words="1 where a node that is there answers this one, 0 where it does not",
        labels=("node",),
        values={} if heard is None else {(one.name,): one.info is not None for one in heard.nodes},
    )
    yield Source(
        name="tws_node_behind",
        words="News of another node that this one has not heard yet",
        labels=("node",),
        values={} if heard is None else _behind(heard),
    )
    yield Source(
        name="tws_nodes_links_unheld",
        words="Links that no node holds",
        values={} if heard is None else {(): len(heard.unheld)},
    )


def _own(nodes: Nodes | None) -> Iterator[Source]:
    """What this node knows without asking."""
    yield Source(
        name="tws_node_info",
        words="1; the name of this node",
        labels=("node",),
        values={} if nodes is None else {(nodes.name,): 1},
    )
    yield Source(
        name="tws_nodes_reached",
        words="1 while this node can hear the others: NATS is reached",
        values={} if nodes is None else {(): nodes.reached},
    )
    yield Source(
        name="tws_node_works",
        words="1 while this node does what one does for all",
        values={} if nodes is None else {(): nodes.works},
    )
    yield Source(
        name="tws_nodes_news_missed",
        words="How often news of another node were missed, and memory was read again",
        values={} if nodes is None else {(): nodes.missed},
        grows=True,
    )


def _behind(standing: Standing) -> Mapping[tuple[str, ...], float]:
    told = {one.name: one.info.told for one in standing.nodes if one.info is not None}
    return {
        (node,): count
        for one in standing.nodes
        if one.here and one.info is not None
        for node, count in behind_each(one.info, told).items()
    }

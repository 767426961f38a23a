"""Each of several nodes is watched by itself: what Prometheus reads of it."""

import asyncio

import pytest

from tests.cluster.nodes import Pair
from tests.running import DEADLINE, Json, TwsServer
from tests.web.test_measures import Figures

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def read(node: TwsServer) -> Figures:
    answer = await node.client().http.get(f"{node.base}/metrics")
    assert answer.status_code == 200, answer.text
    return Figures(answer.text)


def told(of: Figures, name: str, label: str) -> dict[str, float]:
    """The value of each that has the label."""
    return {
        sample.labels[label]: sample.value
        for metric in of.metrics
        for sample in metric.samples
        if sample.name == name
    }


def standing_of(shown: Json, name: str) -> Json:
    found: Json = {node["name"]: node for node in shown["nodes"]}[name]
    return found


async def with_all_up(node: TwsServer) -> Figures:
    """What it has to do it may only be beginning."""
    async with asyncio.timeout(DEADLINE):
        while 0 in told(found := await read(node), "tws_part_up", "part").values():
            pass
        return found


async def test_what_another_node_does_is_not_down(pair: Pair) -> None:
    shown = await pair.settled()
    links = []
    for name, node in (("a", pair.a), ("b", pair.b)):
        found, one = await with_all_up(node), standing_of(shown, name)
        parts = told(found, "tws_part_up", "part")
        assert ("mail" in parts) == one["works"] and "links" in parts
        assert told(found, "tws_link_enabled", "link") == {pair.site.link: 1}
        links.append(told(found, "tws_link_up", "link"))
        assert links[-1] == ({pair.site.link: 1} if one["links"] else {})
    assert {} in links and links[0] != links[1]

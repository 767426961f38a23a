"""Each of several nodes is watched by itself: what Prometheus reads of it."""

import asyncio
from collections.abc import Callable

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
        sessions = [metric for metric in found.metrics if metric.name == "tws_sessions"]
        assert bool(sessions[0].samples) == one["works"], "all nodes know the same ones"
        links.append(told(found, "tws_link_up", "link"))
        assert links[-1] == ({pair.site.link: 1} if one["links"] else {})
    assert {} in links and links[0] != links[1]


async def until(node: TwsServer, ready: Callable[[Figures], bool]) -> Figures:
    async with asyncio.timeout(2 * DEADLINE):
        while not ready(found := await read(node)):
            pass
        return found


async def test_each_node_tells_how_the_others_are(pair: Pair) -> None:
    shown = await pair.settled()
    for name, node in (("a", pair.a), ("b", pair.b)):
        found = await until(node, lambda found: told(found, "tws_node_behind", "node") != {})
        assert told(found, "tws_node_info", "node") == {name: 1}
        assert told(found, "tws_node_answers", "node") == {"a": 1, "b": 1}
        assert {*told(found, "tws_node_behind", "node")} == {"a", "b"} - {name}
        assert found.value("tws_nodes_reached") == 1
        assert found.value("tws_nodes_links_unheld") == 0
        assert found.value("tws_node_works") == standing_of(shown, name)["works"]
        assert found.value("tws_nodes_news_missed_total") >= 1, "before it heard the other"

    await pair.b.kill()
    found = await until(pair.a, lambda found: "b" not in told(found, "tws_node_answers", "node"))
    await until(pair.a, lambda found: found.value("tws_node_works") == 1)
    await pair.b.restart()
    await pair.settled()


async def test_a_node_without_nats_tells_so_and_nothing_of_others(pair: Pair) -> None:
    await pair.settled()
    pair.of.nats.stop()
    try:
        found = await until(pair.a, lambda found: found.value("tws_nodes_reached") == 0)
        for name in ("tws_node_answers", "tws_node_behind"):
            assert told(found, name, "node") == {}
        assert told(found, "tws_node_info", "node") == {"a": 1}
    finally:
        pair.of.nats.start()
    await until(pair.a, lambda found: told(found, "tws_node_answers", "node") == {"a": 1, "b": 1})
    await pair.settled()

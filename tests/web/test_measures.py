"""What /metrics tells when something happens, and what is packaged to look at it."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.peers import require_peer
from tests.peers.prometheus import try_rules
from tests.web.calls import rings
from tests.web.house import House
from tests.web.problems import problem
from tws.telephony.commands import AnswerCall
from tws.telephony.event_reports import CommandRefused

PACKAGING = Path(__file__).parents[2] / "packaging"
DASHBOARD = PACKAGING / "grafana" / "tws.json"
ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
UNNAMED = re.compile(r"\b(?:4001|4003|alice|bob|Martin|Durand|00155171889)\b", re.I)


class Figures:
    """One reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.metrics: list[Metric] = list(text_string_to_metric_families(text))

    def value(self, name: str, **labels: str) -> float:
        """The sum of what has these labels."""
        found = [
            sample.value
            for metric in self.metrics
            for sample in metric.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        assert found, f"no {name} with {labels}"
        return sum(found)


async def figures(house: House) -> Figures:
    nobody = await house.client()
    answer = await nobody.get(f"{house.url}/metrics")
    assert answer.status_code == 200
    return Figures(answer.text)


async def test_what_happens_is_counted(house: House) -> None:
    link = house.links["Paris"].id
    before = await figures(house)
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        house.report(rings("1", "4001"))
        await page.until(lambda page: bool(page.calls()))
        asked = {"device": house.device("4001"), "connection": house.legs("4001")[0]}
        answering = asyncio.create_task(alice.post("telephony/answerCall", json=asked))
        command = await house.asked(AnswerCall)
        house.report(CommandRefused(command.id, "genericOperation"))
        problem(await answering, 409, "refused")
        now = await figures(house)
        house.cut()
    wrong = await (await house.client()).post("login", json={"username": "x", "password": "y"})
    problem(wrong, 401, "loginRefused")
    after = await figures(house)

    def grown(name: str, **labels: str) -> float:
        return now.value(name, **labels) - before.value(name, **labels)

    assert now.value("tws_link_up", link=link) == 1 and after.value("tws_link_up", link=link) == 0
    assert after.value("tws_link_state", link=link, state="down") == 1
    assert now.value("tws_link_calls", link=link) == 1
    assert now.value("tws_link_starts_total", link=link) == 1
    refused = {"link": link, "outcome": "refused"}
    assert now.value("tws_link_command_seconds_count", **refused) == 1
    assert grown("tws_live_told_seconds_count") == 1, "one step of one call, to one page"
    assert grown("tws_live_bytes_total") > grown("tws_live_frames_total") > 0
    assert now.value("tws_live_connections") == 1
    assert grown("tws_database_seconds_count", kind="write") > 0
    assert now.value("tws_database_under_way", kind="write") == 0
    assert grown("tws_sessions") == 1
    assert after.value("tws_sign_ins_refused_total", method="form", why="loginRefused") == 1
    assert now.value("process_resident_memory_bytes") > 10_000_000
    assert not UNNAMED.search(after.text), "no label says anything of anybody"


# ---------------------------------------------------------------- what is packaged


def queries() -> Iterator[str]:
    """Every query of the dashboard, and every expression of the alerts."""

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in ("expr", "query") and isinstance(inner, str):
                    yield inner
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    yield from walk(json.loads(DASHBOARD.read_text()))
    yield (PACKAGING / "prometheus" / "alerts.yml").read_text()


async def test_every_query_asks_for_what_there_is(house: House) -> None:
    known = {
        metric.name + ending
        for metric in (await figures(house)).metrics
        for ending in ENDINGS[metric.type]
    }
    labels = {"job", "instance", "datasource"}
    for query in queries():
        asked = set(re.findall(r"\b(?:tws|process)_\w+", query)) - labels
        assert asked <= known, asked - known
    assert "tws_link_up" in known


def test_the_dashboard_is_one() -> None:
    board = json.loads(DASHBOARD.read_text())
    panels = board["panels"]
    assert board["uid"] == "tws" and board["schemaVersion"] >= 36
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, f"{panel['title']} lies over another"
        taken |= cells
        assert panel["type"] == "row" or panel["targets"], panel["title"]


def test_each_alert_comes_when_it_should() -> None:
    require_peer("prometheus")
    folder = PACKAGING / "prometheus"
    tests = (folder / "alerts.test.yml").read_text()
    for alert in re.findall(r"alert: (\w+)", (folder / "alerts.yml").read_text()):
        assert f"alertname: {alert}" in tests, f"{alert} is not tried"
    assert try_rules(folder / "alerts.yml", folder / "alerts.test.yml") == ""

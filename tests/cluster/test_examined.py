"""What Troubleshooting and the incidents say of several nodes."""

import asyncio
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.cluster.nodes import Pair
from tests.running import DEADLINE, Api, Json
from tws.maintenance.checks.nodes import among
from tws.maintenance.nodes import NodeInfo, NodeStanding, Standing

LOOKS = 45.0
"Seconds: an incident is looked for each 20 s, and begins with the second look that finds it."


async def examined(admin: Api) -> list[Json]:
    found: list[Json] = (await admin.get("/admin/doctor"))["findings"]
    return [one for one in found if one["check"] == "nodes"]


async def until(ready: Callable[[list[Json]], Any], admin: Api) -> list[Json]:
    async with asyncio.timeout(DEADLINE):
        while not ready(found := await examined(admin)):
            pass
        return found


async def incident(admin: Api, subject: str, **wanted: Any) -> Json:
    async with asyncio.timeout(DEADLINE + LOOKS):
        while True:
            for one in (await admin.get("/admin/incidents", kind="nodes"))["entries"]:
                if one["subject"] == subject and wanted.items() <= one.items():
                    found: Json = one
                    return found


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_wrong_among_nodes_is_said_and_is_an_incident(pair: Pair) -> None:
    shown = await pair.settled()
    works = {node["name"]: node["works"] for node in shown["nodes"]}
    worker = pair.a if works["a"] else pair.b
    admin = await worker.client().sign_in_as_administrator()
    (well,) = await examined(admin)
    assert (well["outcome"], well["said"]["parameters"]) == ("ok", {"nodes": "a, b"})

    pair.of.nats.stop()
    try:
        (away,) = await until(lambda found: found[0]["outcome"] == "failed", admin)
        assert "NATS is not reached" in away["said"]["words"] and away["page"] == "services"
        await incident(admin, "nodes", ended=None)
    finally:
        pair.of.nats.start()
    await until(lambda found: found[0]["outcome"] == "ok", admin)
    assert (await incident(admin, "nodes"))["said"]["template"] == away["said"]["template"]
    await pair.settled()


@pytest.mark.asyncio(loop_scope="session")
async def test_a_link_that_no_node_holds_is_named(pair: Pair) -> None:
    await pair.settled()
    admins = [await node.client().sign_in_as_administrator() for node in (pair.a, pair.b)]
    for admin in admins:
        await admin.post("/admin/services/links/stop")
    try:
        (found,) = await until(lambda found: found[0]["outcome"] == "failed", admins[0])
        assert found["said"]["parameters"] == {"link": pair.site.pbx.name}
        assert (found["page"], found["row"]) == ("links", pair.site.link)
    finally:
        for admin in admins:
            await admin.post("/admin/services/links/start")
    await until(lambda found: found[0]["outcome"] == "ok", admins[1])
    await pair.settled()


async def bundled(admin: Api) -> Json:
    answer = await admin.http.get("/admin/support-bundle")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"nodes.json" in archive.read("manifest.json")
        told: Json = json.loads(archive.read("nodes.json"))
    return told


@pytest.mark.asyncio(loop_scope="session")
async def test_a_support_bundle_says_who_holds_what(pair: Pair) -> None:
    shown = {one["name"]: one for one in (await pair.settled(pair.b))["nodes"]}
    admin = await pair.b.client().sign_in_as_administrator()
    (holder,) = (name for name, one in shown.items() if one["links"])
    async with asyncio.timeout(DEADLINE):  # what they have agreed is seen a second later
        while (told := await bundled(admin))["owners"] != {pair.site.link: holder}:
            pass
    nodes = {one["node"]: one for one in told["nodes"]}
    assert told["reached"] and not told["unheld"] and nodes.keys() == {"a", "b"}
    assert [nodes["a"]["here"], nodes["b"]["here"]] == [False, True]
    for name, one in nodes.items():
        assert one["answers"] and one["version"] == shown[name]["version"]
        assert one["behind"] is not None and one["works"] == shown[name]["works"]
        assert one["links"] == [link["id"] for link in shown[name]["links"]]
    assert pair.of.nats.url not in str(told) and pair.of.database not in str(told)


def node(name: str, version: str | None) -> NodeStanding:
    """None: it does not answer."""
    info = None
    if version is not None:
        info = NodeInfo(
            name=name,
            version=version,
            started=datetime.now(UTC),
            works=False,
            links=(),
            pages=0,
            database=True,
        )
    return NodeStanding(name=name, here=False, info=info, seconds=None, behind=None)


def test_a_silent_node_and_two_versions_are_told() -> None:
    nodes = (node("a", "0.1.0"), node("b", "0.2.0"), node("c", None))
    standing = Standing(reached=True, nodes=nodes, owners={}, unheld=())
    silent, versions = among(standing, {})
    assert (silent.outcome, str(silent.said)) == ("failed", "The node c does not answer.")
    assert versions.outcome == "warning"
    assert str(versions.said) == "The nodes have different versions: a 0.1.0, b 0.2.0."

"""One call in the logs of several nodes."""

import json
from functools import partial

import pytest

from tests.cluster.nodes import Pair
from tests.running import Json, TwsServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def logged(node: TwsServer, thread: str) -> list[Json]:
    lines = [json.loads(line) for line in node.output if line.startswith("{")]
    return [line for line in lines if line.get("thread") == thread]


def says(node: TwsServer, thread: str, event: str) -> bool:
    return event in {line["event"] for line in logged(node, thread)}


async def test_a_call_has_one_thread_in_the_logs_of_all_nodes(pair: Pair) -> None:
    shown = await pair.settled()
    (name,) = (one["name"] for one in shown["nodes"] if one["links"])
    holder, other = (pair.a, pair.b) if name == "a" else (pair.b, pair.a)
    async with pair.seats_at(other) as (a, b):
        await a.api.do("makeCall", device=a.device, called=b.number)
        call = await b.live.call(state="alerting")
        await b.phone.answer()
        await b.live.call(state="connected")
        await b.phone.hang_up()
        await b.live.no_call()
    thread = call["thread"]
    for node, event in ((holder, "call step"), (other, "call on the screens")):
        await node.until_it_says(partial(says, node, thread, event), event)
    assert {line["node"] for line in logged(holder, thread)} == {name}
    assert {line["node"] for line in logged(other, thread)} == {"a", "b"} - {name}

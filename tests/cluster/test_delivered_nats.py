"""Three NATS with the configuration that is delivered: its account is enough for two nodes, and
for nothing else."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError

from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE
from tests.peers.delivered_nats import Servers, three_nats
from tests.running import DEADLINE
from tws.access.events import TryRefused
from tws.app.encrypting import TRUSTED
from tws.bus import Bus
from tws.cluster.between import Between
from tws.cluster.board import Taken, Unreachable
from tws.cluster.link_voice import subject
from tws.cluster.nats import NatsBoard, connected
from tws.cluster.news import NewsEar, NewsVoice
from tws.cluster.parts import answer_in_parts, ask_in_parts
from tws.maintenance.nodes import Answered, Asked, NodeInfo, NotReached
from tws.net.encryption import in_environment
from tws.telephony.model import LinkId

T = TypeVar("T")
FLOOD = 40
ANSWER = Answered(status=200, headers=(), body=b"x" * 2_000_000)


async def write_on_the_board(a: NatsBoard, b: NatsBoard) -> None:
    async with asyncio.timeout(2 * DEADLINE):
        while True:  # the three choose who leads first
            try:
                first = await a.create("duty.work", "a")
                break
            except Unreachable:
                continue
    for number in range(FLOOD):  # more than is sent without asking whether it arrives
        await a.create(f"duty.link-{number}", "a" * 4_000)
    assert len(await b.entries()) == 1 + FLOOD
    second = await a.renew("duty.work", "a again", first)
    with pytest.raises(Taken):
        await b.create("duty.work", "b")
    assert await b.entry("duty.work") == ("a again", second)
    await a.give_back("duty.work", second)
    assert await b.entry("duty.work") is None and len(await b.entries()) == FLOOD


async def tell_news_and_ask(a: Client, b: Client) -> None:
    heard, bus = asyncio.get_running_loop().create_future(), Bus("a")
    ear = NewsEar(b, "b", hear=heard.set_result, missed=lambda: None)
    voice = NewsVoice(a, bus, "a")
    await ear.start()
    await ask_the_other(a, b)  # whose server has heard of what was subscribed to before, too
    voice.start()
    bus.publish(told := TryRefused("alice", "", False))
    assert await asyncio.wait_for(heard, DEADLINE) == told
    await voice.stop()
    await ear.stop()


async def ask_the_other(a: Client, b: Client) -> None:
    async def info() -> NodeInfo:
        raise NotReached("not asked")

    async def answer(_: Asked) -> Answered:
        return ANSWER

    there = Between(b, "b", info=info, answer=answer)
    await there.start()
    request = Asked(
        method="GET", scheme="https", path="/", query=b"", headers=(), client="192.0.2.1", body=b""
    )
    here = Between(a, "a", info=info, answer=answer)
    assert await heard_of(lambda: here.ask("b", request)) == ANSWER
    await there.stop()

    async def whole(message: Msg) -> None:
        await answer_in_parts(b, message, b"whole")

    name = subject(LinkId("a-link"), "snapshot")
    await b.subscribe(name, cb=whole)
    assert await heard_of(lambda: ask_in_parts(a, name, b"", DEADLINE)) == b"whole"


async def heard_of(ask: Callable[[], Awaitable[T]]) -> T:
    """Once the server of who asks has heard from the other one's who listens there."""
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                return await ask()
            except (NoRespondersError, NotReached):
                continue


async def test_the_account_that_is_delivered_is_enough(tmp_path: Path) -> None:
    require_peer("nats")
    with three_nats(tmp_path) as servers, in_environment({TRUSTED: str(CERTIFICATE)}):
        async with (
            connected([servers.url(0)], "a") as a,
            connected([servers.url(1), servers.url(2)], "b") as b,
        ):
            await write_on_the_board(NatsBoard(a, 60.0), NatsBoard(b, 60.0))
            await tell_news_and_ask(a, b)
            assert servers.refused() == []
            await nothing_else_is_let_in(servers, a)


async def nothing_else_is_let_in(servers: Servers, node: Client) -> None:
    for account in ("", "tws:guessed@", "route:between@"):
        with pytest.raises(Unreachable):
            async with connected([servers.url(0, account)], "stranger"):
                pass
    for name in ("orders.new", "$JS.API.STREAM.CREATE.orders", "$JS.API.STREAM.DELETE.KV_tws"):
        await node.publish(name, b"")
    await node.subscribe("$KV.>")
    async with asyncio.timeout(DEADLINE):
        while len(servers.refused()) < 4:  # it writes to its log when it has answered
            await node.flush()
    assert len(servers.refused()) == 4

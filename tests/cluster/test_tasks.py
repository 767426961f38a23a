"""Tasks that nobody waits for: what they raise is seen, and what hung on them goes on."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import OutboundBufferLimitError
from structlog.testing import capture_logs

from tests.cluster.test_links import PBX, Other, Owner, hearing, holding
from tests.peers.nats import Nats
from tests.running import DEADLINE
from tests.telephony.words import B
from tws.cluster import taps
from tws.cluster.between import Between
from tws.cluster.link_voice import subject
from tws.cluster.nats import connected
from tws.cluster.parts import ask_in_parts
from tws.cluster.tasks import Tasks
from tws.maintenance.nodes import Answered, Asked, NodeInfo, NotReached
from tws.telephony.tracing import Record


async def test_what_a_task_raises_is_logged_by_its_name_and_counted() -> None:
    tasks = Tasks()

    async def fails() -> None:
        raise LookupError("nothing there")

    with capture_logs() as logged:
        for _ in range(2):
            await asyncio.wait([tasks.start("look", fails())])
    assert [(line["task"], line["times"]) for line in logged] == [("look", 1), ("look", 2)]
    assert tasks.failed == {"look": 2}


async def test_a_stop_ends_what_runs_and_is_no_failure() -> None:
    tasks, ended = Tasks(), list[str]()

    async def runs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("over")

    begun = [tasks.start("wait", runs()) for _ in range(3)]
    await asyncio.wait(begun, timeout=0)
    await tasks.stop()
    assert all(task.cancelled() for task in begun) and ended == ["over"] * 3
    assert not tasks.failed
    await tasks.stop()


async def test_a_link_is_asked_for_again_whatever_went_wrong(
    server: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, other = Owner(), Other()
    await owner.link.start(B)
    asked = list[str]()

    async def wrong_at_first(client: Client, name: str, content: bytes, within: float) -> bytes:
        asked.append(name)
        if len(asked) == 1:
            raise ArithmeticError("of what nobody thought")
        return await ask_in_parts(client, name, content, within)

    monkeypatch.setattr("tws.cluster.link_ear.ask_in_parts", wrong_at_first)
    async with holding(server, owner), hearing(server, other):
        owner.rings("1")
        await other.same_as(owner)
    assert len(asked) >= 2


async def test_a_trace_begins_once_nats_takes_it(
    server: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taps, "ASKED_EVERY", 0.01)
    async with connected([server.url], "a") as a, connected([server.url], "b") as b:
        wishes = await b.subscribe(subject(PBX, "tap"))
        await b.flush()
        subscribe = a.subscribe

        async def not_yet(name: str, cb: Callable[[Msg], Awaitable[None]]) -> Subscription:
            monkeypatch.setattr(a, "subscribe", subscribe)
            raise OutboundBufferLimitError

        monkeypatch.setattr(a, "subscribe", not_yet)
        elsewhere = taps.TapsElsewhere(a)
        elsewhere.trace(PBX, Paper())
        wish = await wishes.next_msg(timeout=DEADLINE)
        assert msgspec.msgpack.decode(wish.data, type=taps.Wish) == taps.Wish(True)
        await elsewhere.stop()


class Paper:
    def note(self, record: Record) -> None:
        """Nobody sends any."""


async def test_who_asks_hears_at_once_that_there_is_no_answer(server: Nats) -> None:
    async def broken() -> NodeInfo:
        raise LookupError("a mistake of ours")

    async def away(_: Asked) -> Answered:
        raise NotReached("it does not serve yet")

    async with connected([server.url], "a") as a, connected([server.url], "b") as b:
        asked = Between(a, "a", info=broken, answer=away)
        asking = Between(b, "b", info=broken, answer=away)
        await asked.start()
        await a.flush()
        request = Asked(
            method="GET", scheme="http", path="/", query=b"", headers=(), client="", body=b""
        )
        async with asyncio.timeout(DEADLINE):
            with pytest.raises(NotReached, match="it cannot answer"):
                await asking.ask("a", request)
            with capture_logs() as logged, pytest.raises(NotReached, match="it answers otherwise"):
                await asking.info("a")
        assert [line["task"] for line in logged if line["event"] == "task failed"] == [
            "answer another node"
        ]
        await asked.stop()

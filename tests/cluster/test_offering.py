"""Nodes that come: one gets its share of the links, once a link can be handed over; another one
of a name that is taken is nobody."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, datetime

import pytest

from tests.peers.nats import Nats
from tests.running import DEADLINE
from tws.bus import Bus
from tws.cluster.board import NameInUse
from tws.cluster.node import Node, joined
from tws.maintenance.nodes import Answered, Asked, Asks, NodeInfo, NotReached
from tws.schedule import Schedule
from tws.telephony.model import LinkId
from tws.telephony.told_link import ToldLink
from tws.telephony.tracing import Tap

LINKS = [LinkId("pbx1"), LinkId("pbx2"), LinkId("pbx3")]


class Machine:
    """Its PBX links, and whether its database takes changes: it counts how often it was asked."""

    def __init__(self, name: str) -> None:
        self.name, self.schedule = name, Schedule()
        self.held: set[LinkId] = set()
        self.database, self.asked = True, 0
        self._changed = asyncio.Condition()

    # ------------------------------------------------------------ its network

    async def hold(self, link: LinkId) -> None:
        self.held.add(link)
        await self._tell()

    async def let_go(self, link: LinkId) -> None:
        self.held.discard(link)
        await self._tell()

    def told(self, link: LinkId, known: ToldLink) -> None: ...

    def trace(self, link: LinkId, tap: Tap | None) -> None: ...

    async def trace_anew(self, link: LinkId, tap: Tap) -> None: ...

    # ------------------------------------------------------------ its house

    async def nothing(self, *_: object) -> None: ...

    async def takes_changes(self) -> bool:
        self.asked += 1
        await self._tell()
        return self.database

    async def info(self) -> NodeInfo:
        now = datetime.now(UTC)
        return NodeInfo(
            name=self.name,
            version="1",
            started=now,
            works=False,
            links=(),
            pages=0,
            database=self.database,
        )

    async def answer(self, asked: Asked) -> Answered:
        raise NotReached("it has no pages")

    def joins(self, server: Nats) -> AbstractAsyncContextManager[Node]:
        asks = Asks(
            let_go=self.nothing,
            takes_changes=self.takes_changes,
            begin_work=self.nothing,
            leave_work=self.nothing,
            reread=self.nothing,
            info=self.info,
            answer=self.answer,
            end=lambda: None,
            clock=lambda: datetime.now(UTC),
        )
        return joined([server.url], self.name, Bus(), self.schedule, self, asks)

    # ------------------------------------------------------------ looked at

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE), self._changed:
            await self._changed.wait_for(ready)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tws.cluster.leases.RENEWED_EVERY", 0.05)
    monkeypatch.setattr("tws.cluster.leases.EVEN_AFTER", 2)


@pytest.mark.usefixtures("soon")
async def test_no_link_is_offered_while_nobody_could_write_whose_it_is(server: Nats) -> None:
    first, later = Machine("a"), Machine("b")
    async with AsyncExitStack() as stack:
        for machine in (first, later):
            stack.push_async_callback(machine.schedule.stop)
        one = await stack.enter_async_context(first.joins(server))
        for link in LINKS:
            await one.links.want(link)
        await first.until(lambda: first.held == set(LINKS))
        first.database = False

        two = await stack.enter_async_context(later.joins(server))
        for link in LINKS:
            await two.links.want(link)
        await first.until(lambda: first.asked >= 3)
        assert first.held == set(LINKS) and not later.held

        first.database = True
        await later.until(lambda: later.held == {LINKS[2], LINKS[1]})
        assert first.held == {LINKS[0]} and one.works, "two duties each"


async def test_another_one_of_a_name_answers_nothing_by_it(
    server: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it learns that the name is taken."""
    monkeypatch.setattr("tws.cluster.leases.LASTS", 0.5)
    first, twin, asker = Machine("a"), Machine("a"), Machine("b")
    twin.database = False  # by which it would be known

    async def join() -> None:
        async with twin.joins(server):
            pass

    async with AsyncExitStack() as stack:
        for machine in (first, twin, asker):
            stack.push_async_callback(machine.schedule.stop)
        await stack.enter_async_context(first.joins(server))
        asking = await stack.enter_async_context(asker.joins(server))
        joining, answers = asyncio.create_task(join()), 0
        while not joining.done():
            assert (await asking.info("a")).database
            answers += 1
        with pytest.raises(NameInUse):
            await joining
        assert answers > 2

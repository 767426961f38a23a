"""Duties on a real NATS: each has one holder, whatever becomes of nodes and of the board."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from tests.peers.nats import Nats, Servers
from tests.running import DEADLINE
from tws.cluster.board import NameInUse, Unreachable
from tws.cluster.leases import JOB, LASTS, Leases
from tws.cluster.nats import NatsBoard, connected
from tws.schedule import Schedule

DUTIES = [f"link-{number}" for number in range(6)]


class Node:
    """What one machine holds, and was told."""

    def __init__(self, name: str, leases: Callable[["Node"], Leases], schedule: Schedule) -> None:
        self.name, self.schedule = name, schedule
        self.told: list[tuple[str, str]] = []
        self.changed = asyncio.Event()
        self.leases = leases(self)

    async def start(self) -> None:
        await self.leases.take_name()
        await self.leases.start()

    def displaced(self) -> None:
        self.told.append(("displaced", ""))
        self.changed.set()

    def taken(self, duty: str) -> None:
        self.told.append(("taken", duty))
        self.changed.set()

    def offer(self, duty: str) -> None:
        self.told.append(("offer", duty))
        self.changed.set()

    def leave(self, duty: str) -> None:
        self.told.append(("leave", duty))
        self.changed.set()

    async def until(self, held: Callable[[frozenset[str]], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not held(self.leases.held):
                self.changed.clear()
                await self.changed.wait()

    def falls_silent(self) -> None:
        """As by SIGSTOP: it writes no more, and takes leave of nobody."""
        self.schedule.cancel(JOB)


@asynccontextmanager
async def node(server: Nats | Servers, name: str) -> AsyncIterator[Node]:
    async with connected(server.urls, name) as client:
        schedule = Schedule()

        def leases(of: Node) -> Leases:
            board = NatsBoard(client, LASTS)
            return Leases(
                *(board, name, schedule),
                taken=of.taken,
                leave=of.leave,
                offer=of.offer,
                displaced=of.displaced,
            )

        made = Node(name, leases, schedule)
        for duty in DUTIES:
            made.leases.want(duty)
        try:
            yield made
        finally:
            await schedule.stop()


async def test_duties_are_shared_and_go_to_who_is_left(server: Nats) -> None:
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(node(server, name)) for name in ("a", "b")]
        await one.start()
        assert one.leases.held == set(DUTIES) and one.leases.nodes == ("a",)

        # Who comes later takes what is free, and nothing else.
        await two.start()
        assert two.leases.held == frozenset() and two.leases.nodes == ("a", "b")
        assert two.leases.holders == dict.fromkeys(DUTIES, "a")

        # Who leaves hands everything over at once.
        await one.leases.stop()
        await two.until(lambda held: held == set(DUTIES))
        assert one.leases.held == frozenset()


async def test_who_falls_silent_loses_what_it_held_and_is_told_so_when_it_wakes(
    server: Nats,
) -> None:
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(node(server, name)) for name in ("a", "b")]
        await one.start()
        await two.start()
        one.falls_silent()
        await two.until(lambda held: held == set(DUTIES))
        assert one.leases.held == set(DUTIES), "it sleeps, and knows nothing"
        await one.leases.look()
        assert one.leases.held == frozenset()
        assert sorted(one.told[len(DUTIES) :]) == [("leave", duty) for duty in DUTIES]
        assert two.leases.held == set(DUTIES)


async def test_while_the_board_is_away_everybody_goes_on(server: Nats) -> None:
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(node(server, name)) for name in ("a", "b")]
        await one.start()
        server.stop()
        await one.leases.look()
        assert not one.leases.reached
        assert one.leases.held == set(DUTIES)
        with pytest.raises(Unreachable):
            await two.leases._board.entries()
        server.start()
        # What was written stands in its store; what faded meanwhile has one holder again.
        await two.start()
        async with asyncio.timeout(DEADLINE):
            while one.leases.held | two.leases.held != set(DUTIES):
                await one.leases.look()
                await two.leases.look()
        assert not one.leases.held & two.leases.held


async def test_who_has_more_offers_one_duty_and_may_keep_it(
    server: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as it cannot be given: while nobody could write whose it is."""
    monkeypatch.setattr("tws.cluster.leases.EVEN_AFTER", 2)
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(node(server, name)) for name in ("a", "b")]
        await one.start()
        await two.start()
        one.falls_silent()  # it looks when it is told to

        async def looks(times: int) -> list[str]:
            for _ in range(times):
                await one.leases.look()
            return [duty for what, duty in one.told if what == "offer"]

        assert await looks(3) == [DUTIES[-1]]
        assert await looks(6) == [DUTIES[-1]], "one at a time"
        assert one.leases.held == set(DUTIES)
        one.leases.keep(DUTIES[-1])
        assert await looks(3) == [DUTIES[-1]] * 2, "again, when it could be given"
        await one.leases.release(DUTIES[-1])
        await two.until(lambda held: held == {DUTIES[-1]})


async def test_what_nobody_wants_any_more_is_nobodys(server: Nats) -> None:
    async with node(server, "a") as one:
        await one.start()
        await one.leases.no_more(DUTIES[0])
        assert one.leases.held == set(DUTIES[1:])
        await one.leases.look()
        assert DUTIES[0] not in one.leases.holders


async def test_a_name_that_is_in_use_stays_whose_it_is(
    server: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tws.cluster.leases.LASTS", 0.2)
    async with node(server, "a") as one, node(server, "a") as twin:
        await one.start()
        with pytest.raises(NameInUse, match="another node is called a: TWS_NODE"):
            await twin.start()
        assert not twin.told and not twin.leases.held
        await one.leases.look()
        assert one.leases.held == set(DUTIES) and one.leases.nodes == ("a",)
        assert ("displaced", "") not in one.told


async def test_who_wakes_and_finds_another_of_its_name_goes(server: Nats) -> None:
    """As where a machine was paused, and its node was started on another one meanwhile."""
    async with node(server, "a") as one, node(server, "a") as twin:
        await one.start()
        one.falls_silent()
        for key, revision in tuple(one.leases._revisions.items()):
            await twin.leases._board.give_back(key, revision)  # it faded
        await twin.start()
        assert twin.leases.held == set(DUTIES)
        await one.leases.look()
        assert not one.leases.held
        await twin.leases.stop()
        await one.leases.look()
        assert not one.leases.held, "it takes nothing more"
        assert one.told.count(("displaced", "")) == 1


async def test_a_board_that_is_not_there_is_said() -> None:
    with pytest.raises(Unreachable):
        async with connected(["nats://127.0.0.1:1"], "a"):
            pass

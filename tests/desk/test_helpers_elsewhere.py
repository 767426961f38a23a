"""A helper is connected at one node, the page of its user at another."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

import pytest

from tests.wired import Wired
from tws.desk.helpers import Helpers
from tws.desk.model import Helper, Order, RunOutcome
from tws.errors import Conflict, NotFound
from tws.node_memory import NodeGone
from tws.organisation.actor import Actor, UserId

ALICE = UserId("alice")
COMMAND = ("/usr/bin/crm", "4001")


class Desks(Wired):
    def __init__(self) -> None:
        super().__init__("abc")
        seconds = count()
        nothing = cast(Any, None)

        def clock() -> datetime:
            return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=next(seconds))

        self.helpers = {
            node: Helpers(nothing, nothing, nothing, bus, clock)
            for node, bus in self.buses.items()
        }
        self.orders: asyncio.Queue[Order] = asyncio.Queue()

    def comes(self, node: str, id: str) -> None:
        helper = Helper(
            id=id,
            user=ALICE,
            session=f"key of {id}",
            computer=f"computer of {id}",
            address="192.0.2.1",
            tell=self.orders.put_nowait,
        )
        self.helpers[node].came(helper)

    def shown(self, node: str) -> list[str]:
        return [one.id for one in self.helpers[node].of(ALICE)]


def by(session: str) -> Actor:
    return Actor(label="alice", user=ALICE, session=session)


async def test_it_is_known_at_every_node_the_newest_last() -> None:
    desks = Desks()
    desks.comes("b", "first")
    desks.comes("a", "second")
    desks.comes("b", "third")
    assert all(desks.shown(node) == ["first", "second", "third"] for node in "abc")
    desks.helpers["b"].left(ALICE, "first")
    assert all(desks.shown(node) == ["second", "third"] for node in "abc")
    desks.buses["c"].publish(NodeGone("a"))
    assert desks.shown("c") == ["third"]


@pytest.mark.parametrize("reported_at", ["a", "b", "c"])
async def test_an_order_goes_to_it_and_its_report_comes_back(reported_at: str) -> None:
    desks = Desks()
    desks.comes("b", "one")
    (helper,) = desks.helpers["a"].of(ALICE)
    asked = asyncio.create_task(desks.helpers["a"].told(helper, COMMAND))
    order = await desks.orders.get()
    assert order.command == COMMAND
    with pytest.raises(NotFound):
        desks.helpers[reported_at].report(by("another's"), order.id, RunOutcome.STARTED)
    desks.helpers[reported_at].report(by("key of one"), order.id, RunOutcome.STARTED)
    ran = await asked
    assert (ran.outcome, ran.computer) == (RunOutcome.STARTED, "computer of one")
    assert desks.orders.empty()


async def test_who_waits_hears_that_it_is_gone() -> None:
    desks = Desks()
    desks.comes("b", "one")
    (helper,) = desks.helpers["a"].of(ALICE)
    asked = asyncio.create_task(desks.helpers["a"].told(helper, COMMAND))
    await desks.orders.get()
    desks.helpers["b"].left(ALICE, "one")
    with pytest.raises(Conflict) as silent:
        await asked
    assert silent.value.why == "helperSilent"

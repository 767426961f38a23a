"""Accounts outside are connected by one node; their users are at any."""

from typing import Any, cast

from tests.wired import Wired
from tws.messaging.external.events import ExternalStateChanged
from tws.messaging.external.holding import Holding
from tws.messaging.external.lines import Lines
from tws.messaging.external.model import (
    AccountCondition,
    AccountState,
    Availability,
    ExternalAccount,
    Standing,
)
from tws.organisation.actor import CompanyId, UserId
from tws.schedule import Schedule

ALICE, BOB = UserId("alice"), "bob@example.net"
ACCOUNT = ExternalAccount(
    id="1",
    version=1,
    company=CompanyId("ssdei"),
    user=ALICE,
    address="alice@example.net",
    password="",
)


class Line:
    """Writes down what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __getattr__(self, service: str) -> Any:
        return lambda *parameters: self.asked.append((service, *parameters))


class Node:
    """All that lines ask of a house, so far as no connection is made."""

    def __init__(self, bus: Any) -> None:
        self.line, self.bus = Line(), bus
        self.lines = Lines(
            cast(Any, self), bus, Schedule(), cast(Any, self), cast(Any, self), cast(Any, self)
        )
        self.told = 0
        bus.follow(ExternalStateChanged, self._changed)

    def _changed(self, event: ExternalStateChanged) -> None:
        self.told += 1

    def accounts(self) -> list[ExternalAccount]:
        return [ACCOUNT]

    def account(self, user: UserId) -> ExternalAccount | None:
        return ACCOUNT if user == ALICE else None

    def connects(self, user: UserId) -> bool:
        return True

    def is_here(self, user: UserId) -> bool:
        return True

    def soon(self, holding: Holding, after: float = 0.0) -> None:
        holding.line, holding.flushed = cast(Any, self.line), True
        holding.condition = AccountCondition(AccountState.CONNECTED)
        holding.standings[BOB] = Standing(availability=Availability.ONLINE, asks=True)

    def end(self, holding: Holding) -> None:
        holding.cut()

    def forget(self, user: UserId) -> None:
        pass

    async def closed(self) -> None:
        pass


def runs(node: Node) -> bool:
    return node.lines.runs


async def test_what_is_asked_at_one_node_is_done_by_who_holds_the_line() -> None:
    wired = Wired("ab")
    a, b = (Node(bus) for bus in wired.buses.values())
    assert runs(b) is False and b.lines.line(ALICE) is None
    await a.lines.start()
    assert runs(b) and b.told
    assert b.lines.condition(ALICE).state is AccountState.CONNECTED
    assert b.lines.standing(ALICE, BOB).asks
    line = b.lines.line(ALICE)
    assert line is not None
    line.tell_typing(BOB)
    line.tell_read(BOB, "1")
    line.add(BOB, "Bob")
    b.lines.send(ALICE, BOB, "2", "Hello")
    line.answer(BOB, True)
    line.remove(BOB)
    assert a.line.asked == [
        ("tell_typing", BOB),
        ("tell_read", BOB, "1"),
        ("add", BOB, "Bob"),
        ("send", BOB, "2", "Hello"),
        ("answer", BOB, True),
        ("remove", BOB),
    ]
    assert not a.lines.standing(ALICE, BOB).asks and not b.lines.standing(ALICE, BOB).asks
    assert b.line.asked == []
    await a.lines.stop()
    assert runs(b) is False
    assert b.lines.condition(ALICE).state is AccountState.OFF
    await b.lines.start()
    assert (
        a.lines.line(ALICE) is not None
        and a.lines.condition(ALICE).why == b.lines.condition(ALICE).why
    )

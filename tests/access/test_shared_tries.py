"""Who guesses gets as many tries at all nodes of a server together as at one alone."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.access.conftest import Clock
from tests.access.test_guessing import START, failing, tried
from tests.wired import Wired
from tws.access.events import GuessNoted, TriesKnown, TryNoted
from tws.access.tries.guessing import ACCOUNTS, ADDRESSES, PACE, Guessing
from tws.access.tries.marks import Marks
from tws.access.tries.shared import SharedTries
from tws.access.tries.throttle import FREE_TRIES, Throttle
from tws.node_memory import MemoryWanted
from tws.storage.secrets import Secrets

NODES = ("a", "b", "c")
SECOND = timedelta(seconds=1)


class Nodes(Wired):
    def __init__(self) -> None:
        super().__init__(NODES)
        self.clock = Clock(START)
        self.guessing: dict[str, Guessing] = {}
        for node in NODES:
            self.starts(node)

    def starts(self, node: str) -> None:
        """It knows nothing."""
        mark = Marks(Secrets(Path("unused"), bytes(32))).of
        throttle = Throttle(mark=mark)
        made = self.guessing[node] = Guessing(throttle, _no_session, mark)
        SharedTries(self.buses[node], self.clock, throttle, made)

    async def comes(self, node: str) -> None:
        """One that was cut off until now."""
        self.cut.discard(node)
        self.buses[node].publish(MemoryWanted(node))
        await self.settle()

    def fails(self, node: str, account: str = "alice", address: str = "10.6.6.6") -> bool:
        """Whether somebody looked at it."""
        return failing(self.guessing[node], account, address, self.clock.now)

    def waits(self, node: str, account: str = "alice", address: str = "10.6.6.6") -> float:
        """Seconds, of one who knows the password; 0: who is in."""
        return tried(self.guessing[node], account, address, self.clock.now)


def _no_session(account: object) -> Iterator[str]:
    return iter(())


def test_one_account_from_one_address() -> None:
    nodes = Nodes()
    looked = sum(nodes.fails(NODES[n % 3]) for n in range(100))
    assert looked == FREE_TRIES
    assert all(nodes.waits(node) == 1 for node in NODES)
    assert nodes.waits("b", address="10.0.0.1") == 0
    nodes.clock.passes(seconds=1)
    assert nodes.fails("a") and nodes.waits("c") == 2
    # Whoever is right at one is waited for nowhere.
    nodes.clock.passes(seconds=2)
    assert nodes.waits("b") == 0
    assert all(nodes.fails(node) for node in NODES)
    assert sum(nodes.fails(NODES[n % 3]) for n in range(100)) == FREE_TRIES - len(NODES)


def test_many_accounts_from_one_address_and_one_account_from_many() -> None:
    nodes = Nodes()
    looked = sum(nodes.fails(NODES[n % 3], account=f"name {n}") for n in range(300))
    assert ACCOUNTS <= looked <= ACCOUNTS + 1
    looked = sum(nodes.fails(NODES[n % 3], address=f"10.1.{n}.1") for n in range(200))
    assert ADDRESSES <= looked <= ADDRESSES + 1
    # They come one by one: at all nodes together.
    taken = 0
    for n in range(300):
        nodes.clock.passes(seconds=0.2)
        taken += nodes.fails(NODES[n % 3], account=f"more {n}")
    assert abs(taken - 60 * SECOND / PACE) <= 1


def test_who_is_at_home_at_one_node_is_so_at_each() -> None:
    nodes = Nodes()
    assert nodes.waits("a", address="192.0.2.1") == 0
    for n in range(ACCOUNTS):
        nodes.fails("b", account=f"name {n}", address="192.0.2.1")
    assert nodes.waits("c", account="stranger", address="192.0.2.1") > 0
    assert nodes.waits("c", address="192.0.2.1") == 0


async def test_a_node_that_starts_late_knows_what_others_know() -> None:
    nodes = Nodes()
    nodes.cut.add("c")
    assert nodes.waits("a", address="192.0.2.1") == 0
    for _ in range(FREE_TRIES):
        nodes.fails("a", address="10.2.2.2")
    for n in range(ACCOUNTS + 2):
        nodes.fails("b", account=f"name {n}", address="192.0.2.1")
    for n in range(ADDRESSES):
        nodes.fails("b", account="bob", address=f"10.1.{n}.1")
    await nodes.comes("c")
    nodes.clock.passes(seconds=0.5)
    assert nodes.waits("c", address="10.2.2.2") > 0
    assert not nodes.fails("c", account="somebody", address="192.0.2.1")
    assert not nodes.fails("c", account="bob", address="10.9.9.9")
    assert nodes.waits("c", address="192.0.2.1") == 0
    # Told twice it counts once.
    await nodes.comes("c")
    nodes.clock.passes(seconds=0.5)
    assert nodes.waits("c", address="10.2.2.2") == 0


async def test_what_a_node_that_is_gone_has_counted_is_told_by_the_others() -> None:
    nodes = Nodes()
    nodes.cut.add("c")
    for _ in range(FREE_TRIES):
        nodes.fails("a")
    nodes.cut.add("a")
    await nodes.comes("c")
    assert nodes.waits("c") == 1


def test_a_clock_that_is_ahead_keeps_nobody_waiting() -> None:
    nodes = Nodes()
    for _ in range(FREE_TRIES - 1):
        nodes.fails("a")
    bus, clock = nodes.buses["b"], nodes.clock
    told: list[TryNoted] = []
    nodes.buses["a"].follow_here(TryNoted, told.append)
    nodes.cut.add("b")
    nodes.fails("a")
    (one,) = told
    bus.hear(replace(one, at=clock.now + timedelta(hours=1)))
    assert nodes.waits("b") == 1
    nodes.clock.passes(seconds=1)
    assert nodes.waits("b") == 0


async def test_no_name_and_no_address_is_told() -> None:
    nodes, told = Nodes(), list[bytes]()
    for kind in (TryNoted, GuessNoted, TriesKnown):
        nodes.buses["a"].follow_here(kind, lambda x: told.append(msgspec.msgpack.encode(x)))
    nodes.fails("a", account="alice", address="192.0.2.1")
    nodes.waits("a", account="alice", address="192.0.2.1")
    nodes.buses["a"].publish(MemoryWanted("b"))
    await nodes.settle()
    assert len(told) > 3
    assert not any(b"alice" in one or b"192.0" in one for one in told)


def test_marks_are_those_of_the_server() -> None:
    one, same = (Marks(Secrets(Path("unused"), bytes(32))) for _ in range(2))
    other = Marks(Secrets(Path("unused"), b"1" * 32))
    alone = Marks(Secrets(Path("unused")))
    whom = ("alice", "10.0.0.1")
    assert one.of(whom) == same.of(whom) != one.of(("alice", "10.0.0.2"))
    assert len({one.of(whom), other.of(whom), alone.of(whom)}) == 3


async def test_a_key_is_looked_for_now_and_then_and_not_at_each_try(tmp_path: Path) -> None:
    """Where its file lies the disk may hang."""
    secrets = Secrets(tmp_path)
    marks = Marks(secrets)
    before = marks.of("alice")
    Secrets(tmp_path).seal("a secret", "row", "field")
    assert marks.of("alice") == before
    await marks.look()
    assert marks.of("alice") != before
    (other := Secrets(tmp_path)).look()
    assert marks.of("alice") == Marks(other).of("alice")


steps = st.lists(
    st.tuples(
        st.sampled_from(["wrong", "wrong", "wrong", "right", "cut", "comes"]),
        st.sampled_from(NODES),
        st.sampled_from(["alice", "bob", "carol"]),
        st.floats(0, 400),
    ),
    max_size=40,
)


@settings(max_examples=50)
@given(steps)
def test_who_was_told_all_knows_the_worst(
    done: list[tuple[str, str, str, float]],
) -> None:
    """Whatever was missed meanwhile."""

    async def run() -> None:
        nodes = Nodes()
        for what, node, account, pause in done:
            nodes.clock.passes(seconds=pause)
            match what:
                case "wrong":
                    nodes.fails(node, account)
                case "right":
                    nodes.waits(node, account)
                case "cut":
                    nodes.cut.add(node)
                case "comes":
                    await nodes.comes(node)
        await nodes.heard_again()
        for node in NODES:
            await nodes.comes(node)
        known = [_known(nodes.guessing[node], nodes.clock.now) for node in NODES]
        assert known[0] == known[1] == known[2]

    asyncio.run(run())


def _known(guessing: Guessing, now: datetime) -> object:
    return (
        set(guessing._throttle.known(now)),
        set(guessing.by_address.known(now)),
        set(guessing.by_account.known(now)),
        set(guessing.home),
    )


@pytest.mark.parametrize("number", [0, 12_001])
async def test_much_is_told_in_parts(number: int) -> None:
    nodes, parts = Nodes(), list[TriesKnown]()
    for n in range(number):
        nodes.guessing["a"].settle(n)
    nodes.buses["a"].follow_here(TriesKnown, parts.append)
    nodes.buses["a"].publish(MemoryWanted("b"))
    await nodes.settle()
    assert len(nodes.guessing["b"].home) == number
    assert len(parts) == -(-number // 5_000)
    assert all(len(msgspec.msgpack.encode(part)) < 250_000 for part in parts)

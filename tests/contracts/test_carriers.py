"""The contract of every kind of carrier: dialled, called, datagram; plain and TLS.

A toy driver on the carrier, a raw socket at the far end (`tests.contracts.kinds`). What only one
kind can do is in `tests/net`.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.contracts.far_ends import open_sockets
from tests.contracts.kinds import KINDS, Kind
from tests.contracts.runner import PATIENCE, Runner
from tests.contracts.toy import ToyDriver
from tws.telephony.commands import CommandId, HoldCall, MakeCall
from tws.telephony.event_reports import (
    LINK_DOWN,
    CallInformation,
    CommandDone,
    CommandRefused,
    LinkStarted,
    LinkStopped,
)
from tws.telephony.model import CallId, ConnectionId, DeviceId

MADE = {name: make() for name, make in KINDS.items()}
LEAVING = [(name, how) for name, kind in MADE.items() for how in kind.departures]
leaving = pytest.mark.parametrize(("kind", "how"), LEAVING, indirect=["kind"])


@pytest.fixture(params=list(KINDS))
async def kind(request: pytest.FixtureRequest) -> AsyncIterator[Kind]:
    """Whatever a test does, nothing of the carrier is left after its `stop`."""
    sockets, tasks = open_sockets(), asyncio.all_tasks()
    kind = KINDS[request.param]()
    await kind.start()
    yield kind
    await kind.stop()
    told = len(kind.runner.network), len(kind.runner.events)
    await nothing_left(sockets, tasks)
    assert (len(kind.runner.network), len(kind.runner.events)) == told, "called back after stop"


async def nothing_left(sockets: set[str], tasks: set[asyncio.Task[Any]]) -> None:
    """Sockets and tasks go a few turns of the loop after they were told to."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    own = asyncio.current_task()
    while True:
        left = open_sockets() - sockets, asyncio.all_tasks() - tasks - {own}
        if left == (set(), set()):
            return
        assert asyncio.get_running_loop().time() < deadline, f"left after stop: {left}"
        await asyncio.sleep(0)


def hold(id: str) -> HoldCall:
    where = ConnectionId(CallId("1"), DeviceId("4001"))
    return HoldCall(id=CommandId(id), device=DeviceId("4001"), connection=where)


def rings(runner: Runner) -> list[str]:
    return [
        e.party.number or "" for e in runner.events if isinstance(e, CallInformation) and e.party
    ]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
async def test_bytes_split_anywhere_arrive_whole_and_in_order(kind: Kind, size: int) -> None:
    end = await kind.far_end()
    numbers = [str(4000 + n) for n in range(30)]
    data = "".join(f"ring {number}\n" for number in numbers).encode()
    for start in range(0, len(data), size):
        await end.say(data[start : start + size])
    await kind.runner.until(lambda: len(rings(kind.runner)) >= len(numbers))
    assert rings(kind.runner) == numbers


async def test_large_messages_pass_both_ways(kind: Kind) -> None:
    end = await kind.far_end()
    text = random.Random(1).randbytes(60_000).hex().encode()[: kind.largest]
    for _ in range(10):
        await end.say(b"echo " + text + b"\n")
        assert await end.hear(len(text) + 1) == text + b"\n"


async def test_a_command_is_answered_over_the_wire(kind: Kind) -> None:
    end = await kind.far_end()
    make = MakeCall(id=CommandId("m1"), device=DeviceId("4001"), called="4002")
    kind.runner.command(make)
    assert await end.hear(21) == b"ask m1 4001 makeCall\n"
    await end.say(b"refused m1 busy\n")
    await kind.runner.until(lambda: CommandRefused(CommandId("m1"), "busy") in kind.runner.events)


# What was sent before a reset may be lost.
@pytest.mark.parametrize(
    ("kind", "how"), [each for each in LEAVING if each[1] != "reset"], indirect=["kind"]
)
async def test_what_the_pbx_sends_before_it_leaves_is_heard(kind: Kind, how: str) -> None:
    end = await kind.far_end()
    await end.say(b"ring 4001\n")
    await kind.leave(how, end)
    await kind.runner.until(lambda: bool(kind.runner.whys()))
    assert rings(kind.runner) == ["4001"]
    assert kind.runner.whys() == [kind.departures[how][0]]


@leaving
async def test_a_peer_that_leaves_is_told_once_and_ends_its_commands(kind: Kind, how: str) -> None:
    end = await kind.far_end()
    kind.runner.command(hold("h1"))
    await end.hear(len(b"ask h1 4001 holdCall\n"))
    await kind.leave(how, end)
    await kind.runner.until(lambda: bool(kind.runner.whys()))
    assert kind.runner.whys()[0] in kind.departures[how]
    outcomes = [e for e in kind.runner.events if isinstance(e, CommandDone | CommandRefused)]
    assert outcomes == [CommandRefused(CommandId("h1"), LINK_DOWN)]
    assert sum(isinstance(e, LinkStopped) for e in kind.runner.events) == 1


@leaving
async def test_after_a_loss_the_next_connection_works(kind: Kind, how: str) -> None:
    for _ in range(3):
        end = await kind.far_end()
        await end.say(b"echo still here\n")
        assert await end.hear(11) == b"still here\n"
        before = len(kind.runner.whys())
        await kind.leave(how, end)
        await kind.runner.until(lambda before=before: len(kind.runner.whys()) > before)  # type: ignore[misc]


async def test_a_connection_that_we_close_is_there_again(kind: Kind) -> None:
    """Dialled again by us, or called again by the peer."""
    for _ in range(3):
        end = await kind.far_end()
        await end.say(b"echo still here\n")
        assert await end.hear(11) == b"still here\n"
        kind.runner.carrier.close(kind.runner.peers()[0], "we do not like it", stop=False)
        assert await end.hear_end() == b""
    assert kind.runner.whys() == ["we do not like it"] * 3


@pytest.mark.parametrize("kind", [name for name in MADE if MADE[name].many], indirect=True)
async def test_each_far_end_hears_its_own_answers(kind: Kind) -> None:
    one, two = await kind.far_end(), await kind.far_end()
    await one.say(b"echo one\n")
    await two.say(b"echo two\n")
    assert (await two.hear(4), await one.hear(4)) == (b"two\n", b"one\n")
    assert len(kind.runner.peers()) == 2


async def test_what_was_queued_before_a_close_is_sent(kind: Kind) -> None:
    end = await kind.far_end()
    peer = kind.runner.peers()[0]
    kind.runner.carrier.send(peer, b"x" * 50_000)
    kind.runner.carrier.send(peer, b"goodbye")
    kind.runner.carrier.close(peer, "we are done", stop=True)
    kind.runner.carrier.send(peer, b"too late")
    assert await end.hear(50_007) == b"x" * 50_000 + b"goodbye"
    assert await end.hear_end() == b""
    await kind.runner.until(lambda: bool(kind.runner.whys()))
    assert kind.runner.whys() == ["we are done"]


async def test_no_callback_comes_within_a_call(kind: Kind) -> None:
    await kind.far_end()
    peer = kind.runner.peers()[0]
    told = len(kind.runner.network)
    kind.runner.carrier.close(peer, "we are done", stop=True)
    kind.runner.carrier.close(peer, "again", stop=True)
    assert len(kind.runner.network) == told
    await kind.runner.until(lambda: len(kind.runner.network) > told)
    assert kind.runner.whys() == ["we are done"]


# Nobody sees whether a datagram is read: none waits for it.
@pytest.mark.parametrize(
    "kind", [name for name in MADE if MADE[name].watches_reading], indirect=True
)
async def test_a_peer_that_reads_too_slowly_is_closed(kind: Kind) -> None:
    end = await kind.far_end()
    end.stop_reading()
    peer = kind.runner.peers()[0]
    for _ in range(2000):
        kind.runner.carrier.send(peer, b"x" * 10_000)
        if kind.runner.whys():
            break
        await asyncio.sleep(0)
    await kind.runner.until(lambda: bool(kind.runner.whys()))
    assert "reads too slowly" in kind.runner.whys()[0]


async def test_garbage_is_survived(kind: Kind) -> None:
    noise = random.Random(7)
    end = await kind.far_end()
    for _ in range(20):
        await end.say(noise.randbytes(5_000).replace(b"\n", b"?") + b"\n")
    await end.say(b"ring 4001\n")
    await kind.runner.until(lambda: rings(kind.runner) == ["4001"])
    assert kind.runner.driver.counters["unknown"] >= 20
    try:
        for _ in range(40):
            await end.say(b"A" * 50_000)
    except ConnectionError:
        pass  # closed while it was still talking
    await kind.runner.until(lambda: "line too long" in kind.runner.whys())
    await end.hear_end()


async def test_a_mistake_of_the_user_closes_that_connection_only(kind: Kind) -> None:
    class Careless(ToyDriver):
        def _line(self, peer: object, line: bytes) -> None:
            raise KeyError("a mistake of ours")

    end = await kind.far_end()
    working = kind.runner.driver
    kind.runner.driver = Careless()
    kind.runner.driver._buffers = dict(working._buffers)
    await end.say(b"ring 4001\n")
    assert await end.hear_end() == b""
    kind.runner.driver = working
    end = await kind.far_end()
    await end.say(b"ring 4002\n")
    await kind.runner.until(lambda: rings(kind.runner) == ["4002"])
    assert any("internal error" in why for why in kind.runner.whys())


async def test_unknown_peers_are_ignored(kind: Kind) -> None:
    kind.runner.carrier.send("nobody", b"hello")
    kind.runner.carrier.close("nobody", "no reason", stop=False)
    end = await kind.far_end()
    await end.say(b"echo hello\n")
    assert await end.hear(6) == b"hello\n"


async def test_stop_closes_what_is_open_and_tells_nobody(kind: Kind) -> None:
    end = await kind.far_end()
    await kind.runner.stop()
    assert await end.hear_end() == b""
    assert kind.runner.whys() == []
    kind.runner.carrier.send(kind.runner.peers()[0], b"too late")


async def test_stop_does_not_wait_for_a_peer_that_does_not_read(kind: Kind) -> None:
    end = await kind.far_end()
    end.stop_reading()
    peer = kind.runner.peers()[0]
    kind.runner.carrier.send(peer, b"x" * 90_000)
    await kind.runner.stop()
    assert any(isinstance(event, LinkStarted) for event in kind.runner.events)

"""The contract of every kind of carrier: dialled, called, datagram; plain and TLS.

A toy driver on the carrier, a raw socket at the far end. What only one kind can do is in
`tests/net`.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import pytest

from tests.contracts.far_ends import (
    SERVER_TLS,
    TRUSTING,
    Line,
    Switch,
    call,
    open_sockets,
    udp_phone,
)
from tests.contracts.runner import PATIENCE, Runner
from tests.contracts.toy import ToyDriver
from tws.net.datagram import Datagram
from tws.net.listener import Listener
from tws.net.stream import Stream
from tws.telephony.commands import CommandId, HoldCall, MakeCall
from tws.telephony.events import (
    LINK_DOWN,
    CallInformation,
    CommandDone,
    CommandRefused,
    LinkStarted,
    LinkStopped,
)
from tws.telephony.link import Address
from tws.telephony.model import CallId, ConnectionId, DeviceId

MAX_UNSENT = 100_000


class Kind(Protocol):
    """One way of being connected: a carrier that works, and its far ends."""

    runner: Runner
    tls: bool

    async def start(self) -> None: ...

    async def far_end(self) -> Line:
        """A new connection, up on both sides (a dialled carrier has one at a time)."""

    async def stop(self) -> None: ...


class Dialled:
    def __init__(self, tls: bool) -> None:
        self.tls = tls
        self.switch = Switch()

    async def start(self) -> None:
        await self.switch.start(self.tls)
        address = Address("127.0.0.1", self.switch.port, TRUSTING if self.tls else None)
        self.runner = Runner(ToyDriver(address))
        carrier = Stream(self.runner, max_unsent=MAX_UNSENT, backoff=lambda failures: 0.0)
        await self.runner.start(carrier)

    async def far_end(self) -> Line:
        line = await self.switch.line()
        await self.runner.until(lambda: bool(self.runner.peers()))
        return line

    async def stop(self) -> None:
        await self.runner.stop()
        await self.switch.stop()


class Called:
    def __init__(self, tls: bool) -> None:
        self.tls = tls
        self.lines: list[Line] = []

    async def start(self) -> None:
        self.runner = Runner(ToyDriver())
        self.listener = Listener(
            self.runner,
            "127.0.0.1",
            0,
            tls=SERVER_TLS if self.tls else None,
            max_unsent=MAX_UNSENT,
        )
        await self.runner.start(self.listener)

    async def far_end(self) -> Line:
        before = len(self.runner.peers())
        line = await call(self.listener.port, self.tls)
        self.lines.append(line)
        await self.runner.until(lambda: len(self.runner.peers()) > before)
        return line

    async def stop(self) -> None:
        await self.runner.stop()
        for line in self.lines:
            await line.close()


KINDS: dict[str, Callable[[], Kind]] = {
    "dialled": lambda: Dialled(tls=False),
    "dialled-tls": lambda: Dialled(tls=True),
    "called": lambda: Called(tls=False),
    "called-tls": lambda: Called(tls=True),
}


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
    line = await kind.far_end()
    numbers = [str(4000 + n) for n in range(30)]
    data = "".join(f"ring {number}\n" for number in numbers).encode()
    for start in range(0, len(data), size):
        await line.say(data[start : start + size])
    await kind.runner.until(lambda: len(rings(kind.runner)) >= len(numbers))
    assert rings(kind.runner) == numbers


async def test_large_messages_pass_both_ways(kind: Kind) -> None:
    line = await kind.far_end()
    text = random.Random(1).randbytes(60_000).hex().encode()[:90_000]
    for _ in range(10):
        await line.say(b"echo " + text + b"\n")
        assert await line.hear(len(text) + 1) == text + b"\n"


async def test_a_command_is_answered_over_the_wire(kind: Kind) -> None:
    line = await kind.far_end()
    make = MakeCall(id=CommandId("m1"), device=DeviceId("4001"), called="4002")
    kind.runner.command(make)
    assert await line.hear(21) == b"ask m1 4001 makeCall\n"
    await line.say(b"refused m1 busy\n")
    await kind.runner.until(lambda: CommandRefused(CommandId("m1"), "busy") in kind.runner.events)


async def test_what_the_pbx_sends_before_it_closes_is_heard(kind: Kind) -> None:
    line = await kind.far_end()
    await line.say(b"ring 4001\n")
    await line.close()
    await kind.runner.until(lambda: bool(kind.runner.whys()))
    assert rings(kind.runner) == ["4001"]
    assert kind.runner.whys() == ["the peer closed the connection"]


@pytest.mark.parametrize("how", ["close", "reset", "half_close"])
async def test_a_peer_that_leaves_is_told_once_and_ends_its_commands(kind: Kind, how: str) -> None:
    line = await kind.far_end()
    if how == "half_close" and kind.tls:
        pytest.skip("TLS has no half-closed state")
    kind.runner.command(hold("h1"))
    await line.hear(len(b"ask h1 4001 holdCall\n"))
    if how == "close":
        await line.close()
    elif how == "reset":
        line.reset()
    else:
        line.half_close()
        assert await line.hear_end() == b""
    await kind.runner.until(lambda: bool(kind.runner.whys()))
    assert kind.runner.whys()[0] in (
        "the peer closed the connection",
        "the peer reset the connection",
    )
    outcomes = [e for e in kind.runner.events if isinstance(e, CommandDone | CommandRefused)]
    assert outcomes == [CommandRefused(CommandId("h1"), LINK_DOWN)]
    assert sum(isinstance(e, LinkStopped) for e in kind.runner.events) == 1


async def test_after_a_loss_the_next_connection_works(kind: Kind) -> None:
    for _ in range(3):
        line = await kind.far_end()
        await line.say(b"echo still here\n")
        assert await line.hear(11) == b"still here\n"
        before = len(kind.runner.whys())
        line.reset()
        await kind.runner.until(lambda before=before: len(kind.runner.whys()) > before)  # type: ignore[misc]


async def test_what_was_queued_before_a_close_is_sent(kind: Kind) -> None:
    line = await kind.far_end()
    peer = kind.runner.peers()[0]
    kind.runner.carrier.send(peer, b"x" * 50_000)
    kind.runner.carrier.send(peer, b"goodbye")
    kind.runner.carrier.close(peer, "we are done", stop=True)
    kind.runner.carrier.send(peer, b"too late")
    heard = await line.hear_end()
    assert heard == b"x" * 50_000 + b"goodbye"
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


async def test_a_peer_that_reads_too_slowly_is_closed(kind: Kind) -> None:
    line = await kind.far_end()
    line.stop_reading()
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
    line = await kind.far_end()
    for _ in range(20):
        await line.say(noise.randbytes(5_000).replace(b"\n", b"?") + b"\n")
    await line.say(b"ring 4001\n")
    await kind.runner.until(lambda: rings(kind.runner) == ["4001"])
    assert kind.runner.driver.counters["unknown"] >= 20
    try:
        for _ in range(40):
            await line.say(b"A" * 50_000)
    except ConnectionError:
        pass  # closed while it was still talking
    await kind.runner.until(lambda: "line too long" in kind.runner.whys())
    await line.hear_end()


async def test_a_mistake_of_the_user_closes_that_connection_only(kind: Kind) -> None:
    class Careless(ToyDriver):
        def _line(self, peer: object, line: bytes) -> None:
            raise KeyError("a mistake of ours")

    line = await kind.far_end()
    working = kind.runner.driver
    kind.runner.driver = Careless()
    kind.runner.driver._buffers = dict(working._buffers)
    await line.say(b"ring 4001\n")
    assert await line.hear_end() == b""
    kind.runner.driver = working
    line = await kind.far_end()
    await line.say(b"ring 4002\n")
    await kind.runner.until(lambda: rings(kind.runner) == ["4002"])
    assert any("internal error" in why for why in kind.runner.whys())


async def test_unknown_peers_are_ignored(kind: Kind) -> None:
    kind.runner.carrier.send("nobody", b"hello")
    kind.runner.carrier.close("nobody", "no reason", stop=False)
    line = await kind.far_end()
    await line.say(b"echo hello\n")
    assert await line.hear(6) == b"hello\n"


async def test_stop_closes_what_is_open_and_tells_nobody(kind: Kind) -> None:
    line = await kind.far_end()
    await kind.runner.stop()
    assert await line.hear_end() == b""
    assert kind.runner.whys() == []
    kind.runner.carrier.send(kind.runner.peers()[0], b"too late")


async def test_stop_does_not_wait_for_a_peer_that_does_not_read(kind: Kind) -> None:
    line = await kind.far_end()
    line.stop_reading()
    peer = kind.runner.peers()[0]
    kind.runner.carrier.send(peer, b"x" * 90_000)
    await kind.runner.stop()
    assert any(isinstance(event, LinkStarted) for event in kind.runner.events)


# ---------------------------------------------------------------- datagrams


@pytest.fixture
async def udp() -> AsyncIterator[Runner]:
    sockets, tasks = open_sockets(), asyncio.all_tasks()
    runner = Runner(ToyDriver())
    await runner.start(Datagram(runner, "127.0.0.1", 0))
    yield runner
    await runner.stop()
    await nothing_left(sockets, tasks)


def port_of(runner: Runner) -> int:
    assert isinstance(runner.carrier, Datagram)
    return runner.carrier.port


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_datagrams_split_anywhere_arrive_in_order(udp: Runner, size: int) -> None:
    data = b"".join(b"ring %d\n" % n for n in range(4000, 4010))
    async with udp_phone(port_of(udp)) as (_, transport):
        for start in range(0, len(data), size):
            transport.sendto(data[start : start + size])
        await udp.until(lambda: len(rings(udp)) >= 10)
    assert rings(udp) == [str(n) for n in range(4000, 4010)]
    assert len(udp.peers()) == 1


async def test_each_udp_address_is_a_peer_and_hears_its_own_answers(udp: Runner) -> None:
    port = port_of(udp)
    async with udp_phone(port) as (one, to_one), udp_phone(port) as (two, to_two):
        to_one.sendto(b"echo one\n")
        to_two.sendto(b"echo two\n")
        assert (await one.hear(), await two.hear()) == (b"one\n", b"two\n")
    assert len(udp.peers()) == 2


async def test_udp_garbage_is_survived(udp: Runner) -> None:
    noise = random.Random(7)
    async with udp_phone(port_of(udp)) as (phone, transport):
        transport.sendto(b"")
        for _ in range(50):
            transport.sendto(noise.randbytes(1400))
        transport.sendto(b"\necho still here\n")
        assert await phone.hear() == b"still here\n"

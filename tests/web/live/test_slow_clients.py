"""A client that does not read holds up nobody, costs little, and is told to start again."""

import asyncio
from pathlib import Path

import pytest
import websockets

from tests.web.calls import answered, ends, rings
from tests.web.house import running_house
from tests.web.live.seen import same_as_a_fresh_one
from tests.web.slow import dropped, flip, stuck
from tws.journal.events import LogChanged
from tws.web.live import wire
from tws.web.live.outbox import MOMENTS
from tws.web.live.stream import Limits
from tws.web.rooms import WebSettings

ENOUGH = 600
"Changes that fill the queues of the system and of the transport, at 600 bytes each."


async def test_a_slow_client_is_told_to_start_again(database: Path) -> None:
    async with running_house(database, settings=WebSettings(limits=Limits(slow=0.2))) as house:
        alice = await house.program("alice")
        async with house.page(alice) as reader:
            slow = await stuck(house, house.page(alice))
            await flip(house, reader, 100_000)
            assert dropped(house) == 1
            # It wakes up, reads what was sent before, and then the end.
            slow.socket.transport.resume_reading()
            assert await slow.closed() == 1013
            assert slow.frames[-1] == {"type": "restart", "why": "slow"}
            assert slow.n < reader.n
            async with slow:
                assert slow.frames[-1]["type"] == "snapshot"
                # What flaps is told to the reader a moment later than a snapshot has it.
                await reader.until(lambda p: p.state == slow.state)


async def test_a_client_that_wakes_up_in_time_has_missed_only_what_is_over(
    database: Path,
) -> None:
    async with running_house(database, settings=WebSettings(limits=Limits(slow=600))) as house:
        alice = await house.program("alice")
        async with house.page(alice) as reader:
            slow = await stuck(house, house.page(alice))
            await flip(house, reader, ENOUGH)
            house.report(rings("1", "4002"))
            await reader.until(lambda p: bool(p.calls()))
            # What flaps is told a moment later: nobody reads it for the reader behind this.
            await same_as_a_fresh_one(house, reader)
            slow.socket.transport.resume_reading()
            await slow.until(lambda p: p.state == reader.state)
            assert slow.n < reader.n
            assert dropped(house) == 0


async def test_moments_that_cannot_be_told_end_the_stream(database: Path) -> None:
    async with running_house(database, settings=WebSettings(limits=Limits(slow=600))) as house:
        alice = await house.program("alice")
        told: list[LogChanged] = []
        house.rooms.bus.follow(LogChanged, told.append)
        async with house.page(alice) as reader:
            slow = await stuck(house, house.page(alice))
            house.report(rings("1", "4001"), answered("1", "4001"), ends("1", "4001"))
            await reader.until(lambda p: bool(p.moments))
            await flip(house, reader, ENOUGH)
            assert dropped(house) == 0
            for _ in range(MOMENTS + 1):
                house.rooms.bus.publish(told[0])
                await reader.next()
            assert dropped(house) == 1
            slow.socket.transport.resume_reading()
            assert await slow.closed() == 1013


async def test_one_that_never_wakes_up_is_cut(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "CUT_AFTER", 0.05)
    cut = asyncio.Event()
    lost = wire.LiveProtocol.connection_lost

    def noticed(self: wire.LiveProtocol, error: Exception | None) -> None:
        lost(self, error)
        cut.set()

    monkeypatch.setattr(wire.LiveProtocol, "connection_lost", noticed)
    async with running_house(database, settings=WebSettings(limits=Limits(slow=0.2))) as house:
        alice = await house.program("alice")
        async with house.page(alice) as reader:
            slow = await stuck(house, house.page(alice))
            await flip(house, reader, 100_000)
            await asyncio.wait_for(cut.wait(), 20)
            slow.socket.transport.resume_reading()
            with pytest.raises(websockets.ConnectionClosed) as closed:
                while True:
                    await slow.next()
            assert closed.value.rcvd is None

"""A driver that raises: its link is closed and dialled again, and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from tests.contracts.far_ends import Line, Switch
from tests.contracts.runner import PATIENCE
from tests.contracts.toy import ToyDriver
from tws.net.stream import Stream
from tws.net.telling import USER_FAILED
from tws.sentences import Words
from tws.telephony import alarm
from tws.telephony.commands import Command, CommandId, MakeCall
from tws.telephony.event_reports import LINK_DOWN, Event
from tws.telephony.events import LinkStatusChanged
from tws.telephony.link import Address, Peer
from tws.telephony.model import DeviceId, LinkId, LinkState
from tws.telephony.requests import Refusal
from tws.telephony.supervisor import Supervisor


class Mistaken(ToyDriver):
    """Raises where `wrong` says: once, or each time where it is `always`."""

    def __init__(self, address: Address) -> None:
        super().__init__(address)
        self.wrong = ""
        self.always = False
        self.mistakes = 0
        self.mistaken = asyncio.Event()
        self.wake: float | None = None
        self.woken = asyncio.Event()

    def _perhaps(self, where: str) -> None:
        if self.wrong == where:
            self.wrong = where if self.always else ""
            self.mistakes += 1
            self.mistaken.set()
            raise RuntimeError("a mistake of ours")

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        self._perhaps("receive_data")
        super().receive_data(peer, data, now)

    def connected(self, peer: Peer, now: float) -> None:
        self._perhaps("connected")
        super().connected(peer, now)

    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        self._perhaps("disconnected")
        super().disconnected(peer, why, now)

    def send(self, command: Command[Any], now: float) -> None:
        self._perhaps("send")
        super().send(command, now)

    def events(self) -> list[Event]:
        events = super().events()
        if events:
            self._perhaps("events")  # and they are lost
        return events

    def timer(self) -> float | None:
        self._perhaps("timer")
        return super().timer() if self.wake is None else self.wake

    def handle_timer(self, now: float) -> None:
        self._perhaps("handle_timer")
        self.wake = None
        super().handle_timer(now)
        self.woken.set()


class Bench:
    """A real carrier, and the PBX that it dials."""

    def __init__(self) -> None:
        self.switch = Switch()
        self.published: list[object] = []
        self._changed = asyncio.Event()

    def _publish(self, event: object) -> None:
        self.published.append(event)
        self._changed.set()

    def supervise(self, driver: Mistaken) -> Supervisor:
        numbers = count(1)
        return Supervisor(
            LinkId("pbx"),
            driver=driver,
            carrier=lambda user: Stream(user, backoff=lambda failures: 0.0),
            capacity=10,
            epoch=1,
            known={},
            publish=self._publish,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: f"id{next(numbers)}",
        )

    async def next_line(self) -> Line:
        """The PBX is dialled, and the link is up."""
        line = await self.switch.line()
        await self.state(LinkState.UP)
        return line

    async def state(self, wanted: LinkState) -> LinkStatusChanged:
        """Until the link tells so; what it told before is forgotten."""
        async with asyncio.timeout(PATIENCE):
            while True:
                while self.published:
                    event = self.published.pop(0)
                    if isinstance(event, LinkStatusChanged) and event.status.state is wanted:
                        return event
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def supervised() -> AsyncIterator[tuple[Bench, Mistaken, Supervisor]]:
    bench = Bench()
    await bench.switch.start()
    driver = Mistaken(Address("127.0.0.1", bench.switch.port))
    supervisor = bench.supervise(driver)
    await supervisor.start()
    try:
        yield bench, driver, supervisor
    finally:
        await supervisor.stop()
        await bench.switch.stop()


def make(id: str) -> MakeCall:
    return MakeCall(id=CommandId(id), device=DeviceId("4001"), called="4002")


async def asking(supervisor: Supervisor, line: Line, id: str) -> "asyncio.Task[Any]":
    """A command that the PBX has heard and not answered."""
    task = asyncio.create_task(supervisor.request(make(id)))
    ask = f"ask {id} 4001 makeCall\n".encode()
    assert await line.hear(len(ask)) == ask
    return task


async def refused(task: "asyncio.Task[Any]") -> str:
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(Refusal) as told:
            await task
    return told.value.cause


async def the_timer_works(driver: Mistaken, line: Line) -> None:
    driver.woken.clear()
    driver.wake = asyncio.get_running_loop().time()
    await line.say(b"ring 4001\n")
    async with asyncio.timeout(PATIENCE):
        await driver.woken.wait()


@pytest.mark.parametrize("where", ["receive_data", "events", "timer", "handle_timer", "send"])
async def test_a_mistake_closes_the_connection_and_dials_again(where: str) -> None:
    async with supervised() as (bench, driver, supervisor):
        line = await bench.next_line()
        waiting = await asking(supervisor, line, "c1")
        driver.wrong = where
        if where == "send":
            assert await refused(asyncio.create_task(supervisor.request(make("c2")))) == LINK_DOWN
        else:
            if where == "handle_timer":
                driver.wake = 0.0
            await line.say(b"ring 4001\n")
        assert await line.hear_end() == b""
        assert (await bench.state(LinkState.DOWN)).status.why == USER_FAILED
        assert await refused(waiting) == LINK_DOWN
        line = await bench.next_line()
        assert driver.mistakes == 1
        assert supervisor.counted().carried["user_errors"] == 1
        await the_timer_works(driver, line)
        again = await asking(supervisor, line, "c3")
        await line.say(b"done c3\n")
        async with asyncio.timeout(PATIENCE):
            assert await again is None


@pytest.mark.parametrize("where", ["disconnected", "connected"])
async def test_a_mistake_as_a_connection_ends_or_begins(where: str) -> None:
    async with supervised() as (bench, driver, supervisor):
        line = await bench.next_line()
        waiting = await asking(supervisor, line, "c1")
        driver.wrong = where
        await line.close()
        assert "closed" in str((await bench.state(LinkState.DOWN)).status.why)
        assert await refused(waiting) == LINK_DOWN
        if where == "connected":
            await (await bench.switch.line()).hear_end()
        line = await bench.next_line()
        assert supervisor.counted().carried["user_errors"] == driver.mistakes == 1
        await the_timer_works(driver, line)


async def test_a_timer_that_always_raises_is_tried_again_after_a_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alarm, "PAUSE", 0.01)
    async with supervised() as (bench, driver, supervisor):
        line = await bench.next_line()
        bench.switch.stop_listening()
        driver.wrong, driver.always, driver.wake = "handle_timer", True, 0.0
        await line.say(b"ring 4001\n")
        await line.hear_end()
        async with asyncio.timeout(PATIENCE):
            while driver.mistakes < 5:  # nobody is connected any more
                driver.mistaken.clear()
                await driver.mistaken.wait()
        driver.wrong = ""
        async with asyncio.timeout(PATIENCE):
            await driver.woken.wait()
        assert supervisor.status.state is LinkState.DOWN
        assert supervisor.counted().carried["user_errors"] == driver.mistakes

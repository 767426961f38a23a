"""A lost connection of the live stream: what was missed comes again, for a while, and to nobody
else."""

from pathlib import Path

import pytest
import websockets

from tests.web.calls import answered, rings
from tests.web.house import House, running_house
from tests.web.live.seen import same_as_a_fresh_one
from tests.web.page import Page
from tws.telephony.event_reports import DoNotDisturbChanged
from tws.telephony.model import DeviceId
from tws.web.live.outbox import KEPT_TICKS
from tws.web.live.stream import Limits
from tws.web.rooms import WebSettings


async def test_a_lost_connection_is_resumed_without_a_gap(house: House) -> None:
    page = await house.page(await house.program("alice")).open()
    house.report(rings("1", "4001"))
    await page.until(lambda p: bool(p.calls()))
    stream = page.stream
    page.cut()
    house.report(answered("1", "4001"))
    house.report(DoNotDisturbChanged(DeviceId("4002"), True))
    async with page:
        assert page.frames[-1]["type"] == "resumed" and page.stream == stream
        key = f"device/{house.device('4002')}"
        await page.until(lambda p: p.calls()[0]["state"] == "connected" and p.n >= 2)
        await page.until(lambda p: p.state[key]["doNotDisturb"])
        await same_as_a_fresh_one(house, page)


async def test_frames_that_never_arrived_come_again(house: House) -> None:
    page = await house.page(await house.program("alice")).open()
    for n in range(3):
        house.report(DoNotDisturbChanged(DeviceId("4001"), n % 2 == 0))
        await page.until(lambda p, n=n: p.n == n + 1)  # type: ignore[misc]
    before = page.frames[-2:]
    page.n, page.frames = 1, []  # as if the last two had been lost with the connection
    page.cut()
    async with page:
        await page.until(lambda p: p.n == 3)
        assert page.frames[0]["type"] == "resumed" and page.frames[0]["n"] == 3
        assert page.frames[1:] == before


async def test_what_arrived_long_ago_does_not_come_again(database: Path) -> None:
    settings = WebSettings(limits=Limits(tick=0.01))
    async with running_house(database, settings=settings) as house:
        page = await house.page(await house.program("alice")).open()
        for n in range(2):
            house.report(DoNotDisturbChanged(DeviceId("4001"), n % 2 == 0))
            await page.until(lambda p, n=n: p.n == n + 1)  # type: ignore[misc]

        def ticks(page: Page) -> int:
            return sum(frame["type"] == "tick" for frame in page.frames)

        before = ticks(page)
        await page.until(lambda p: ticks(p) > before + KEPT_TICKS + 1)
        page.n = 1  # it says that it missed the second
        page.cut()
        async with page:
            assert page.frames[-1]["type"] == "snapshot"


async def test_a_page_that_slept_takes_its_stream_from_its_dead_connection(house: House) -> None:
    alice = await house.program("alice")
    asleep = await house.page(alice).open()
    awake = house.page(alice)
    awake.stream, awake.n, awake.state = asleep.stream, asleep.n, asleep.state
    async with awake:
        assert awake.frames[-1]["type"] == "resumed"
        assert await asleep.closed() == 4409
        house.report(rings("1", "4001"))
        await awake.until(lambda p: bool(p.calls()))


async def test_an_unknown_stream_begins_again(house: House) -> None:
    page = house.page(await house.program("alice"))
    page.stream, page.n = "never-was", 7
    async with page:
        assert page.frames[-1]["type"] == "snapshot" and page.stream != "never-was"


async def test_a_number_never_sent_begins_again(house: House) -> None:
    page = await house.page(await house.program("alice")).open()
    page.cut()
    page.n = 99
    async with page:
        assert page.frames[-1]["type"] == "snapshot"


async def test_nobody_elses_stream_can_be_resumed(house: House) -> None:
    page = await house.page(await house.program("alice")).open()
    thief = house.page(await house.program("bob"))
    thief.stream = page.stream
    page.cut()
    async with thief:
        assert thief.frames[-1]["type"] == "snapshot"
        assert thief.state["me"]["username"] == "bob"
    async with page:
        assert page.frames[-1]["type"] == "resumed"


async def test_a_stream_is_forgotten_after_a_while(database: Path) -> None:
    settings = WebSettings(limits=Limits(kept=0.0))
    async with running_house(database, settings=settings) as house:
        alice = await house.program("alice")
        page = await house.page(alice).open()
        page.cut()
        async with house.page(alice):  # a round trip: the loss has been noticed
            pass
        async with page:
            assert page.frames[-1]["type"] == "snapshot"


async def test_connections_of_one_user_have_a_limit(database: Path) -> None:
    settings = WebSettings(limits=Limits(streams=2))
    async with running_house(database, settings=settings) as house:
        alice, bob = await house.program("alice"), await house.program("bob")
        async with house.page(alice), house.page(alice):
            third = house.page(alice)
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await third.open()
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 1013
            async with house.page(bob):
                pass
        async with house.page(alice):
            pass


async def test_only_so_many_lost_streams_are_kept(database: Path) -> None:
    settings = WebSettings(limits=Limits(lost=2))
    async with running_house(database, settings=settings) as house:
        alice = await house.program("alice")
        lost = [await house.page(alice).open() for _ in range(3)]
        for page in lost:
            await page.close()
        for page, frame in ((lost[2], "resumed"), (lost[1], "resumed"), (lost[0], "snapshot")):
            async with page:
                assert page.frames[-1]["type"] == frame

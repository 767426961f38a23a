"""kill -9 of TWS and of the PBX in mid-call: no ghost on any page, one line for each call.

A gap is a time in which the PBX was not heard: the log says so and invents nothing.
"""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.asterisk_pbx import asterisk_pbx
from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Pbx, Seat, Site, running_site
from tests.peers import require_peer
from tests.running import Problem


@pytest.fixture(params=["simulator", "asterisk"])
async def pbx(request: pytest.FixtureRequest) -> AsyncIterator[Pbx]:
    """A PBX of its own for each test: it does not survive it."""
    if request.param == "asterisk":
        require_peer("asterisk")
        require_peer("phones")
        require_peer("sipp")
        async with asterisk_pbx() as asterisk:
            yield asterisk
    else:
        async with simulated_pbx() as simulated:
            yield simulated


@pytest.fixture
async def site(pbx: Pbx, tmp_path: Path) -> AsyncIterator[Site]:
    async with running_site(pbx, tmp_path, people=2) as site:
        yield site


async def in_a_call(site: Site) -> tuple[Seat, Seat]:
    a, b = site.seats
    await a.do("makeCall", called=b.number)
    await b.phone.rings()
    await b.phone.answer()
    for seat in (a, b):  # the one who dials is connected before anybody answers
        calls = seat.live.calls
        await seat.live.until(lambda calls=calls: any(c["answered"] for c in calls()), "answered")  # type: ignore[misc]
    return a, b


@contextlib.asynccontextmanager
async def back_at_the_desk(site: Site) -> AsyncIterator[tuple[Seat, Seat]]:
    """The same people after a restart of TWS, with the sessions they had."""
    async with contextlib.AsyncExitStack() as stack:
        before, site.seats = site.seats, []
        for seat in before:
            live = await stack.enter_async_context(seat.api.live())
            await live.device(number=seat.number, state="monitored")
            site.seats.append(replace(seat, live=live))
        a, b = site.seats
        yield a, b


async def logged(seat: Seat, count: int) -> list[dict[str, Any]]:
    """The log once it has `count` lines."""

    def told() -> int:
        return sum(moment["kind"] == "log" for moment in seat.live.moments)

    while True:
        seen = told()
        entries = await seat.log()
        if len(entries) >= count:
            return entries
        await seat.live.until(lambda seen=seen: told() > seen, f"{count} lines, not {entries}")  # type: ignore[misc]


async def test_tws_is_killed_and_the_call_goes_on(site: Site) -> None:
    a, _ = await in_a_call(site)
    before = await a.live.call(state="connected")
    await site.tws.kill()
    await site.tws.restart()
    async with back_at_the_desk(site) as (a, b):
        shown = await a.live.call(state="connected")
        assert shown["connection"] == before["connection"]
        assert shown["answered"] == before["answered"]
        assert shown["thread"] == before["thread"]
        await a.do("clearConnection", connection=shown["connection"])
        await b.phone.idle()
        await a.live.no_call()
        for seat, direction in ((a, "outgoing"), (b, "incoming")):
            (line,) = await logged(seat, 1)
            assert (line["direction"], line["outcome"]) == (direction, "answered")
            assert line["gap"]


async def test_tws_is_killed_and_the_call_ends_meanwhile(site: Site) -> None:
    a, b = await in_a_call(site)
    connection = (await a.live.call(state="connected"))["connection"]
    await site.tws.kill()
    await b.phone.hang_up()
    await a.phone.hang_up()
    await a.phone.idle()
    await site.tws.restart()
    async with back_at_the_desk(site) as (a, b):
        await a.live.no_call()
        await b.live.no_call()
        (line,) = await logged(a, 1)
        assert line["id"] == connection
        assert (line["outcome"], line["endNotSeen"]) == ("endNotSeen", True)
        assert len(await logged(b, 1)) == 1


async def test_a_request_sent_again_after_a_kill_dials_nobody(site: Site) -> None:
    a, b = site.seats
    await a.do("makeCall", key="one", called=b.number)
    await b.phone.rings()
    rung = b.phone.rung
    await site.tws.kill()
    await a.phone.hang_up()
    await b.phone.idle()
    await site.tws.restart()
    async with back_at_the_desk(site) as (a, b):
        with pytest.raises(Problem) as refused:
            await a.do("makeCall", key="one", called=b.number)
        assert (refused.value.status, refused.value.code) == (503, "outcomeUnknown")
        assert await site.pbx.live_calls() == []
        await a.do("makeCall", key="two", called=b.number)
        await b.phone.rings()
        assert b.phone.rung == rung + 1


async def test_the_pbx_is_killed_in_mid_call(site: Site) -> None:
    a, b = await in_a_call(site)
    await site.pbx.kill()
    await a.live.device(state="linkDown")
    await site.pbx.restart()
    await a.live.device(state="monitored")
    await a.live.no_call()
    await b.live.no_call()
    for seat in (a, b):
        (line,) = await logged(seat, 1)
        assert (line["outcome"], line["gap"]) == ("endNotSeen", True)


async def test_a_call_id_that_a_restarted_pbx_uses_again_is_another_call(site: Site) -> None:
    a, _ = await in_a_call(site)
    await site.pbx.kill()
    await a.live.device(state="linkDown")
    await site.pbx.restart()
    await a.live.device(state="monitored")
    await a.live.no_call()
    for seat in site.seats:
        await seat.phone.hang_up()
    a, b = await in_a_call(site)
    own = await a.call(state="connected")
    await a.do("clearConnection", connection=own)
    await b.phone.idle()
    lines = await logged(a, 2)
    assert [line["outcome"] for line in lines] == ["answered", "endNotSeen"]
    assert lines[0]["id"] != lines[1]["id"]


async def test_who_calls_back_after_a_restart_of_the_pbx_has_a_line_of_its_own(
    tmp_path: Path,
) -> None:
    """The same two, the same id, before TWS is connected again: only who called has changed."""
    async with simulated_pbx() as pbx, running_site(pbx, tmp_path, people=2) as site:
        a, b = await in_a_call(site)
        before = await a.live.call(state="connected")
        await pbx.kill()
        await a.live.device(state="linkDown")
        await pbx.restart()
        await b.phone.dial(a.number)
        await a.phone.answer()
        await a.live.device(state="monitored")
        now = await a.live.call(state="connected", direction="incoming")
        assert now["connection"] != before["connection"]
        with pytest.raises(Problem) as gone:  # of a page that shows the call of before
            await a.do("clearConnection", connection=before["connection"])
        assert gone.value.status == 404
        await a.do("clearConnection", connection=now["connection"])
        await b.phone.idle()
        for seat, direction in ((a, "incoming"), (b, "outgoing")):
            new, old = await logged(seat, 2)
            assert (new["direction"], new["outcome"]) == (direction, "answered")
            assert (old["id"] == before["connection"]) is (seat is a)
            assert old["outcome"] == "endNotSeen"

"""The call log, on each PBX: one line for each call, and who forwarded or transferred it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.end_to_end.scenes import consulting, talking
from tests.end_to_end.site import Seat, Site

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Log:
    """The lines of one person's log of the calls that begin from here on."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.began = seat, datetime.now(UTC)

    def ended(self) -> set[str]:
        """As far as the page has been told."""
        told = (m["entry"] for m in self.seat.live.moments if m["kind"] == "log")
        return {one["id"] for one in told if one["ended"] and self._later(one)}

    def _later(self, line: dict[str, Any]) -> bool:
        return datetime.fromisoformat(line["started"]) >= self.began

    async def lines(self, count: int) -> list[dict[str, Any]]:
        """So many finished ones, newest first."""
        await self.seat.live.until(lambda: len(self.ended()) >= count, f"{count} lines")
        lines = [line for line in await self.seat.log() if self._later(line)]
        assert len(lines) == count
        return lines


async def test_calls_are_logged_once_for_each(site: Site) -> None:
    a, b, *_ = site.seats
    log = Log(b)
    own, _ = await talking(a, b)
    await a.do("holdCall", connection=own)
    await a.do("retrieveCall", connection=own)
    await a.do("clearConnection", connection=own)
    (line,) = await log.lines(1)
    shown = (line["direction"], line["outcome"], line["number"])
    assert shown == ("incoming", "answered", a.number)


async def test_a_transfer_is_logged_with_who_made_it(site: Site) -> None:
    a, b, c, *_ = site.seats
    logs = {seat.number: Log(seat) for seat in (a, b, c)}
    held, active = await consulting(a, b, c)
    await a.do("transferCall", held=held, active=active)
    await b.phone.talks_with(c.phone)
    await c.call(state="connected")
    await b.phone.hang_up()
    (line,) = await logs[c.number].lines(1)
    assert (line["outcome"], line["number"]) == ("answered", b.number)
    assert (line["via"]["cause"], line["via"]["by"]["number"]) == ("transfer", a.number)
    (line,) = await logs[b.number].lines(1)
    assert line["outcome"] == "answered"
    lines = await logs[a.number].lines(2)
    assert "transferred" in [line["outcome"] for line in lines]
    others = [line["other"]["number"] for line in lines if line["outcome"] == "transferred"]
    assert c.number in others
    # Whom one asked first got the other: nobody is handed to themselves.
    assert not [
        line for line in lines if line["other"] and line["other"]["number"] == line["number"]
    ]


async def test_a_blind_transfer_is_logged_with_who_made_it(site: Site) -> None:
    a, b, c, *_ = site.seats
    logs = {seat.number: Log(seat) for seat in (a, c)}
    own, _ = await talking(a, b)
    await a.do("singleStepTransferCall", active=own, transferredTo=c.number)
    await c.phone.answer()
    await c.phone.talks_with(b.phone)
    await c.call(state="connected")
    await b.phone.hang_up()
    (line,) = await logs[c.number].lines(1)
    assert line["via"]["by"]["number"] == a.number
    assert line["via"]["cause"] == "singleStepTransfer"
    (line,) = await logs[a.number].lines(1)
    assert (line["outcome"], line["other"]["number"]) == ("transferred", c.number)


async def test_a_forwarded_call_is_logged_with_who_forwarded_it(site: Site) -> None:
    """Forwarded at B after it has rung there: a line for B, and one for C that names B."""
    a, b, c, *_ = site.seats
    logs = {seat.number: Log(seat) for seat in (b, c)}
    place = {"type": "noAnswer", "origin": "all"}
    await b.do("setForwarding", **place, active=True, destination=c.number, ringDuration=1)
    await a.phone.dial(b.number)
    await b.phone.rings()
    await c.phone.answer()
    await c.phone.talks_with(a.phone)
    await c.call(state="connected")
    await a.phone.hang_up()
    (line,) = await logs[c.number].lines(1)
    assert (line["via"]["cause"], line["via"]["by"]["number"]) == (
        "callForwardNoAnswer",
        b.number,
    )
    (line,) = await logs[b.number].lines(1)
    assert (line["outcome"], line["other"]["number"]) == ("forwarded", c.number)

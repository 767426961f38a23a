"""Calls that many tests begin with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.end_to_end.site import Seat, Site


async def talking(a: Seat, b: Seat) -> tuple[str, str]:
    """A calls B by the page, B answers by hand; their connections."""
    await a.do("makeCall", called=b.number)
    await b.phone.rings()
    await b.phone.answer()
    await a.phone.talks_with(b.phone)
    return await a.call(state="connected"), await b.call(state="connected")


async def consulting(a: Seat, b: Seat, c: Seat) -> tuple[str, str]:
    """A talks with C while B waits; A's held and active connections."""
    first, _ = await talking(a, b)
    await a.do("consultationCall", existing=first, consulted=c.number)
    await c.phone.rings()
    await c.phone.answer()
    await a.phone.talks_with(c.phone)
    held = await a.call(state="hold")
    active = await a.call(state="connected")
    assert held == first
    return held, active


@asynccontextmanager
async def second_telephone(site: Site) -> AsyncIterator[Seat]:
    """The telephone of the last person is the first one's other one meanwhile: a seat at it."""
    first, last = site.seats[0], site.seats[-1]

    async def give(user: str, label: str) -> None:
        path = f"/admin/devices/{last.device}"
        version = (await site.admin.get(path))["version"]
        await site.admin.request("PATCH", path, {"version": version, "user": user, "label": label})

    row = await site.admin.get(f"/admin/devices/{last.device}")
    await give(first.live.state["me"]["id"], "DECT")
    await first.live.device(number=last.number, state="monitored")
    try:
        yield Seat(site, first.api, first.live, last.device, last.phone)
    finally:
        await last.phone.hang_up()
        await give(row["user"], row["label"])
        await last.live.device(number=last.number, state="monitored")

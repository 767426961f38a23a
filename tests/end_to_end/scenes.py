"""Calls that many tests begin with."""

from tests.end_to_end.site import Seat


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

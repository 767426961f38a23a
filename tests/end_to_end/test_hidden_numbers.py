"""Calls that do not tell who calls: on each PBX, seen at the telephone that rings."""

import pytest

from tests.end_to_end.asterisk_pbx import SipHandset
from tests.end_to_end.site import Seat, Site

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def call_hidden(a: Seat, b: Seat, hide: bool | None = None) -> str:
    """Its connection. (Of whom the pages do not name nobody can be told to be in one call.)"""
    made = await a.api.do("makeCall", device=a.device, called=b.number, hideNumber=hide)
    connection: str = made["connection"]
    return connection


async def who_rings(b: Seat) -> tuple[str | None, bool]:
    """As the page of whom is called says it, and as a real telephone does."""
    await b.phone.rings()
    (party,) = (await b.live.call(state="alerting", direction="incoming"))["parties"]
    if isinstance(b.phone, SipHandset):
        shown = (await b.phone.phone.rings()).remote_number
        assert (shown == "anonymous") == party["restricted"], shown
    return party["number"], party["restricted"]


async def test_a_call_without_ones_number(site: Site) -> None:
    a, b, *_ = site.seats
    await a.live.device(number=a.number, hidesNumber=True)
    made = await call_hidden(a, b, hide=True)
    assert await who_rings(b) == (None, True)
    await b.phone.answer()
    await a.phone.talks_with(b.phone)
    own = await a.live.call(connection=made, state="connected")
    assert own["parties"][0]["number"] == b.number
    await a.do("clearConnection", connection=own["connection"])
    await a.phone.idle()
    # The next one has it.
    await a.do("makeCall", called=b.number)
    assert await who_rings(b) == (a.number, False)
    # Where it is a switch of the telephone, a restart in between would have found that.
    remembered = site.tws.data / "state" / "withheld.json"
    if isinstance(a.phone, SipHandset):
        assert not remembered.exists()
    else:
        assert remembered.read_text() == "{}"


async def test_ones_number_is_hidden_as_one_prefers(site: Site) -> None:
    a, b, c, *_ = site.seats

    async def prefer(hidden: bool) -> None:
        version = (await a.api.get("/preferences"))["version"]
        await a.api.request("PATCH", "/preferences", {"version": version, "hideNumber": hidden})

    await prefer(True)
    try:
        own = await call_hidden(a, b)
        assert await who_rings(b) == (None, True)
        await a.do("clearConnection", connection=own)
        await a.phone.idle()
        await a.do("makeCall", called=b.number, hideNumber=False)
        assert await who_rings(b) == (a.number, False)
        # Whom one asks first is called without it too, though whom one talks with knows it.
        await b.phone.answer()
        await a.phone.talks_with(b.phone)
        first = await a.call(state="connected")
        await a.api.do("consultationCall", device=a.device, existing=first, consulted=c.number)
        assert await who_rings(c) == (None, True)
        await c.phone.answer()
        await a.phone.talks_with(c.phone)
        held, active = await a.call(state="hold"), await a.call(state="connected")
        await a.do("transferCall", held=held, active=active)
        await b.phone.talks_with(c.phone)
    finally:
        await prefer(False)

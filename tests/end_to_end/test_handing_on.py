"""A call that goes on at another of one's telephones, or is taken back while it rings."""

from typing import Any

import pytest

from tests.end_to_end.scenes import second_telephone, talking
from tests.end_to_end.site import Seat, Site
from tests.end_to_end.test_log import Log
from tests.running import Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def handed_on(seat: Seat) -> dict[str, Any]:
    """What it handed on, once the page shows that it rings there."""

    def look() -> dict[str, Any] | None:
        found = (v for key, v in seat.live.state.items() if key.startswith("handedOn/"))
        return next(found, None)

    value: dict[str, Any] = await seat.live.until(look, "a call that rings where it was handed on")
    return value


async def moves(seat: Seat, connection: str, to: Seat) -> None:
    """Its user goes on at another of theirs: what a page shows of both is theirs."""
    await seat.api.do("moveCall", device=seat.device, connection=connection, to=to.device)


async def nothing_handed_on(seat: Seat) -> None:
    await seat.live.until(
        lambda: not any(key.startswith("handedOn/") for key in seat.live.state), "nothing rings"
    )


async def test_a_call_goes_on_at_another_of_ones_telephones(site: Site) -> None:
    a, b, *_ = site.seats
    async with second_telephone(site) as other:
        own, _ = await talking(a, b)
        before = await a.live.call(connection=own)
        await moves(a, own, other)
        await other.phone.rings()
        await a.phone.idle()
        ringing = await a.live.call(device=other.device, state="alerting")
        assert ringing["thread"] == before["thread"]
        assert ringing["parties"][0]["number"] == b.number
        assert (await handed_on(a))["to"]["number"] == other.number
        await other.phone.answer()
        await other.phone.talks_with(b.phone)
        await b.phone.talks_with(other.phone)
        await nothing_handed_on(a)
        here = await a.live.call(state="connected")
        assert (here["device"], here["thread"]) == (other.device, before["thread"])
        # And back.
        await moves(other, here["connection"], a)
        await a.phone.answer()
        await a.phone.talks_with(b.phone)
        await other.phone.idle()


async def test_a_moved_call_that_nobody_takes_there_is_not_missed(site: Site) -> None:
    a, b, *_ = site.seats
    log = Log(a)
    before = (await a.api.get("/journal/news"))["missed"]
    async with second_telephone(site) as other:
        _, own = await talking(b, a)
        await moves(a, own, other)
        await other.phone.rings()
        await b.phone.hang_up()
        await other.phone.idle()
        lines = await log.lines(2)
    assert sorted(line["outcome"] for line in lines) == ["missed", "transferred"]
    assert (await a.api.get("/journal/news"))["missed"] == before


async def test_a_call_is_not_moved_to_where_it_would_be_lost(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    async with second_telephone(site) as other:
        await other.do("setDoNotDisturb", on=True)
        await a.live.device(number=other.number, doNotDisturb=True)
        for to, status, words in (
            (other.device, 422, "do not disturb"),
            (a.device, 422, "at this telephone already"),
            (c.device, 404, "No such telephone"),
        ):
            with pytest.raises(Problem) as refused:
                await a.do("moveCall", connection=own, to=to)
            assert refused.value.status == status
            assert words in refused.value.content["detail"]
        await other.do("setDoNotDisturb", on=False)
    await a.phone.talks_with(b.phone)


async def test_a_blind_transfer_is_taken_back_while_it_rings(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    thread = (await a.live.call(connection=own))["thread"]
    await a.do("singleStepTransferCall", active=own, transferredTo=c.number)
    await c.phone.rings()
    rings = await handed_on(a)
    assert rings["to"]["number"] == c.number
    assert rings["party"]["number"] == b.number
    with pytest.raises(Problem) as refused:  # it is not b's to take
        await b.do("takeBackCall", connection=rings["connection"])
    assert refused.value.status == 404
    reached = await a.do("takeBackCall", connection=rings["connection"])
    await a.phone.talks_with(b.phone)
    await c.phone.idle()
    await c.live.no_call()
    back = await a.live.call(state="connected")
    assert (back["connection"], back["thread"]) == (reached["connection"], thread)
    assert (back["via"]["cause"], back["via"]["by"]["number"]) == ("recall", c.number)
    await nothing_handed_on(a)


async def test_what_was_answered_there_is_not_taken_back(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("singleStepTransferCall", active=own, transferredTo=c.number)
    await c.phone.rings()
    rings = await handed_on(a)
    await c.phone.answer()
    await c.phone.talks_with(b.phone)
    await nothing_handed_on(a)
    with pytest.raises(Problem) as refused:
        await a.do("takeBackCall", connection=rings["connection"])
    assert refused.value.status == 404
    await c.phone.talks_with(b.phone)

"""Every operation through the public API, on each PBX, looked at from the other telephones."""

import pytest

from tests.end_to_end.scenes import consulting, talking
from tests.end_to_end.site import Seat, Site
from tests.running import Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")
NOBODY = "5999"


async def test_make_call_rings_the_other_telephone(site: Site) -> None:
    a, b, *_ = site.seats
    made = await a.do("makeCall", called=b.number)
    assert made["connection"] is not None
    await b.phone.rings()
    ringing = await b.live.call(state="alerting", direction="incoming")
    assert ringing["parties"][0]["number"] == a.number
    await b.phone.answer()
    await a.phone.talks_with(b.phone)
    call = await a.live.call(state="connected", direction="outgoing")
    assert call["connection"] == made["connection"]
    assert call["parties"][0]["number"] == b.number


async def test_make_call_rings_the_own_telephone_first_when_prompted(site: Site) -> None:
    a, b, *_ = site.seats
    before = b.phone.rung
    await a.do("makeCall", called=b.number, prompt=True)
    await a.phone.rings()
    assert b.phone.rung == before
    await a.phone.answer()
    await b.phone.rings()
    await b.phone.answer()
    await a.phone.talks_with(b.phone)


async def test_a_repeated_key_dials_once(site: Site) -> None:
    a, b, *_ = site.seats
    first = await a.do("makeCall", "one-gesture", called=b.number)
    await b.phone.rings()
    again = await a.do("makeCall", "one-gesture", called=b.number)
    assert again == first
    assert len(b.live.calls()) == 1


async def test_answer_call(site: Site) -> None:
    a, b, *_ = site.seats
    await a.phone.dial(b.number)
    await b.do("answerCall", connection=await b.call(state="alerting"))
    await b.phone.talks_with(a.phone)
    await a.phone.talks_with(b.phone)
    await b.call(state="connected")


async def test_clear_connection_ends_it_for_both(site: Site) -> None:
    a, b, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("clearConnection", connection=own)
    await a.phone.idle()
    await b.phone.idle()
    await a.live.no_call()
    await b.live.no_call()


async def test_refuse_a_ringing_call(site: Site) -> None:
    a, b, *_ = site.seats
    await a.phone.dial(b.number)
    await b.do("clearConnection", connection=await b.call(state="alerting"))
    await b.phone.idle()
    await b.live.no_call()


async def test_hold_and_retrieve(site: Site) -> None:
    a, b, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("holdCall", connection=own)
    await b.phone.hears_nobody()
    await a.live.call(connection=own, state="hold")
    await a.do("retrieveCall", connection=own)
    await b.phone.talks_with(a.phone)
    await a.live.call(connection=own, state="connected")


async def test_consultation_and_transfer(site: Site) -> None:
    a, b, c, *_ = site.seats
    held, active = await consulting(a, b, c)
    await b.phone.hears_nobody()
    await a.do("transferCall", held=held, active=active)
    await b.phone.talks_with(c.phone)
    await a.phone.idle()
    await a.live.no_call()
    remaining = await b.live.call(state="connected")
    assert [party["number"] for party in remaining["parties"]] == [c.number]
    joined = await c.live.call(state="connected")
    assert joined["via"]["cause"] == "transfer"
    assert joined["via"]["by"]["number"] == a.number


async def test_transfer_while_it_still_rings(site: Site) -> None:
    a, b, c, *_ = site.seats
    first, _ = await talking(a, b)
    await a.do("consultationCall", existing=first, consulted=c.number)
    await c.phone.rings()
    held, active = await a.call(state="hold"), await a.call(state="connected")
    await a.do("transferCall", held=held, active=active)
    await a.phone.idle()
    await c.phone.rings()
    await c.phone.answer()
    await b.phone.talks_with(c.phone)
    await a.live.no_call()


async def test_alternate(site: Site) -> None:
    a, b, c, *_ = site.seats
    held, active = await consulting(a, b, c)
    await a.do("alternateCall", held=held, active=active)
    await a.phone.talks_with(b.phone)
    await c.phone.hears_nobody()
    await a.live.call(connection=held, state="connected")
    await a.live.call(connection=active, state="hold")


async def test_reconnect(site: Site) -> None:
    a, b, c, *_ = site.seats
    held, active = await consulting(a, b, c)
    await a.do("reconnectCall", held=held, active=active)
    await a.phone.talks_with(b.phone)
    await c.phone.idle()
    await c.live.no_call()
    await a.live.call(connection=held, state="connected")


async def test_blind_transfer(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("singleStepTransferCall", active=own, transferredTo=c.number)
    await c.phone.rings()
    await a.phone.idle()
    await c.phone.answer()
    await b.phone.talks_with(c.phone)
    await a.live.no_call()
    await b.live.call(state="connected")


async def test_conference(site: Site) -> None:
    a, b, c, *_ = site.seats
    held, active = await consulting(a, b, c)
    await a.do("conferenceCall", held=held, active=active)
    await a.phone.talks_with(b.phone, c.phone)
    await b.phone.talks_with(a.phone, c.phone)
    await c.phone.talks_with(a.phone, b.phone)
    together = await a.live.call(conference=True)
    assert {party["number"] for party in together["parties"]} == {b.number, c.number}
    await b.phone.hang_up()
    await a.phone.talks_with(c.phone)


async def test_single_step_conference(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("singleStepConferenceCall", active=own, joining=c.number)
    await c.phone.rings()
    await c.phone.answer()
    await c.phone.talks_with(a.phone, b.phone)
    await a.live.call(conference=True)


async def test_a_silent_listener_hears_and_is_not_heard(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("singleStepConferenceCall", active=own, joining=c.number, participation="silent")
    await c.phone.rings()
    await c.phone.answer()
    await c.phone.hears(a.phone, b.phone)
    await a.phone.hears(b.phone)
    await b.phone.hears(a.phone)


async def test_deflect(site: Site) -> None:
    a, b, c, *_ = site.seats
    await a.phone.dial(b.number)
    ringing = await b.call(state="alerting")
    await b.do("deflectCall", connection=ringing, destination=c.number)
    await c.phone.rings()
    await b.phone.idle()
    await b.live.no_call()
    arrived = await c.live.call(state="alerting")
    assert arrived["via"]["by"]["number"] == b.number
    await c.phone.answer()
    await c.phone.talks_with(a.phone)


async def test_directed_pickup(site: Site) -> None:
    a, b, c, *_ = site.seats
    await a.phone.dial(b.number)
    await b.phone.rings()
    await b.live.call(state="alerting")
    await c.do("directedPickupCall", ringingDevice=b.number)
    await c.phone.talks_with(a.phone)
    await b.phone.idle()
    await b.live.no_call()
    await c.live.call(state="connected")


async def test_group_pickup(site: Site) -> None:
    a, b, c, *_ = site.seats
    await a.phone.dial(b.number)
    await b.phone.rings()
    await c.do("groupPickupCall")
    await c.phone.talks_with(a.phone)
    await b.phone.idle()


async def test_park_and_fetch(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    place = await a.do("parkCall", connection=own)
    assert place
    await a.live.no_call()
    await c.phone.dial(place)
    await c.phone.talks_with(b.phone)


@pytest.mark.parametrize("fetcher", [0, 2], ids=["who parked it", "somebody else"])
async def test_a_parked_call_is_picked_up_at_its_place(site: Site, fetcher: int) -> None:
    a, b, *_ = site.seats
    own, _ = await talking(a, b)
    place = await a.do("parkCall", connection=own)
    await a.phone.idle()
    await a.live.until(lambda: parked(a) == [(place, b.number)], "who waits, and where")
    c = site.seats[fetcher]
    reached = await c.do("directedPickupCall", ringingDevice=place)
    await c.phone.talks_with(b.phone)
    fetched = await c.live.call(state="connected")
    assert fetched["connection"] == reached["connection"]
    assert (fetched["via"]["cause"], fetched["via"]["by"]["number"]) == ("park", place)
    assert fetched["parties"][0]["number"] == b.number
    await a.live.until(lambda: parked(a) == [], "nobody waits")
    with pytest.raises(Problem) as again:
        await c.do("directedPickupCall", ringingDevice=place)
    assert again.value.status == 404


async def test_an_outside_caller_who_is_parked_is_picked_up(site: Site) -> None:
    """Nobody's telephone is in the call while they wait."""
    a, _, c, *_ = site.seats
    await site.pbx.call_from_outside("0612345678", a.number)
    await a.phone.answer()
    own = await a.call(state="connected")
    place = await a.do("parkCall", connection=own)
    await a.phone.idle()
    await a.live.until(lambda: [p for p, _ in parked(a)] == [place], "where they wait")
    await c.do("directedPickupCall", ringingDevice=place)
    (joined,) = [ears for ears in await site.pbx.live_calls() if c.number in ears]
    assert len(joined) == 2
    talking = await c.live.call(state="connected")
    assert talking["parties"][0]["number"] == site.pbx.outside_prefix + "0612345678"
    assert talking["via"]["cause"] == "park"
    await a.live.until(lambda: parked(a) == [], "nobody waits")


async def test_a_parked_party_who_hangs_up_waits_no_more(site: Site) -> None:
    a, b, c, *_ = site.seats
    own, _ = await talking(a, b)
    place = await a.do("parkCall", connection=own)
    await a.live.until(lambda: parked(a) == [(place, b.number)], "who waits, and where")
    await b.phone.hang_up()
    await a.live.until(lambda: parked(a) == [], "nobody waits")
    with pytest.raises(Problem) as gone:
        await c.do("directedPickupCall", ringingDevice=place)
    assert gone.value.status == 404


def parked(seat: Seat) -> list[tuple[str, str | None]]:
    """The places of the calls that it parked, and who waits there."""
    values = (value for key, value in seat.live.state.items() if key.startswith("parked/"))
    return [(value["place"], value["party"]["number"]) for value in values]


async def test_digits_reach_the_other_telephone(site: Site) -> None:
    a, b, *_ = site.seats
    own, _ = await talking(a, b)
    await a.do("generateDigits", connection=own, digits="12#")
    await b.phone.got_digits("12#")


async def test_a_snapshot_says_what_the_page_says(site: Site) -> None:
    a, b, *_ = site.seats
    await talking(a, b)
    (shown,) = await a.do("snapshotDevice")
    assert shown["state"] == "connected"


async def test_what_is_no_call_and_no_number_is_refused_without_asking_the_pbx(site: Site) -> None:
    a, *_ = site.seats
    with pytest.raises(Problem) as refused:
        await a.do("answerCall", connection="0199-no-such-call")
    assert refused.value.status == 404
    with pytest.raises(Problem) as refused:
        await a.do("makeCall", called="call me")
    assert refused.value.status == 422


async def test_what_the_pbx_refuses_is_said_with_its_cause(site: Site) -> None:
    """There is nothing to pick up, and then no line is free to call from."""
    a, b, *_ = site.seats
    with pytest.raises(Problem) as refused:
        await a.do("groupPickupCall")
    assert (refused.value.status, refused.value.content["cause"]) == (409, "noCallToAnswer")
    await a.phone.be_busy()
    try:
        with pytest.raises(Problem) as refused:
            await a.do("makeCall", called=b.number)
    finally:
        await a.phone.be_free()
    told = (refused.value.status, refused.value.content["cause"])
    assert told == (409, site.pbx.busy_caller)
    await a.live.no_call()


async def test_a_number_that_nobody_has(site: Site) -> None:
    """Refused; or dialled all the same, and the telephone hears that there is nobody."""
    a, *_ = site.seats
    if site.pbx.refuses_unknown_numbers:
        with pytest.raises(Problem) as refused:
            await a.do("makeCall", called=NOBODY)
        told = (refused.value.status, refused.value.content["cause"])
        assert told == (409, "invalidDestination")
        await a.live.no_call()
    else:
        await a.do("makeCall", called=NOBODY)
        await a.phone.busy_tone()
        failed = await a.live.call(state="fail")
        assert failed["failure"] == "destNotObtainable"

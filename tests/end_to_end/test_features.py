"""What is set for a telephone, on each PBX: who calls, and which telephone rings."""

from typing import Any

import pytest

from tests.end_to_end.site import Seat, Site
from tests.running import Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")
OUTSIDE = "0612345678"


def active_forwarding(seat: Seat) -> dict[str, Any] | None:
    forwardings = seat.live.state[f"device/{seat.device}"]["forwardings"] or ()
    return next((one for one in forwardings if one["active"]), None)


async def forward(seat: Seat, to: Seat, type: str, origin: str = "all", **more: Any) -> None:
    place = {"type": type, "origin": origin}
    await seat.do("setForwarding", **place, active=True, destination=to.number, **more)


async def arrived(at: Seat, by: Seat, cause: str) -> None:
    """The call rings at `at`, whose page says by whom it was forwarded, and why."""
    await at.phone.rings()
    call = await at.live.call(state="alerting")
    assert call["via"]["cause"] == cause
    assert call["via"]["by"]["number"] == by.number


async def test_forwarding_at_once(site: Site) -> None:
    a, b, c, *_ = site.seats
    before = b.phone.rung
    await forward(b, c, "immediate")
    shown = await b.live.until(lambda: active_forwarding(b), "a forwarding")
    assert shown["destination"] == c.number
    told = await b.do("getForwarding")
    assert [f["destination"] for f in told if f["active"]] == [c.number]
    await a.phone.dial(b.number)
    await arrived(c, b, "callForwardImmediate")
    assert b.phone.rung == before
    assert b.live.calls() == []


async def test_forwarding_when_busy(site: Site) -> None:
    a, b, c, *_ = site.seats
    await forward(b, c, "busy")
    await a.phone.dial(b.number)
    await b.phone.rings()  # not while it is free
    await a.phone.hang_up()
    await b.phone.idle()
    await b.phone.be_busy()
    try:
        await a.phone.dial(b.number)
        await arrived(c, b, "callForwardBusy")
        await c.phone.answer()
        await c.phone.talks_with(a.phone)
    finally:
        await b.phone.be_free()


async def test_forwarding_when_nobody_answers(site: Site) -> None:
    a, b, c, *_ = site.seats
    await forward(b, c, "noAnswer", ringDuration=1)
    await b.live.until(lambda: active_forwarding(b), "a forwarding")
    await a.phone.dial(b.number)
    await b.phone.rings()
    await arrived(c, b, "callForwardNoAnswer")
    await b.phone.idle()
    await c.phone.answer()
    await c.phone.talks_with(a.phone)


@pytest.mark.parametrize(
    ("type", "cause", "more"),
    [
        ("immediate", "callForwardImmediate", {}),
        ("busy", "callForwardBusy", {}),
        ("noAnswer", "callForwardNoAnswer", {"ringDuration": 1}),
    ],
)
async def test_forwarding_of_internal_and_external_calls(
    site: Site, type: str, cause: str, more: dict[str, Any]
) -> None:
    """To two telephones."""
    a, b, c, d = site.seats
    offered = {origin for kind, origin in site_kinds(b) if kind == type}
    assert offered == {"all", "internal", "external"}
    await forward(b, c, type, "internal", **more)
    await forward(b, d, type, "external", **more)
    if type == "busy":
        await b.phone.be_busy()
    before = b.phone.rung
    try:
        await a.phone.dial(b.number)
        await site.pbx.call_from_outside(OUTSIDE, b.number)
        await arrived(c, b, cause)
        await arrived(d, b, cause)
    finally:
        await b.phone.be_free()
    if type != "busy":  # some PBXs ask a busy telephone all the same
        assert (b.phone.rung > before) == (type == "noAnswer")


async def test_a_consultation_comes_from_inside_whoever_waits(site: Site) -> None:
    """The telephone had its first call from outside, and asks a colleague about it."""
    a, b, c, d = site.seats
    await forward(b, c, "immediate", "internal")
    await forward(b, d, "immediate", "external")
    await site.pbx.call_from_outside(OUTSIDE, a.number)
    await a.phone.answer()
    first = await a.call(state="connected")
    await a.do("consultationCall", existing=first, consulted=b.number)
    await arrived(c, b, "callForwardImmediate")
    await c.phone.answer()
    await c.phone.talks_with(a.phone)


async def test_a_forwarding_of_all_calls_is_for_those_without_one_of_their_own(
    site: Site,
) -> None:
    a, b, c, d = site.seats
    await forward(b, c, "immediate", "external")
    await forward(b, d, "immediate", "all")
    told = await b.do("getForwarding")
    there = {f["origin"]: f["destination"] for f in told if f["active"]}
    assert there == {"all": d.number, "external": c.number}
    await a.phone.dial(b.number)
    await arrived(d, b, "callForwardImmediate")
    await site.pbx.call_from_outside(OUTSIDE, b.number)
    await arrived(c, b, "callForwardImmediate")


def site_kinds(seat: Seat) -> set[tuple[str, str]]:
    """The forwardings that its page offers."""
    device = seat.live.state[f"device/{seat.device}"]
    return {(kind["type"], kind["origin"]) for kind in device["forwardingTypes"]}


async def test_do_not_disturb(site: Site) -> None:
    a, b, *_ = site.seats
    before = b.phone.rung
    await b.do("setDoNotDisturb", on=True)
    await b.live.device(doNotDisturb=True)
    assert await b.do("getDoNotDisturb") is True
    await a.phone.dial(b.number)
    await a.phone.busy_tone()
    assert b.phone.rung == before
    assert b.live.calls() == []
    await a.phone.hang_up()
    await a.live.until(lambda: failed(a), "why the call failed")
    await b.do("setDoNotDisturb", on=False)
    await b.live.device(doNotDisturb=False)
    await a.phone.dial(b.number)
    await b.phone.rings()


def failed(seat: Seat) -> list[str]:
    """Lines of the log that say so. (A telephone may hang up by itself at once: the call's own
    last state is not told then, only that it is gone.)"""
    told = (moment["entry"] for moment in seat.live.moments if moment["kind"] == "log")
    return [entry["id"] for entry in told if entry["cause"] == "doNotDisturb"]


async def test_message_waiting(site: Site) -> None:
    """The lamp of a voice mail; set by hand where the PBX can do that."""
    *_, d = site.seats
    offered = d.live.state[f"device/{d.device}"]["operations"]
    assert "getMessageWaiting" in offered
    assert await d.do("getMessageWaiting") is False
    if "setMessageWaiting" in site.pbx.lacks:
        with pytest.raises(Problem):
            await d.do("setMessageWaiting", on=True)
    else:
        await d.do("setMessageWaiting", on=True)
        await d.live.device(messagesWaiting=True)
        assert await d.do("getMessageWaiting") is True
        await d.do("setMessageWaiting", on=False)
        await d.live.device(messagesWaiting=False)
    await site.pbx.leave_message(d.number)
    await d.live.device(messagesWaiting=True)
    assert await d.do("getMessageWaiting") is True


async def test_what_a_pbx_lacks_is_not_offered(site: Site) -> None:
    a, *_ = site.seats
    offered = set(a.live.state[f"device/{a.device}"]["operations"])
    everything = {path.rpartition("/")[2] for path in await telephony_paths(site)}
    assert everything - offered == site.pbx.lacks


async def telephony_paths(site: Site) -> list[str]:
    described = (await site.admin.http.get(f"{site.tws.base}/api/openapi.json")).json()
    asked = {"listCalls", "snapshotDevice"}
    made_of_others = {"moveCall", "takeBackCall"}
    paths = [p for p in described["paths"] if p.startswith("/api/v1/telephony/")]
    return [p for p in paths if p.rpartition("/")[2] not in asked | made_of_others]


async def test_an_outside_caller_is_shown_by_number(site: Site) -> None:
    a, *_ = site.seats
    await site.pbx.call_from_outside(OUTSIDE, a.number)
    ringing = await a.live.call(state="alerting")
    assert ringing["parties"][0]["number"] == site.pbx.outside_prefix + OUTSIDE
    await a.phone.answer()
    talking = await a.live.call(state="connected")
    assert talking["parties"][0]["number"] == site.pbx.outside_prefix + OUTSIDE

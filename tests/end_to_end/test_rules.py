"""Forwarding rules on each PBX: what is written into it, and what it says of its telephones."""

from typing import Any

import pytest

from tests.end_to_end.site import Seat, Site
from tests.end_to_end.test_features import arrived

pytestmark = pytest.mark.asyncio(loop_scope="session")
OUTSIDE = "0612345678"


async def rule(seat: Seat, to: Seat, **fields: Any) -> dict[str, Any]:
    """Made, and in force on the telephone."""
    made: dict[str, Any] = await seat.api.post(
        "/forwarding-rules", destination=to.number, **fields
    )
    await effect(seat, made["id"], "inForce")
    return made


async def effect(seat: Seat, id: str, wanted: str) -> dict[str, Any]:
    """What the page says of a rule, once it does that."""

    def look() -> dict[str, Any] | None:
        for one in seat.live.state["rules"]["rules"]:
            if one["id"] == id and [e["effect"] for e in one["effects"]] == [wanted]:
                return dict(one)
        return None

    found: dict[str, Any] = await seat.live.until(look, f"a rule that is {wanted}")
    return found


async def told(seat: Seat) -> dict[tuple[str, str], str]:
    """What the PBX itself says of the telephone."""
    given = await seat.do("getForwarding")
    return {(one["type"], one["origin"]): one["destination"] for one in given if one["active"]}


async def change(seat: Seat, id: str, **fields: Any) -> None:
    version = next(r["version"] for r in seat.live.state["rules"]["rules"] if r["id"] == id)
    body = {"version": version, **fields}
    await seat.api.request("PATCH", f"/forwarding-rules/{id}", body)


async def test_a_rule_forwards_calls_and_is_taken_back(site: Site) -> None:
    a, b, c, *_ = site.seats
    made = await rule(b, c, type="immediate")
    assert await told(b) == {("immediate", "all"): c.number}
    await a.phone.dial(b.number)
    await arrived(c, b, "callForwardImmediate")
    await a.phone.hang_up()
    await c.phone.idle()
    await change(b, made["id"], active=False)
    await effect(b, made["id"], "off")
    assert await told(b) == {}
    await a.phone.dial(b.number)
    await b.phone.rings()


async def test_rules_for_inside_and_outside_go_to_two_telephones(site: Site) -> None:
    """The first is for external calls, so the one for all takes what is left."""
    a, b, c, d = site.seats
    await rule(b, c, type="immediate", origin="external")
    await rule(b, d, type="immediate", origin="all")
    await a.phone.dial(b.number)
    await arrived(d, b, "callForwardImmediate")
    await site.pbx.call_from_outside(OUTSIDE, b.number)
    await arrived(c, b, "callForwardImmediate")


async def test_what_is_made_at_the_telephone_appears_and_stays(site: Site) -> None:
    _, b, c, d = site.seats
    await b.phone.forward(c.number)
    shown = await b.live.until(lambda: b.live.state["rules"]["telephones"], "the telephone's own")
    assert [(one["type"], one["destination"], one["name"]) for one in shown] == [
        ("immediate", c.number, f"Person {c.number}")
    ]
    made = await b.api.post("/forwarding-rules", destination=d.number, type="immediate")
    await effect(b, made["id"], "taken")
    assert await told(b) == {("immediate", "all"): c.number}
    await b.phone.forward(None)
    await effect(b, made["id"], "inForce")
    assert await told(b) == {("immediate", "all"): d.number}


async def test_what_is_changed_at_the_telephone_is_not_fought_over(site: Site) -> None:
    _, b, c, d = site.seats
    made = await rule(b, c, type="immediate")
    await b.phone.forward(None)
    await effect(b, made["id"], "changed")
    assert await told(b) == {}
    await change(b, made["id"], destination=d.number)  # that says something new
    await effect(b, made["id"], "inForce")
    await b.phone.forward(c.number)
    await effect(b, made["id"], "changed")
    (own,) = await b.live.until(lambda: b.live.state["rules"]["telephones"], "the telephone's own")
    assert own["destination"] == c.number


async def test_nobody_answers_for_as_long_as_the_parameter_says(site: Site) -> None:
    a, b, c, *_ = site.seats
    assert b.live.state["rules"]["seconds"] == 20
    given = {"parameter": "WAITTIMENOREPLYPBX", "domain": site.domain, "value": 1}
    value = await site.admin.request("PUT", "/admin/parameter-values", given)
    await b.live.until(lambda: b.live.state["rules"]["seconds"] == 1, "one second")
    try:
        await rule(b, c, type="noAnswer")
        (set_there,) = (one for one in await b.do("getForwarding") if one["active"])
        assert set_there["ringDuration"] <= 5  # of one second, or of one ring
        await a.phone.dial(b.number)
        await b.phone.rings()
        await arrived(c, b, "callForwardNoAnswer")
    finally:
        await site.admin.request(
            "DELETE",
            f"/admin/parameter-values/{value['id']}",
            params={"version": value["version"]},
        )


async def say(seat: Seat, state: str | None) -> None:
    await seat.api.request("PUT", "/presence", {"state": state})


async def test_rules_follow_the_presence(site: Site) -> None:
    _, b, c, d = site.seats
    busy = await b.api.post(
        "/forwarding-rules", destination=c.number, type="immediate", presences=["busy"]
    )
    gone = await b.api.post(
        "/forwarding-rules",
        destination=d.number,
        type="immediate",
        presences=["absent", "offline"],
    )
    await effect(b, busy["id"], "notNow")
    try:
        for state, one, to in (
            ("busy", busy, c),
            ("absent", gone, d),
            ("offline", gone, d),
            ("busy", busy, c),
        ):
            await say(b, state)
            await effect(b, one["id"], "inForce")
            assert await told(b) == {("immediate", "all"): to.number}
        await say(b, "online")
        await effect(b, busy["id"], "notNow")
        assert await told(b) == {}
    finally:
        await say(b, None)

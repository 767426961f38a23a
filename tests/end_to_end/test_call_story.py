"""The server's log tells the story of one call, by its id, through every part."""

import json
from typing import Any

import pytest

from tests import granting
from tests.end_to_end.site import Seat, Site

pytestmark = pytest.mark.asyncio(loop_scope="session")
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
IN_ORDER = (
    "call step",
    "command asked",
    "command answered",
    "call over",
)


def story(site: Site, thread: str) -> list[dict[str, Any]]:
    """Every line of the log that has this id, in order."""
    lines = (line for line in site.tws.output if line.startswith("{"))
    return [line for line in map(json.loads, lines) if line.get("thread") == thread]


async def test_a_call_is_followed_by_its_id(site: Site) -> None:
    a, b, *_ = site.seats
    users = await site.admin.get("/admin/users")
    (user,) = (one["id"] for one in users if one["username"] == f"user{b.number}")
    alerter = granting.sent(granting.application("TWS Alerter", user=user))
    grant = await site.admin.post("/admin/grants", **alerter)
    number = {"kind": "work", "number": a.number}
    contact = await b.api.post("/contacts", lastName="Vasseur", numbers=[number], private=True)
    try:
        await _answered_on_the_page(a, b)
        (line, *_) = await b.log()
        thread = line["thread"]
        await site.tws.until_it_says(
            lambda: any(
                one["event"] == "leg written" and one["outcome"] == "answered"
                for one in story(site, thread)
            ),
            "the leg",
        )
    finally:
        await b.api.request("DELETE", f"/contacts/{contact['id']}", params={"version": 1})
        await site.admin.request("DELETE", f"/admin/grants/{grant['id']}", params={"version": 1})
    told = story(site, thread)
    events = [one["event"] for one in told]
    places = [events.index(event) for event in IN_ORDER]
    assert places == sorted(places), events
    assert {"call on the screens", "screen pop shown", "leg written"} <= set(events)
    assert {"caller looked up", "caller known already"} & set(events)
    times = [one["timestamp"] for one in told]
    assert times == sorted(times)
    (asked,) = (one for one in told if one["event"] == "command asked")
    assert (asked["command"], asked["request"]) == ("AnswerCall", TRACE)
    later = [one for one in told if one["event"] in ("call over", "leg written")]
    assert not any("request" in one for one in later), "that request is over"
    text = json.dumps([one for one in told])
    assert f'"{a.number}' not in text and "Vasseur" not in text, "nobody is named"


async def _answered_on_the_page(a: Seat, b: Seat) -> None:
    await a.phone.dial(b.number)
    await b.phone.rings()
    ringing = await b.call(state="alerting")
    body = {"device": b.device, "connection": ringing}
    await b.api.request("POST", "/telephony/answerCall", body, headers={"traceparent": PARENT})
    await b.phone.talks_with(a.phone)
    await b.call(state="connected")
    ended = len(b.live.moments)
    await a.phone.hang_up()
    await b.live.no_call()
    await b.live.until(
        lambda: any(one["kind"] == "log" for one in b.live.moments[ended:]), "its line in the log"
    )


async def test_a_refusal_names_its_request(site: Site) -> None:
    seat = site.seats[0]
    answer = await seat.api.http.get("/call-log/nothing", headers={"traceparent": PARENT})
    assert answer.json()["request"] == answer.headers["x-request-id"] == TRACE
    for wrong in ("", f"00-{'0' * 32}-00f067aa0ba902b7-01", f"ff{PARENT[2:]}", f"{PARENT}-x"):
        answer = await seat.api.http.get("/call-log/nothing", headers={"traceparent": wrong})
        assert len(bytes.fromhex(answer.json()["request"])) == 16
        assert answer.json()["request"] != TRACE

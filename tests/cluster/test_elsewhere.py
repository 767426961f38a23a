"""What follows from calls, at the node that does not hold their link: seen there, done once."""

from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.cluster.nodes import Pair
from tests.end_to_end.reception import Reception, waiting_numbers
from tests.end_to_end.simulated_pbx import SimulatedPbx
from tests.push.push_service import running_push_service
from tests.running import Json, Live, TwsServer

pytestmark = pytest.mark.asyncio(loop_scope="session")
CALLER = "0155171889"


@dataclass
class Nodes:
    """By who holds the link now."""

    holder: TwsServer
    other: TwsServer


@pytest_asyncio.fixture(loop_scope="session")
async def nodes(pair: Pair) -> Nodes:
    shown = await pair.settled()
    (name,) = (one["name"] for one in shown["nodes"] if one["links"])
    holder, other = (pair.a, pair.b) if name == "a" else (pair.b, pair.a)
    return Nodes(holder, other)


async def effect(page: Live, id: str, wanted: str) -> None:
    """Once that is what the rule does, on the one telephone."""

    def look() -> bool:
        rules: list[Json] = page.state["rules"]["rules"]
        told = [one["effect"] for rule in rules if rule["id"] == id for one in rule["effects"]]
        return told == [wanted]

    await page.until(look, f"a rule that is {wanted}")


async def test_a_rule_made_there_is_in_force_on_the_pages_of_both(
    pair: Pair, nodes: Nodes
) -> None:
    async with pair.seats_at(nodes.other) as (a, b), pair.seats_at(nodes.holder) as held:
        made = await b.api.post("/forwarding-rules", destination=a.number, type="immediate")
        for seat in (b, held[1]):
            await effect(seat.live, made["id"], "inForce")
        told = await b.api.do("getForwarding", device=b.device)
        active = [(one["type"], one["destination"]) for one in told if one["active"]]
        assert active == [("immediate", a.number)]
        change = {"version": made["version"], "active": False}
        await b.api.request("PATCH", f"/forwarding-rules/{made['id']}", change)
        for seat in (b, held[1]):
            await effect(seat.live, made["id"], "off")
        told = await b.api.do("getForwarding", device=b.device)
        assert not [one for one in told if one["active"]]
        where = f"/forwarding-rules/{made['id']}"
        await b.api.request("DELETE", where, params={"version": made["version"] + 1})


async def test_who_gives_up_in_a_queue_is_listed_once_at_both(pair: Pair, nodes: Nodes) -> None:
    assert isinstance(pair.site.pbx, SimulatedPbx)
    reception = Reception(pair.site, "7000")
    async with pair.seats_at(nodes.other) as (a, b), pair.seats_at(nodes.holder) as held:
        await reception.furnish()
        for _ in range(2):
            line = await pair.site.pbx.simulator.call_from_outside(CALLER, "7000")
            before = await reception.seen(b, "one waits", waiting_numbers(f"0{CALLER}"))
            await pair.site.pbx.simulator.outside_hangs_up(line.number)
            for seat in (b, held[1]):
                await reception.seen(seat, "one gave up", _other_than(before))
        path = f"/queues/{reception.id}/abandoned"
        there = await a.api.get(path)
        assert [one["number"] for one in there] == [f"0{CALLER}"] * 2
        assert await held[0].api.get(path) == there


def _other_than(before: Json) -> Any:
    """Its list of those that gave up."""
    known = before["abandonedChanged"]
    return lambda queue: not queue["waiting"] and queue["abandonedChanged"] not in (None, known)


async def test_a_browser_that_wished_it_there_is_told_of_each_call_once(
    pair: Pair, nodes: Nodes
) -> None:
    number = pair.site.pbx.first_numbers[0]
    phone = pair.site.pbx.handset(number)
    with running_push_service() as service:
        api = await nodes.other.user(f"user{number}")
        key = (await api.get("/push-subscription"))["key"]
        browser = service.browser(key)
        await api.request("PUT", "/push-subscription", browser.subscription)
        async with api.live() as page:  # which is not looked at
            for _ in range(2):
                await pair.site.pbx.call_from_outside(CALLER, number)
                await phone.rings()
                ringing = (await browser.message()).content
                assert (ringing["state"], ringing["number"]) == ("ringing", "01 55 17 18 89")
                await pair.site.pbx.hang_up_outside()
                await page.no_call()
                missed = (await browser.message()).content
                assert (missed["leg"], missed["state"]) == (ringing["leg"], "missed")
        assert browser.arrived.empty()
        await api.request("DELETE", "/push-subscription")


async def tries_at(node: TwsServer, address: str, most: int) -> int:
    """With a wrong password from there: how many were looked at, of so many at most."""
    api = node.client()
    api.http.headers["X-Forwarded-For"] = address
    for number in range(most):
        answer = await api.http.post(
            "/login", json={"username": "user4004", "password": "a wrong password"}
        )
        if answer.status_code == 429:
            return number
        assert answer.status_code == 401, answer.text
    return most


async def test_who_guesses_passwords_gets_no_more_tries_there(pair: Pair) -> None:
    address = "203.0.113.7"
    assert await tries_at(pair.a, address, 10) == 10
    # Those after a second, two and four may come in time, on a slow machine.
    assert await tries_at(pair.b, address, 10) <= 3
    stranger = pair.b.client()
    stranger.http.headers["X-Forwarded-For"] = "203.0.113.8"
    await stranger.sign_in("user4004")

"""Rules on the simulated PBX while links, servers and people come and go."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.simulated_pbx import SimulatedHandset, simulated_pbx
from tests.end_to_end.site import Seat, Site, running_site
from tests.end_to_end.test_rules import change, effect, rule, told


@contextlib.asynccontextmanager
async def site_of(data: Path, **pbx: Any) -> AsyncIterator[Site]:
    async with simulated_pbx(**pbx) as simulated, running_site(simulated, data, 3) as site:
        yield site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_of(tmp_path) as site:
        yield site


async def link(site: Site, state: str) -> None:
    for seat in site.seats:
        device = f"device/{seat.device}"
        await seat.live.until(
            lambda s=seat, d=device: s.live.state[d]["link"]["state"] == state, f"a link {state}"
        )


async def test_a_rule_made_while_the_link_is_down_is_written_when_it_is_up(site: Site) -> None:
    _, b, c = site.seats
    await site.pbx.kill()
    await link(site, "down")
    made = await b.api.post("/forwarding-rules", destination=c.number, type="immediate")
    await effect(b, made["id"], "linkDown")
    await site.pbx.restart()
    await effect(b, made["id"], "inForce")
    assert await told(b) == {("immediate", "all"): c.number}


async def test_what_was_set_is_known_after_a_restart_of_the_server(tmp_path: Path) -> None:
    """It is taken back when its rule goes; what was made at the telephone meanwhile is not."""
    async with site_of(tmp_path) as site:
        _, b, c = site.seats
        made = await rule(b, c, type="immediate")
        busy = await rule(b, c, type="busy")
        await site.tws.kill()
        await b.phone.forward(None)
        await site.tws.restart()
        async with contextlib.AsyncExitStack() as stack:
            b = await seated(site, stack, b)
            await effect(b, made["id"], "changed")
            await effect(b, busy["id"], "inForce")
            assert await told(b) == {("busy", "all"): c.number}
            await change(b, busy["id"], active=False)
            await effect(b, busy["id"], "off")
            assert await told(b) == {}


async def seated(site: Site, stack: contextlib.AsyncExitStack, seat: Seat) -> Seat:
    """Again, on a new page."""
    live = await stack.enter_async_context(seat.api.live())
    await live.device(number=seat.number, state="monitored")
    again = Seat(site, seat.api, live, seat.device, seat.phone)
    site.seats = [again]
    return again


async def test_what_the_pbx_refuses_is_said_and_another_number_is_tried(site: Site) -> None:
    _, b, c = site.seats
    made = await b.api.post("/forwarding-rules", destination="4999", type="immediate")
    shown = await effect(b, made["id"], "refused")
    assert shown["effects"][0]["cause"] == "invalidForwardingDestination"
    await change(b, made["id"], destination=c.number)
    await effect(b, made["id"], "inForce")


async def test_a_telephone_that_is_taken_from_its_user_forwards_no_more(site: Site) -> None:
    _, b, c = site.seats
    await rule(b, c, type="immediate")
    (row,) = [d for d in await site.admin.get("/admin/devices") if d["id"] == b.device]
    await site.admin.request(
        "DELETE", f"/admin/devices/{row['id']}", params={"version": row["version"]}
    )
    assert isinstance(b.phone, SimulatedHandset)
    await b.phone.simulator.wait_phone(
        b.number, lambda phone: not any(one.active for one in phone.forwardings)
    )


async def test_a_rule_rests_while_its_user_may_not_have_it(site: Site) -> None:
    _, b, c = site.seats
    made = await rule(b, c, type="immediate")
    given = {"parameter": "AuthorizeSimpleRules", "domain": site.domain, "value": False}
    value = await site.admin.request("PUT", "/admin/parameter-values", given)
    await effect(b, made["id"], "notAllowed")
    assert await told(b) == {}
    address = f"/admin/parameter-values/{value['id']}"
    await site.admin.request("DELETE", address, params={"version": value["version"]})
    await effect(b, made["id"], "inForce")
    assert await told(b) == {("immediate", "all"): c.number}


async def test_forwardings_of_the_telephone_are_seen_by_who_may_see_them(site: Site) -> None:
    _, b, c = site.seats
    await b.phone.forward(c.number)
    await b.live.until(lambda: b.live.state["rules"]["telephones"], "the telephone's own")
    given = {"parameter": "DisplaySimpleRules", "domain": site.domain, "value": False}
    await site.admin.request("PUT", "/admin/parameter-values", given)
    await b.live.until(lambda: not b.live.state["rules"]["telephones"], "nothing of it")
    assert await told(b) == {("immediate", "all"): c.number}

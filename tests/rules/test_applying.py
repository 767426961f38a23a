"""Rules on the simulated PBX while links, servers and people come and go."""

import contextlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.end_to_end.simulated_pbx import SimulatedHandset, simulated_pbx
from tests.end_to_end.site import Seat, Site, running_site
from tests.end_to_end.test_rules import change, effect, rule, told

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Running:
    """One site for all tests here, whose pages can be opened again."""

    def __init__(self, site: Site, stack: contextlib.AsyncExitStack) -> None:
        self.site, self._stack = site, stack

    async def open_again(self) -> None:
        """After a restart of the server."""
        seats = list(self.site.seats)
        self.site.seats = []
        for seat in seats:
            live = await self._stack.enter_async_context(seat.api.live())
            await live.device(number=seat.number, state="monitored")
            again = Seat(self.site, seat.api, live, seat.device, seat.phone)
            self.site.seats.append(again)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    data = tmp_path_factory.mktemp("rules")
    async with contextlib.AsyncExitStack() as stack, simulated_pbx() as simulated:
        async with running_site(simulated, data) as site:
            yield Running(site, stack)


@pytest_asyncio.fixture(loop_scope="module")
async def site(running: Running) -> AsyncIterator[Site]:
    yield running.site
    await running.site.clear()


async def link(seat: Seat, state: str) -> None:
    await seat.live.until(
        lambda: seat.live.state[f"device/{seat.device}"]["link"]["state"] == state, f"link {state}"
    )


async def test_a_rule_made_while_the_link_is_down_is_written_when_it_is_up(site: Site) -> None:
    _, b, c, *_ = site.seats
    await site.pbx.kill()
    await link(b, "down")
    made = await b.api.post("/forwarding-rules", destination=c.number, type="immediate")
    await effect(b, made["id"], "linkDown")
    await site.pbx.restart()
    await effect(b, made["id"], "inForce")
    assert await told(b) == {("immediate", "all"): c.number}


async def test_what_the_pbx_refuses_is_said_and_another_number_is_tried(site: Site) -> None:
    _, b, c, *_ = site.seats
    made = await b.api.post("/forwarding-rules", destination="4999", type="immediate")
    shown = await effect(b, made["id"], "refused")
    assert shown["effects"][0]["cause"] == "invalidForwardingDestination"
    await change(b, made["id"], destination=c.number)
    await effect(b, made["id"], "inForce")


async def test_a_rule_rests_while_its_user_may_not_have_it(site: Site) -> None:
    _, b, c, *_ = site.seats
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
    _, b, c, *_ = site.seats
    await b.phone.forward(c.number)
    await b.live.until(lambda: b.live.state["rules"]["telephones"], "the telephone's own")
    given = {"parameter": "DisplaySimpleRules", "domain": site.domain, "value": False}
    value = await site.admin.request("PUT", "/admin/parameter-values", given)
    await b.live.until(lambda: not b.live.state["rules"]["telephones"], "nothing of it")
    assert await told(b) == {("immediate", "all"): c.number}
    address = f"/admin/parameter-values/{value['id']}"
    await site.admin.request("DELETE", address, params={"version": value["version"]})


async def test_what_was_set_on_a_telephone_is_taken_back_with_it(site: Site) -> None:
    """From its user; nobody else would."""
    *_, c, d = site.seats
    await rule(d, c, type="immediate")
    (row,) = [one for one in await site.admin.get("/admin/devices") if one["id"] == d.device]
    await site.admin.request(
        "DELETE", f"/admin/devices/{row['id']}", params={"version": row["version"]}
    )
    site.seats.remove(d)
    assert isinstance(d.phone, SimulatedHandset)
    await d.phone.simulator.wait_phone(
        d.number, lambda phone: not any(one.active for one in phone.forwardings)
    )


async def test_what_was_set_is_known_after_a_restart_of_the_server(
    running: Running, site: Site
) -> None:
    """It is taken back when its rule goes; what was changed at the telephone is not."""
    _, b, c, *_ = site.seats
    made = await rule(b, c, type="immediate")
    busy = await rule(b, c, type="busy")
    await site.tws.kill()
    await b.phone.forward(None)
    await site.tws.restart()
    await running.open_again()
    b = site.seats[1]
    await effect(b, made["id"], "changed")
    await effect(b, busy["id"], "inForce")
    assert await told(b) == {("busy", "all"): c.number}
    await change(b, busy["id"], active=False)
    await effect(b, busy["id"], "off")
    assert await told(b) == {}


async def turn_link(site: Site, enabled: bool) -> None:
    (row,) = [one for one in await site.admin.get("/admin/links") if one["id"] == site.link]
    body = {"version": row["version"], "enabled": enabled}
    await site.admin.request("PATCH", f"/admin/links/{site.link}", body)


async def test_what_was_set_on_a_telephone_that_went_while_the_link_was_off_is_taken_back(
    running: Running, site: Site
) -> None:
    """Once the link is on again, and by a server that was started since."""
    _, b, c, *_ = site.seats
    await rule(c, b, type="immediate")
    assert isinstance(c.phone, SimulatedHandset)
    simulator = c.phone.simulator
    await simulator.wait_phone(c.number, lambda phone: any(f.active for f in phone.forwardings))
    await turn_link(site, False)
    await link(c, "down")
    (row,) = [one for one in await site.admin.get("/admin/devices") if one["id"] == c.device]
    address = f"/admin/devices/{row['id']}"
    await site.admin.request("DELETE", address, params={"version": row["version"]})
    site.seats.remove(c)
    await site.tws.kill()
    await site.tws.restart()
    await turn_link(site, True)
    await running.open_again()
    await simulator.wait_phone(
        c.number, lambda phone: not any(one.active for one in phone.forwardings)
    )

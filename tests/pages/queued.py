"""A call queue of the simulated site, on which everybody is authorised, and who waits in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests import granting
from tests.end_to_end.site import Site
from tests.simulator.running import Simulator

NUMBER = "7000"
AGENTS = ("4009", "4010", "4011", "4012")
"Those to whom the PBX gives its callers; none of them has a page here."


async def a_queue(site: Site) -> str:
    """Its id; made where it is not there yet."""
    known = [row for row in await site.admin.get("/admin/queues") if row["number"] == NUMBER]
    queue = (
        known[0]
        if known
        else await site.admin.post(
            "/admin/queues",
            domain=site.domain,
            name="Reception",
            link=site.link,
            number=NUMBER,
        )
    )
    for grant in (
        granting.application("TWS Alerter", group=site.group),
        granting.queue(queue["id"], group=site.group),
    ):
        sent = granting.sent(grant)
        if not await site.admin.get("/admin/grants", object=sent["object"]):
            await site.admin.post("/admin/grants", **sent)
    id: str = queue["id"]
    return id


async def nobody_alerted(site: Site) -> None:
    """As a site begins: a queue, and the windows of the Alerter, are on no page."""
    for grant in await site.admin.get("/admin/grants", object="TWS Alerter"):
        path = f"/admin/grants/{grant['id']}?version={grant['version']}"
        await site.admin.request("DELETE", path)


async def something_named(site: Site, rows: str) -> None:
    (domain,) = await site.admin.get("/admin/domains")
    if not await site.admin.get(f"/admin/{rows}"):
        (link, *_) = await site.admin.get("/admin/links")
        number = {"queues": "7000", "intercom-groups": "6674"}[rows]
        device = {"link": link["id"], "number": number}
        await site.admin.post(f"/admin/{rows}", domain=domain["id"], name="Hotline", **device)


async def agents(simulator: Simulator, *, logged_on: bool) -> None:
    for agent in AGENTS:
        await simulator.agent(agent, logged_on=logged_on)


@asynccontextmanager
async def waiting(site: Site, simulator: Simulator, *callers: str) -> AsyncIterator[list[str]]:
    """These wait in it, in this order; gives their lines."""
    await a_queue(site)
    await agents(simulator, logged_on=False)
    try:
        lines = [await simulator.call_from_outside(caller, NUMBER) for caller in callers]
        yield [line.number for line in lines]
    finally:
        await simulator.hang_up_all()
        await agents(simulator, logged_on=True)


async def two_wait(site: Site, simulator: Simulator, first: str, second: str) -> None:
    """The agents of the PBX work again when somebody logs them on."""
    await a_queue(site)
    await agents(simulator, logged_on=False)
    await simulator.call_from_outside(first, NUMBER, name="GIRARD")
    await simulator.call_from_outside(second, NUMBER)

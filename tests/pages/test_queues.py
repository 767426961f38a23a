"""The call queues on the Caller page: who waits is seen, taken, sent on, and called back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.customers import DIRECTORY, IMPORTANT, with_customers
from tests.pages.opening import caller
from tests.pages.queued import a_queue, waiting
from tests.pages.test_preferences import chosen
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST, SECOND = "0155171889", "0493001122"
LONG = "Accueil_et_apres-vente_du_site_de_Valbon"
"As long as a name of a queue is in practice, and with few places to break it."


@asynccontextmanager
async def naming(site: Site, name: str = "Reception") -> AsyncIterator[None]:
    """The queue has that name meanwhile, and knows who the customers are."""
    await with_customers(site)
    queue = await a_queue(site)
    rows = await site.admin.get("/admin/directories")
    (directory,) = [row["id"] for row in rows if row["name"] == DIRECTORY["name"]]
    grant = granting.sent(granting.directory(directory, queue=queue))
    made = await site.admin.post("/admin/grants", **grant)

    async def rename(name: str) -> None:
        row = await site.admin.get(f"/admin/queues/{queue}")
        body = {"version": row["version"], "name": name}
        await site.admin.request("PATCH", f"/admin/queues/{queue}", body)

    await rename(name)
    try:
        yield
    finally:
        await rename("Reception")
        await site.admin.request("DELETE", f"/admin/grants/{made['id']}?version=1")


async def whole(shown: Locator) -> None:
    """Neither cut nor beyond the edge of the window."""
    await expect(shown).to_be_in_viewport(ratio=1)
    assert await shown.evaluate("each => each.scrollWidth <= Math.max(each.clientWidth, 1)")


async def came_by_the_queue(call: Locator) -> None:
    """Though the directories know who it is; and that is said once."""
    await whole(call.get_by_text("Claire Vasseur", exact=True))
    await whole(call.get_by_text(f"Queue {LONG}"))
    await expect(call).not_to_contain_text("Redirected")


async def test_who_waits_is_taken_or_sent_on(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    mine, other = simulated.seats[0], simulated.seats[1]
    async with (
        waiting(simulated, simulator, FIRST, SECOND),
        caller(browser, simulated.tws.base, f"user{mine.number}") as window,
    ):
        queue = window.page.get_by_role("article", name="Call queue Reception")
        await expect(queue).to_contain_text("2 waiting")
        rows = queue.get_by_role("listitem")
        await expect(rows.first).to_contain_text("01 55 17 18 89")
        timer = rows.first.get_by_role("timer")
        before = await timer.inner_text()
        await expect(timer).not_to_have_text(before)  # it goes on

        await rows.first.get_by_role("button", name="Take").click()
        await mine.phone.answer()
        await expect(queue).to_contain_text("1 waiting")
        calls = window.page.get_by_role("region", name="Calls", exact=True)
        await expect(calls).to_contain_text("Connected")
        await expect(calls).to_contain_text("Reception")  # where it came from stays in the row

        await rows.first.get_by_role("button", name="Deflect").click()
        await window.pick(other.number)
        await other.phone.answer()
        await expect(queue).to_contain_text("nobody waits")
        await expect(queue).to_contain_text("is answering 04 93 00 11 22")


async def test_who_gave_up_is_called_back(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    mine = simulated.seats[0]
    async with (
        waiting(simulated, simulator, FIRST) as (line,),
        caller(browser, simulated.tws.base, f"user{mine.number}") as window,
    ):
        queue = window.page.get_by_role("article", name="Call queue Reception")
        await expect(queue).to_contain_text("1 waiting")
        await simulator.outside_hangs_up(line)
        await queue.get_by_role("button", name="to call back").click()
        dialog = window.page.get_by_role("dialog", name="Abandoned calls: Reception")
        row = dialog.get_by_role("listitem").first
        await expect(row).to_contain_text("01 55 17 18 89")
        await row.get_by_role("button", name="Call back").click()
        await expect(row).to_contain_text("called back by")
        await expect(dialog.get_by_role("link", name="Export (CSV)")).to_be_visible()


async def test_the_fields_of_who_waits_are_those_that_were_chosen(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    async with (
        naming(simulated),
        chosen(me, queueFields=["Address"]),
        waiting(simulated, simulator, IMPORTANT),
        caller(browser, simulated.tws.base, f"user{me.number}") as window,
    ):
        row = window.page.get_by_role("listitem", name="Claire Vasseur")
        await expect(row).to_contain_text("Address: 12 rue")
        await expect(row).not_to_contain_text("Buyer")
        shown = await window.preferences("Alert")
        fields = shown.get_by_role("group", name="Fields shown of a call of a queue")
        await fields.get_by_role("checkbox", name="Profession").click()
        await expect(row).to_contain_text("Profession: Buyer")
        await fields.get_by_role("checkbox", name="Address").click()
        await expect(row).not_to_contain_text("Address")


@pytest.mark.parametrize("width", [360, 1400])
async def test_a_long_name_of_a_queue_is_whole_beside_who_calls(
    browser: Browser, simulated: Site, simulator: Simulator, width: int
) -> None:
    me = simulated.seats[0]
    async with (
        naming(simulated, LONG),
        waiting(simulated, simulator, IMPORTANT),
        caller(browser, simulated.tws.base, f"user{me.number}", width=width) as window,
    ):
        queue = window.page.get_by_role("article", name=f"Call queue {LONG}")
        await whole(queue.get_by_text(LONG, exact=True))
        await whole(queue.get_by_text("Claire Vasseur", exact=True))
        await window.click("Take", queue)
        await came_by_the_queue(window.ringing)
        await me.phone.answer()
        await came_by_the_queue(window.page.locator("main article[draggable]"))

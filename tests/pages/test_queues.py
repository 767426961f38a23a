"""The call queues on the Caller page: who waits is seen, taken, sent on, and called back."""

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import caller
from tests.pages.queued import waiting
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST, SECOND = "0155171889", "0493001122"


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

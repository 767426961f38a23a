"""An answer that is lost on its way: the page asks again under the same key, and dials once."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Route, expect

from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.pages.opening import caller

pytestmark = pytest.mark.asyncio(loop_scope="session")
MAKE_CALL = "**/api/v1/telephony/makeCall"
UNKNOWN = {
    "en-GB": "The server was restarted meanwhile: it may have been done.",
    "fr-FR": "Le serveur a redémarré entre-temps",
}


async def test_the_answer_to_a_call_is_lost_and_one_call_is_made(
    browser: Browser, simulated: Site
) -> None:
    me, other, *_ = simulated.seats
    keys: list[str | None] = []

    async def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) == 1:
            await route.fetch()  # the server has done it
            await route.abort()
        else:
            await route.continue_()

    rung = other.phone.rung
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.page.route(MAKE_CALL, lose_the_first_answer)
        async with page.page.expect_response(MAKE_CALL) as answered:
            await page.dial(other.number)
        assert (await answered.value).ok
        await expect(page.call(other.number)).to_contain_text("Ringing there")
        await expect(page.calls).to_have_count(1)
    assert len(keys) == 2 and keys[0] == keys[1] is not None
    await other.phone.answer()
    await me.phone.talks_with(other.phone)
    assert other.phone.rung == rung + 1
    assert len(other.live.calls()) == 1


@pytest.mark.parametrize("locale", list(UNKNOWN))
async def test_the_server_is_killed_before_the_answer_came(
    browser: Browser, tmp_path: Path, locale: str
) -> None:
    async with simulated_pbx() as pbx, running_site(pbx, tmp_path, people=2) as site:
        me, other = site.seats
        asked: list[int] = []

        async def kill_under_way(route: Route) -> None:
            asked.append(1)
            if len(asked) == 1:
                await route.fetch()
                await site.tws.kill()
                await site.tws.restart()
                await route.abort()
            else:
                await route.continue_()

        rung = other.phone.rung
        user = f"user{me.number}"
        async with caller(browser, site.tws.base, user, locale=locale) as page:
            await page.page.route(MAKE_CALL, kill_under_way)
            await expect(page.page.get_by_role("combobox").first).to_be_visible()
            await page.press("/")
            await page.pick(other.number)
            await expect(page.page.get_by_role("alert")).to_contain_text(UNKNOWN[locale])
        assert len(asked) == 2
        await other.phone.rings()
        assert other.phone.rung == rung + 1
        assert len(await pbx.live_calls()) == 1

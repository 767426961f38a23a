"""E-mails about missed calls: chosen on the page, in both languages, and sent."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Seat, Site
from tests.mail.server import post_office
from tests.pages.opening import caller
from tests.pages.parameters import meanwhile
from tests.pages.test_preferences import chosen
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
OUTSIDE = "0155171889"
TO = "alice@ssdei.example"


def kept(seat: Seat) -> Any:
    return seat.live.state["preferences"]["emails"]


async def gives_up(simulator: Simulator, number: str) -> None:
    line = await simulator.call_from_outside(OUTSIDE, number)
    await simulator.wait_phone(number, lambda phone: phone.ringing)
    await simulator.outside_hangs_up(line.number)


async def test_a_missed_call_is_told_to_who_chose_it(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    user = f"user{me.number}"
    async with (
        post_office() as post,
        chosen(me),
        caller(browser, simulated.tws.base, user) as page,
    ):
        shown = await page.preferences("Alert")
        emails = shown.get_by_role("region", name="E-mails")
        missed = emails.get_by_label("Missed calls")
        await expect(emails).to_contain_text("has set no mail server")
        await expect(missed).to_be_disabled()
        server = {"SmtServer": "127.0.0.1", "SmtServerPort": post.port}
        async with meanwhile(simulated, **server):
            async with meanwhile(simulated, AuthorizedEmailNotification=False):
                await expect(emails).to_have_count(0)
            await missed.select_option("An e-mail at once")
            await emails.get_by_label("To which address").fill("nobody")
            await page.press("Enter")
            await expect(emails).to_contain_text("name@company.example")
            await emails.get_by_label("To which address").fill(TO)
            await page.press("Enter")
            await expect(emails).not_to_contain_text("name@company.example")
            await me.live.until(lambda: kept(me)["address"] == TO, "the address")
            await gives_up(simulator, me.number)
            (mail,) = await post.arrived(1)
            assert mail["To"] == TO and mail["Subject"].startswith("TWS: Missed call from")

            await page.speak("fr-FR")
            french = page.page.get_by_role("region", name="E-mails")
            await french.get_by_label("Appels manqués").select_option(
                "Un seul e-mail pour plusieurs appels"
            )
            minutes = french.get_by_label("Minutes du premier")
            await expect(minutes).to_have_value("2")
            await minutes.fill("241")
            await page.press("Enter")
            await expect(french).to_contain_text("240")
            await minutes.fill("30")
            await page.press("Enter")
            await expect(french).not_to_contain_text("240")
            now = {
                "missedCalls": "digest",
                "minutes": 30,
                "voiceMessages": False,
                "address": TO,
                "culture": "fr",
            }
            await me.live.until(lambda: kept(me) == now, "what was chosen")
        # What is on stays so, and can be switched off.
        await expect(french).to_contain_text("aucun serveur de courriel")
        await expect(french.get_by_label("Appels manqués")).to_be_enabled()
        await expect(french.get_by_role("switch")).to_be_disabled()


async def test_what_a_colleague_took_is_not_told_and_a_voice_message_is(
    simulated: Site, simulator: Simulator
) -> None:
    """Picked up by him, or forwarded to him."""
    _, me, other, *_ = simulated.seats
    wished = {"missedCalls": "atOnce", "voiceMessages": True, "address": TO, "culture": "en"}
    async with (
        post_office() as post,
        meanwhile(simulated, SmtServer="127.0.0.1", SmtServerPort=post.port),
        chosen(me, emails=wished),
    ):
        line = await simulator.call_from_outside("0144332211", me.number)
        await simulator.wait_phone(me.number, lambda phone: phone.ringing)
        await simulator.pick_up(other.number, me.number)
        await simulator.wait_phone(other.number, lambda phone: phone.talking_to != set())
        await simulator.outside_hangs_up(line.number)
        await simulator.wait_phone(other.number, lambda phone: phone.idle)
        await simulator.forward(me.number, other.number, when="noAnswer", seconds=0.1)
        line = await simulator.call_from_outside("0144332211", me.number)
        await simulator.wait_phone(other.number, lambda phone: phone.ringing)
        await simulator.answer(other.number)
        await simulator.outside_hangs_up(line.number)
        await simulator.forward(me.number, None, when="noAnswer")
        await simulator.wait_phone(other.number, lambda phone: phone.idle)
        await gives_up(simulator, me.number)
        await simulator.leave_message(me.number)
        mails = await post.arrived(2)
        assert sorted(mail["Subject"] for mail in mails) == [
            "TWS: Missed call from 01 55 17 18 89",
            "TWS: New voice messages",
        ]
        assert all("44 33 22 11" not in str(mail) for mail in mails)

"""Text messages: an administrator adds a provider, a user writes from a contact's card, and sees
what becomes of it."""

import json
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.connectors.http_server import Service, json_reply, serving
from tests.end_to_end.site import Site
from tests.pages.administration import choose, form, save, to
from tests.pages.opening import administration, caller
from tests.pages.parameters import meanwhile
from tests.pages.test_accessibility import assert_good
from tests.pages.test_own_fields import kept

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAME, KEY, SECRET = "Ecosms", "deliveriesAreToldHere", "the key of the gateway"
MOBILE = "06 12 34 56 78"


@pytest.fixture
def gateway() -> Iterator[Service]:
    with serving(lambda request: json_reply({"id": "g-1"})) as service:
        yield service


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def _none_left(simulated: Site) -> AsyncIterator[None]:
    yield
    for row in await simulated.admin.get("/admin/sms-providers"):
        gone = f"/admin/sms-providers/{row['id']}?version={row['version']}"
        await simulated.admin.request("DELETE", gone)


async def test_from_the_provider_to_the_delivery(
    browser: Browser, simulated: Site, gateway: Service
) -> None:
    seat = simulated.seats[0]
    base = simulated.tws.base
    async with administration(browser, base) as window:
        await to(window, "SMS providers")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Name", exact=True).fill(NAME)
        await choose(window, "Kind of gateway", "HTTP")
        await fields.get_by_label("Sender").fill("SSDEI")
        await fields.get_by_label("Address (URL)").fill(f"{gateway.url}/send")
        await fields.get_by_label("Key, password").fill(SECRET)
        await choose(window, "Authentication", "Token (Bearer)")
        await fields.get_by_label("Body", exact=True).fill('{"to": "{to}", "text": "{text}"}')
        await fields.get_by_label("Place of the id (JSON)").fill("id")
        await fields.get_by_label("Key of deliveries").fill(KEY)
        trial = fields.get_by_role("region", name="Test the provider")
        await trial.get_by_label("Number for a trial").fill(MOBILE)
        await window.click("Test the provider", fields)
        await expect(trial.get_by_role("status")).to_contain_text("+33612345678")
        assert json.loads(gateway.requests[0].body)["to"] == "+33612345678"
        await save(window)
        row = window.page.get_by_role("row").filter(has_text=NAME)
        await expect(row).to_contain_text("Not used yet")
        await expect(fields).to_contain_text("/api/v1/sms-reports/")
        await assert_good(window)
        await fields.get_by_label("Body", exact=True).fill("nothing in it")
        await window.click("Save", fields)
        await window.sees("the places of the text and of the number", fields)
        rows = await simulated.admin.get("/admin/sms-providers")
        (provider,) = [one for one in rows if one["name"] == NAME]
        assert SECRET not in await window.page.content()

        roux = {"lastName": "Roux", "numbers": [{"kind": "mobile", "number": MOBILE}]}
        async with kept(seat, **roux), caller(browser, base, f"user{seat.number}") as mine:
            sms = mine.page.get_by_role("button", name=re.compile("^SMS to Roux"))
            await mine.people.get_by_role("button", name=re.compile("Roux")).first.click()
            await expect(mine.card).to_contain_text("Roux")
            await expect(sms).to_have_count(0)
            async with meanwhile(simulated, AuthorizeSms=True):
                await sms.click()
                composer = mine.page.get_by_role("region", name="Text message to Roux")
                text = composer.get_by_label("Your text message")
                await text.fill("x" * 161)
                await expect(composer).to_contain_text(
                    "2 messages, 145 characters left in the last"
                )
                await text.fill("ê" * 700)
                await expect(composer).to_contain_text("At most 10 messages")
                await expect(mine.button("Send the text message", composer)).to_be_disabled()
                await text.fill("See you at noon €")
                await expect(composer).to_contain_text("1 message, 142 characters left")
                await assert_good(mine)
                await mine.click("Send the text message", composer)
                sent = composer.get_by_role("listitem").filter(has_text="See you at noon €")
                await expect(sent).to_contain_text("sent")
                await expect(text).to_have_value("")
                async with httpx.AsyncClient() as client:
                    told = await client.post(
                        f"{base}/api/v1/sms-reports/{provider['id']}/{KEY}",
                        data={"id": "g-1", "status": "delivered"},
                    )
                assert told.text == "OK"
                await expect(sent).to_contain_text("delivered")
        await expect(row).to_contain_text("Working")
    last = gateway.requests[-1]
    assert json.loads(last.body)["text"] == "See you at noon €"
    assert last.headers["authorization"] == f"Bearer {SECRET}"

"""A call is told while the page is closed: from the PBX to the notification, and from its button
to the telephone.

Which push service Chromium uses nobody can say in a test, so its page is given one of the tests;
what that one has received and decrypted is handed to the worker as Chromium's own would.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.pages.opening import Caller
from tests.peers import require_peer
from tests.peers.chromium import running_chromium
from tests.push.push_service import Browser as Subscribed
from tests.push.push_service import PushService, running_push_service, trust
from tests.running import DEADLINE
from tests.web.calls import answered, at, ends, rings
from tests.web.house import PAPER, PASSWORD, House, furnish, running_house
from tws.connectors.web_push import WebPush
from tws.telephony.commands import AnswerCall
from tws.telephony.event_reports import CommandDone

pytestmark = pytest.mark.asyncio(loop_scope="session")
GIVEN = """
const given = %s;
let subscription = null;
PushManager.prototype.getSubscription = async () => subscription;
PushManager.prototype.subscribe = async options => {
  subscription = {
    endpoint: given.endpoint,
    toJSON: () => ({keys: {p256dh: given.key, auth: given.auth}}),
    unsubscribe: async () => { subscription = null; return true; },
  };
  return subscription;
};
"""
SHOWN = """navigator.serviceWorker.ready
  .then(worker => worker.getNotifications())
  .then(all => all.map(one => ({
    title: one.title, body: one.body, silent: one.silent,
    actions: one.actions.map(action => action.title),
  })))"""
TOLD = """async ({leg, state}) => {
  const worker = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 1000; tries++) {
    const [one] = await worker.getNotifications({tag: leg});
    if (one?.data?.state === state) return {
      title: one.title, body: one.body, silent: one.silent,
      actions: one.actions.map(action => action.title),
    };
    await new Promise(resume => setTimeout(resume, 20));
  }
  const there = await worker.getNotifications();
  throw new Error(`not ${state} of ${leg}: ` +
    JSON.stringify(there.map(one => [one.tag, one.title, one.data])));
}"""
"The notification of a call, once it says so."
PRESS = """async action => {
  const [notification] = await self.registration.getNotifications();
  const opened = new Promise((resume, refuse) => {
    self.clients.openWindow = async url => resume(url);
    setTimeout(() => refuse(new Error("it opened no page")), 20000);
  });
  self.dispatchEvent(new NotificationEvent('notificationclick', {notification, action}));
  // It closes: Chromium would take the next one of the same call away with it.
  for (let tries = 0; tries < 1000; tries++) {
    if ((await self.registration.getNotifications()).length === 0) break;
    await new Promise(resume => setTimeout(resume, 20));
  }
  return action === "" ? await opened : "";
}"""
"It opens no window: Chromium lets a worker do so only where somebody really clicked."


@pytest_asyncio.fixture(loop_scope="session")
async def service() -> AsyncIterator[PushService]:
    with running_push_service() as service:
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path, service: PushService) -> AsyncIterator[House]:
    await furnish(tmp_path / "tws.db")
    postman = WebPush("mailto:postmaster@ssdei.example", True, trust)
    outside = replace(PAPER, postman=lambda subject, local: postman)
    async with running_house(tmp_path / "tws.db", outside=outside) as house:
        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desktop() -> AsyncIterator[Browser]:
    require_peer("chromium")
    async with running_chromium(desktop=True) as browser:
        yield browser


class Worker:
    """The worker of the page, which outlives it."""

    def __init__(self, context: BrowserContext, base: str, beside: Page, control: CDPSession):
        self.context, self.base, self.beside, self.control = context, base, beside, control
        self.registration: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        control.on("ServiceWorker.workerRegistrationUpdated", self._registered)

    def _registered(self, event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if not one["isDeleted"] and not self.registration.done():
                self.registration.set_result(one["registrationId"])

    async def push(self, subscribed: Subscribed) -> dict[str, Any]:
        """What its push service has next, given to it; what is shown then."""
        message = await subscribed.message()
        async with asyncio.timeout(DEADLINE):
            id = await self.registration
        said = {"origin": self.base, "registrationId": id, "data": json.dumps(message.content)}
        await self.control.send("ServiceWorker.deliverPushMessage", said)
        shown: dict[str, Any] = await self.beside.evaluate(TOLD, message.content)
        return shown

    async def press(self, action: str) -> str:
        """A button of the notification, or none; where the page is opened then."""
        (worker,) = self.context.service_workers
        return str(await worker.evaluate(PRESS, action))


async def worker_of(context: BrowserContext, base: str) -> Worker:
    """Looked at from a file of the server, which is no page of it."""
    beside = await context.new_page()
    await beside.goto(f"{base}/favicon.svg")
    control = await context.new_cdp_session(beside)
    worker = Worker(context, base, beside, control)
    await control.send("ServiceWorker.enable")
    return worker


async def test_a_call_is_told_while_the_page_is_closed(
    desktop: Browser, house: House, service: PushService
) -> None:
    key = house.rooms.push.keys.public or ""
    subscribed = service.browser(key)
    context = await desktop.new_context(locale="en-GB", viewport={"width": 1400, "height": 900})
    await context.grant_permissions(["notifications"], origin=house.url)
    await context.add_init_script(GIVEN % json.dumps(subscribed.subscription))
    page = Caller(context, await context.new_page(), house.url)
    await page.sign_in("alice", PASSWORD)
    shown = await page.preferences("Alert")
    wanted = shown.get_by_role("switch", name="Notify me of calls when the page is closed")
    await wanted.click()
    await expect(wanted).to_be_checked()
    worker = await worker_of(context, house.url)
    await page.page.close()

    house.report(rings("1", "4001"))
    told = await worker.push(subscribed)
    assert (told["title"], told["body"]) == ("01 55 17 18 89", "Incoming call")
    assert told["actions"] == ["Answer", "Decline"] and told["silent"] is False

    # Its button asks the telephone, by the session of this browser.
    await worker.press("answer")
    command = await house.asked(AnswerCall)
    assert isinstance(command, AnswerCall) and command.connection == at("1", "4001")
    house.report(CommandDone(command.id, None), answered("1", "4001"))
    told = await worker.push(subscribed)
    assert told["body"] == "Call taken" and told["actions"] == [] and told["silent"] is True

    # The notification itself leads to the page.
    house.report(ends("1", "4001"), rings("2", "4001"))
    await worker.push(subscribed)
    assert await worker.press("") == "/"
    again = Caller(context, await context.new_page(), house.url)
    await again.go()
    await expect(again.ringing).to_be_visible()

    # Signed out, this browser is told of nothing, and is subscribed to nothing.
    house.report(ends("2", "4001"))
    assert (await worker.push(subscribed))["body"] == "Missed call"
    await again.page.locator("header button[aria-haspopup=dialog]").last.click()
    await again.click("Sign out", again.page.get_by_role("dialog"))
    await expect(again.page.locator("input[name=username]")).to_be_visible()
    assert not house.rooms.push.subscriptions.any_of(house.users["alice"].id)
    await context.close()


async def test_a_hidden_page_shows_the_same_notification_once(
    desktop: Browser, house: House, service: PushService
) -> None:
    subscribed = service.browser(house.rooms.push.keys.public or "")
    context = await desktop.new_context(locale="en-GB", viewport={"width": 1400, "height": 900})
    await context.grant_permissions(["notifications"], origin=house.url)
    await context.add_init_script(GIVEN % json.dumps(subscribed.subscription))
    await context.add_init_script(
        """window.hidden = false;
        Object.defineProperty(document, "visibilityState",
          {get: () => window.hidden ? "hidden" : "visible"});"""
    )
    page = Caller(context, await context.new_page(), house.url)
    await page.sign_in("alice", PASSWORD)
    shown = await page.preferences("Alert")
    for name in ("Notify me of calls when the page is closed", "Notify when the page is hidden"):
        await shown.get_by_role("switch", name=name).click()
        await expect(shown.get_by_role("switch", name=name)).to_be_checked()
    worker = await worker_of(context, house.url)

    # While it is looked at nothing is pushed; once it is not, what rings is told.
    house.report(rings("1", "4001"))
    await expect(page.ringing).to_be_visible()
    assert await worker.beside.evaluate(SHOWN) == [] and subscribed.arrived.empty()
    await page.evaluate("hidden = true; document.dispatchEvent(new Event('visibilitychange'))")
    assert (await worker.push(subscribed))["actions"] == ["Answer", "Decline"]
    house.report(rings("2", "4002"))
    await expect(page.ringing).to_have_count(2)
    await worker.push(subscribed)
    assert len(await worker.beside.evaluate(SHOWN)) == 2
    await context.close()

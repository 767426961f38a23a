"""What one node does for all is seen, and can be answered, at every node."""

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from tests.cluster.nodes import Pair
from tests.connectors.http_server import Reply, Request, json_reply, serving
from tests.running import Api, Json, Live, TwsServer

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "k" * 20
EMAIL = "user4001@ssdei.example"


async def sees(page: Live, key: str, **wanted: object) -> Json:
    def look() -> Json | None:
        value = page.state.get(key)
        matches = value and all(value.get(k) == want for k, want in wanted.items())
        return value if matches else None

    found: Json = await page.until(look, f"{key} with {wanted}")
    return found


@dataclass
class Office:
    """An administrator at each node: at the one that works, and at the other."""

    working: Api
    other: Api
    at_working: Live
    at_other: Live

    async def both_see(self, key: str, **wanted: object) -> Json:
        """Under that key, once it is as wanted on both pages; the other's."""
        await sees(self.at_working, key, **wanted)
        return await sees(self.at_other, key, **wanted)


async def works(node: TwsServer, admin: Api) -> bool:
    services = (await admin.get("/admin/services"))["services"]
    return any(one["name"] == "mail" and one["state"] == "running" for one in services)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(pair: Pair) -> AsyncIterator[Office]:
    async with contextlib.AsyncExitStack() as stack:
        admins = {}
        for node in (pair.a, pair.b):
            admins[node] = await node.client().sign_in_as_administrator()
        working = pair.a if await works(pair.a, admins[pair.a]) else pair.b
        other = pair.b if working is pair.a else pair.a
        assert not await works(other, admins[other])
        pages = [await stack.enter_async_context(admins[node].live()) for node in (working, other)]
        yield Office(admins[working], admins[other], *pages)


async def test_a_synchronisation_and_its_incident_are_on_the_pages_of_every_node(
    pair: Pair, office: Office
) -> None:
    directory = await office.other.post(
        "/admin/directories",
        domain=pair.site.domain,
        name="Customers",
        connector="csv",
        settings={"file": "customers.csv"},
        mapping={"last_name": "name", "work": "tel"},
        schedule="manual",
    )
    where, run = f"/admin/directories/{directory['id']}", f"run/{directory['id']}"
    await office.working.post(f"/admin/directories/{directory['id']}/synchronise")
    await office.both_see(run, state="failed")
    seen = await office.both_see("incidents", open=1, unacknowledged=1)
    (incident,) = (await office.other.get("/admin/incidents", open=True))["entries"]
    await office.other.post("/admin/incidents/acknowledge", incidents=[incident["id"]], note="")
    after = await office.both_see("incidents", open=1, unacknowledged=0)
    assert after["changed"] != seen["changed"]
    folder = pair.of.data / "files" / pair.site.company
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "customers.csv").write_text("name;tel\nMartin;0112345678\n")
    await office.working.post(f"/admin/directories/{directory['id']}/synchronise")
    await office.both_see(run, state="done", created=1)
    await office.both_see("incidents", open=0)
    runs = await office.other.get(f"{where}/runs")
    assert runs == await office.working.get(f"{where}/runs")


async def test_a_text_message_written_and_reported_at_the_other_node(
    pair: Pair, office: Office
) -> None:
    other = next(node for node in (pair.a, pair.b) if node.base == office.other.base)
    answers = [Reply(503), json_reply({"id": "g-1"})]
    with serving(lambda request: answers[0]) as gateway:
        row = await office.other.post(
            "/admin/sms-providers",
            domain=pair.site.domain,
            name="Ecosms",
            connector="http",
            sender="SSDEI",
            settings={
                "url": f"{gateway.url}/send",
                "body": '{"to": "{to}", "text": "{text}", "ref": "{id}"}',
                "message_id": "id",
                "report_key": KEY,
            },
        )
        may = {"parameter": "AuthorizeSms", "value": True, "domain": pair.site.domain}
        await office.other.request("PUT", "/admin/parameter-values", may)
        api = await other.user("user4001")
        async with api.live() as page:
            await page.until(lambda: "sms" in page.state, "text messages")
            sent = await api.post("/sms", number="0612345678", text="Hello")
            await office.both_see(f"sms-provider/{row['id']}", state="failing")
            answers.pop(0)
            change = {"version": row["version"], "name": "Ecosms 2"}
            await office.other.request("PATCH", f"/admin/sms-providers/{row['id']}", change)
            await come_to(page, api, sent["id"], "waiting")
            sent = await api.post("/sms", number="0612345679", text="Hello again")
            await come_to(page, api, sent["id"], "sent")
            assert [json.loads(one.body)["ref"] for one in gateway.requests][-1] == sent["id"]
            await office.both_see(f"sms-provider/{row['id']}", state="working")
            report = {"id": "g-1", "status": "delivered"}
            answer = await api.http.post(f"/sms-reports/{row['id']}/{KEY}", data=report)
            assert answer.status_code == 200
            await come_to(page, api, sent["id"], "delivered")


async def told_after(page: Live, changed: str) -> None:
    await page.until(lambda: page.state["sms"]["changed"] != changed, "another change")


async def come_to(page: Live, api: Api, id: str, state: str) -> None:
    """The message, once it has come that far: the page is told each time."""
    while True:
        changed = page.state["sms"]["changed"]
        if (await api.get(f"/sms/{id}"))["state"] == state:
            return
        await told_after(page, changed)


async def test_what_one_node_reads_of_calendars_is_seen_at_every_node(
    pair: Pair, office: Office
) -> None:
    users = await office.other.get("/admin/users")
    user = next(one for one in users if one["username"] == "user4001")
    change = {"version": user["version"], "email": EMAIL}
    await office.other.request("PATCH", f"/admin/users/{user['id']}", change)
    now = datetime.now(UTC)
    stamps = [f"{now + timedelta(hours=n):%Y%m%dT%H%M%SZ}" for n in (-1, 2)]
    written = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:TWS\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTAMP:{stamps[0]}\r\nDTSTART:{stamps[0]}\r\nDTEND:{stamps[1]}\r\n"
        "SUMMARY:Stand-up\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    def answer(request: Request) -> Reply:
        return Reply(200, written.encode(), {"Content-Type": "text/calendar"})

    async with contextlib.AsyncExitStack() as stack:
        pages = []
        for node in (pair.a, pair.b):
            api = await node.user("user4001")
            pages.append(await stack.enter_async_context(api.live(watch=[user["id"]])))
        server = stack.enter_context(serving(answer))
        source = await office.other.post(
            "/admin/collaboration-sources",
            domain=pair.site.domain,
            name="Calendars",
            connector="ical",
            settings={"url": f"{server.url}/{{user}}.ics"},
        )
        for page in pages:

            def subject(page: Live = page) -> bool:
                calendar = page.state.get(f"presence/{user['id']}", {}).get("calendar") or {}
                return bool(calendar.get("subject") == "Stand-up")

            await page.until(subject, "the meeting")
        await office.both_see(f"collaboration/{source['id']}", state="working", people=1)

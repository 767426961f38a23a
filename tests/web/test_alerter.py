"""Screen pops through the API: who is shown what of a call, and how templates are written."""

import asyncio
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import granting
from tests.web.calls import answered, ends, rings
from tests.web.house import House, running_house
from tests.web.page import Page
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM, CompanyId
from tws.organisation.applications import Application
from tws.organisation.model import BuiltIn

NUMBER = "01 55 17 18 89"
PUBLIC = "[twspublic]"
"Whatever its case."
TEMPLATE = f"""<alerter vip="true">
  <text x="1" y="2">[-DisplayName-] [-CompanyName-] [-PhoneNumber-]</text>
  <text directory="nowhere, {PUBLIC}">Customer [-Id-]</text>
  <text directory="none">Nobody</text>
  <button url="https://crm.example/?n=[-PhoneNumber-]&amp;who=[-DisplayName-]">Open</button>
  <button exe="c:\\crm.exe [-DisplayName-] [-MyUsername-]">Run</button>
</alerter>"""


class Desk:
    """An administrator of SSDEI, who writes templates for alice."""

    def __init__(self, house: House, admin: httpx.AsyncClient) -> None:
        self.house, self.admin = house, admin
        self.company = house.companies["SSDEI"].id

    async def grant(self, username: str = "alice") -> str:
        user = self.house.users[username].id
        to = granting.application(Application.ALERTER, user=user)
        made = await self.house.rooms.organisation.grants.create_grant(SYSTEM, **to)
        return made.id

    async def write(self, text: str, name: str = "pop.xml") -> httpx.Response:
        where = {"company": self.company, "name": name}
        return await self.admin.put("admin/alerter/template", params=where, json={"text": text})

    async def set(self, name: str, value: object, **holder: str) -> dict[str, Any]:
        body = {"parameter": name, "value": value, **(holder or {"company": self.company})}
        done = await self.admin.put("admin/parameter-values", json=body)
        assert done.status_code in (200, 201), done.text
        found: dict[str, Any] = done.json()
        return found

    async def list_programs(self) -> None:
        """The one of `TEMPLATE`, as Windows would take it too."""
        await self.set("AlerterPrograms", "C:/CRM.EXE | /usr/bin/crm")

    async def publish(self, vip: str = "") -> None:
        """Paul Martin, in the public contacts, with his fields."""
        known = self.house.rooms.registry.directories.values()
        public = next(
            row for row in known if row.company == self.company and row.built_in is BuiltIn.PUBLIC
        )
        labels = {"private0": "Id", "private1": "[VIP]"}
        body = {"version": public.version, "labels": labels}
        done = await self.admin.patch(f"admin/directories/{public.id}", json=body)
        assert done.status_code == 200, done.text
        contact = {
            "lastName": "Martin",
            "firstName": "Paul & Co",
            "company": "ARDA",
            "private": False,
            "numbers": [{"kind": "work", "number": NUMBER}],
            "fields": {"Id": "C-7", **({"[VIP]": vip} if vip else {})},
        }
        where = {"company": self.company}
        made = await self.admin.post("contacts", params=where, json=contact)
        assert made.status_code == 201, made.text

    async def tried(self, text: str, **more: Any) -> dict[str, Any]:
        body = {"company": self.company, "text": text, **more}
        answer = await self.admin.post("admin/alerter/trial", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def desk(house: House) -> Desk:
    return Desk(house, await house.administrator("SSDEI"))


def pops(page: Page) -> list[dict[str, Any]]:
    return [value for key, value in page.state.items() if key.startswith("pop/")]


async def popped(page: Page) -> dict[str, Any]:
    """The pop of the one call, once it has been looked up."""
    await page.until(lambda page: bool(pops(page)) and all(one["settled"] for one in pops(page)))
    (found,) = pops(page)
    return found


def texts(pop: dict[str, Any]) -> list[str]:
    return [one["text"] for one in pop["elements"]]


async def test_a_call_is_shown_as_its_template_says(house: House, desk: Desk) -> None:
    await desk.grant()
    await desk.publish(vip="gold")
    await desk.list_programs()
    assert (await desk.write(TEMPLATE)).status_code == 200
    await desk.set("AlerterXml", "pop.xml")
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        house.report(rings("1", "4001"))
        found = await popped(page)
        assert found["connection"] == house.legs("4001")[0]
        assert (found["mode"], found["width"], found["height"]) == ("XML", 400, 300)
        assert found["vip"] is True and found["mistaken"] is False
        assert found["elements"] == [
            {
                "kind": "text",
                "x": 1,
                "y": 2,
                "text": f"Paul & Co Martin ARDA {NUMBER}",
                "address": "",
                "command": [],
            },
            {"kind": "text", "x": 0, "y": 0, "text": "Customer C-7", "address": "", "command": []},
            {
                "kind": "button",
                "x": 0,
                "y": 0,
                "text": "Open",
                "address": "https://crm.example/?n=0155171889&who=Paul%20%26%20Co%20Martin",
                "command": [],
            },
            {
                "kind": "button",
                "x": 0,
                "y": 0,
                "text": "Run",
                "address": "",
                "command": ["c:\\crm.exe", "Paul & Co Martin", "alice"],
            },
        ]
        house.report(answered("1", "4001"))
        house.report(ends("1", "4001"))
        await page.until(lambda page: not pops(page))


async def test_who_is_in_no_directory(house: House, desk: Desk) -> None:
    await desk.grant()
    await desk.list_programs()
    await desk.write(TEMPLATE)
    await desk.set("AlerterXml", "pop.xml")
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001"))
        found = await popped(page)
        assert texts(found)[:2] == [NUMBER, "Nobody"]
        assert found["vip"] is False


async def test_a_withheld_number_is_told_to_nobody(house: House, desk: Desk) -> None:
    await desk.grant()
    await desk.publish()
    await desk.list_programs()
    await desk.write(TEMPLATE)
    await desk.set("AlerterXml", "pop.xml")
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001", restricted=True))
        found = await popped(page)
        assert texts(found)[0] == "Nobody"
        assert "0155171889" not in str(found) and "Martin" not in str(found)


async def test_only_those_who_have_the_alerter_are_shown_anything(
    house: House, desk: Desk
) -> None:
    grant = await desk.grant("bob")
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    async with house.page(alice) as hers, house.page(bob) as his:
        house.report(rings("1", "4001"), rings("2", "4003"))
        await popped(his)
        await hers.until(lambda page: any(key.startswith("call/") for key in page.state))
        assert not pops(hers)
        await house.rooms.organisation.grants.delete_grant(SYSTEM, grant, 1)
        await his.until(lambda page: not pops(page))


@pytest.mark.parametrize("holder", ["user", "group", "domain", "company"])
async def test_each_parameter_counts_at_each_level(house: House, desk: Desk, holder: str) -> None:
    await desk.grant()
    organisation, paris = house.rooms.organisation, house.domains["Paris"].id
    group = await organisation.groups.create_group(SYSTEM, domain=paris, name="Told")
    user = house.users["alice"].id
    await organisation.groups.set_members(SYSTEM, group.id, group.version, [user])
    ids = {"user": user, "group": group.id, "domain": paris, "company": desk.company}
    to = {holder: ids[holder]}
    await desk.write("<alerter><text>One</text></alerter>")
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001"))
        first = await popped(page)
        assert (first["mode"], first["mistaken"]) == ("XML", False)
        assert NUMBER in texts(first), "TWS's own card"
        await desk.set("AlerterWidth", 640, **to)
        await page.until(lambda page: pops(page)[0]["width"] == 640)
        await desk.set("AlerterHeight", 480, **to)
        await page.until(lambda page: pops(page)[0]["height"] == 480)
        await desk.set("AlerterXml", "pop.xml", **to)
        await page.until(lambda page: texts(pops(page)[0]) == ["One"])
        await desk.set("AlerterUrl", "https://crm.example/[-PhoneNumber-]", **to)
        await desk.set("AlerterMode", "URL", **to)
        await page.until(lambda page: pops(page)[0]["mode"] == "URL")
        assert pops(page)[0]["address"] == "https://crm.example/0155171889"
        assert pops(page)[0]["elements"] == []


async def test_a_page_is_opened_with_the_name_in_it(house: House, desk: Desk) -> None:
    await desk.grant()
    await desk.publish()
    await desk.set("AlerterMode", "URL")
    await desk.set("AlerterUrl", "https://crm.example/?q=[-DisplayName-]")
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001"))
        await popped(page)
    told = [
        value
        for frame in page.frames
        for key, value in frame.get("set", {}).items()
        if key.startswith("pop/")
    ]
    assert {one["address"] for one in told} <= {
        None,
        "https://crm.example/?q=Paul%20%26%20Co%20Martin",
    }
    assert told[-1]["address"] is not None


async def test_a_changed_template_is_drawn_at_once(house: House, desk: Desk) -> None:
    await desk.grant()
    await desk.write("<alerter><text>One</text></alerter>")
    await desk.set("AlerterXml", "pop.xml")
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001"))
        await page.until(lambda page: [texts(one) for one in pops(page)] == [["One"]])
        await desk.write("<alerter><text>Two</text></alerter>")
        await page.until(lambda page: texts(pops(page)[0]) == ["Two"])
        # By whatever way the file comes.
        sent = await desk.admin.put(
            "admin/files",
            params={"company": desk.company, "name": "pop.xml"},
            content=b"<alerter><text>Three</alerter>",
            headers={"Content-Type": "application/octet-stream"},
        )
        assert sent.status_code == 200
        await page.until(lambda page: pops(page)[0]["mistaken"])
        assert NUMBER in texts(pops(page)[0]), "a call is shown whatever the template is"


async def test_templates_are_there_after_a_restart(database: Path) -> None:
    async with running_house(database) as house:
        desk = Desk(house, await house.administrator("SSDEI"))
        await desk.grant()
        await desk.write("<alerter><text>One</text></alerter>")
        await desk.set("AlerterXml", "pop.xml")
    async with running_house(database) as house:
        async with house.page(await house.sign_in("alice")) as page:
            house.report(rings("1", "4001"))
            assert texts(await popped(page)) == ["One"]


# ---------------------------------------------------------------- writing


async def test_templates_are_listed_read_and_deleted(house: House, desk: Desk) -> None:
    written = await desk.write("<alerter><text>Été</text></alerter>")
    assert written.json()["name"] == "pop.xml" and written.json()["mistakes"] == []
    broken = {"company": desk.company, "name": "old.xml"}
    await desk.admin.put(
        "admin/files",
        params=broken,
        content='<alerter><text colour="1">é</text></alerter>'.encode("cp1252"),
        headers={"Content-Type": "application/octet-stream"},
    )
    async with asyncio.timeout(20):
        await house.rooms.bus.settle()
    where = {"company": desk.company}
    listed = (await desk.admin.get("admin/alerter/templates", params=where)).json()
    assert [one["name"] for one in listed] == ["old.xml", "pop.xml"]
    (wrong,) = listed[0]["mistakes"]
    assert (wrong["line"], wrong["column"]) == (1, 10)
    await desk.set("AlerterXml", "pop.xml")
    listed = (await desk.admin.get("admin/alerter/templates", params=where)).json()
    assert [one["chosen"] for one in listed] == [0, 1]
    old = (await desk.admin.get("admin/alerter/template", params=broken)).json()
    assert old["text"] == '<alerter><text colour="1">é</text></alerter>'
    name = {**where, "name": "pop.xml"}
    problem(await desk.admin.delete("admin/files", params=name), 409, "conflict")
    gone = await desk.admin.delete("admin/files", params=broken)
    assert gone.status_code == 204
    problem(await desk.admin.get("admin/alerter/template", params=broken), 404, "notFound")


async def test_only_templates_are_stored(desk: Desk) -> None:
    refused = await desk.write("<alerter>\n<video/></alerter>")
    told = problem(refused, 422, "invalid")
    assert told["field"] == "text" and told["detail"].startswith("Line 2: ")
    assert problem(await desk.write("<alerter/>", "pop.txt"), 422, "invalid")["field"] == "name"
    problem(await desk.write("<alerter/>", "../pop.xml"), 422, "invalid")
    where = {"company": desk.company}
    assert (await desk.admin.get("admin/alerter/templates", params=where)).json() == []


async def test_a_picture_inside_a_template_is_refused_and_takes_no_memory(
    house: House, desk: Desk
) -> None:
    picture = f"<image>data:image/png;base64,{'A' * 5_000_000}</image>"
    text = f"<alerter>{picture}<text>One</text></alerter>"
    problem(await desk.write(text), 413, "tooLarge")
    problem(await desk.write(text[:70_001]), 422, "invalid")
    await desk.grant()
    await desk.write("<alerter><text>One</text></alerter>")
    await desk.set("AlerterXml", "pop.xml")
    where = {"company": desk.company, "name": "pop.xml"}
    async with house.page(await house.sign_in("alice")) as page:
        house.report(rings("1", "4001"))
        await page.until(lambda page: [texts(one) for one in pops(page)] == [["One"]])
        sent = await desk.admin.put(
            "admin/files",
            params=where,
            content=text.encode(),
            headers={"Content-Type": "application/octet-stream"},
        )
        assert sent.status_code == 200, sent.text
        await page.until(lambda page: pops(page)[0]["mistaken"])
        assert NUMBER in texts(pops(page)[0]), "a call is shown whatever the template is"
    listed = await desk.admin.get("admin/alerter/templates", params={"company": desk.company})
    (mistake,) = listed.json()[0]["mistakes"]
    assert mistake["said"]["parameters"] == {"most": 65_536}
    problem(await desk.admin.get("admin/alerter/template", params=where), 422, "invalid")
    tracemalloc.start()
    try:
        await house.rooms.alerter.templates.read(CompanyId(desk.company), "pop.xml")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 500_000


async def test_a_text_is_tried_on_a_call_that_never_was(desk: Desk) -> None:
    text = (
        '<alerter vip="true"><text>[-DisplayName-] [-Nothing-]</text>'
        '<text directory="crm">In it</text><text directory="none">New</text></alerter>'
    )
    tried = await desk.tried(text)
    assert tried["unknown"] == ["Nothing"] and tried["mistakes"] == []
    assert texts(tried["pop"]) == ["Paul Martin", "New"] and tried["pop"]["vip"] is False
    more = {"values": {"displayname": "<b>Eve</b>", "VIP": "yes"}, "directories": ["CRM"]}
    tried = await desk.tried(text, **more)
    assert texts(tried["pop"]) == ["<b>Eve</b>", "In it"] and tried["pop"]["vip"] is True
    wrong = await desk.tried('<alerter><button url="javascript:alert(1)">x</button></alerter>')
    assert wrong["pop"] is None and wrong["mistakes"][0]["said"]["parameters"]["name"] == "url"
    page = await desk.tried("https://crm.example/[-PhoneNumber-]", mode="URL", width=640)
    assert page["pop"]["address"] == "https://crm.example/0155171889"
    assert page["pop"]["width"] == 640


async def test_the_tokens_that_there_are(desk: Desk) -> None:
    await desk.publish()
    told = await desk.admin.get("admin/alerter/tokens", params={"company": desk.company})
    found = {one["name"]: one["of"] for one in told.json()}
    assert found["DisplayName"] == "caller" and found["MyCustom1"] == "called"
    assert found["Custom9"] == "field" and found["Id"] == "field" and found["[VIP]"] == "field"
    assert (await desk.tried("<alerter><text>[-Id-]</text></alerter>"))["unknown"] == []


# ---------------------------------------------------------------- frames


async def test_what_is_somebody_elses_has_a_page_of_its_own(house: House) -> None:
    alice = await house.sign_in("alice")
    of = house.url + "/frames/image"
    shown = await alice.get(of, params={"src": 'https://a.example/"><script>x</script>'})
    assert shown.status_code == 200 and "<script" not in shown.text
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert "frame-ancestors 'self'" in policy and "script" not in policy
    page = await alice.get(house.url + "/frames/page", params={"src": "https://a.example/?q=1"})
    assert 'src="https://a.example/?q=1"' in page.text and "allow-top" not in page.text
    for src in ("javascript:alert(1)", "data:text/html,x", "/api/v1/health", "file:///etc/passwd"):
        problem(await alice.get(of, params={"src": src}), 422, "invalid")
    nobody = await house.client()
    problem(await nobody.get(of, params={"src": "https://a.example"}), 401, "notSignedIn")


async def test_who_has_the_alerter_sees_it_ring_unless_he_chooses(
    house: House, desk: Desk
) -> None:
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        assert page.state["preferences"]["screenPop"] == "onClick"
        await desk.grant()
        await page.until(lambda page: page.state["preferences"]["screenPop"] == "ringing")
        assert (await alice.get("preferences")).json() == page.state["preferences"]
        kept = await alice.patch("preferences", json={"version": 0, "quiet": True})
        assert kept.json()["screenPop"] == "ringing"
        body = {"version": 1, "screenPop": "answered"}
        assert (await alice.patch("preferences", json=body)).status_code == 200
        await page.until(lambda page: page.state["preferences"]["screenPop"] == "answered")

"""The event journal through the API: other people's call logs (7.4.6), and what is new."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import openpyxl

from tests import granting
from tests.web.calls import answered, ends, rings
from tests.web.house import House
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.test_notes import called, made, settled
from tws.organisation.actor import SYSTEM
from tws.organisation.grant import GrantKind
from tws.telephony.event_reports import MessageWaitingChanged
from tws.telephony.model import DeviceId


async def granted(house: House, of: Mapping[str, str], to: str = "bob") -> Any:
    rights = granting.of_people(GrantKind.CALL_LOG, of, user=house.users[to].id)
    return await house.rooms.organisation.grants.create_grant(SYSTEM, **rights)


async def log_of(house: House, program: httpx.AsyncClient, user: str) -> httpx.Response:
    return await program.get("call-log", params={"user": house.users[user].id})


def logs(page: Page) -> list[str]:
    return [one["name"] for one in page.state["journal"]["logs"]]


async def test_another_s_log_is_read_by_who_may_and_no_longer(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    line = await called(house, alice)
    problem(await log_of(house, bob, "alice"), 404, "notFound")
    async with house.page(bob) as page:
        assert logs(page) == []
        grant = await granted(house, {"user": house.users["alice"].id})
        await page.until(lambda page: logs(page) == ["Alice Martin"])
        assert (await log_of(house, bob, "alice")).json()["entries"] == [line]
        await called(house, alice, "2")
        await page.until(lambda page: bool(page.moments))
        assert page.moments[0] == {"kind": "otherLog", "user": house.users["alice"].id}
        await house.rooms.organisation.grants.delete_grant(SYSTEM, grant.id, grant.version)
        await page.until(lambda page: logs(page) == [])
        problem(await log_of(house, bob, "alice"), 404, "notFound")
    assert (await bob.get("call-log")).json()["entries"] == []
    problem(await log_of(house, bob, "erin"), 404, "notFound")


async def test_the_logs_of_a_group_are_those_of_who_is_in_it(house: House) -> None:
    bob = await house.program("bob")
    groups = house.rooms.organisation.groups
    group = await groups.create_group(SYSTEM, domain=house.domains["Paris"].id, name="Sales")
    await granted(house, {"group": group.id})
    async with house.page(bob) as page:
        assert logs(page) == []
        alice, users = house.users["alice"].id, [house.users["bob"].id]
        group = await groups.set_members(SYSTEM, group.id, group.version, [alice, *users])
        await page.until(lambda page: logs(page) == ["Alice Martin"])
        assert (await log_of(house, bob, "alice")).status_code == 200
        await groups.set_members(SYSTEM, group.id, group.version, users)
        await page.until(lambda page: logs(page) == [])
        problem(await log_of(house, bob, "alice"), 404, "notFound")


async def test_in_another_s_log_private_contacts_stay_private(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    contact = {"lastName": "Secret", "numbers": [{"kind": "work", "number": "01 55 17 18 89"}]}
    await alice.post("contacts", json={**contact, "private": True})
    line = await called(house, alice)
    assert line["name"] == "Secret"
    await granted(house, {"user": house.users["alice"].id})
    (seen,) = (await log_of(house, bob, "alice")).json()["entries"]
    assert seen == {**line, "name": "", "contact": None}
    assert (await log_of(house, bob, "alice")).json()["entries"][0]["display"] == "01 55 17 18 89"
    found = await bob.get("call-log", params={"user": house.users["alice"].id, "text": "secret"})
    assert found.json()["entries"] == []


# ---------------------------------------------------------------- what is new


async def news(program: httpx.AsyncClient) -> Any:
    answer = await program.get("journal/news")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def seen(program: httpx.AsyncClient, until: str) -> None:
    answer = await program.post("journal/seen", json={"until": until})
    assert answer.status_code == 204, answer.text


async def missed(house: House, call: str, device: str = "4001") -> None:
    house.report(rings(call, device), ends(call, device))
    await settled(house)


FAR = "2999-01-01T00:00:00Z"


async def test_missed_calls_are_new_until_one_looks_in_any_window(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    assert (await news(alice))["unread"] == 0
    await missed(house, "1")
    await missed(house, "2")
    assert (await news(alice)) == {
        **{"seen": None, "unread": 2, "missed": 2, "notes": 0, "messages": []}
    }
    line = (await alice.get("call-log")).json()["entries"][1]
    async with house.page(alice) as one, house.page(alice) as other, house.page(bob) as his:
        before, his_before = one.state["journal"]["changed"], his.state["journal"]["changed"]
        await seen(alice, line["ended"])
        for page in (one, other):
            await page.until(lambda page: page.state["journal"]["changed"] != before)
        assert his.state["journal"]["changed"] == his_before
    assert ((await news(alice))["unread"], (await news(alice))["seen"]) == (1, line["ended"])
    await seen(alice, FAR)
    assert (await news(alice))["seen"] < FAR, "nobody has seen what is to come"
    assert (await news(alice))["unread"] == 0
    await seen(alice, line["ended"])
    assert (await news(alice))["unread"] == 0, "what was seen stays so"
    await missed(house, "3")
    assert (await news(alice))["unread"] == 1
    problem(await (await house.administrator()).get("journal/news"), 403, "notAllowed")


async def test_a_colleague_s_public_note_on_one_s_call_is_new(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    line = await called(house, alice)
    await granted(house, {"user": house.users["alice"].id})
    await made(alice, "My own", call=line["id"], public=True)
    note = await made(bob, "I know him", call=line["id"])
    await made(bob, "About nothing", public=True)
    assert (await news(alice))["unread"] == 0
    await bob.patch(f"notes/{note['id']}", json={"version": 1, "public": True})
    assert ((await news(alice))["notes"], (await news(alice))["unread"]) == (1, 1)
    assert (await news(bob))["unread"] == 0
    await seen(alice, FAR)
    assert (await news(alice))["unread"] == 0


async def test_voice_messages_are_told_once(house: House) -> None:
    alice = await house.program("alice")

    async def lamp(on: bool) -> None:
        house.report(MessageWaitingChanged(DeviceId("4001"), on))
        await settled(house)

    await lamp(False)  # as after a start: nothing is to be written
    published = house.rooms.bus.published
    assert published["LampsDue"] == 1 and not published["Lamp"]
    async with house.page(alice) as page:
        before = page.state["journal"]["changed"]
        await lamp(True)
        await page.until(lambda page: page.state["journal"]["changed"] != before)
    await lamp(True)
    (message,) = (await news(alice))["messages"]
    assert (message["device"], message["heard"]) == (house.device("4001"), None)
    assert (await news(alice))["unread"] == 1
    await seen(alice, FAR)
    await lamp(False)
    found = await news(alice)
    assert found["unread"] == 0 and found["messages"][0]["heard"] is not None
    await lamp(True)
    assert ((await news(alice))["unread"], len((await news(alice))["messages"])) == (1, 2)


async def test_a_missed_call_that_a_colleague_took_says_who(house: House) -> None:
    alice = await house.program("alice")
    house.report(rings("1", "4001"), rings("1", "4003"), answered("1", "4003"), ends("1", "4001"))
    house.report(ends("1", "4003"))
    await settled(house)
    (line,) = (await alice.get("call-log")).json()["entries"]
    assert line["outcome"] == "answeredElsewhere" and line["other"]["name"] == "Bob Durand"
    assert (await news(alice))["unread"] == 0


# ---------------------------------------------------------------- as a file


async def test_the_log_as_a_file(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    await missed(house, "1")
    line = await called(house, alice, "2")
    began = datetime.fromisoformat(line["started"]).astimezone(ZoneInfo("Europe/Paris"))
    book = await alice.get("call-log/file", params={"culture": "fr"})
    assert book.headers["content-disposition"] == 'attachment; filename="calls.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None and sheet.title == "Appels"
    head, first, second = sheet.iter_rows(values_only=True)
    assert head[:5] == ("Date", "Sens", "Issue", "Nom", "Numéro")
    assert [(*row[1:3], row[3] or "", row[4]) for row in (first, second)] == [
        ("Reçu", "Répondu", "", "01 55 17 18 89"),
        ("Reçu", "Manqué", "", "01 55 17 18 89"),
    ]
    shown = first[0]
    assert isinstance(shown, datetime)
    assert abs(shown - began.replace(tzinfo=None)) < timedelta(seconds=1)
    plain = await alice.get("call-log/file", params={"format": "csv", "outcome": "missed"})
    rows = list(csv.reader(io.StringIO(plain.content.decode("utf-8-sig"))))
    assert [row[1:3] for row in rows] == [["Direction", "Outcome"], ["Incoming", "Missed"]]
    theirs = {"user": house.users["alice"].id}
    problem(await bob.get("call-log/file", params=theirs), 404, "notFound")
    await granted(house, theirs)
    assert (await bob.get("call-log/file", params=theirs)).status_code == 200
    problem(await bob.get("call-log/file", params={"format": "pdf"}), 422, "invalid")

"""People's calendars, from a real Radicale through the reader process to what colleagues see."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import granting
from tests.connectors.http_server import Reply, serving
from tests.connectors.ical_texts import vevent, wrapped
from tests.peers import require_peer
from tests.peers.radicale import PASSWORD, READER, Radicale, running_radicale
from tests.web.house import House, reading_house
from tests.web.page import Page
from tests.web.problems import problem
from tws.presence.calendars import process as reader

MAILBOXES = {"alice": "marie@arda.example", "bob": "paul@arda.example", "carol": "c@arda.example"}


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    require_peer("radicale")
    (tmp_path / "radicale").mkdir()
    with running_radicale(tmp_path / "radicale") as server:
        yield server


@pytest.fixture
async def house(database: Path) -> AsyncIterator[House]:
    async with reading_house(database) as house:
        yield house


def now_and(seconds: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)


def meeting(name: str, since: float, until: float, *more: str) -> str:
    """Seconds from now."""
    times = (now_and(since), now_and(until))
    start, end = (f"{time:%Y%m%dT%H%M%SZ}" for time in times)
    return wrapped(vevent(name, f"DTSTART:{start}", f"DTEND:{end}", *more))


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.ics").write_text(text.replace("\n", "\r\n"), newline="")


async def mailboxes(house: House, admin: httpx.AsyncClient) -> None:
    for username, email in MAILBOXES.items():
        user = house.users[username]
        answer = await admin.patch(
            f"admin/users/{user.id}", json={"version": user.version, "email": email}
        )
        assert answer.status_code == 200, answer.text


async def source(
    house: House, admin: httpx.AsyncClient, server: Radicale, **settings: Any
) -> dict[str, Any]:
    given = {"url": f"{server.url}/{{user}}/", "user": READER, "password": PASSWORD, **settings}
    body = {
        "domain": house.domains["Paris"].id,
        "name": "Radicale",
        "connector": "caldav",
        "settings": given,
    }
    answer = await admin.post("admin/collaboration-sources", json=body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    assert row["settings"]["password"] is None and row["isSet"] == {"password": True}
    return row


async def shown_to_all(house: House, admin: httpx.AsyncClient) -> None:
    """Everybody of SSDEI sees everybody's calendar."""
    everybody = {"domain": house.domains["Paris"].id, "name": "All"}
    group = (await admin.post("admin/groups", json=everybody)).json()
    members = {"version": 1, "members": [house.users[name].id for name in MAILBOXES]}
    await admin.put(f"admin/groups/{group['id']}/members", json=members)
    grant = granting.calendars({"group": group["id"]}, group=group["id"])
    answer = await admin.post("admin/grants", json=granting.sent(grant))
    assert answer.status_code == 201, answer.text


async def ended(page: Page, id: str, state: str = "working") -> dict[str, Any]:
    """The state of the source once it was read."""
    key = f"collaboration/{id}"
    await page.until(lambda page: page.state.get(key, {}).get("state") == state)
    found: dict[str, Any] = page.state[key]
    return found


def calendar(page: Page, user: str) -> dict[str, Any]:
    """What the page shows of somebody's calendar; empty = nothing."""
    return page.state.get(f"presence/{user}", {}).get("calendar") or {}


async def test_a_colleagues_meeting_begins(house: House, radicale: Radicale) -> None:
    work = radicale.calendar("marie", "work", {})
    write(work, "standup", meeting("Stand-up", 8, 3600))
    radicale.calendar("paul@arda.example", "calendar", {})
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    await shown_to_all(house, admin)
    bob, erin = await house.sign_in("bob"), await house.sign_in("erin")
    alice = house.users["alice"].id
    async with (
        house.page(bob, "alice") as page,
        house.page(admin) as office,
        house.page(erin, "alice") as other,
    ):
        row = await source(house, admin, radicale)
        await page.until(lambda page: calendar(page, alice) != {})
        first = calendar(page, alice)
        assert (first["state"], first["displayName"]) == ("free", "Alice Martin")
        assert first["until"] is not None
        await page.until(lambda page: calendar(page, alice)["state"] == "busy")
        busy = calendar(page, alice)
        assert busy["subject"] == "" and not busy["private"]
        state = await ended(office, row["id"])
        assert (state["people"], state["unread"], state["problem"]) == (1, 1, None)
        (unread,) = state["errors"]
        assert unread["displayName"] == "Bob Durand" and "no calendar" in unread["words"]
        assert (await bob.get(f"calendar-states/{alice}")).json() == busy
        assert (await erin.get("calendar-states")).json() == []
        problem(await erin.get(f"calendar-states/{alice}"), 404, "notFound")
        assert f"presence/{alice}" not in other.state
        texts = [(await admin.get(f"admin/{one}")).text for one in ADMIN]
        assert all(PASSWORD not in text and "sealed:" not in text for text in texts)


ADMIN = ("collaboration-sources", "collaboration-states", "calendar-connectors")


async def test_what_a_meeting_is_about_is_shown_where_both_sides_allow_it(
    house: House, radicale: Radicale
) -> None:
    work = radicale.calendar("marie", "work", {})
    write(work, "budget", meeting("Budget", -60, 3600))
    write(work, "doctor", meeting("Doctor", -30, 1800, "CLASS:PRIVATE", OUT))
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    await shown_to_all(house, admin)
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    id = house.users["alice"].id

    async def allow(name: str, username: str) -> None:
        given = {"parameter": name, "value": True, "user": house.users[username].id}
        answer = await admin.put("admin/parameter-values", json=given)
        assert answer.status_code in (200, 201), answer.text

    def seen(page: Page) -> tuple[str, str]:
        return calendar(page, id)["state"], calendar(page, id)["subject"]

    async with house.page(bob, "alice") as page:
        await source(house, admin, radicale)
        await page.until(lambda page: calendar(page, id) != {})
        assert seen(page) == ("busy", "")
        await allow("DisplayCalendarSummary", "alice")
        assert (await bob.get(f"calendar-states/{id}")).json()["subject"] == ""
        await allow("DisplayCalendarSummary", "bob")
        await page.until(lambda page: seen(page) == ("busy", "Budget"))
        await allow("DisplayCalendarPrivate", "bob")
        assert (await bob.get(f"calendar-states/{id}")).json()["subject"] == "Budget"
        await allow("DisplayCalendarPrivate", "alice")
        await page.until(lambda page: seen(page) == ("outOfOffice", "Doctor"))
        (row,) = [x for x in (await admin.get("admin/users")).json() if x["id"] == id]
        await admin.patch(f"admin/users/{id}", json={"version": row["version"], "lastName": "Roy"})
        await page.until(lambda page: calendar(page, id)["displayName"] == "Alice Roy")
    (own,) = (await alice.get("calendar-states")).json()
    assert (own["user"], own["subject"], own["private"]) == (id, "Doctor", True)


OUT = "X-MICROSOFT-CDO-BUSYSTATUS:OOF"


async def test_a_source_that_is_away_ages_and_a_restart_keeps_it(
    database: Path, radicale: Radicale
) -> None:
    work = radicale.calendar("marie", "work", {})
    write(work, "budget", meeting("Budget", -60, 3600))
    async with reading_house(database) as house:
        admin = await house.administrator("SSDEI")
        await mailboxes(house, admin)
        await shown_to_all(house, admin)
        async with house.page(admin) as office:
            row = await source(house, admin, radicale)
            state = await ended(office, row["id"])
            away = {**row["settings"], "url": "http://127.0.0.1:1/{user}/", "password": PASSWORD}
            address = f"admin/collaboration-sources/{row['id']}"
            moved = await admin.patch(address, json={"version": 1, "settings": away})
            assert moved.status_code == 200, moved.text
            failing = await ended(office, row["id"], "failing")
        assert failing["problem"] == "unreachable" and "127.0.0.1" in failing["words"]
        assert failing["refreshed"] == state["refreshed"] and failing["people"] == 1
        pause = time(failing["due"]) - time(failing["tried"])
        assert pause == timedelta(minutes=10)
        bob = await house.program("bob")
        (known,) = (await bob.get("calendar-states")).json()
        assert (known["state"], known["user"]) == ("busy", house.users["alice"].id)
        trial = (await admin.post(f"{address}/try")).json()
        assert trial["problem"] == "unreachable" and trial["people"] == []
    async with reading_house(database) as house:
        admin, bob = await house.administrator("SSDEI"), await house.program("bob")
        assert (await bob.get("calendar-states")).json() == [known]
        (after,) = (await admin.get("admin/collaboration-states")).json()
        assert (after["state"], after["words"]) == ("failing", failing["words"])
        assert after["refreshed"] == state["refreshed"]


async def test_a_source_that_never_answers_holds_up_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader.read.__kwdefaults__ is not None
    monkeypatch.setitem(reader.read.__kwdefaults__, "silence", 4.0)
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    await mailboxes(house, admin)
    text = meeting("Budget", -60, 3600).replace("\n", "\r\n").encode()
    with serving(lambda _: Reply(body=text)) as mute, serving(lambda _: Reply(body=text)) as other:
        mute.hold()
        async with house.page(admin) as office:
            ids = []
            for name, server in (("Mute", mute), ("Other", other)):
                body = {
                    "domain": house.domains["Paris"].id,
                    "name": name,
                    "connector": "ical",
                    "settings": {"url": f"{server.url}/{{user}}.ics"},
                }
                made = await admin.post("admin/collaboration-sources", json=body)
                assert made.status_code == 201, made.text
                ids.append(made.json()["id"])
            read = await ended(office, ids[1])
            assert (read["people"], read["unread"]) == (2, 0)
            assert office.state[f"collaboration/{ids[0]}"]["state"] == "reading"
            (known,) = (await alice.get("calendar-states")).json()
            assert known["state"] == "busy"
            failing = await ended(office, ids[0], "failing")
        assert (failing["problem"], failing["refreshed"]) == ("unreachable", None)
        assert "4 s" in failing["words"] and failing["due"] > failing["tried"]
        assert mute.requests, "it was asked"
        mute.let_go()


def time(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_an_account_of_ones_own_is_used_and_never_shown(
    house: House, radicale: Radicale
) -> None:
    radicale.calendar("marie", "work", {"1.ics": meeting("Own", -60, 3600)})
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    alice, erin = await house.sign_in("alice"), await house.sign_in("erin")
    async with house.page(admin) as office:
        row = await source(house, admin, radicale, user="nobody", password="wrong")
        failing = await ended(office, row["id"], "failing")
        assert failing["problem"] == "refused" and failing["people"] == 0
        address = f"collaboration-accounts/{row['id']}"
        account = {"username": "marie", "password": PASSWORD}
        problem(await erin.put(address, json=account), 404, "notFound")
        set_ = await alice.put(address, json=account)
        assert set_.json() == {
            "source": row["id"],
            "name": "Radicale",
            "username": "marie",
            "email": "",
            "failed": None,
            "read": None,
        }
        await office.until(lambda page: page.state[f"collaboration/{row['id']}"]["people"] == 1)
    (own,) = (await alice.get("calendar-states")).json()
    assert own["subject"] == "Own"
    told = [set_, await alice.get("collaboration-accounts"), await admin.get("admin/users")]
    assert all(PASSWORD not in one.text and "sealed:" not in one.text for one in told)
    renamed = await alice.put(address, json={"username": "paul"})
    assert renamed.json()["username"] == "paul"
    assert (await alice.delete(address)).status_code == 204
    problem(await alice.delete(address), 404, "notFound")
    (left,) = (await alice.get("collaboration-accounts")).json()
    assert left["username"] is None


async def test_a_source_is_tried_before_it_is_stored(house: House, radicale: Radicale) -> None:
    radicale.calendar("marie", "work", {"1.ics": meeting("Own", -60, 3600)})
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    place = "admin/collaboration-sources/try"
    settings = {"url": f"{radicale.url}/{{user}}/", "user": READER, "password": PASSWORD}
    body = {
        "domain": house.domains["Paris"].id,
        "connector": "caldav",
        "settings": settings,
    }
    trial = (await admin.post(place, json=body)).json()
    assert trial["problem"] is None
    events = {one["mailbox"]: (one["events"], one["problem"]) for one in trial["people"]}
    assert events[MAILBOXES["alice"]] == (1, None)
    assert (await admin.get("admin/collaboration-sources")).json() == []

    row = await source(house, admin, radicale)
    without = {name: value for name, value in settings.items() if name != "password"}
    stored = {**body, "source": row["id"], "settings": without}
    assert (await admin.post(place, json=stored)).json()["problem"] is None
    elsewhere = {**stored, "settings": {**without, "url": "http://127.0.0.1:1/{user}/"}}
    wrong = problem(await admin.post(place, json=elsewhere), 422, "invalid")
    assert (wrong["field"], wrong["why"]) == ("settings.password", "secretOfAddress")


async def test_a_user_tries_his_account_and_learns_what_is_wrong_with_it(
    house: House, radicale: Radicale
) -> None:
    radicale.calendar("marie", "work", {"1.ics": meeting("Own", -60, 3600)})
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    alice, erin = await house.sign_in("alice"), await house.sign_in("erin")
    row = await source(house, admin, radicale)
    address = f"collaboration-accounts/{row['id']}"
    right = {"username": "marie", "password": PASSWORD}
    wrong = {"username": "marie", "password": "wrong one"}
    works = (await alice.post(f"{address}/try", json=right)).json()
    assert (works["events"], works["problem"], works["mailbox"]) == (1, None, MAILBOXES["alice"])
    fails = await alice.post(f"{address}/try", json=wrong)
    assert fails.json()["problem"] == "refused" and "wrong one" not in fails.text
    problem(await erin.post(f"{address}/try", json=right), 404, "notFound")
    (none,) = (await alice.get("collaboration-accounts")).json()
    assert (none["username"], none["failed"]) == (None, None)

    async with house.page(admin) as office:
        await alice.put(address, json=wrong)
        await office.until(lambda page: page.state[f"collaboration/{row['id']}"]["unread"] >= 1)
        await office.until(
            lambda page: any(
                one["problem"] == "refused"
                for one in page.state[f"collaboration/{row['id']}"]["errors"]
            )
        )
    (mine,) = (await alice.get("collaboration-accounts")).json()
    assert mine["failed"]["problem"] == "refused"
    again = (await alice.post(f"{address}/try", json={"username": "marie"})).json()
    assert again["problem"] == "refused"  # with the password that is stored
    bob = await house.sign_in("bob")
    (other,) = (await bob.get("collaboration-accounts")).json()
    assert other["failed"] is None


async def test_what_is_wrong_with_a_source_is_named(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {
        "domain": house.domains["Paris"].id,
        "name": "C",
        "connector": "ical",
        "settings": {"url": "https://dav.example/{user}.ics"},
    }
    for wrong, field in (
        ({"connector": "smoke"}, "connector"),
        ({"settings": {"url": 5}}, "settings.url"),
        ({"settings": {}}, "settings.url"),
    ):
        answer = await admin.post("admin/collaboration-sources", json=body | wrong)
        assert problem(answer, 422, "invalid")["field"] == field, wrong
    made = await admin.post("admin/collaboration-sources", json=body)
    twice = await admin.post("admin/collaboration-sources", json=body | {"name": "c"})
    assert problem(twice, 409, "conflict")["field"] == "name"
    address = f"admin/collaboration-sources/{made.json()['id']}"
    problem(await admin.post(f"{address}/try"), 409, "conflict")  # nobody has an address
    off = await admin.patch(address, json={"version": 1, "enabled": False})
    assert off.json()["enabled"] is False
    problem(await admin.post(f"{address}/refresh"), 409, "conflict")
    (state,) = (await admin.get("admin/collaboration-states")).json()
    assert state["state"] == "disabled"
    assert (await admin.delete(address, params={"version": 2})).status_code == 204
    assert (await admin.get("admin/collaboration-states")).json() == []


async def test_a_calendar_is_seen_by_those_it_is_shown_to(
    house: House, radicale: Radicale
) -> None:
    """Whoever may not see it is told what he is told of people without a calendar."""
    radicale.calendar("marie", "work", {"1.ics": meeting("Budget", -60, 3600)})
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    alice, bob, carol = [await house.sign_in(name) for name in ("alice", "bob", "carol")]
    id = house.users["alice"].id
    nice = {"domain": house.domains["Nice"].id, "name": "Nice"}
    group = (await admin.post("admin/groups", json=nice)).json()

    async def seen(client: httpx.AsyncClient) -> list[str]:
        answer = await client.get(f"calendar-states/{id}")
        one = None if answer.status_code == 404 else answer.json()
        all_ = (await client.get("calendar-states")).json()
        assert all_ == ([] if one is None else [one])
        return [each["state"] for each in all_]

    async def grant(**to: str) -> str:
        given = granting.sent(granting.calendars({"user": id}, **to))
        made = await admin.post("admin/grants", json=given)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async with (
        house.page(bob, "alice") as page,
        house.page(carol, "alice") as hers,
        house.page(admin) as office,
    ):
        row = await source(house, admin, radicale)
        await office.until(
            lambda page: page.state.get(f"collaboration/{row['id']}", {}).get("people") == 1
        )
        assert await seen(alice) == ["busy"]
        assert (await seen(bob), await seen(carol)) == ([], [])
        unknown = await bob.get("calendar-states/nobody")
        problem(await bob.get(f"calendar-states/{id}"), 404, "notFound")
        assert (await bob.get(f"calendar-states/{id}")).content == unknown.content
        assert calendar(page, id) == calendar(hers, id) == {}

        to_bob = await grant(user=house.users["bob"].id)
        await page.until(lambda page: calendar(page, id) != {})
        assert (await seen(bob), await seen(carol)) == (["busy"], [])
        # To a group of another domain, and at once to who comes into it.
        await grant(group=group["id"])
        members = {"version": 1, "members": [house.users["carol"].id]}
        await admin.put(f"admin/groups/{group['id']}/members", json=members)
        await hers.until(lambda page: calendar(page, id) != {})
        assert await seen(carol) == ["busy"]

        no = {"parameter": "AuthorizedCalendarPresences", "value": False, "group": group["id"]}
        assert (await admin.put("admin/parameter-values", json=no)).status_code in (200, 201)
        await hers.until(lambda page: calendar(page, id) == {})
        assert (await seen(carol), await seen(bob)) == ([], ["busy"])
        address = f"admin/grants/{to_bob}"
        assert (await admin.delete(address, params={"version": 1})).status_code == 204
        await page.until(lambda page: calendar(page, id) == {})
        assert (await seen(bob), await seen(alice)) == ([], ["busy"])

"""The incident journal through the API: what goes wrong is there at once, and whoever manages it
sees it."""

import contextlib
import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.house import PAPER, House, serving
from tests.web.problems import problem
from tws.app.house import open_house
from tws.config import Settings
from tws.incidents.watching import Watch
from tws.organisation.actor import SYSTEM
from tws.web.rooms import WebSettings


@contextlib.asynccontextmanager
async def watched_house(database: Path) -> AsyncIterator[tuple[House, Watch]]:
    where = Settings(
        data_dir=database.parent, state_dir=database.parent, database=f"sqlite:///{database}"
    )
    async with open_house(where, PAPER, WebSettings()) as opened:
        async with serving(opened.rooms, opened.network, opened.storage) as house:
            yield house, opened.watch


@pytest.fixture
async def watched(database: Path) -> AsyncIterator[tuple[House, Watch]]:
    async with watched_house(database) as both:
        for link in both[0].links:
            both[0].connect(link)
        yield both


async def incidents(admin: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    answer = await admin.get("admin/incidents", params=params)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["entries"]
    return found


def unacknowledged(number: int) -> Any:
    return lambda page: page.state["incidents"]["unacknowledged"] == number


async def test_a_lost_link_is_on_the_page_at_once_and_over_when_it_is_back(house: House) -> None:
    admin = await house.administrator("SSDEI")
    async with house.page(admin) as page:
        assert page.state["incidents"]["open"] == 0
        house.cut(why="connection reset")
        await page.until(unacknowledged(1))
        (one,) = await incidents(admin, open=True)
        assert (one["kind"], one["name"], one["count"]) == ("linkLost", "PBX Paris", 1)
        assert one["said"]["words"] == "The link PBX Paris is not up: connection reset"
        assert one["company"] == house.companies["SSDEI"].id
        body = {"incidents": [one["id"]], "note": "The router is changed."}
        known = (await admin.post("admin/incidents/acknowledge", json=body)).json()
        assert known[0]["acknowledgedBy"] == "admin-SSDEI"
        await page.until(unacknowledged(0))
        assert page.state["incidents"]["open"] == 1
        house.connect()
        await page.until(lambda page: page.state["incidents"]["open"] == 0)
    assert not await incidents(admin, open=True)
    (over,) = await incidents(admin, open=False, acknowledged=True, text="pbx par")
    assert over["ended"] and over["note"] == "The router is changed."
    page_of_log = (await admin.get("admin/audit", params={"action": "incident"})).json()
    assert [x["what"] for x in page_of_log["entries"]] == ["PBX Paris"]


async def test_a_link_that_flaps_makes_one(house: House) -> None:
    admin = await house.administrator("SSDEI")
    for _ in range(50):
        house.cut()
        house.connect()
    (one,) = await incidents(admin)
    assert (one["count"], one["ended"] is None) == (50, False)


async def test_only_what_one_manages_is_seen(watched: tuple[House, Watch]) -> None:
    house, watch = watched
    ours, theirs, everybody = [
        await house.administrator(name) for name in ("SSDEI", "Other", "all")
    ]
    house.cut("Paris")
    house.cut("Berlin")
    await house.rooms.services.stop(SYSTEM, "calendars")
    await watch.look()
    assert {x["kind"] for x in await incidents(everybody)} == {"linkLost", "serviceDown"}
    assert {x["name"] for x in await incidents(everybody)} == {
        *("PBX Paris", "PBX Berlin", "calendars")
    }
    (mine,) = await incidents(ours)
    (other,) = await incidents(theirs)
    assert (mine["name"], other["name"]) == ("PBX Paris", "PBX Berlin")
    body = {"incidents": [mine["id"], other["id"]]}
    problem(await ours.post("admin/incidents/acknowledge", json=body), 404, "notFound")
    assert not (await incidents(ours))[0]["acknowledged"]
    program = await house.program("alice")
    problem(await program.get("admin/incidents"), 403, "notAllowed")
    problem(await program.post("admin/incidents/acknowledge", json=body), 403, "notAllowed")
    async with house.page(ours) as page, house.page(everybody) as all_of_it:
        assert page.state["incidents"]["open"] == 1
        assert all_of_it.state["incidents"]["open"] == 3


async def test_a_new_process_closes_what_is_well_again(database: Path) -> None:
    async with watched_house(database) as (house, watch):
        house.connect("Paris")
        house.connect("Berlin")
        house.cut("Paris")
        house.cut("Berlin")
        before = {x["name"]: x["id"] for x in await incidents(await house.administrator())}
        assert before.keys() == {"PBX Paris", "PBX Berlin"}
    async with watched_house(database) as (house, watch):
        admin = await house.administrator()
        await watch.look()
        still = await incidents(admin, open=True)
        assert {x["name"]: x["id"] for x in still} == before
        assert {x["count"] for x in still} == {1}, "a stop of the server is no incident"
        house.connect("Paris")
        (left,) = await incidents(admin, open=True)
        assert left["name"] == "PBX Berlin"
        await house.rooms.organisation.links.update_link(
            SYSTEM, (row := house.links["Berlin"]).id, row.version, enabled=False
        )
        assert not await incidents(admin, open=True)


async def test_many_wrong_passwords_are_an_incident(watched: tuple[House, Watch]) -> None:
    house, watch = watched
    nobody, admin = await house.client(), await house.administrator()
    for n in range(100):
        account = {"username": f"user {n % 25}", "password": "guessed"}
        assert (await nobody.post("login", json=account)).status_code == 401
    await watch.look()
    (one,) = await incidents(admin, kind="wrongPasswords")
    assert one["company"] is None and "100 wrong passwords" in one["said"]["words"]


async def test_a_file_of_it_reckons_nothing(house: House) -> None:
    admin = await house.administrator("SSDEI")
    row = house.links["Paris"]
    await house.rooms.organisation.links.update_link(SYSTEM, row.id, row.version, name="=1+1")
    house.cut()
    (one,) = await incidents(admin)
    body = {"incidents": [one["id"]], "note": "@SUM(A1)"}
    await admin.post("admin/incidents/acknowledge", json=body)
    answer = await admin.get("admin/incidents/export")
    assert answer.headers["content-type"].startswith("text/csv")
    head, line = csv.reader(io.StringIO(answer.text))
    told = dict(zip(head, line, strict=True))
    assert (told["name"], told["note"], told["company"]) == ("'=1+1", "'@SUM(A1)", "SSDEI")
    other = house.companies["Other"].id
    problem(await admin.get("admin/incidents/export?company=" + other), 404, "notFound")


async def test_it_is_paged_and_bounded_by_time(house: House) -> None:
    admin = await house.administrator()
    for domain in house.links:
        house.cut(domain)
    first = (await admin.get("admin/incidents", params={"limit": 2})).json()
    rest = await incidents(admin, limit=2, before=first["before"])
    assert len(first["entries"]) == 2 and len(rest) == 1
    assert not await incidents(admin, until="2001-01-01T00:00:00Z")
    house.connect("Paris")
    assert len(await incidents(admin, since="2100-01-01T00:00:00Z")) == 2

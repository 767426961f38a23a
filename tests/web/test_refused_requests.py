"""Requests that were refused are in the audit log: with words, and however many, few lines."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.running import DEADLINE
from tests.web.house import House, running_house
from tests.web.problems import problem
from tws.access.refusals import AGAIN, LONGEST, MOST, Seldom
from tws.directory.company_files import LARGEST
from tws.organisation.actor import SYSTEM
from tws.web.rooms import WebSettings

OURS = frozenset({"127.0.0.1"})


@pytest.fixture
async def place(database: Path) -> AsyncIterator[House]:
    async with running_house(database, settings=WebSettings(hosts=OURS)) as house:
        yield house


async def lines(house: House, count: int) -> list[dict[str, Any]]:
    """So many, newest first, as a super user reads them: they are written behind the answer."""
    async with asyncio.timeout(DEADLINE):
        while len(found := await all_lines(house)) < count:
            pass
    assert len(found) == count
    return found


async def all_lines(house: House) -> list[dict[str, Any]]:
    admin = await house.administrator("all")
    asked: dict[str, Any] = {"action": "request refused", "limit": 200}
    entries: list[dict[str, Any]] = []
    while asked.get("before", 1) is not None:
        page = (await admin.get("admin/audit", params=asked)).json()
        entries += page["entries"]
        asked["before"] = page["before"]
    return entries


async def test_a_request_for_another_host(place: House) -> None:
    client = await place.client()
    for host in ("evil.example", "evil.example", "other.example"):
        problem(await client.get("health", headers={"Host": host}), 400, "unknownHost")
    [one] = await lines(place, 1)  # one address, one line
    assert (one["actor"], one["target"], one["company"]) == ("system", "unknownHost", None)
    assert one["after"]["host"] == "evil.example"
    assert one["after"]["address"] == "127.0.0.1"


async def test_a_request_by_another_site_s_page(place: House) -> None:
    alice = await place.sign_in("alice")
    forged = {"Origin": "https://evil.example"}
    for _ in range(3):
        problem(await alice.post("logout", headers=forged), 403, "foreignOrigin")
    stranger = await place.client()
    sent = {"username": "alice", "password": "anything"}
    problem(await stranger.post("login", json=sent, headers=forged), 403, "foreignOrigin")
    by = {one["actor"]: one for one in await lines(place, 2)}
    assert set(by) == {"system", "alice"}
    assert by["alice"]["company"] == place.companies["SSDEI"].id
    assert by["alice"]["after"] == {
        "why": "foreignOrigin",
        "address": "127.0.0.1",
        "operation": "logout",
        "origin": "https://evil.example",
    }


async def test_more_than_a_file_may_have(place: House) -> None:
    """It is refused by its length: nothing of it is read, nothing is written."""
    admin = await place.administrator("SSDEI")
    company = place.companies["SSDEI"].id
    host, _, port = str(admin.base_url.netloc, "ascii").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"PUT /api/v1/admin/files?company={company}&name=huge.csv HTTP/1.1\r\n"
    head += f"Host: {host}\r\nConnection: close\r\nContent-Length: {LARGEST + 1}\r\n\r\n"
    writer.write(head.encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()
    assert (await admin.get("admin/files", params={"company": company})).json() == []
    [one] = await lines(place, 1)
    assert (one["target"], one["after"]["length"]) == ("tooLarge", str(LARGEST + 1))


async def test_who_is_no_such_administrator(place: House) -> None:
    lower, alice = await place.administrator("SSDEI"), await place.sign_in("alice")
    for _ in range(2):
        problem(await lower.post("admin/backups"), 403, "notAllowed")
        problem(await alice.get("admin/users"), 403, "notAllowed")
    by = {one["actor"]: one for one in await lines(place, 2)}
    assert by["administrator admin-SSDEI"]["after"]["reason"] == "superUsersOnly"
    assert by["alice"]["after"]["reason"] == "administratorsOnly"
    assert {one["target"] for one in by.values()} == {"notAllowed"}
    # The administrators of her company read of her, and not of what is the server's.
    seen = (await lower.get("admin/audit", params={"action": "request refused"})).json()
    assert [one["actor"] for one in seen["entries"]] == ["alice"]


async def test_what_is_refused_every_day_is_no_line(place: House) -> None:
    alice, nobody = await place.sign_in("alice"), await place.client()
    problem(await nobody.get("admin/users"), 401, "notSignedIn")
    problem(await alice.get("nothing-here"), 404, "notFound")
    problem(await alice.get("admin/users"), 403, "notAllowed")  # what is one comes after them
    [only] = await lines(place, 1)
    assert only["target"] == "notAllowed"


async def test_a_flood_fills_nothing_and_hides_nothing(place: House) -> None:
    noted = place.rooms.access.refusals
    about = {"host": "evil.example\0\ud800" + "x" * 1000}
    for n in range(3 * MOST):
        await noted.note_request(SYSTEM, "unknownHost", f"10.0.{n % 256}.{n // 256}", about)
    assert {len(one["after"]["host"]) for one in await lines(place, MOST)} == {LONGEST}
    lower = await place.administrator("SSDEI")
    problem(await lower.post("admin/backups"), 403, "notAllowed")
    await lines(place, MOST + 1)


def test_how_often_it_came_meanwhile_is_told_the_next_time() -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    seldom = Seldom(lambda: now)
    assert [seldom.due(("a",)) for _ in range(4)] == [1, 0, 0, 0]
    assert seldom.due(("b",)) == 1
    now += AGAIN + timedelta(seconds=1)
    assert [seldom.due(("a",)), seldom.due(("a",)), seldom.due(("b",))] == [4, 0, 1]
    for n in range(2 * MOST):
        seldom.due((str(n),))
    assert seldom.due(("c",)) == 0  # as many as there may be in ten minutes
    now += AGAIN + timedelta(seconds=1)
    assert seldom.due(("c",)) == 1

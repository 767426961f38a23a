"""People's calendars, from a real Radicale through the reader process to what colleagues see."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.connectors.ical_texts import vevent, wrapped
from tests.peers import require_peer
from tests.peers.radicale import PASSWORD, READER, Radicale, running_radicale
from tests.web.house import PAPER, House, open_rooms, serving
from tests.web.page import Page
from tests.web.problems import problem
from tws import connectors
from tws.app import SOURCES

OUTSIDE = replace(PAPER, connectors=connectors.connectors, sources=SOURCES)
MAILBOXES = {"alice": "marie@arda.example", "bob": "paul@arda.example", "carol": "c@arda.example"}


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    require_peer("radicale")
    (tmp_path / "radicale").mkdir()
    with running_radicale(tmp_path / "radicale") as server:
        yield server


@asynccontextmanager
async def opened(database: Path) -> AsyncIterator[House]:
    async with open_rooms(database, outside=OUTSIDE) as rooms, serving(*rooms) as house:
        yield house


@pytest.fixture
async def house(database: Path) -> AsyncIterator[House]:
    async with opened(database) as house:
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


async def ended(page: Page, id: str, state: str = "working") -> dict[str, Any]:
    """The state of the source once it was read."""
    key = f"collaboration/{id}"
    await page.until(lambda page: page.state.get(key, {}).get("state") == state)
    found: dict[str, Any] = page.state[key]
    return found


async def test_a_colleagues_meeting_begins(house: House, radicale: Radicale) -> None:
    work = radicale.calendar("marie", "work", {})
    write(work, "standup", meeting("Stand-up", 4, 3600))
    radicale.calendar("paul@arda.example", "calendar", {})
    admin = await house.administrator("SSDEI")
    await mailboxes(house, admin)
    bob, erin = await house.sign_in("bob"), await house.sign_in("erin")
    alice = house.users["alice"].id
    async with house.page(bob) as page, house.page(admin) as office, house.page(erin) as other:
        row = await source(house, admin, radicale)
        await page.until(lambda page: f"calendar/{alice}" in page.state)
        first = page.state[f"calendar/{alice}"]
        assert (first["state"], first["displayName"]) == ("free", "Alice Martin")
        assert first["until"] is not None
        await page.until(lambda page: page.state[f"calendar/{alice}"]["state"] == "busy")
        busy = page.state[f"calendar/{alice}"]
        assert busy["subject"] == "" and not busy["private"]
        state = await ended(office, row["id"])
        assert (state["people"], state["unread"], state["problem"]) == (1, 1, None)
        (unread,) = state["errors"]
        assert unread["displayName"] == "Bob Durand" and "no calendar" in unread["words"]
        assert (await bob.get(f"calendar-states/{alice}")).json() == busy
        assert (await erin.get("calendar-states")).json() == []
        problem(await erin.get(f"calendar-states/{alice}"), 404, "notFound")
        assert not [key for key in other.state if key.startswith("calendar")]
        texts = [(await admin.get(f"admin/{one}")).text for one in ADMIN]
        assert all(PASSWORD not in text and "sealed:" not in text for text in texts)


ADMIN = ("collaboration-sources", "collaboration-states", "calendar-connectors")

"""Domino's calendar service, from a server that answers as its OpenAPI description says."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving
from tests.contracts.calendar import (
    BUSY,
    FREE,
    TENTATIVE,
    asked,
    check_calendars,
    check_class,
    check_hangs_up,
    event,
    whole_day,
)
from tests.contracts.connector import check_words
from tws import connectors
from tws.connectors.domino import calendar as domino_calendar
from tws.connectors.domino.calendar import DominoCalendar
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

MARIE, PAUL, NOBODY = "marie@arda.example", "paul@arda.example", "nobody@arda.example"
USER, PASSWORD = "CN=tws/O=ARDA", "sésame"


def when(day: int, hour: int | None = None, **more: Any) -> dict[str, Any]:
    date = f"2026-03-{day:02}"
    return {"date": date, **({"time": f"{hour:02}:00:00", **more} if hour is not None else {})}


def entry(name: str, day: int, hour: int, until: int, **more: Any) -> dict[str, Any]:
    """As a list tells it."""
    return {
        "href": f"/mail/marie.nsf/api/calendar/events/{name}-Lotus_Notes_Generated",
        "id": f"{name}-Lotus_Notes_Generated",
        "summary": name,
        "start": when(day, hour, utc=True),
        "end": when(day, until, utc=True),
        "class": "public",
        "transparency": "opaque",
        "sequence": 0,
        "x-lotus-summarydataonly": {"data": "1"},
        "x-lotus-appttype": {"data": "0"},
        **more,
    }


def notes(name: str) -> dict[str, Any]:
    return {"data": name}


WEEK = [
    entry("Budget", 2, 13, 15),
    entry("Doctor", 4, 16, 17, **{"class": "private"}),
    entry("Birthday", 3, 12, 13, transparency="transparent"),
    entry("Call back", 3, 9, 10, **{"x-lotus-appttype": notes("4")}),
    entry("Asked", 5, 10, 11, **{"x-lotus-noticetype": notes("I")}),
    entry("Weekly", 6, 10, 11, recurrenceId="20260306T100000Z"),
    entry("Lunch", 4, 0, 0, start=when(4, 13, tzid="Eastern"), end=when(4, 14, tzid="Eastern")),
    entry("Far", 5, 0, 0, start=when(5, 9, tzid="America/New_York"), end=when(5, 15, utc=True)),
    entry("Holiday", 7, 0, 0, start=when(7), end=None),
    entry("Broken", 5, 0, 0, start="tomorrow"),
    entry("After", 9, 13, 15),
]
EXPECTED = [
    event(2, 13, 15, BUSY, "Budget"),
    event(4, 16, 17, BUSY, "Doctor", True),
    event(3, 12, 13, FREE, "Birthday"),
    event(3, 9, 10, FREE, "Call back"),
    event(5, 10, 11, TENTATIVE, "Asked"),
    event(6, 10, 11, BUSY, "Weekly"),
    event(4, 12, 13, BUSY, "Lunch"),
    event(5, 14, 15, BUSY, "Far"),
    whole_day(7, 8, BUSY, "Holiday"),
]


class Domino:
    def __init__(self) -> None:
        self.refused: dict[str, Reply] = {}
        self.same = False
        self.service: Service

    def answer(self, request: Request) -> Reply:
        known = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {known}":
            return error(401, "Unauthorized")
        folder, name, rest = request.path.lstrip("/").split("/", 2)
        if (folder, rest) != ("mail", "api/calendar/events"):
            return error(404, "Not found")
        if name in self.refused:
            return self.refused[name]
        if name not in ("marie.nsf", "paul.nsf"):
            return error(404, "Not found")
        since, before = (datetime.fromisoformat(request.query[x]) for x in ("since", "before"))
        assert since.tzinfo and since < before
        start, count = int(request.query["start"]), int(request.query["count"])
        found = WEEK if name == "marie.nsf" else []
        return json_reply({"events": found[:1] if self.same else found[start : start + count]})


def error(status: int, message: str) -> Reply:
    return json_reply({"code": status, "text": message, "message": message}, status)


@pytest.fixture
def domino(monkeypatch: pytest.MonkeyPatch) -> Iterator[Domino]:
    monkeypatch.setattr(domino_calendar, "PAGE", 3)
    server = Domino()
    with serving(server.answer) as server.service:
        yield server


def opened(domino: Domino, **settings: Any) -> DominoCalendar:
    given = {
        "url": f"{domino.service.url}/mail/{{user}}.nsf",
        "user": USER,
        "password": PASSWORD,
        **settings,
    }
    found = connectors.opened_calendar("domino", given, Path("/nonexistent"))
    assert isinstance(found, DominoCalendar)
    return found


def test_what_the_administration_looks_at() -> None:
    check_class(DominoCalendar, "password")


def test_the_calendars_of_users(domino: Domino) -> None:
    there = opened(domino)
    errors = check_calendars(there, {MARIE: EXPECTED, PAUL: [], NOBODY: Misconfigured})
    assert "404" in str(errors[NOBODY])
    assert there.skipped
    check_hangs_up(there, [MARIE, PAUL])


def test_one_persons_failure_is_not_anothers(domino: Domino) -> None:
    domino.refused = {"paul.nsf": error(403, "Forbidden")}
    check_calendars(opened(domino), {MARIE: EXPECTED, PAUL: Refused})
    domino.refused = {"paul.nsf": json_reply(["no events"])}
    check_calendars(opened(domino), {MARIE: EXPECTED, PAUL: Misconfigured})


def test_who_we_are(domino: Domino) -> None:
    wrong = opened(domino, password="wrong one")
    check_words(SignInRefused, lambda: asked(wrong, [MARIE, PAUL]), "password", secret="wrong one")


def test_a_server_that_never_ends(domino: Domino) -> None:
    domino.same = True
    check_calendars(opened(domino), {MARIE: Unreachable, PAUL: []})

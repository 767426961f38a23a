"""Calendars of Google Workspace, against a server that answers as the Calendar API does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.google_server import (
    ACCOUNT,
    DOMAIN,
    SCOPES,
    GoogleServer,
    running_google,
)
from tests.connectors.http_server import json_reply
from tests.contracts.calendar import (
    AWAY,
    BUSY,
    FREE,
    PARIS,
    SINCE,
    TENTATIVE,
    UNTIL,
    asked,
    check_calendars,
    check_class,
    event,
    found,
    whole_day,
)
from tests.contracts.connector import check_words
from tws import connectors
from tws.connectors.google.api import Services
from tws.connectors.google.calendar import GoogleCalendar
from tws.connectors.http import client as http_client
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

MARIE, PAUL, NOBODY = (f"{name}@{DOMAIN}" for name in ("marie", "paul", "nobody"))


def said(day: int, since: int, until: int, summary: str, **more: Any) -> dict[str, Any]:
    """In Paris' own time, as Google tells it."""
    start, end = (
        {"dateTime": f"2026-03-{day:02}T{hour + 1:02}:00:00+01:00", "timeZone": "Europe/Paris"}
        for hour in (since, until)
    )
    about = {"status": "confirmed", "summary": summary, "eventType": "default"}
    return {**about, "start": start, "end": end, **more}


def answered(response: str) -> list[dict[str, Any]]:
    return [{"self": True, "responseStatus": response}]


WEEK = [
    said(2, 13, 15, "Budget"),
    said(3, 10, 11, "Perhaps", status="tentative"),
    said(3, 12, 13, "Birthday", transparency="transparent"),
    said(4, 16, 17, "Doctor", visibility="private"),
    said(4, 10, 12, "Away", eventType="outOfOffice"),
    said(5, 10, 11, "Home", eventType="workingLocation"),
    said(5, 11, 12, "Asked", attendees=answered("needsAction")),
    said(5, 12, 13, "Coming", attendees=answered("accepted")),
    said(5, 13, 14, "No", attendees=answered("declined")),
    {"status": "cancelled", "id": "x"},
    said(7, 0, 0, "Holiday", start={"date": "2026-03-07"}, end={"date": "2026-03-08"}),
]
EXPECTED = [
    event(2, 13, 15, BUSY, "Budget"),
    event(3, 10, 11, TENTATIVE, "Perhaps"),
    event(3, 12, 13, FREE, "Birthday"),
    event(4, 16, 17, BUSY, "Doctor", True),
    event(4, 10, 12, AWAY, "Away"),
    event(5, 10, 11, FREE, "Home"),
    event(5, 11, 12, TENTATIVE, "Asked"),
    event(5, 12, 13, BUSY, "Coming"),
    whole_day(7, 8, BUSY, "Holiday"),
]


@pytest.fixture
def google(tmp_path: Path) -> Iterator[GoogleServer]:
    with running_google(tmp_path, {MARIE: [], PAUL: []}) as server:
        server.events = {MARIE: WEEK, PAUL: []}
        yield server


def opened(google: GoogleServer, folder: Path, **settings: Any) -> GoogleCalendar:
    given = {"account": ACCOUNT, "domain": DOMAIN, **settings}
    made = connectors.CALENDAR_WINDOWS.settings("google", given)
    return GoogleCalendar(made, folder, google.services)


def test_what_the_administration_looks_at() -> None:
    check_class(GoogleCalendar, "key_password")
    assert Services().calendar.startswith("https://")


def test_calendars_of_users(google: GoogleServer, tmp_path: Path) -> None:
    people: dict[str, Any] = {
        NOBODY: Refused,
        "marie@elsewhere.example": Misconfigured,
        MARIE: EXPECTED,
        PAUL: [],
    }
    errors = check_calendars(opened(google, tmp_path), people)
    assert "Invalid email" in str(errors[NOBODY])
    assert [claim["sub"] for claim in google.claims] == [MARIE, PAUL] * 2
    first = google.service.asked("/calendar/v3/calendars/primary/events")[0].query
    assert first["timeMin"] == "2026-03-01T23:00:00Z" and first["maxAttendees"] == "1"


def test_days_are_those_of_the_calendars_own_zone(google: GoogleServer, tmp_path: Path) -> None:
    google.events = {MARIE: WEEK[-1:]}
    google.zone = "UTC"
    assert found(opened(google, tmp_path), MARIE)[0].since.hour == 0
    google.zone = "Nowhere/At_All"
    assert found(opened(google, tmp_path), MARIE)[0] == EXPECTED[-1]


def test_quotas(google: GoogleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(http_client.Http, "pause", lambda _, n, seconds: waits.append(n))
    google.busy = 2
    check_calendars(opened(google, tmp_path), {MARIE: EXPECTED})
    assert waits == [0, 1]
    reason = {"domain": "usageLimits", "reason": "userRateLimitExceeded"}
    body = {"error": {"code": 403, "message": "Too much", "errors": [reason]}}
    google.refused = json_reply(body, 403)
    errors = check_calendars(opened(google, tmp_path), {MARIE: Refused})
    assert waits[2:] == [0, 1, 2, 3, 4] * 2 and "Too much" in str(errors[MARIE])


def test_what_the_account_may_not(google: GoogleServer, tmp_path: Path) -> None:
    google.delegated = set(SCOPES[:2])
    there = opened(google, tmp_path)
    check_words(SignInRefused, lambda: asked(there, [MARIE, PAUL]), "unauthorized_client")
    assert len(google.service.requests) == 1
    missing = opened(google, tmp_path, key_file="other.json")
    check_words(Misconfigured, lambda: asked(missing, [MARIE]), "other.json")


def test_a_token_that_expires_half_way(google: GoogleServer, tmp_path: Path) -> None:
    google.valid_for = 4
    assert found(opened(google, tmp_path), MARIE) == tuple(sorted(EXPECTED))
    assert len(google.claims) == 2
    google.valid_for = 0
    check_words(SignInRefused, lambda: asked(opened(google, tmp_path), [MARIE]), "credentials")


def test_an_event_without_a_time(google: GoogleServer, tmp_path: Path) -> None:
    google.events = {MARIE: [{"summary": "When?"}], PAUL: WEEK}
    check_calendars(opened(google, tmp_path), {MARIE: Misconfigured, PAUL: EXPECTED})


def test_a_server_that_says_nothing(
    google: GoogleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    google.service.hold()
    monkeypatch.setattr(http_client, "SILENCE", 0.1)
    try:
        errors = check_calendars(opened(google, tmp_path), {MARIE: Unreachable})
    finally:
        google.service.let_go()
    assert "seconds" in str(errors[MARIE])


def test_nothing_is_left_open(google: GoogleServer, tmp_path: Path) -> None:
    there = opened(google, tmp_path)
    google.service.check_closes(lambda: there.busy([MARIE, PAUL], SINCE, UNTIL, PARIS))

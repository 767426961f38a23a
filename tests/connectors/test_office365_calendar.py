"""Calendars of Office 365, against a server that answers as Microsoft Graph is documented to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.graph_server import CLIENT, SECRET, TENANT, GraphServer, running_graph
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
from tws.connectors.http import client as http_client
from tws.connectors.office365.calendar import Office365Calendar
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

MARIE, PAUL, SHY, NOBODY = (f"{n}@arda.example" for n in ("marie", "paul", "shy", "nobody"))


def said(since: str, until: str, shown: str, subject: str, **more: Any) -> dict[str, Any]:
    start, end = (
        {"dateTime": f"2026-03-{when}:00.0000000", "timeZone": "UTC"} for when in (since, until)
    )
    return {
        "id": subject,
        "subject": subject,
        "start": start,
        "end": end,
        "showAs": shown,
        "sensitivity": "normal",
        "isAllDay": False,
        "isCancelled": False,
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        **more,
    }


WEEK = [
    said("02T13:00", "02T15:00", "busy", "Budget"),
    said("03T10:00", "03T11:00", "tentative", "Perhaps"),
    said("03T12:00", "03T13:00", "free", "Birthday"),
    said("04T16:00", "04T17:00", "busy", "Doctor", sensitivity="private"),
    said("07T00:00", "08T00:00", "oof", "Holiday", isAllDay=True),
    said("05T10:00", "05T11:00", "workingElsewhere", "Home", responseStatus=None),
    said("05T12:00", "05T13:00", "busy", "Off", isCancelled=True),
    said("05T12:00", "05T13:00", "busy", "No", responseStatus={"response": "declined"}),
]
EXPECTED = [
    event(2, 13, 15, BUSY, "Budget"),
    event(3, 10, 11, TENTATIVE, "Perhaps"),
    event(3, 12, 13, FREE, "Birthday"),
    event(4, 16, 17, BUSY, "Doctor", True),
    whole_day(7, 8, AWAY, "Holiday"),
    event(5, 10, 11, FREE, "Home"),
]


def view(mailbox: str) -> str:
    return f"users/{mailbox}/calendarView"


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    collections: dict[str, Any] = {
        view(MARIE): WEEK,
        view(PAUL): [],
        view(SHY): (403, "ErrorAccessDenied"),
        view("torn@arda.example"): [{"subject": "When?"}],
    }
    with running_graph(collections) as server:
        yield server


def opened(graph: GraphServer, **settings: Any) -> Office365Calendar:
    given = {"tenant": TENANT, "client_id": CLIENT, "client_secret": SECRET, **settings}
    made = connectors.CALENDAR_WINDOWS.settings("office365", given)
    return Office365Calendar(made, Path("/nonexistent"), graph.clouds)


def test_what_the_administration_looks_at() -> None:
    check_class(Office365Calendar, "client_secret")


def test_calendars_of_users(graph: GraphServer) -> None:
    people: dict[str, Any] = {
        NOBODY: Misconfigured,
        SHY: Refused,
        "torn@arda.example": Misconfigured,
        MARIE: EXPECTED,
        PAUL: [],
    }
    errors = check_calendars(opened(graph), people)
    assert "ResourceNotFound" in str(errors[NOBODY])
    assert "ErrorAccessDenied" in str(errors[SHY])
    assert "no time" in str(errors["torn@arda.example"])
    assert graph.tokens == 2  # one for each reading
    first = graph.service.asked(f"/v1.0/{view(MARIE)}")[0].query
    assert first["startDateTime"] == "2026-03-01T23:00:00Z"
    assert first["endDateTime"] == "2026-03-08T23:00:00Z"


def test_throttling(graph: GraphServer) -> None:
    graph.busy = 4
    assert found(opened(graph), MARIE) == tuple(sorted(EXPECTED))
    graph.busy = 100
    before = len(graph.service.requests)
    check_words(Unreachable, lambda: asked(opened(graph), [MARIE, PAUL, MARIE, SHY]), "too busy")
    assert len(graph.service.requests) - before < 20


def test_a_token_that_expires_half_way(graph: GraphServer) -> None:
    graph.valid_for = 2
    check_calendars(opened(graph), {MARIE: EXPECTED, PAUL: []})
    graph.valid_for = 0
    check_words(SignInRefused, lambda: asked(opened(graph), [MARIE]), "Lifetime", secret=SECRET)


def test_who_we_are(graph: GraphServer) -> None:
    wrong = opened(graph, client_secret="wr0ng~secret")
    check_words(
        SignInRefused, lambda: asked(wrong, [MARIE, PAUL]), "AADSTS7000215", secret="wr0ng~secret"
    )
    assert len(graph.service.requests) == 1


def test_a_server_that_says_nothing(graph: GraphServer, monkeypatch: pytest.MonkeyPatch) -> None:
    graph.service.hold()
    monkeypatch.setattr(http_client, "SILENCE", 0.1)
    try:
        errors = check_calendars(opened(graph), {MARIE: Unreachable})
    finally:
        graph.service.let_go()
    assert "seconds" in str(errors[MARIE])


def test_nothing_is_left_open(graph: GraphServer) -> None:
    graph.service.check_closes(lambda: opened(graph).busy([MARIE, PAUL], SINCE, UNTIL, PARIS))

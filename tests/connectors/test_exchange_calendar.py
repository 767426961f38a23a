"""Calendars of Exchange, against a server that answers as EWS is documented to."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.ews_server import (
    PASSWORD,
    USER,
    EwsServer,
    Folder,
    envelope,
    fault,
    running_ews,
)
from tests.connectors.http_server import Reply
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
from tws.connectors.exchange.calendar import ExchangeCalendar
from tws.connectors.http import client as http_client
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

MARIE, PAUL, NOBODY = (f"{name}@arda.example" for name in ("marie", "paul", "nobody"))
SHY = "shy&co@arda.example"


def said(since: str, until: str, kind: str, subject: str = "", private: bool = False) -> str:
    details = (
        f"<t:CalendarEventDetails><t:ID>00AB</t:ID><t:Subject>{subject}</t:Subject>"
        "<t:Location/><t:IsMeeting>false</t:IsMeeting><t:IsRecurring>true</t:IsRecurring>"
        "<t:IsException>false</t:IsException><t:IsReminderSet>true</t:IsReminderSet>"
        f"<t:IsPrivate>{str(private).lower()}</t:IsPrivate></t:CalendarEventDetails>"
    )
    return (
        f"<t:CalendarEvent><t:StartTime>2026-03-{since}:00</t:StartTime><t:EndTime>2026-03-{until}"
        f":00</t:EndTime><t:BusyType>{kind}</t:BusyType>{details if subject else ''}"
        "</t:CalendarEvent>"
    )


WEEK = (
    said("02T13:00", "02T15:00", "Busy", "Budget &amp; co")
    + said("03T10:00", "03T11:00", "Tentative", "Perhaps")
    + said("03T12:00", "03T13:00", "Free", "Birthday")
    + said("04T16:00", "04T17:00", "Busy", "Doctor", True)
    + said("06T23:00", "07T23:00", "OOF", "Holiday")
    + said("05T10:00", "05T11:00", "WorkingElsewhere", "Home")
    + said("05T12:00", "05T13:00", "NoData")
    + said("01T10:00", "01T11:00", "Busy", "Before")
)
EXPECTED = [
    event(2, 13, 15, BUSY, "Budget & co"),
    event(3, 10, 11, TENTATIVE, "Perhaps"),
    event(3, 12, 13, FREE, "Birthday"),
    event(4, 16, 17, BUSY, "Doctor", True),
    whole_day(7, 8, AWAY, "Holiday"),
    event(5, 10, 11, FREE, "Home"),
]


@pytest.fixture
def ews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EwsServer]:
    (tmp_path / "ntlm").write_text(f"{USER.replace(chr(92), ':')}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "ntlm"))
    with running_ews(Folder("public"), {}) as server:
        times_only = said("02T09:00", "02T10:00", "Busy")
        server.calendars = {MARIE: WEEK, PAUL: times_only, SHY: "none", "empty@arda.example": ""}
        yield server


def opened(server: EwsServer, **settings: Any) -> ExchangeCalendar:
    given = {"url": server.url, "user": USER, "password": PASSWORD, **settings}
    made = connectors.opened_calendar("exchange", given, Path("/nonexistent"))
    assert isinstance(made, ExchangeCalendar)
    return made


def test_what_the_administration_looks_at() -> None:
    check_class(ExchangeCalendar, "password")


def test_calendars_of_users(ews: EwsServer) -> None:
    people: dict[str, Any] = {
        NOBODY: Misconfigured,
        MARIE: EXPECTED,
        SHY: Refused,
        PAUL: [event(2, 9, 10)],
        "empty@arda.example": [],
    }
    errors = check_calendars(opened(ews), people)
    assert "ErrorMailRecipientNotFound" in str(errors[NOBODY])
    assert "not shared" in str(errors[SHY])
    assert ews.handshakes == 2  # one for each reading


def test_many_people_are_asked_for_at_once(ews: EwsServer) -> None:
    people: dict[str, Any] = {f"u{n}@arda.example": Misconfigured for n in range(250)}
    check_calendars(opened(ews), {**people, MARIE: EXPECTED})
    questions = [r for r in ews.service.requests if b"GetUserAvailability" in r.body]
    assert len({id(r.connection) for r in questions}) == 2
    ews.service.check_closes(lambda: opened(ews).busy([*people], SINCE, UNTIL, PARIS))


def test_throttling(ews: EwsServer) -> None:
    ews.faults = [fault("ErrorServerBusy", "Busy.", 1)] * 4
    assert len(found(opened(ews), MARIE)) == len(EXPECTED)
    ews.faults = [Reply(429, headers={"Retry-After": "0"})] * 2
    assert len(found(opened(ews), MARIE)) == len(EXPECTED)
    ews.faults = [Reply(429, headers={"Retry-After": "600"})]
    check_words(Unreachable, lambda: asked(opened(ews), [MARIE]), "600")


def test_who_we_are(ews: EwsServer) -> None:
    wrong = opened(ews, password="wr0ng")
    check_words(SignInRefused, lambda: asked(wrong, [MARIE, PAUL]), "password", secret="wr0ng")
    ews.scheme = "Basic"
    assert found(opened(ews, authentication="Basic"), PAUL) == (event(2, 9, 10),)


def test_too_long_a_time(ews: EwsServer) -> None:
    reading = opened(ews).busy([MARIE], SINCE, SINCE + timedelta(days=63), PARIS)
    check_words(Misconfigured, lambda: list(reading), "ErrorTimeIntervalTooBig")


def test_answers_that_are_none(ews: EwsServer) -> None:
    nobody = "<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray/>"
    ews.faults = [envelope(f"{nobody}</m:GetUserAvailabilityResponse>")]
    check_words(Unreachable, lambda: asked(opened(ews), [MARIE]), "everybody")
    ews.calendars = {MARIE: said("soon", "later", "Busy"), PAUL: WEEK}
    check_calendars(opened(ews), {MARIE: Misconfigured, PAUL: EXPECTED})


def test_a_server_that_says_nothing(ews: EwsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    ews.service.hold()
    monkeypatch.setattr(http_client, "SILENCE", 0.1)
    try:
        check_words(Unreachable, lambda: asked(opened(ews), [MARIE]), "seconds")
    finally:
        ews.service.let_go()


def test_exchange_online_is_read_otherwise() -> None:
    given = {
        "url": "https://outlook.office365.com/ews/exchange.asmx",
        "user": "u",
        "password": "p",
    }
    with pytest.raises(Invalid, match="Graph"):
        connectors.CALENDAR_WINDOWS.validate("exchange", given)


@pytest.mark.parametrize("place", ["/exchange/", "/public", "/Exchange/marie/Calendar", ""])
def test_an_address_of_webdav_is_answered_with_that_of_ews(place: str) -> None:
    given = {"url": f"http://Exchange.example{place}", "user": USER, "password": PASSWORD}
    with pytest.raises(Invalid, match=r"https://exchange.example/ews/exchange\.asmx, ") as raised:
        connectors.CALENDAR_WINDOWS.validate("exchange", given)
    assert raised.value.details["field"] == "settings.url"

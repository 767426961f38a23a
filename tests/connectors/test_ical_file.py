"""Published calendars, and everything that iCalendar may say."""

import math
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.http_server import Reply, Request, serving
from tests.connectors.ical_texts import EXPECTED, MARIE, WEEK, at, vevent, wrapped
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
    utc,
    whole_day,
)
from tests.contracts.connector import check_words
from tws import connectors
from tws.connectors.calendars.by_mailbox import Window
from tws.connectors.calendars.ical_events import ICalendarReader, NotICalendar
from tws.connectors.calendars.ical_file import LARGEST, IcalCalendar
from tws.connectors.http import client as http_client
from tws.errors import Invalid
from tws.presence.calendars.calendar import Event
from tws.sources.errors import Misconfigured, SignInRefused, Unreachable

WHOLE = wrapped(*WEEK.values()).replace("\n", "\r\n").encode()


def opened(url: str, **settings: Any) -> IcalCalendar:
    made = connectors.opened_calendar("ical", {"url": url, **settings}, Path("/nonexistent"))
    assert isinstance(made, IcalCalendar)
    return made


def answer(request: Request) -> Reply:
    if request.path in ("/marie/calendar.ics", "/marie@arda.example/calendar.ics"):
        return Reply(body=WHOLE, headers={"Content-Type": "text/calendar"})
    return Reply(404)


def test_what_the_administration_looks_at() -> None:
    check_class(IcalCalendar, "password")
    assert connectors.CALENDARS.names() and not set(connectors.CALENDARS) - {
        name
        for name, kind in connectors.CALENDAR_WINDOWS.listing().items()
        if isinstance(kind, type)
    }


@pytest.mark.parametrize("place", ["{user}", "{mailbox}"])
def test_a_calendar_for_each_user(place: str) -> None:
    with serving(answer) as service:
        there = opened(f"{service.url}/{place}/calendar.ics")
        check_calendars(there, {"x@arda.example": Misconfigured, MARIE: EXPECTED})
        service.check_closes(lambda: there.busy([MARIE, "x@arda.example"], SINCE, UNTIL, PARIS))


def test_addresses() -> None:
    assert opened("webcal://cal.example/{user}.ics")._settings.address == (
        "https://cal.example/{user}.ics"
    )
    for wrong in ("cal.example/{user}.ics", "https://u:p@cal.example/{user}.ics"):
        with pytest.raises(Invalid):
            opened(wrong)


def test_who_we_are() -> None:
    with serving(lambda _: Reply(401)) as service:
        there = opened(f"{service.url}/{{user}}.ics", user="tws", password="wr0ng")
        check_words(SignInRefused, lambda: asked(there, [MARIE]), "password", secret="wr0ng")
        assert len(service.requests) == 1


def test_what_is_no_calendar() -> None:
    for body in (b"<html>Welcome</html>", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"x" * (LARGEST + 1)):
        with serving(lambda _, body=body: Reply(body=body)) as service:  # type: ignore[misc]
            check_calendars(opened(f"{service.url}/{{user}}"), {MARIE: Misconfigured})


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "SILENCE", 0.1)
    with serving(answer) as service:
        service.hold()
        try:
            errors = check_calendars(opened(f"{service.url}/{{user}}"), {MARIE: Unreachable})
        finally:
            service.let_go()
    assert "seconds" in str(errors[MARIE])


# ---------------------------------------------------------------- what is in it


def read(*parts: str, skipped: int = 0) -> list[Event]:
    reading = ICalendarReader(MARIE, window := Window(SINCE, UNTIL), PARIS)
    events = list(window.of(reading.events(wrapped(*parts))))
    assert reading.skipped == skipped
    return events


@pytest.mark.parametrize(
    ("said", "state"), [("FREE", FREE), ("OOF", AWAY), ("WORKINGELSEWHERE", FREE), ("X", BUSY)]
)
def test_what_outlook_says(said: str, state: Any) -> None:
    line = f"X-MICROSOFT-CDO-BUSYSTATUS:{said}"
    assert read(vevent("A", *at(2, 9, 10), line)) == [event(2, 9, 10, state, "A")]


def test_periods_without_events() -> None:
    free_busy = (
        "BEGIN:VFREEBUSY\nUID:1\nDTSTAMP:20260101T000000Z\n"
        "FREEBUSY:20260302T090000Z/PT1H,20260302T110000Z/20260302T120000Z\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260303T090000Z/PT1H\n"
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260304T090000Z/PT1H\nEND:VFREEBUSY\n"
    )
    assert read(free_busy) == [
        event(2, 9, 10),
        event(2, 11, 12),
        event(3, 9, 10, TENTATIVE),
        event(4, 9, 10, AWAY),
    ]


def test_days_are_those_of_the_people_there() -> None:
    days = vevent("Days", "DTSTART;VALUE=DATE:20260301", "DTEND;VALUE=DATE:20260303")
    edge = vevent("Sunday", "DTSTART;VALUE=DATE:20260308")
    gone = vevent("Gone", "DTSTART;VALUE=DATE:20260301")
    assert read(days, edge, gone) == [
        whole_day(1, 3, BUSY, "Days"),
        whole_day(8, 9, BUSY, "Sunday"),
    ]


def test_a_repeated_day_stays_a_day_in_summer_time() -> None:
    monthly = vevent("Day", "DTSTART;VALUE=DATE:20250701", "RRULE:FREQ=WEEKLY")
    assert read(monthly) == [whole_day(3, 4, BUSY, "Day")]


def test_rules_that_would_take_for_ever() -> None:
    first = ("DTSTART:19700101T000000Z", "DURATION:PT1S")
    many = ",".join(str(n) for n in range(60))
    hours = ",".join(str(n) for n in range(24))
    rules = (
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=7",
        "FREQ=HOURLY;BYMONTHDAY=30;BYMONTH=2",
        f"FREQ=DAILY;BYHOUR={hours};BYMINUTE={many};BYSECOND={many}",
        "FREQ=NEVER",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=-31",
    )
    parts = [vevent(f"{n}", *first, f"RRULE:{rule}") for n, rule in enumerate(rules)]
    assert read(*parts, WEEK["budget"], skipped=len(rules)) == [event(2, 13, 15, subject="Budget")]


def test_a_rule_that_comes_to_no_end_is_one_persons_only() -> None:
    """The source is read for all others; that person's other events too."""
    endless = vevent("Endless", *at(1, 9, 10), "RRULE:FREQ=DAILY;INTERVAL=0")
    first = wrapped(endless, WEEK["budget"]).replace("\n", "\r\n").encode()

    def each(request: Request) -> Reply:
        return Reply(body=first if "/paul/" in request.path else WHOLE)

    with serving(each) as service:
        there = opened(f"{service.url}/{{user}}/calendar.ics")
        paul = "paul@arda.example"
        made = {one.mailbox: one.found for one in asked(there, [paul, MARIE])}
    assert made == {paul: (event(2, 13, 15, subject="Budget"),), MARIE: tuple(sorted(EXPECTED))}
    assert there.skipped == 1


def test_rare_days_come_up() -> None:
    leap = vevent(
        "Leap", "DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"
    )
    last = vevent("Last", "DTSTART;VALUE=DATE:20240131", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1,31")
    often = vevent("Often", *at(2, 9, 10), "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=2")
    assert read(leap, last, often) == [
        event(2, 9, 10, subject="Often"),
        event(5, 9, 10, subject="Often"),
    ]


def test_subjects_are_one_line() -> None:
    (found_,) = read(
        vevent("A", *at(2, 9, 10)).replace("SUMMARY:A", r"SUMMARY:A\n\n B\, C" + "é" * 900)
    )
    assert found_.subject.startswith("A B, Cé") and len(found_.subject) == 500


@given(st.integers(1, 40), st.integers(0, 24 * 14), st.integers(1, 72))
def test_what_repeats_daily(days_before: int, hours: int, length: int) -> None:
    first = utc(1) - timedelta(days=days_before) + timedelta(hours=hours)
    lines = (f"DTSTART:{first:%Y%m%dT%H%M%SZ}", f"DURATION:PT{length}H", "RRULE:FREQ=DAILY")
    lasts = timedelta(hours=length)
    since = max(0, math.floor((SINCE - lasts - first) / timedelta(days=1)) - 1)
    all_times = (first + timedelta(days=n) for n in range(since, since + 30))
    expected = [
        Event(t, t + lasts, BUSY, "A") for t in all_times if t < UNTIL and t + lasts > SINCE
    ]
    assert read(vevent("A", *lines)) == expected


@given(st.lists(st.sampled_from([*'\r\n:;=,\\"{}', *"BEGINVTDS", "DTSTART", "RRULE:", "\n"])))
def test_no_text_breaks_the_reading(parts: list[str]) -> None:
    for text in ("".join(parts), wrapped("BEGIN:VEVENT", "".join(parts), "END:VEVENT")):
        try:
            list(ICalendarReader(MARIE, Window(SINCE, UNTIL), PARIS).events(text))
        except NotICalendar:
            continue


def test_of_whom_there_is_nothing() -> None:
    with serving(lambda _: Reply(body=wrapped().encode())) as service:
        assert found(opened(f"{service.url}/{{user}}"), MARIE) == ()

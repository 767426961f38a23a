"""Events in iCalendar (RFC 5545), as programs write it: text to what they make of somebody. Times
that repeat are counted out here, also where a server could: not all of them can. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import icalendar
import recurring_ical_events

from tws.connectors.calendars.by_mailbox import Window, subject
from tws.presence.calendars.calendar import Event, State

BUSY_STATUS: Mapping[str, State] = {
    "FREE": State.FREE,
    "TENTATIVE": State.TENTATIVE,
    "BUSY": State.BUSY,
    "OOF": State.OUT_OF_OFFICE,
    "WORKINGELSEWHERE": State.FREE,
}
"X-MICROSOFT-CDO-BUSYSTATUS, which says more than TRANSP ([MS-OXCICAL] 2.1.3.1.1.20.31)."
TYPES: Mapping[str, State] = {
    "FREE": State.FREE,
    "BUSY-TENTATIVE": State.TENTATIVE,
    "BUSY-UNAVAILABLE": State.OUT_OF_OFFICE,
}
"FBTYPE (3.2.9); whatever else there is is busy."
UNANSWERED = frozenset({"NEEDS-ACTION", "TENTATIVE"})
WHEN = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"}
)
"Without these nobody knows when it is; without any other it is still something."
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
MOST_A_DAY = 24
"Times a day of one event; a rule with more of them, or by the second, would take for ever."
FAILURES = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
"What icalendar and dateutil raise on what is no iCalendar."
DAY = timedelta(days=1)
DAYS = {month: monthrange(2024, month)[1] for month in range(1, 13)}
"At most, of each month."


class NotICalendar(ValueError):
    """It cannot be read at all."""


class ICalendarReader:
    """Of one person. `zone`: of days, and of times without one."""

    def __init__(self, mailbox: str, window: Window, zone: tzinfo) -> None:
        self._mailbox, self._window, self._zone = mailbox.lower(), window, zone
        self.skipped = 0
        "Events that could not be read."

    def events(self, text: str) -> Iterator[Event]:
        """Of the time asked for, and perhaps of a day around it."""
        try:
            calendars = icalendar.Calendar.from_ical(text, multiple=True)
        except FAILURES as error:
            raise NotICalendar from error
        if not calendars or not all(calendar.name == "VCALENDAR" for calendar in calendars):
            raise NotICalendar
        for calendar in calendars:
            yield from self._of(calendar)

    def _of(self, calendar: Any) -> Iterator[Event]:
        yield from self._periods(calendar)
        there = calendar.subcomponents
        calendar.subcomponents = [part for part in there if self._can_be_counted(part)]
        # Days and times without a zone are anywhere within a day of their place in UTC.
        since, until = self._window.since - DAY, self._window.until + DAY
        try:
            query = recurring_ical_events.of(calendar, skip_bad_series=True)
            found = query.between(since, until)
        except FAILURES:
            self.skipped += 1
            return
        for occurrence in found:
            try:
                event = self._event(occurrence)
            except FAILURES:
                self.skipped += 1
                continue
            if event is not None:
                yield event

    def _can_be_counted(self, part: Any) -> bool:
        inside = part.walk("VEVENT")
        if part.name != "VEVENT" or len(inside) > 1:  # what is hidden in another is no event
            self.skipped += len(inside)
            return not inside
        broken = {name for name, _ in part.errors} & WHEN
        fine = (
            "DTSTART" in part
            and not broken
            and all(_harmless(rule) for rule in _many(part.get("RRULE")))
        )
        self.skipped += not fine
        return fine

    def _event(self, part: Any) -> Event | None:
        state = self._state(part)
        if state is None:
            return None
        return Event(
            self._moment(part.start),
            self._moment(part.end),
            state,
            subject(part.get("SUMMARY")),
            str(part.get("CLASS", "PUBLIC")).upper() != "PUBLIC",
        )

    def _state(self, part: Any) -> State | None:
        """None where he is not there: it was called off, or he declined."""
        status = str(part.get("STATUS", "")).upper()
        answer = self._answer(part)
        if status == "CANCELLED" or answer == "DECLINED":
            return None
        said = str(part.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
        if said in BUSY_STATUS:
            return BUSY_STATUS[said]
        if str(part.get("TRANSP", "")).upper() == "TRANSPARENT":
            return State.FREE
        if status == "TENTATIVE" or answer in UNANSWERED:
            return State.TENTATIVE
        return State.BUSY

    def _answer(self, part: Any) -> str:
        """What this person answered to the invitation; empty where he was not invited."""
        for attendee in _many(part.get("ATTENDEE")):
            if str(attendee).lower().removeprefix("mailto:") == self._mailbox:
                return str(attendee.params.get("PARTSTAT", "NEEDS-ACTION")).upper()
        return ""

    def _periods(self, calendar: Any) -> Iterator[Event]:
        """Of VFREEBUSY, which says no more than when (3.6.4)."""
        for part in calendar.walk("VFREEBUSY"):
            for period in _many(part.get("FREEBUSY")):
                try:
                    since, until = self._moment(period.start), self._moment(period.end)
                except FAILURES:
                    self.skipped += 1
                    continue
                kind = str(period.params.get("FBTYPE", "BUSY")).upper()
                yield Event(since, until, TYPES.get(kind, State.BUSY))

    def _moment(self, when: date) -> datetime:
        if not isinstance(when, datetime):
            when = datetime.combine(when, time())
        return (when if when.tzinfo else when.replace(tzinfo=self._zone)).astimezone(UTC)


def _harmless(rule: Any) -> bool:
    """Whether counting it out comes to an end."""
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(rule.get(name, [])) or 1
    onward = all(step >= 1 for step in rule.get("INTERVAL", []))  # else it stays where it is
    return (
        times <= MOST_A_DAY and onward and set(rule.get("FREQ", [])) <= RULES and _comes_up(rule)
    )


def _comes_up(rule: Any) -> bool:
    """Not the 30th of February, which is looked for to the end of all years."""
    months, days = rule.get("BYMONTH") or DAYS, rule.get("BYMONTHDAY")
    return not days or any(abs(day) <= DAYS.get(int(m), 0) for m in months for day in days)


def _many(value: Any) -> Iterable[Any]:
    """A property that may be there several times."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]

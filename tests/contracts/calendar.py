"""What every calendar connector must do, whatever its product. All are asked for the same week."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tws import forms
from tws.presence.calendars.calendar import Calendar, CalendarConnector, Event, State
from tws.sources.errors import ConnectorError

PARIS = ZoneInfo("Europe/Paris")
SINCE, UNTIL = datetime(2026, 3, 2, tzinfo=PARIS), datetime(2026, 3, 9, tzinfo=PARIS)
"Monday to Sunday, an hour before UTC."
HUNG_UP = 10.0
"Seconds."
FREE, TENTATIVE, BUSY, AWAY = State


def utc(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def event(
    day: int, hour: int, until: int, state: State = BUSY, subject: str = "", private: bool = False
) -> Event:
    return Event(utc(day, hour), utc(day, until), state, subject, private)


def whole_day(
    day: int, after: int, state: State = BUSY, subject: str = "", private: bool = False
) -> Event:
    """Of the people in Paris; `after`: the day after the last."""
    first, last = (datetime(2026, 3, n, tzinfo=PARIS).astimezone(UTC) for n in (day, after))
    return Event(first, last, state, subject, private)


def asked(connector: CalendarConnector, mailboxes: Sequence[str]) -> list[Calendar]:
    return list(connector.busy(mailboxes, SINCE, UNTIL, PARIS))


def found(connector: CalendarConnector, mailbox: str) -> tuple[Event, ...]:
    """Of somebody who has a calendar."""
    (calendar,) = asked(connector, [mailbox])
    assert not isinstance(calendar.found, ConnectorError), calendar.found
    return calendar.found


def check_class(kind: type[CalendarConnector], *secrets: str) -> None:
    assert kind.title and forms.describe(kind.Settings)
    assert forms.secret_fields(kind.Settings) == set(secrets)


def check_calendars(
    connector: CalendarConnector,
    expected: Mapping[str, Iterable[Event] | type[ConnectorError]],
) -> dict[str, ConnectorError]:
    """Everybody once, as often as one asks; what fails for one does not for the next. The
    errors."""
    errors = {}
    for _ in range(2):
        calendars = asked(connector, [*expected, *expected])
        assert sorted(c.mailbox for c in calendars) == sorted(expected)
        for calendar in calendars:
            wanted, got = expected[calendar.mailbox], calendar.found
            if isinstance(wanted, type):
                assert type(got) is wanted, got
                assert str(got).endswith((".", "?"))
                errors[calendar.mailbox] = got
            else:
                assert got == tuple(sorted(wanted)), calendar.mailbox
                assert all(e.since.tzinfo is UTC and e.since < e.until for e in wanted)
    return errors


def check_hangs_up(connector: CalendarConnector, mailboxes: Sequence[str]) -> None:
    """A reading that is closed half-way leaves no thread behind. Those of a peer in this process
    end when they see that it hung up."""
    before = set(threading.enumerate())
    reading = connector.busy(mailboxes, SINCE, UNTIL, PARIS)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    begun = set(threading.enumerate()) - before
    for thread in begun:
        thread.join(HUNG_UP)
    assert not [thread.name for thread in begun if thread.is_alive()]

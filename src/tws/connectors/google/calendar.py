"""Google Workspace: users' calendars, through the Calendar API v3."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from tws.connectors.calendars.by_mailbox import Window, each, subject
from tws.connectors.google.api import GoogleSettings, Services, client, key, of_user, pages
from tws.connectors.http.json_fields import at
from tws.presence.calendars.calendar import Calendar, Event, State
from tws.sources.errors import Misconfigured, SignInRefused

EVENTS = "https://www.googleapis.com/auth/calendar.events.readonly"
OF_AN_EVENT = (
    "nextPageToken,timeZone,items(status,summary,start,end,transparency,visibility,eventType,"
    "attendees(self,responseStatus))"
)
AWAY, ELSEWHERE = "outOfOffice", "workingLocation"


class GoogleCalendar:
    title: ClassVar[str] = "Google Workspace"
    Settings: ClassVar[type[GoogleSettings]] = GoogleSettings
    accounts: ClassVar[bool] = False

    def __init__(
        self, settings: GoogleSettings, files: Path, services: Services | None = None
    ) -> None:
        self._settings, self._files = settings, files
        self._services = services or Services()

    def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, zone: tzinfo
    ) -> Iterator[Calendar]:
        """As each of them: freeBusy asks for fifty at once, but tells only when."""
        window = Window(since, until)
        key(self._settings, self._files)  # where it is wrong it is so for everybody
        yield from each(mailboxes, lambda mailbox: self._of(mailbox, window, zone), window)

    def _of(self, mailbox: str, window: Window, zone: tzinfo) -> Iterator[Event]:
        parameters: dict[str, str | list[str]] = {
            "timeMin": f"{window.since:%Y-%m-%dT%H:%M:%SZ}",
            "timeMax": f"{window.until:%Y-%m-%dT%H:%M:%SZ}",
            "singleEvents": "true",
            "maxAttendees": "1",  # with several only the one whose calendar it is
            "maxResults": "2500",
            "fields": OF_AN_EVENT,
        }
        services, path = self._services, "/calendar/v3/calendars/primary/events"
        try:
            with client(
                self._settings, self._files, mailbox, EVENTS, services.calendar, services
            ) as http:
                for page in pages(http, path, parameters, "items"):
                    own = _zone(page.get("timeZone"), zone)
                    for item in page.get("items", []):
                        if event := _event(item, own):
                            yield event
        except SignInRefused as error:
            raise of_user(error) from None


def _event(item: Mapping[str, Any], zone: tzinfo) -> Event | None:
    """None where nobody is there."""
    invited = item.get("attendees")
    own = (each for each in invited if at(each, "self")) if isinstance(invited, list) else ()
    answer = next((at(each, "responseStatus") for each in own), "accepted")
    if item.get("status") == "cancelled" or answer == "declined":
        return None
    state = State.BUSY
    if item.get("eventType") == AWAY:
        state = State.OUT_OF_OFFICE
    elif item.get("transparency") == "transparent" or item.get("eventType") == ELSEWHERE:
        state = State.FREE
    elif item.get("status") == "tentative" or answer in ("tentative", "needsAction"):
        state = State.TENTATIVE
    try:
        since, until = (_moment(item[name], zone) for name in ("start", "end"))
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Misconfigured("Google answers with an event that has no time.") from None
    private = item.get("visibility") in ("private", "confidential")
    return Event(since, until, state, subject(item.get("summary")), private)


def _moment(given: Mapping[str, str], zone: tzinfo) -> datetime:
    if "dateTime" in given:
        when = datetime.fromisoformat(given["dateTime"])
    else:
        when = datetime.combine(date.fromisoformat(given["date"]), time())
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def _zone(name: object, otherwise: tzinfo) -> tzinfo:
    """Of the calendar, which is known better than that of its owner's domain."""
    try:
        return ZoneInfo(str(name))
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
        return otherwise

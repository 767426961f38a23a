"""Google Workspace: the domain's directory and users' own contacts through the People API v1,
their calendars through the Calendar API v3."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from tws.connectors.calendars import Window, each, subject
from tws.connectors.google_api import GoogleSettings, Services, client, items, key, pages
from tws.connectors.json_fields import fields
from tws.directory.connector import Entry
from tws.forms import About
from tws.presence.calendar import Calendar, Event, State
from tws.sources.errors import Misconfigured, Refused, SignInRefused

OWN = "https://www.googleapis.com/auth/contacts.readonly"
DIRECTORY = "https://www.googleapis.com/auth/directory.readonly"
EVENTS = "https://www.googleapis.com/auth/calendar.events.readonly"
OF_AN_EVENT = (
    "nextPageToken,timeZone,items(status,summary,start,end,transparency,visibility,eventType,"
    "attendees(self,responseStatus))"
)
AWAY, ELSEWHERE = "outOfOffice", "workingLocation"
WANTED = (
    "names,nicknames,organizations,phoneNumbers,emailAddresses,addresses,photos,urls,birthdays,"
    "biographies,userDefined,externalIds,relations,occupations,locations,imClients,memberships"
)
SOURCES = ["DIRECTORY_SOURCE_TYPE_DOMAIN_PROFILE", "DIRECTORY_SOURCE_TYPE_DOMAIN_CONTACT"]
PAGE = "1000"
SAY_NOTHING = ("etag", "metadata")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleContactsSettings(GoogleSettings):
    reader: str = field(
        default="",
        metadata=About(
            help="Of a public directory: e-mail address of the user as whom it is read."
        ),
    )


class Google:
    title: ClassVar[str] = "Google Workspace"
    Settings: ClassVar[type[GoogleContactsSettings]] = GoogleContactsSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "resourceName",
        "last_name": "names.familyName",
        "first_name": "names.givenName",
        "organisation": "organizations.name",
        "photo": "photos.url",
        "work": "phoneNumbers.work.value",
        "mobile": "phoneNumbers.mobile.value",
        "home": "phoneNumbers.home.value",
        "assistant": "phoneNumbers.assistant.value",
        "standard": "phoneNumbers.main.value",
        "email1": "emailAddresses.0.value",
        "email2": "emailAddresses.1.value",
        "email3": "emailAddresses.2.value",
        "website": "urls.value",
    }

    def __init__(
        self, settings: GoogleContactsSettings, files: Path, services: Services | None = None
    ) -> None:
        self._settings, self._files = settings, files
        self._services = services or Services()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        parameters: dict[str, str | list[str]] = {"pageSize": PAGE}
        if mailbox is not None:
            path, name, scope = "/v1/people/me/connections", "connections", OWN
            parameters["personFields"] = WANTED
        else:
            path, name, scope = "/v1/people:listDirectoryPeople", "people", DIRECTORY
            parameters |= {"readMask": WANTED, "sources": SOURCES}
        user = mailbox or self._settings.reader
        if not user:
            raise Misconfigured("The user as whom the domain's directory is read is missing.")
        services = self._services
        try:
            with client(
                self._settings, self._files, user, scope, services.people, services
            ) as http:
                for person in items(http, path, parameters, name):
                    if values := fields(_without_metadata(person)):
                        yield Entry(values)
        except SignInRefused as error:
            raise _of_user(error) from None


def _without_metadata(person: Mapping[str, object]) -> dict[str, object]:
    """What Google says about a value, and not of the person; and the picture that stands for
    those who have none."""
    kept: dict[str, object] = {}
    for name, value in person.items():
        if name in SAY_NOTHING:
            continue
        if isinstance(value, list):
            value = [
                {k: v for k, v in one.items() if k not in SAY_NOTHING}
                for one in value
                if isinstance(one, dict) and not (name == "photos" and one.get("default"))
            ]
        kept[name] = value
    return kept


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
            raise _of_user(error) from None


def _of_user(error: SignInRefused) -> Refused:
    """What concerns one user and not the account is no reason to stop asking with it."""
    return Refused(error.said) if "invalid_grant" in str(error) else error


def _event(item: Mapping[str, Any], zone: tzinfo) -> Event | None:
    """None where nobody is there."""
    own = (each for each in item.get("attendees", []) if each.get("self"))
    answer = next((each.get("responseStatus") for each in own), "accepted")
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
    except (KeyError, TypeError, ValueError):
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

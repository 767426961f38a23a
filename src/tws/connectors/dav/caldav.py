"""Calendars of a CalDAV server (RFC 4791), found as RFC 6764 says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from typing import ClassVar, Literal
from urllib.parse import urljoin

import httpx

from tws.connectors.calendars.by_mailbox import ByMailbox, Window
from tws.connectors.calendars.ical_events import DAY, ICalendarReader, NotICalendar
from tws.connectors.dav.webdav import NAMESPACES, Found, Kind, report
from tws.connectors.http.client import Http
from tws.connectors.http.mailboxes import placed
from tws.connectors.http.settings import TlsSettings, check_address
from tws.forms import About
from tws.presence.calendars.calendar import Event
from tws.sources.errors import Unreachable

CALDAV = "{urn:ietf:params:xml:ns:caldav}"
COLLECTIONS = Kind(
    title="calendar",
    type=f"{CALDAV}calendar",
    home=f"{CALDAV}calendar-home-set",
    asked="<C:calendar-home-set/><C:supported-calendar-component-set/>"
    "<C:schedule-calendar-transp/>",
    well_known="/.well-known/caldav",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaldavSettings(TlsSettings):
    url: str = field(
        metadata=About(
            where=True,
            help="Of a user's calendars, with {mailbox} or {user} where his e-mail address, or "
            "its part before the @, stands.",
        )
    )
    user: str = field(default="", metadata=About(help="Who may read the calendars of all users."))
    password: str = field(default="", metadata=About(secret=True))
    calendars: str = field(
        default="",
        metadata=About(help="Names of each user's calendars, between commas; empty: all."),
    )
    authentication: Literal["basic", "digest"] = field(
        default="basic", metadata=About(expert=True)
    )

    def __post_init__(self) -> None:
        check_address("url", self.url)


class CaldavCalendar(ByMailbox[CaldavSettings]):
    title: ClassVar[str] = "CalDAV"
    Settings: ClassVar[type[CaldavSettings]] = CaldavSettings
    accounts: ClassVar[bool] = True

    def _opened(self) -> Http:
        given = self._settings
        kind = httpx.DigestAuth if given.authentication == "digest" else httpx.BasicAuth
        auth = kind(given.user, given.password) if given.user else None
        tls = partial(given.context, self._files)
        return Http(urljoin(given.url, "/"), auth=auth, tls=tls, secrets=[given.password])

    def _of(self, http: Http, mailbox: str, window: Window, zone: tzinfo) -> Iterator[Event]:
        url = placed(self._settings.url, mailbox, in_path=True)
        reading = ICalendarReader(mailbox, window, zone)
        there = COLLECTIONS.chosen(COLLECTIONS.at(http, url, own=False), self._settings.calendars)
        for calendar in filter(_counts, there):
            for text in _objects(http, calendar.url, window):
                try:
                    yield from reading.events(text)
                except NotICalendar:
                    self.skipped += 1
        self.skipped += reading.skipped


def _counts(calendar: Found) -> bool:
    """Whether it has events, and makes its owner busy (RFC 6638, 9.1)."""
    kinds = calendar.properties.get(f"{CALDAV}supported-calendar-component-set")
    names = {"VEVENT"} if kinds is None else {kind.get("name") for kind in kinds}
    transparency = calendar.properties.get(f"{CALDAV}schedule-calendar-transp")
    see_through = (
        transparency is not None and transparency.find(f"{CALDAV}transparent") is not None
    )
    return "VEVENT" in names and not see_through


def _objects(http: Http, calendar: str, window: Window) -> Iterator[str]:
    """Those that may touch the time: a day around it, for servers that take days as of UTC."""
    start, end = (f"{when:%Y%m%dT%H%M%SZ}" for when in (window.since - DAY, window.until + DAY))
    query = (
        f"<C:calendar-query {NAMESPACES}><D:prop><C:calendar-data>"
        f'<C:expand start="{start}" end="{end}"/></C:calendar-data></D:prop>'
        '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
        f'<C:time-range start="{start}" end="{end}"/>'
        "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
    )
    for found in report(http, calendar, query, 1):
        data = found.properties.get(f"{CALDAV}calendar-data")
        if data is not None:
            yield data.text or ""
        elif found.status not in (200, 404):
            raise Unreachable(
                "The server does not give one event ({status}).", status=found.status
            )

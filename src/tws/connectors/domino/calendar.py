"""Calendars of HCL Domino, by the calendar service of each user's mail file (Domino Access
Services, since 9.0.1). (Specification 8.5.)"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import httpx

from tws.connectors.calendars.by_mailbox import ByMailbox, Window, subject
from tws.connectors.http.client import Answer, Http
from tws.connectors.http.mailboxes import placed
from tws.connectors.http.settings import TlsSettings, check_address
from tws.forms import About
from tws.presence.calendars.calendar import Event, State
from tws.sources.errors import Misconfigured, Unreachable

PAGE = 200
REMINDERS = frozenset({"1", "4"})
"x-lotus-appttype of anniversaries and reminders: they make nobody busy."
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DominoCalendarSettings(TlsSettings):
    url: str = field(
        metadata=About(
            where=True,
            help="Of a user's mail file, such as https://HOST/mail/{user}.nsf; {user} or "
            "{mailbox}: the part of his e-mail address before the @, or all of it.",
        )
    )
    user: str = field(metadata=About(help="Who may read the calendars of all users."))
    password: str = field(metadata=About(secret=True))

    def __post_init__(self) -> None:
        check_address("url", self.url)


class DominoCalendar(ByMailbox[DominoCalendarSettings]):
    title: ClassVar[str] = "HCL Domino"
    Settings: ClassVar[type[DominoCalendarSettings]] = DominoCalendarSettings
    accounts: ClassVar[bool] = True

    def _opened(self) -> Http:
        given = self._settings
        return Http(
            urljoin(given.url, "/"),
            auth=httpx.BasicAuth(given.user, given.password),
            headers={"Accept": "application/json"},
            tls=partial(given.context, self._files),
            secrets=[given.password],
        )

    def _of(self, http: Http, mailbox: str, window: Window, zone: tzinfo) -> Iterator[Event]:
        file = placed(self._settings.url, mailbox, in_path=True).rstrip("/")
        # A day around it: whole days are anywhere within a day of their place in UTC.
        times = {"since": f"{window.since - DAY:%FT%TZ}", "before": f"{window.until + DAY:%FT%TZ}"}
        start, before = 0, b""
        while True:
            asked = {**times, "count": str(PAGE), "start": str(start)}
            answer = http.get(f"{file}/api/calendar/events", params=asked)
            page = _events(answer)
            if not page:  # one that is not full is no end: a server may give fewer than asked
                return
            if answer.content == before:
                raise Unreachable("{host} gives the same page again.", host=answer.host)
            for one in page:
                try:
                    yield _event(one, zone)
                except (KeyError, TypeError, ValueError, AttributeError):
                    self.skipped += 1
            start, before = start + len(page), answer.content


def _events(answer: Answer) -> list[Mapping[str, Any]]:
    said = answer.json()
    if not isinstance(said, dict) or not isinstance(said.get("events", []), list):
        raise Misconfigured("{host} answers without a list of events.", host=answer.host)
    found: list[Mapping[str, Any]] = said.get("events", [])
    return found


def _event(one: Mapping[str, Any], zone: tzinfo) -> Event:
    """ValueError and the like where it says nothing that can be understood."""
    start = one["start"]
    since = _moment(start, zone)
    if end := one.get("end"):
        until = _moment(end, zone)
    else:
        until = since if "time" in start else _moment(start, zone, DAY)
    private = str(one.get("class", "public")).lower() != "public"
    return Event(since, until, _state(one), subject(one.get("summary")), private)


def _state(one: Mapping[str, Any]) -> State:
    if str(one.get("transparency", "")).lower() == "transparent":
        return State.FREE
    if _said(one, "x-lotus-appttype") in REMINDERS:
        return State.FREE
    # An invitation that was not answered stands there as the notice that it is.
    return State.TENTATIVE if _said(one, "x-lotus-noticetype") else State.BUSY


def _said(one: Mapping[str, Any], name: str) -> str:
    about = one.get(name)
    return str(about.get("data", "")) if isinstance(about, dict) else ""


def _moment(said: Mapping[str, Any], zone: tzinfo, later: timedelta = timedelta()) -> datetime:
    """In UTC, by the clock of its place `later`; a day without a time begins at midnight."""
    day = datetime.fromisoformat(said["date"])
    clock = time.fromisoformat(said.get("time", "00:00:00"))
    local = datetime.combine(day, clock) + later
    return local.replace(tzinfo=UTC if said.get("utc") else _zone(said, zone)).astimezone(UTC)


def _zone(said: Mapping[str, Any], zone: tzinfo) -> tzinfo:
    """Lists do not say what their zones mean: one with an unknown name is the person's."""
    try:
        return ZoneInfo(said["tzid"]) if "tzid" in said else zone
    except (KeyError, ValueError, OSError):
        return zone

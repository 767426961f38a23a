"""Calendars that are published as iCalendar files at an address for each user (`.ics`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import ClassVar
from urllib.parse import urljoin

import httpx

from tws.connectors.calendars import Window, each
from tws.connectors.http_reader import Http
from tws.connectors.http_settings import TlsSettings, check_address
from tws.connectors.ical_events import NotICalendar, Reading
from tws.connectors.mailboxes import placed
from tws.directory.connector import Misconfigured
from tws.forms import About
from tws.presence.calendar import Calendar, Event

LARGEST = 8 * 1024 * 1024
"Bytes of a calendar: years of events; reading more of it takes minutes."


@dataclass(frozen=True, slots=True, kw_only=True)
class IcalSettings(TlsSettings):
    url: str = field(
        metadata=About(
            help="Of a user's calendar, with {mailbox} or {user} where his e-mail address, or its "
            "part before the @, stands."
        )
    )
    user: str = field(default="", metadata=About(help="Where the address asks for one."))
    password: str = field(default="", metadata=About(secret=True))

    def __post_init__(self) -> None:
        check_address("url", self.address)

    @property
    def address(self) -> str:
        """webcal: is how pages write that a program should subscribe to it."""
        scheme, colon, rest = self.url.partition(":")
        return f"https:{rest}" if colon and scheme.lower() in ("webcal", "webcals") else self.url


class IcalCalendar:
    title: ClassVar[str] = "iCalendar"
    Settings: ClassVar[type[IcalSettings]] = IcalSettings
    accounts: ClassVar[bool] = True

    def __init__(self, settings: IcalSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.skipped = 0
        "Events of the last reading that could not be read."

    def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, zone: tzinfo
    ) -> Iterator[Calendar]:
        self.skipped = 0
        given, window = self._settings, Window(since, until)
        auth = httpx.BasicAuth(given.user, given.password) if given.user else None
        tls = partial(given.context, self._files)
        with Http(
            urljoin(given.address, "/"), auth=auth, tls=tls, secrets=[given.password]
        ) as http:
            yield from each(
                mailboxes, lambda mailbox: self._of(http, mailbox, window, zone), window
            )

    def _of(self, http: Http, mailbox: str, window: Window, zone: tzinfo) -> Iterator[Event]:
        answer = http.get(placed(self._settings.address, mailbox, in_path=True))
        if len(answer.content) > LARGEST:
            raise Misconfigured(
                f"The calendar at {answer.host} has more than {LARGEST >> 20} MB: publish less."
            )
        reading = Reading(mailbox, window, zone)
        try:
            yield from reading.events(answer.content.decode("utf-8-sig", "replace"))
        except NotICalendar:
            raise Misconfigured(f"What {answer.host} answers is not iCalendar.") from None
        self.skipped += reading.skipped

"""Calendars that are published as iCalendar files at an address for each user (`.ics`)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from typing import ClassVar
from urllib.parse import urljoin

import httpx

from tws.connectors.calendars.by_mailbox import ByMailbox, Window
from tws.connectors.calendars.ical_events import ICalendarReader, NotICalendar
from tws.connectors.http.client import Http
from tws.connectors.http.mailboxes import placed
from tws.connectors.http.settings import TlsSettings, check_address
from tws.forms import About
from tws.presence.calendars.calendar import Event
from tws.sources.errors import Misconfigured

LARGEST = 8 * 1024 * 1024
"Bytes of a calendar: years of events; reading more of it takes minutes."


@dataclass(frozen=True, slots=True, kw_only=True)
class IcalSettings(TlsSettings):
    url: str = field(
        metadata=About(
            where=True,
            help="Of a user's calendar, with {mailbox} or {user} where his e-mail address, or its "
            "part before the @, stands.",
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


class IcalCalendar(ByMailbox[IcalSettings]):
    title: ClassVar[str] = "iCalendar"
    Settings: ClassVar[type[IcalSettings]] = IcalSettings
    accounts: ClassVar[bool] = True

    def _opened(self) -> Http:
        given = self._settings
        auth = httpx.BasicAuth(given.user, given.password) if given.user else None
        tls = partial(given.context, self._files)
        return Http(urljoin(given.address, "/"), auth=auth, tls=tls, secrets=[given.password])

    def _of(self, http: Http, mailbox: str, window: Window, zone: tzinfo) -> Iterator[Event]:
        answer = http.get(placed(self._settings.address, mailbox, in_path=True))
        if len(answer.content) > LARGEST:
            raise Misconfigured(
                "The calendar at {host} has more than {most} MB: publish less.",
                host=answer.host,
                most=LARGEST >> 20,
            )
        reading = ICalendarReader(mailbox, window, zone)
        try:
            yield from reading.events(answer.content.decode("utf-8-sig", "replace"))
        except NotICalendar:
            raise Misconfigured(
                "What {host} answers is not iCalendar.", host=answer.host
            ) from None
        self.skipped += reading.skipped

"""Exchange on premises, 2010 and newer, by EWS: users' calendars. (Specification 8.7.)"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import ClassVar, Literal

from tws.connectors.calendars.by_mailbox import Window
from tws.connectors.exchange.availability import MOST_MAILBOXES, availability
from tws.connectors.exchange.ews import (
    Ews,
)
from tws.connectors.exchange.signing_in import check, signed_in
from tws.connectors.http.settings import TlsSettings
from tws.forms import About
from tws.presence.calendars.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeCalendarSettings(TlsSettings):
    url: str = field(metadata=About(where=True, help="https://HOST/ews/exchange.asmx", kind="url"))
    user: str = field(metadata=About(help="DOMAIN\\name, or name@domain."))
    password: str = field(metadata=About(secret=True))
    authentication: Literal["NTLM", "Basic"] = field(default="NTLM", metadata=About(expert=True))

    def __post_init__(self) -> None:
        check(self.url)


class ExchangeCalendar:
    title: ClassVar[str] = "Exchange"
    Settings: ClassVar[type[ExchangeCalendarSettings]] = ExchangeCalendarSettings
    accounts: ClassVar[bool] = True

    def __init__(self, settings: ExchangeCalendarSettings, files: Path) -> None:
        self._settings, self._files = settings, files

    def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, zone: tzinfo
    ) -> Iterator[Calendar]:
        """Exchange knows everybody's own zone."""
        given, window, everybody = (
            self._settings,
            Window(since, until),
            [*dict.fromkeys(mailboxes)],
        )
        with signed_in(given, given.url, self._files) as http:
            for first in range(0, len(everybody), MOST_MAILBOXES):
                some = everybody[first : first + MOST_MAILBOXES]
                yield from availability(Ews(http), some, window)

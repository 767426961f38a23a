"""What connectors of calendars share: one mailbox after another, and whose failure is whose."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Generic, TypeVar

from tws.connectors.http.client import Http
from tws.presence.calendars.calendar import Calendar, Event
from tws.sources.errors import ConnectorError, SignInRefused, Unreachable

MOST_SILENT = 2
"Mailboxes in a row that cannot be reached, until those that are left are not tried."
LONGEST_SUBJECT = 500
"Characters."

Settings = TypeVar("Settings")


def each(
    mailboxes: Sequence[str], read: Callable[[str], Iterable[Event]], window: "Window"
) -> Iterator[Calendar]:
    """Ask for one mailbox after another. What fails for one does not for the others, unless the
    source is away or does not take who we are."""
    silent = 0
    for mailbox in dict.fromkeys(mailboxes):
        found: tuple[Event, ...] | ConnectorError
        try:
            found = window.of(read(mailbox))
        except SignInRefused:
            raise
        except Unreachable as error:
            silent += 1
            if silent == MOST_SILENT:
                raise
            found = error
        except ConnectorError as error:
            silent, found = 0, error
        else:
            silent = 0
        yield Calendar(mailbox, found)


class ByMailbox(ABC, Generic[Settings]):
    """A source that is asked for one mailbox after another on one connection."""

    def __init__(self, settings: Settings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.skipped = 0
        "Events of the last reading that could not be read."

    def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, zone: tzinfo
    ) -> Iterator[Calendar]:
        self.skipped = 0
        window = Window(since, until)
        with self._opened() as http:
            yield from each(
                mailboxes, lambda mailbox: self._of(http, mailbox, window, zone), window
            )

    @abstractmethod
    def _opened(self) -> Http: ...

    @abstractmethod
    def _of(self, http: Http, mailbox: str, window: "Window", zone: tzinfo) -> Iterator[Event]: ...


class Window:
    """The time that is asked about."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.since, self.until = since.astimezone(UTC), until.astimezone(UTC)

    def of(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Those that touch it, by their beginning; each one once."""
        return tuple(
            sorted(
                {
                    event
                    for event in events
                    if event.since < event.until
                    and event.since < self.until
                    and event.until > self.since
                }
            )
        )


def subject(text: object) -> str:
    """On one line."""
    line = " ".join(str(text or "").split())
    return "".join(c for c in line if c.isprintable())[:LONGEST_SUBJECT]

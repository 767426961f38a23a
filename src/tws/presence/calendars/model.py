"""What is known of people's calendars, and how reading them goes."""

from datetime import datetime

from msgspec import Struct

from tws.organisation.actor import CollaborationId, CompanyId, UserId
from tws.presence.calendars.calendar import Event
from tws.presence.calendars.free_busy import Availability
from tws.sentences import NOTHING, Sentence
from tws.sources.failing import Failed, Problem


class CalendarReading(Struct, frozen=True, kw_only=True):
    """One person's calendar at one source, as it was read last."""

    source: CollaborationId
    user: UserId
    mailbox: str
    read: datetime | None = None
    "None: never."
    events: tuple[Event, ...] = ()
    problem: Problem | None = None
    "Why it could not be read since."
    said: Sentence = NOTHING

    @property
    def key(self) -> tuple[CollaborationId, UserId]:
        return self.source, self.user


class Refresh(Struct, frozen=True, kw_only=True):
    """How the last refreshing of a source went."""

    source: CollaborationId
    tried: datetime
    refreshed: datetime | None = None
    "When the source was last read to its end."
    due: datetime
    "When it is read next."
    failures: int = 0
    "In a row."
    problem: Problem | None = None
    said: Sentence = NOTHING


class SourceState(Struct, frozen=True, kw_only=True):
    """A source as administrators see it."""

    source: CollaborationId
    last: Refresh | None
    "None: it was not read yet."
    reading: bool
    "It is being read now."
    people: int
    "Whose calendar is known."
    unread: tuple[CalendarReading, ...]
    "Those that could not be read."


class Seen(Struct, frozen=True):
    """What somebody sees of a person's calendar."""

    user: UserId
    availability: Availability
    read: datetime
    "How old it is."


class Tried(Struct, frozen=True):
    """One person of a source that is tried: how many events the next days have, or why they
    cannot be read."""

    user: UserId
    mailbox: str
    events: int = 0
    failed: Failed | None = None


class CalendarStateChanged(Struct, frozen=True):
    """What a person's calendar says of now is other than before, or no longer known."""

    company: CompanyId
    user: UserId


class CalendarRead(Struct, frozen=True):
    """So a calendar was read, or why it was not."""

    reading: CalendarReading


class SourceRead(Struct, frozen=True):
    """How reading a source goes."""

    source: CollaborationId
    last: Refresh | None
    reading: bool
    "It is being read now."


class SourceStateChanged(Struct, frozen=True):
    """Told to administrators."""

    source: CollaborationId

"""Incidents, as immutable values."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from tws.organisation.actor import CompanyId
from tws.sentences import Sentence


class IncidentKind(StrEnum):
    LINK_LOST = "linkLost"
    SYNCHRONISATION_FAILED = "synchronisationFailed"
    SYNCHRONISATION_HELD = "synchronisationHeld"
    "It would delete so much that somebody has to say yes."
    IMPORT_FAILED = "importFailed"
    IMPORT_HELD = "importHeld"
    CALENDARS_UNREAD = "calendarsUnread"
    SMS_PROVIDER_FAILED = "smsProviderFailed"
    SECRET_LOST = "secretLost"  # noqa: S105 - a word
    SERVICE_DOWN = "serviceDown"
    NODES = "nodes"
    "They do not hear each other, or none of them holds a link."
    DATABASE_AWAY = "databaseAway"
    CLOCK_WRONG = "clockWrong"
    BACKUP_FAILED = "backupFailed"
    DISK_FULL = "diskFull"
    "Or nearly."
    LICENCE = "licence"
    "Exceeded, of no use, or near its end."
    CERTIFICATE = "certificate"
    MAIL_NOT_SENT = "mailNotSent"
    WRONG_PASSWORDS = "wrongPasswords"
    SERVER_ENDED = "serverEnded"


OVER_WHEN_KNOWN = frozenset({IncidentKind.SERVER_ENDED})
"Nobody knows of them before they are over."


class Trouble(Struct, frozen=True, kw_only=True):
    """Something that is wrong now."""

    kind: IncidentKind
    subject: str
    "The id of a row, or another name that stays the same."
    name: str
    "Of the subject, for people."
    company: CompanyId | None
    "None = of the whole server."
    said: Sentence
    occurrence: str = ""
    "Another one: it went wrong once more, without being well in between."

    @property
    def key(self) -> tuple[IncidentKind, str]:
        return self.kind, self.subject


class Incident(Struct, frozen=True, kw_only=True):
    id: str
    kind: IncidentKind
    subject: str
    name: str
    company: CompanyId | None
    said: Sentence
    "As it was said last."
    occurrence: str
    started: datetime
    last: datetime
    "When it last went wrong."
    ended: datetime | None = None
    count: int = 1
    "How often it went wrong."
    acknowledged: datetime | None = None
    acknowledged_by: str | None = None
    "The administrator's name."
    note: str = ""
    mailed: datetime | None = None
    "Administrators were told by mail that it goes on, and not yet that it is over."

    @property
    def key(self) -> tuple[IncidentKind, str]:
        return self.kind, self.subject


class Wanted(Struct, frozen=True, kw_only=True):
    """Which incidents are asked for; what is None does not matter."""

    companies: Collection[str] | None = None
    "Only of these; None = all, also those of the server."
    text: str | None = None
    "A part of the name or of the cause in English, case-blind."
    kind: IncidentKind | None = None
    open: bool | None = None
    acknowledged: bool | None = None
    since: datetime | None = None
    "Those that went on at this time, or began later."
    until: datetime | None = None
    "Those that began before."
    before: str | None = None
    "Ids below this one."

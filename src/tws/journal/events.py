"""What the journal publishes."""

from datetime import datetime

from msgspec import Struct

from tws.journal.model import LogEntry
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import LinkId


class LogChanged(Struct, frozen=True, gc=False):
    """A new entry in a user's log, or more about one; after the commit."""

    user: UserId
    entry: LogEntry


class JournalSeen(Struct, frozen=True):
    """A user looked at the journal."""

    user: UserId


class VoiceNoticed(Struct, frozen=True):
    """Voice messages came for a user, or wait no more."""

    user: UserId


class FlushDue(Struct, frozen=True):
    """Something waits to be written."""


class LinkToSettle(Struct, frozen=True):
    """Legs stored as open on a link, and not in a call that we know, have to be ended."""

    link: LinkId
    since: datetime | None
    "When the PBX ceased to be heard; None = in another process."
    until: datetime
    heard: bool
    "False: the link is switched off, nobody has asked the PBX."


class CompanyToForget(Struct, frozen=True):
    """A company is no more: its legs have to be deleted."""

    company: CompanyId

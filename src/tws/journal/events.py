"""What the journal publishes."""

from dataclasses import dataclass
from datetime import datetime

from tws.journal.model import LogEntry
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import LinkId


@dataclass(frozen=True, slots=True)
class LogChanged:
    """A new entry in a user's log, or more about one; after the commit."""

    user: UserId
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class OwnershipLost:
    """Somebody else owns the link now, its epoch is higher: nothing of it is written here."""

    link: LinkId
    epoch: int
    "Ours, which is no longer the link's."


@dataclass(frozen=True, slots=True)
class FlushDue:
    """Something waits to be written."""


@dataclass(frozen=True, slots=True)
class ReplayDue:
    """It is time to try whether the database is back."""


@dataclass(frozen=True, slots=True)
class TouchDue:
    """It is time to note that open legs are still there."""


@dataclass(frozen=True, slots=True)
class LinkToSettle:
    """Legs stored as open on a link, and not in a call that we know, have to be ended."""

    link: LinkId
    since: datetime | None
    "When the PBX ceased to be heard; None = in another process."
    until: datetime
    heard: bool
    "False: the link is switched off, nobody has asked the PBX."


@dataclass(frozen=True, slots=True)
class CompanyToForget:
    """A company is no more: its legs have to be deleted."""

    company: CompanyId

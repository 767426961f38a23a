"""What the journal publishes."""

from dataclasses import dataclass

from tws.journal.model import LogEntry
from tws.organisation.actor import UserId
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
class TouchDue:
    """It is time to note that open legs are still there."""

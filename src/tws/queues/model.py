"""What is seen of a call queue, as immutable values."""

from datetime import datetime

from msgspec import Struct

from tws.organisation.actor import CompanyId, QueueId, UserId
from tws.telephony.model import Call, Connection, DeviceId, LegId, LinkId, Party, ThreadId


class Queued(Struct, frozen=True, kw_only=True):
    """A caller in a queue, from the moment at which he enters it until his call is over or has
    gone elsewhere."""

    link: LinkId
    thread: ThreadId
    queue: QueueId
    call: Call
    since: datetime
    "When he entered."
    caller: Party
    leg: LegId | None
    "At the queue's own device, while he is there; as long as he waits it is the last one."
    waits: bool
    "Nobody has answered yet: he is in the queue, or rings at somebody's telephone for it."
    answered: datetime | None = None
    agents: tuple[DeviceId, ...] = ()
    "Where he rings, or who answered."

    @property
    def at_queue(self) -> Connection | None:
        """Where he waits, when he rings nowhere."""
        found = (c for c in self.call.connections.values() if c.leg == self.leg)
        return next(found, None)

    @property
    def ringing(self) -> Connection | None:
        """At a telephone to which the queue has given him."""
        found = (self.call.connections.get(device) for device in self.agents)
        return next((c for c in found if c is not None), None) if self.waits else None


class GaveUp(Struct, frozen=True, kw_only=True):
    """A caller who left before anybody answered."""

    queue: QueueId
    link: LinkId
    thread: ThreadId
    leg: LegId | None
    caller: Party
    since: datetime
    ended: datetime


class Abandoned(Struct, frozen=True, kw_only=True):
    """One of those, as it is kept."""

    id: str
    company: CompanyId
    queue: QueueId
    number: str
    "As the PBX gave it; empty = it gave none, or was not to tell it."
    name: str
    "Who it was in the queue's directories, or as the PBX says; may be empty."
    restricted: bool
    hidden: bool
    "Its number is shown to nobody (red list), but may be called."
    since: datetime
    ended: datetime
    called_back: datetime | None = None
    called_back_by: UserId | None = None


class Agents(Struct, frozen=True, kw_only=True):
    """How many may answer a queue's callers."""

    free: int
    "Of all: their telephones are, and they say nothing else of themselves."
    all: int

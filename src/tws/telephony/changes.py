"""What the telephony room publishes on the bus. Rooms above hear these, never a driver."""

from dataclasses import dataclass
from datetime import datetime

from tws.telephony.model import (
    Call,
    CallId,
    Connection,
    Device,
    DeviceId,
    LinkId,
    LinkState,
    Party,
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A connection that left its call in this change: its last value, and how it ended."""

    connection: Connection
    cause: str
    "An ECMA-269 cause, or `endNotSeen`."
    to: Party | None = None
    "Diverted, transferred or picked up: where the call went on."
    released_by_us: bool | None = None
    "True: this device hung up first; False: another party did; None: not known."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChanged:
    """One step of one call: the call as it is now (`call.over` when it ended)."""

    link: LinkId
    call: Call
    at: datetime
    cause: str
    ended: tuple[Ended, ...] = ()
    replaces: tuple[CallId, ...] = ()
    "Calls that became part of this one: they are over, their connections live on in it."


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    device: Device


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatus:
    """A link as it stands (specification 10.4)."""

    link: LinkId
    state: LinkState
    why: str | None = None
    since: datetime
    version: str | None = None
    monitored: int = 0
    waiting: int = 0
    capacity: int = 0
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class LinkStatusChanged:
    status: LinkStatus


@dataclass(frozen=True, slots=True)
class LinkStartDue:
    """It is time to try again to own a link that waits for the database."""

    link: LinkId


@dataclass(frozen=True, slots=True)
class LinkResynchronised:
    """After a gap every monitored device of the link has answered what calls it has, or will not;
    `since` = when the gap began.

    `since` None = the first time since this process owns the link. Legs the journal still has open
    on this link and that no snapshot showed are over.
    """

    link: LinkId
    epoch: int
    at: datetime
    since: datetime | None
    devices: frozenset[DeviceId] | None = None
    "Those that were not heard; None = none of the link was."

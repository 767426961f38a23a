"""What the telephony room publishes on the bus. Rooms above hear these, never a driver."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from tws.sentences import Sentence
from tws.telephony.model import (
    Call,
    CallId,
    Connection,
    ConnectionId,
    Device,
    DeviceId,
    LinkId,
    LinkState,
    Party,
)


class Ended(Struct, frozen=True, gc=False):
    """A connection that left its call in this change: its last value, and how it ended."""

    connection: Connection
    cause: str
    "An ECMA-269 cause, or `endNotSeen`."
    to: Party | None = None
    "Diverted, transferred or picked up: where the call went on."


class CallChanged(Struct, frozen=True, kw_only=True, gc=False):
    """One step of one call: the call as it is now (`call.over` when it ended)."""

    link: LinkId
    call: Call
    at: datetime
    cause: str
    ended: tuple[Ended, ...] = ()
    replaces: tuple[CallId, ...] = ()
    "Calls that became part of this one: they are over, their connections live on in it."

    @property
    def devices(self) -> Iterable[DeviceId]:
        """Those that are in the call, and those that left it in this change; each once."""
        if not self.ended:
            return self.call.connections
        return {*self.call.connections, *(one.connection.id.device for one in self.ended)}

    @property
    def handed_on(self) -> Iterable[DeviceId]:
        """Those that handed the call on by a single step: whether it still rings may be new."""
        there = list(self.call.connections.values())
        there += [end.connection for end in self.ended]
        # To most calls nobody sent anybody.
        by = [one.handed_on_by for one in there if one.via is not None]
        return [device for device in by if device is not None]


class Parked(Struct, frozen=True):
    """A call that waits at a park place until somebody fetches it."""

    link: LinkId
    connection: ConnectionId
    "At the place."
    by: DeviceId
    "Who left it there."
    party: Party
    "Who waits."
    since: datetime

    @property
    def place(self) -> DeviceId:
        return self.connection.device


class ParkedChanged(Struct, frozen=True):
    """A call was parked, or is parked no more."""

    parked: Parked


class DeviceChanged(Struct, frozen=True):
    device: Device


class DeviceForgotten(Struct, frozen=True):
    """Nobody listens to this device any more: nothing more is known of it."""

    link: LinkId
    device: DeviceId


class LinkStatus(Struct, frozen=True, kw_only=True):
    """A link as it stands (specification 10.4)."""

    link: LinkId
    state: LinkState
    why: Sentence | None = None
    since: datetime
    version: str | None = None
    monitored: int = 0
    waiting: int = 0
    capacity: int = 0
    epoch: int = 0


class LinkStatusChanged(Struct, frozen=True):
    status: LinkStatus


class LinkResynchronised(Struct, frozen=True):
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


class OwnershipLost(Struct, frozen=True):
    """Somebody else owns the link now, its epoch is higher: we have to let go of it."""

    link: LinkId
    epoch: int
    "Ours, which is no longer the link's."

"""What a call is: connections, calls, devices, in the words of ECMA-269 (clauses 6.1 and 12).

A *call* joins *connections*; a connection ties one *device* to one call and has a state.
Everything here is an immutable value. Times are UTC and come from the supervisor, never from here.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

LinkId = NewType("LinkId", str)
"Row id of a PBX link."
DeviceId = NewType("DeviceId", str)
"""A device as its PBX names it, normalised by the driver: an extension, an outside number or a
trunk.
"""
CallId = NewType("CallId", str)
"""The callID of the PBX (or one made by the driver): opaque, unique on its link at one moment,
reused later.
"""
ThreadId = NewType("ThreadId", str)
"What stays for the caller while call ids change (ECMA-269 callLinkageData); made by us, a UUIDv7."
LegId = NewType("LegId", str)
"""One device's part in a thread, from its first state to null, kept when its call id changes; a
UUIDv7.
"""


class ConnectionState(StrEnum):
    """LocalConnectionState of ECMA-269 clause 6.1.5."""

    NULL = "null"
    INITIATED = "initiated"
    ALERTING = "alerting"
    CONNECTED = "connected"
    HOLD = "hold"
    QUEUED = "queued"
    FAIL = "fail"


class Direction(StrEnum):
    """Of one leg, seen from its device."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Cause(StrEnum):
    """The EventCause values that TWS acts on or says in words; a PBX may send any other string."""

    ALTERNATE = "alternate"
    BLOCKED = "blocked"
    BUSY = "busy"
    CALL_CANCELLED = "callCancelled"
    CALL_FORWARD = "callForward"
    CALL_FORWARD_BUSY = "callForwardBusy"
    CALL_FORWARD_IMMEDIATE = "callForwardImmediate"
    CALL_FORWARD_NO_ANSWER = "callForwardNoAnswer"
    CALL_NOT_ANSWERED = "callNotAnswered"
    CALL_PICKUP = "callPickup"
    CONFERENCE = "conference"
    CONSULTATION = "consultation"
    DEST_NOT_OBTAINABLE = "destNotObtainable"
    DEST_OUT_OF_ORDER = "destOutOfOrder"
    DISTRIBUTED = "distributed"
    DO_NOT_DISTURB = "doNotDisturb"
    ENTERING_DISTRIBUTION = "enteringDistribution"
    KEY_OPERATION = "keyOperation"
    MAKE_CALL = "makeCall"
    NETWORK_CONGESTION = "networkCongestion"
    NEW_CALL = "newCall"
    NO_AVAILABLE_AGENTS = "noAvailableAgents"
    NORMAL = "normal"
    NORMAL_CLEARING = "normalClearing"
    NUMBER_UNALLOCATED = "numberUnallocated"
    OVERFLOW = "overflow"
    PARK = "park"
    RECALL = "recall"
    REDIRECTED = "redirected"
    SINGLE_STEP_CONFERENCE = "singleStepConference"
    SINGLE_STEP_TRANSFER = "singleStepTransfer"
    TRANSFER = "transfer"
    TRUNKS_BUSY = "trunksBusy"
    # Ours: the connection was gone when the PBX could be asked again; when it ended is not known.
    END_NOT_SEEN = "endNotSeen"


class ConnectionId(Struct, frozen=True, order=True, gc=False):
    """ConnectionID of ECMA-269: one device in one call."""

    call: CallId
    device: DeviceId


class Party(Struct, frozen=True, gc=False):
    """Somebody in a call, as the PBX presents them; every part may be unknown."""

    number: str | None = None
    "Digits as the PBX gave them: not yet through the dial plan."
    name: str | None = None
    restricted: bool = False
    "The party asked for their number to be withheld: it is looked up nowhere."


UNKNOWN = Party()


class Via(Struct, frozen=True, gc=False):
    """How a call came to a device other than by being dialled straight to it."""

    cause: str
    """An ECMA-269 cause: callForwardImmediate, transfer, callPickup, redirected, distributed;
    park: taken back from the place of that party; recall: back from that party, to whom this
    device had handed the call on."""
    by: Party


class Connection(Struct, frozen=True, kw_only=True, gc=False):
    """One device in a call, with its own history: what the journal needs of a leg."""

    id: ConnectionId
    leg: LegId
    state: ConnectionState
    party: Party
    "Who this device is to the others."
    direction: Direction
    created: datetime
    since: datetime
    "When the present state began."
    alerted: datetime | None = None
    answered: datetime | None = None
    via: Via | None = None
    late: bool = False
    "First seen in a snapshot: its beginning was not observed."

    @property
    def handed_on_by(self) -> DeviceId | None:
        """The device that handed the call on to this one by a single step."""
        via = self.via
        if via is None or via.cause != Cause.SINGLE_STEP_TRANSFER or not via.by.number:
            return None
        return DeviceId(via.by.number)

    @property
    def rings_for(self) -> DeviceId | None:
        """The same, while this rings."""
        return self.handed_on_by if self.state is ConnectionState.ALERTING else None


class Call(Struct, frozen=True, kw_only=True, gc=False):
    """A call as last reported. With no connections it is over."""

    link: LinkId
    id: CallId
    thread: ThreadId
    connections: Mapping[DeviceId, Connection]
    calling: Party = UNKNOWN
    called: Party = UNKNOWN
    queue: Party | None = None
    "The queue (ECMA-269 group ACD device) the call came through, kept to its end."
    failure: str | None = None
    "Why the last party that was called could not be reached; cleared when the call goes on."

    @property
    def over(self) -> bool:
        return not self.connections

    @property
    def conference(self) -> bool:
        """Three or more are in conversation, whichever way they came together."""
        if len(self.connections) <= 2:
            return False
        joined = (ConnectionState.CONNECTED, ConnectionState.HOLD)
        return sum(c.state in joined for c in self.connections.values()) > 2

    def others(self, device: DeviceId) -> list[Connection]:
        """The connections of everybody but `device`, oldest first."""
        others = [c for d, c in self.connections.items() if d != device]
        if len(others) > 1:
            others.sort(key=lambda c: c.created)
        return others

    def parties(self, device: DeviceId) -> list[tuple[Party, ConnectionState | None]]:
        """Who `device` is in the call with, and in what state (None = not told)."""
        others: list[tuple[Party, ConnectionState | None]]
        others = [(c.party, c.state) for c in self.others(device)]
        if others:
            return others
        own = self.connections.get(device)
        incoming = own is None or own.direction is Direction.INCOMING
        return [(self.calling if incoming else self.called, None)]


class ForwardingType(StrEnum):
    """When a forwarding applies (ECMA-269 forwardingType, less its origin)."""

    IMMEDIATE = "immediate"
    BUSY = "busy"
    NO_ANSWER = "noAnswer"


class CallOrigin(StrEnum):
    """To which calls a forwarding applies (the Int and Ext variants of ECMA-269)."""

    ALL = "all"
    INTERNAL = "internal"
    EXTERNAL = "external"


class Forwarding(Struct, frozen=True):
    """One forwarding of a device; a device has at most one for each (type, origin)."""

    type: ForwardingType
    origin: CallOrigin
    active: bool
    destination: str | None = None
    ring_count: int | None = None
    "Rings before a no-answer forwarding, where the PBX counts rings."
    ring_duration: int | None = None
    "Seconds before a no-answer forwarding, where the PBX counts seconds."


class SnapshotConnection(Struct, frozen=True):
    """One call of a device as SnapshotDevice reports it (ECMA-269 clause 17.1.18)."""

    connection: ConnectionId
    state: ConnectionState
    others: tuple[tuple[DeviceId, ConnectionState, Party], ...] = ()
    calling: Party | None = None
    called: Party | None = None
    direction: Direction | None = None
    thread: ThreadId | None = None
    "Where the PBX keeps our mark on the call."


class MonitorState(StrEnum):
    """Whether we hear of a device's calls."""

    MONITORED = "monitored"
    STARTING = "starting"
    WAITING = "waiting"
    "The link's capacity is used up; it starts when a place is free."
    REFUSED = "refused"
    "The PBX refused the monitor; the reason says why."
    LINK_DOWN = "linkDown"
    OUT_OF_SERVICE = "outOfService"
    "Monitored, but the device itself does not answer (unplugged, unregistered)."


class Device(Struct, frozen=True, kw_only=True):
    """A device of a link as it stands now. What is None has not been told by the PBX."""

    link: LinkId
    id: DeviceId
    state: MonitorState
    reason: str | None = None
    "Why it is not monitored: an ECMA-269 error, or capacity."
    forwardings: tuple[Forwarding, ...] | None = None
    do_not_disturb: bool | None = None
    messages_waiting: bool | None = None
    voice_mail: str | None = None
    "Number of the box where its messages wait."


class MessageWaiting(Struct, frozen=True):
    """Whether messages wait for a device, and where, if the PBX says so (ECMA-269
    deviceForMessage)."""

    on: bool
    mailbox: str | None = None


class LinkState(StrEnum):
    """Of the connection to a PBX (TWS specification 10.4)."""

    CONNECTING = "connecting"
    STARTING = "starting"
    "Connected; session, registration and first heartbeat under way."
    UP = "up"
    DOWN = "down"
    MISCONFIGURED = "misconfigured"
    """Retrying cannot help: the settings must be mended (password refused). What may be mended at
    the PBX or in the network, a certificate or a host name, is `DOWN` with its words."""

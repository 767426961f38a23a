"""What the PBX says of itself: one fact for each thing that happened, in order.

A fact is told once. `heard` says which devices are concerned and the state of each one's own
connection afterwards; `link.monitors` turns it into one CSTA event for each monitor of those
devices.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tws.simulator.switching.model import Forward, Party, State


class Event(StrEnum):
    """Call control events of ECMA-269 clause 17.2 that this PBX tells."""

    SERVICE_INITIATED = "serviceInitiated"
    DIGITS_DIALED = "digitsDialed"
    ORIGINATED = "originated"
    OFFERED = "offered"
    DELIVERED = "delivered"
    NETWORK_REACHED = "networkReached"
    ESTABLISHED = "established"
    HELD = "held"
    RETRIEVED = "retrieved"
    QUEUED = "queued"
    FAILED = "failed"
    DIVERTED = "diverted"
    CONNECTION_CLEARED = "connectionCleared"
    TRANSFERRED = "transferred"
    CONFERENCED = "conferenced"


@dataclass(frozen=True, slots=True)
class Connection:
    """A ConnectionID."""

    call: str
    device: str


@dataclass(frozen=True, slots=True)
class Joined:
    """One line of the connection list of a transfer or a conference."""

    new: Connection
    old: Connection | None
    party: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFact:
    event: Event
    connection: Connection
    "The subject; of a transfer or conference, the primary old call."
    party: Party
    "Who the subject device is; of a transfer or conference, who did it."
    cause: str
    heard: Mapping[str, State]
    linkage: str
    calling: Party | None = None
    called: Party | None = None
    last_redirection: Party | None = None
    trunk: str | None = None
    "The outside line of an external call."
    external: bool = False
    other: Party | None = None
    "newDestination, transferredToDevice or addedParty."
    secondary: Connection | None = None
    joined: tuple[Joined, ...] = ()
    waiting: int | None = None
    in_front: int | None = None
    digits: str = ""


class Feature(StrEnum):
    """Events of a device that are not about a call (ECMA-269 clauses 20 to 22)."""

    FORWARDING = "forwarding"
    DO_NOT_DISTURB = "doNotDisturb"
    MESSAGE_WAITING = "messageWaiting"
    BACK_IN_SERVICE = "backInService"
    OUT_OF_SERVICE = "outOfService"
    AGENT_LOGGED_ON = "agentLoggedOn"
    AGENT_LOGGED_OFF = "agentLoggedOff"
    AGENT_READY = "agentReady"
    AGENT_NOT_READY = "agentNotReady"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFact:
    feature: Feature
    device: str
    on: bool = True
    forward: Forward | None = None
    queue: str = ""


Fact = CallFact | DeviceFact

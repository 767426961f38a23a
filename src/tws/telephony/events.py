"""What a PBX reports: one frozen dataclass for each ECMA-269 event, and the outcome of commands.

A link with several monitors in one call reports the same event several times: the call table takes
them idempotently. `monitored` and `local` say whose monitor spoke and what state it gave for its
own connection (localConnectionInfo): a check on our own table, since a PBX may leave it out.
"""

from dataclasses import dataclass

from tws.telephony.commands import CommandId
from tws.telephony.model import (
    CallId,
    ConnectionId,
    ConnectionState,
    DeviceId,
    Forwarding,
    Party,
    ThreadId,
)

# ---------------------------------------------------------------- the link


@dataclass(frozen=True, slots=True)
class LinkStarted:
    """The peer is ready for monitors: connected, logged in, first heartbeat answered."""

    version: str | None = None
    "Product and version as the PBX gives them."


@dataclass(frozen=True, slots=True)
class LinkStopped:
    """The peer is no longer usable, whether or not its connection is closed."""

    why: str
    misconfigured: bool = False
    "True: retrying cannot help until the settings are mended."


@dataclass(frozen=True, slots=True)
class MessagesLost:
    """Events were lost: everything monitored must be asked for again."""


# ---------------------------------------------------------------- calls


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """Common part of the call control events. None = the PBX said nothing."""

    cause: str = "normal"
    calling: Party | None = None
    called: Party | None = None
    last_redirection: Party | None = None
    "Who redirected, forwarded or transferred the call here."
    monitored: DeviceId | None = None
    local: ConnectionState | None = None
    thread: ThreadId | None = None
    "Our own mark, where the PBX keeps it on the call."


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInitiated(CallEvent):
    """Off hook, or prompted to be."""

    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Originated(CallEvent):
    """The device has dialled."""

    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered(CallEvent):
    """The call is at a device that may still refuse it."""

    connection: ConnectionId
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(CallEvent):
    """It rings at `connection.device`."""

    connection: ConnectionId
    party: Party | None = None
    "The alerting device."


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReached(CallEvent):
    """The call left on a trunk: no more may be heard of the far end."""

    connection: ConnectionId
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Established(CallEvent):
    """Answered at `connection.device`."""

    connection: ConnectionId
    party: Party | None = None
    "The answering device."


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(CallEvent):
    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved(CallEvent):
    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued(CallEvent):
    """Waiting in the queue `connection.device`."""

    connection: ConnectionId
    party: Party | None = None
    number_queued: int | None = None
    calls_in_front: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(CallEvent):
    """The call to `connection.device` failed; cause says why."""

    connection: ConnectionId
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverted(CallEvent):
    """The call left `connection.device` for another destination."""

    connection: ConnectionId
    destination: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCleared(CallEvent):
    """`connection.device` left the call."""

    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCleared(CallEvent):
    """The whole call is over."""

    call: CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInformation(CallEvent):
    """New facts (names, numbers), no change of state."""

    connection: ConnectionId
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One connection carried from an old call to a new one."""

    new: ConnectionId
    old: ConnectionId | None = None
    party: Party | None = None
    state: ConnectionState | None = None
    "Its state in the new call where known; else it keeps the old one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(CallEvent):
    """`transferring` joined others and left. `connections` lists those that remain."""

    primary: ConnectionId
    secondary: ConnectionId | None = None
    transferring: Party
    transferred_to: Party | None = None
    connections: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conferenced(CallEvent):
    """Two calls became one, or a party was added. `connections` lists all that are in it."""

    primary: ConnectionId
    secondary: ConnectionId | None = None
    conferencing: Party
    added: Party | None = None
    connections: tuple[Moved, ...] = ()


# ---------------------------------------------------------------- devices


@dataclass(frozen=True, slots=True)
class ForwardingChanged:
    device: DeviceId
    forwarding: Forwarding


@dataclass(frozen=True, slots=True)
class DoNotDisturbChanged:
    device: DeviceId
    on: bool


@dataclass(frozen=True, slots=True)
class MessageWaitingChanged:
    device: DeviceId
    on: bool


@dataclass(frozen=True, slots=True)
class InService:
    device: DeviceId


@dataclass(frozen=True, slots=True)
class OutOfService:
    device: DeviceId
    why: str | None = None


@dataclass(frozen=True, slots=True)
class MonitorEnded:
    """The PBX stopped a monitor of its own accord."""

    device: DeviceId
    why: str | None = None


# ---------------------------------------------------------------- outcomes


@dataclass(frozen=True, slots=True)
class CommandDone:
    id: CommandId
    result: object = None
    "What the command's type names."


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """`cause` is an ECMA-269 error ("operation/invalidDeviceID" is written `invalidDeviceID`) or
    one of ours below.
    """

    id: CommandId
    cause: str
    detail: str | None = None


LINK_DOWN = "linkDown"
"Refusal: the link was or went down before an answer came; whether the PBX did it is unknown."
NO_ANSWER = "noAnswer"
"Refusal: the PBX did not answer in time."
NOT_SUPPORTED = "serviceNotSupported"
"Refusal: this PBX, or this device, has no such service (ECMA-269)."

DeviceEvent = (
    ForwardingChanged
    | DoNotDisturbChanged
    | MessageWaitingChanged
    | InService
    | OutOfService
    | MonitorEnded
)
Outcome = CommandDone | CommandRefused
Event = LinkStarted | LinkStopped | MessagesLost | CallEvent | DeviceEvent | Outcome

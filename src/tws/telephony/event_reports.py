"""What a PBX reports: one frozen struct for each ECMA-269 event, and the outcome of commands.

A link with several monitors in one call reports the same event several times: the call table takes
them idempotently. `monitored` and `local` say whose monitor spoke and what state it gave for its
own connection (localConnectionInfo): a check on our own table, since a PBX may leave it out.
"""

from msgspec import Struct

from tws.sentences import Words
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


class LinkStarted(Struct, frozen=True):
    """The peer is ready for monitors: connected, logged in, first heartbeat answered."""

    version: str | None = None
    "Product and version as the PBX gives them."


class LinkStopped(Struct, frozen=True):
    """The peer is no longer usable, whether or not its connection is closed."""

    why: Words
    misconfigured: bool = False
    "True: retrying cannot help until the settings are mended."


class MessagesLost(Struct, frozen=True):
    """Events were lost: everything monitored must be asked for again."""


# ---------------------------------------------------------------- calls


class CallEvent(Struct, frozen=True, kw_only=True, gc=False):
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


class ConnectionEvent(CallEvent, frozen=True, kw_only=True):
    """About one connection; the others are about whole calls."""

    connection: ConnectionId


class ServiceInitiated(ConnectionEvent, frozen=True, kw_only=True):
    """Off hook, or prompted to be."""


class Originated(ConnectionEvent, frozen=True, kw_only=True):
    """The device has dialled."""


class Offered(ConnectionEvent, frozen=True, kw_only=True):
    """The call is at a device that may still refuse it."""

    party: Party | None = None


class Delivered(ConnectionEvent, frozen=True, kw_only=True):
    """It rings at `connection.device`."""

    party: Party | None = None
    "The alerting device."


class NetworkReached(ConnectionEvent, frozen=True, kw_only=True):
    """The call left on a trunk: no more may be heard of the far end."""

    party: Party | None = None


class Established(ConnectionEvent, frozen=True, kw_only=True):
    """Answered at `connection.device`."""

    party: Party | None = None
    "The answering device."


class Held(ConnectionEvent, frozen=True, kw_only=True):
    """`connection.device` has put the call on hold."""


class Retrieved(ConnectionEvent, frozen=True, kw_only=True):
    """`connection.device` has taken it back from hold."""


class Queued(ConnectionEvent, frozen=True, kw_only=True):
    """Waiting in the queue `connection.device`."""

    party: Party | None = None
    number_queued: int | None = None
    calls_in_front: int | None = None


class Failed(ConnectionEvent, frozen=True, kw_only=True):
    """The call to `connection.device` failed; cause says why."""

    party: Party | None = None


class Diverted(ConnectionEvent, frozen=True, kw_only=True):
    """The call left `connection.device` for another destination."""

    destination: Party | None = None


class ConnectionCleared(ConnectionEvent, frozen=True, kw_only=True):
    """`connection.device` left the call."""


class CallCleared(CallEvent, frozen=True, kw_only=True):
    """The whole call is over."""

    call: CallId


class CallInformation(ConnectionEvent, frozen=True, kw_only=True):
    """New facts (names, numbers), no change of state."""

    party: Party | None = None


class Moved(Struct, frozen=True):
    """One connection carried from an old call to a new one."""

    new: ConnectionId
    old: ConnectionId | None = None
    party: Party | None = None
    state: ConnectionState | None = None
    "Its state in the new call where known; else it keeps the old one."


class Transferred(CallEvent, frozen=True, kw_only=True):
    """`transferring` joined others and left. `connections` lists those that remain."""

    primary: ConnectionId
    secondary: ConnectionId | None = None
    transferring: Party
    transferred_to: Party | None = None
    connections: tuple[Moved, ...] = ()


class Conferenced(CallEvent, frozen=True, kw_only=True):
    """Two calls became one, or a party was added. `connections` lists all that are in it."""

    primary: ConnectionId
    secondary: ConnectionId | None = None
    conferencing: Party
    added: Party | None = None
    connections: tuple[Moved, ...] = ()


# ---------------------------------------------------------------- devices


class ForwardingChanged(Struct, frozen=True):
    device: DeviceId
    forwarding: Forwarding


class DoNotDisturbChanged(Struct, frozen=True):
    device: DeviceId
    on: bool


class MessageWaitingChanged(Struct, frozen=True):
    device: DeviceId
    on: bool
    mailbox: str | None = None
    "Where they wait, if the PBX says so."


class InService(Struct, frozen=True):
    device: DeviceId


class OutOfService(Struct, frozen=True):
    device: DeviceId
    why: str | None = None


class MonitorEnded(Struct, frozen=True):
    """The PBX stopped a monitor of its own accord."""

    device: DeviceId
    why: str | None = None


# ---------------------------------------------------------------- outcomes


class CommandDone(Struct, frozen=True):
    id: CommandId
    result: object = None
    "What the command's type names."


class CommandRefused(Struct, frozen=True):
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
NO_SUCH_CALL = frozenset(
    {
        "invalidCallID",
        "invalidConnectionID",
        "noActiveCall",
        "noCallToAnswer",
        "noCallToClear",
        "noConnectionToClear",
        "noHeldCall",
    }
)
"Refusals: errors of ECMA-269 by which a PBX says that it does not have what it was asked about."

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

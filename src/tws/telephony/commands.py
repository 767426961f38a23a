"""What can be asked of a PBX: one frozen dataclass for each ECMA-269 service.

`Command[R]` names its result R. A command carries an id made by whoever asks: a link answers each
id once, with `CommandDone` or `CommandRefused`, and a repeated id gets the first outcome again.
"""

from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

from tws.telephony.model import ConnectionId, DeviceId, Forwarding, SnapshotConnection

CommandId = NewType("CommandId", str)
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[R_co]):
    """A service request on behalf of `device`."""

    id: CommandId
    device: DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCall(Command[ConnectionId]):
    """Call from `device` to `called`; the result is the device's own connection (17.1.15)."""

    called: str
    prompt: bool = False
    """True: the phone rings first and dials when lifted; False: it goes off hook by itself where
    it can.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCall(Command[None]):
    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearConnection(Command[None]):
    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCall(Command[None]):
    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieveCall(Command[None]):
    connection: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateCall(Command[None]):
    """Hold the active call and retrieve the held one."""

    held: ConnectionId
    active: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationCall(Command[ConnectionId]):
    """Hold `existing` and call `consulted`; the result is the device's connection in the
    new call.
    """

    existing: ConnectionId
    consulted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconnectCall(Command[None]):
    """Drop the active call and retrieve the held one."""

    active: ConnectionId
    held: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCall(Command[ConnectionId | None]):
    """Join the parties of both calls and leave; the result is a connection of the call that
    remains.
    """

    held: ConnectionId
    active: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleStepTransferCall(Command[ConnectionId | None]):
    """Send the other party of `active` to `transferred_to` without asking there first."""

    active: ConnectionId
    transferred_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceCall(Command[ConnectionId | None]):
    """Join both calls and stay; the result is the device's connection in the conference."""

    held: ConnectionId
    active: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleStepConferenceCall(Command[ConnectionId | None]):
    """Bring `joining` into the call of `active`; the result is its connection."""

    active: ConnectionId
    joining: str
    participation: str = "active"
    "`active` (heard by all) or `silent` (listens)."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeflectCall(Command[None]):
    """Send a call that rings at `device` elsewhere."""

    connection: ConnectionId
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedPickupCall(Command[ConnectionId | None]):
    """Answer at `device` the call that rings (or is parked) at another."""

    ringing: ConnectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPickupCall(Command[ConnectionId | None]):
    """Answer at `device` a call that rings in its pickup group (or in `group`)."""

    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkCall(Command[str | None]):
    """Park the call; the result is the place to fetch it from."""

    connection: ConnectionId
    park_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateDigits(Command[None]):
    """Send DTMF digits (0-9 A-D * #) to the other parties."""

    connection: ConnectionId
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetForwarding(Command[None]):
    forwarding: Forwarding


@dataclass(frozen=True, slots=True, kw_only=True)
class GetForwarding(Command[tuple[Forwarding, ...]]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDoNotDisturb(Command[None]):
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GetDoNotDisturb(Command[bool]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMessageWaiting(Command[None]):
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMessageWaiting(Command[bool]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotDevice(Command[tuple[SnapshotConnection, ...]]):
    """The calls of `device` now. Events that the PBX sent before its answer count as older."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStart(Command[None]):
    """From its outcome on, events of `device` are reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStop(Command[None]):
    pass


USER_COMMANDS: tuple[type[Command[object]], ...] = (
    MakeCall,
    AnswerCall,
    ClearConnection,
    HoldCall,
    RetrieveCall,
    AlternateCall,
    ConsultationCall,
    ReconnectCall,
    TransferCall,
    SingleStepTransferCall,
    ConferenceCall,
    SingleStepConferenceCall,
    DeflectCall,
    DirectedPickupCall,
    GroupPickupCall,
    ParkCall,
    GenerateDigits,
    SetForwarding,
    GetForwarding,
    SetDoNotDisturb,
    GetDoNotDisturb,
    SetMessageWaiting,
    GetMessageWaiting,
    SnapshotDevice,
)
"Those that people and programs may ask for; monitors are the supervisor's business."


def operation(command: type[Command[object]]) -> str:
    """The name of a service in the API and on the wire of the pages: `MakeCall` -> `makeCall`."""
    name = command.__name__
    return name[0].lower() + name[1:]

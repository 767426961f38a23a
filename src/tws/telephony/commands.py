"""What can be asked of a PBX: one frozen struct for each ECMA-269 service.

`Command[R]` names its result R. A command carries an id made by whoever asks: a link answers each
id once, with `CommandDone` or `CommandRefused`, and a repeated id gets the first outcome again.
"""

from collections.abc import Iterator
from typing import Any, Generic, NewType, TypeVar

from msgspec import Struct

from tws.telephony.model import (
    ConnectionId,
    DeviceId,
    Forwarding,
    MessageWaiting,
    SnapshotConnection,
)

CommandId = NewType("CommandId", str)
R_co = TypeVar("R_co", covariant=True)


class Command(Struct, Generic[R_co], frozen=True, kw_only=True):
    """A service request on behalf of `device`."""

    id: CommandId
    device: DeviceId


class MakeCall(Command[ConnectionId], frozen=True, kw_only=True):
    """Call from `device` to `called`; the result is the device's own connection (17.1.15)."""

    called: str
    prompt: bool = False
    """True: the phone rings first and dials when lifted; False: it goes off hook by itself where
    it can.
    """
    hide_number: bool = False
    "Called people are not told the number (CLIR)."


class AnswerCall(Command[None], frozen=True, kw_only=True):
    connection: ConnectionId


class ClearConnection(Command[None], frozen=True, kw_only=True):
    connection: ConnectionId


class HoldCall(Command[None], frozen=True, kw_only=True):
    connection: ConnectionId


class RetrieveCall(Command[None], frozen=True, kw_only=True):
    connection: ConnectionId


class AlternateCall(Command[None], frozen=True, kw_only=True):
    """Hold the active call and retrieve the held one."""

    held: ConnectionId
    active: ConnectionId


class ConsultationCall(Command[ConnectionId], frozen=True, kw_only=True):
    """Hold `existing` and call `consulted`; the result is the device's connection in the
    new call.
    """

    existing: ConnectionId
    consulted: str
    hide_number: bool = False
    "As of `MakeCall`."


class ReconnectCall(Command[None], frozen=True, kw_only=True):
    """Drop the active call and retrieve the held one."""

    active: ConnectionId
    held: ConnectionId


class TransferCall(Command[ConnectionId | None], frozen=True, kw_only=True):
    """Join the parties of both calls and leave; the result is a connection of the call that
    remains.
    """

    held: ConnectionId
    active: ConnectionId


class SingleStepTransferCall(Command[ConnectionId | None], frozen=True, kw_only=True):
    """Send the other party of `active` to `transferred_to` without asking there first."""

    active: ConnectionId
    transferred_to: str


class ConferenceCall(Command[ConnectionId | None], frozen=True, kw_only=True):
    """Join both calls and stay; the result is the device's connection in the conference."""

    held: ConnectionId
    active: ConnectionId


class SingleStepConferenceCall(Command[ConnectionId | None], frozen=True, kw_only=True):
    """Bring `joining` into the call of `active`; the result is its connection."""

    active: ConnectionId
    joining: str
    participation: str = "active"
    "`active` (heard by all) or `silent` (listens)."


class DeflectCall(Command[None], frozen=True, kw_only=True):
    """Send a call that rings at `device` elsewhere."""

    connection: ConnectionId
    destination: str


class DirectedPickupCall(Command[ConnectionId | None], frozen=True, kw_only=True):
    """Answer at `device` the call that rings (or is parked) at another."""

    ringing: ConnectionId


class GroupPickupCall(Command[ConnectionId | None], frozen=True, kw_only=True):
    """Answer at `device` a call that rings in its pickup group (or in `group`)."""

    group: str | None = None


class ParkCall(Command[str | None], frozen=True, kw_only=True):
    """Park the call; the result is the place to fetch it from."""

    connection: ConnectionId
    park_to: str | None = None


class GenerateDigits(Command[None], frozen=True, kw_only=True):
    """Send DTMF digits (0-9 A-D * #) to the other parties."""

    connection: ConnectionId
    digits: str


class SetForwarding(Command[None], frozen=True, kw_only=True):
    forwarding: Forwarding


class GetForwarding(Command[tuple[Forwarding, ...]], frozen=True, kw_only=True):
    pass


class SetDoNotDisturb(Command[None], frozen=True, kw_only=True):
    on: bool


class GetDoNotDisturb(Command[bool], frozen=True, kw_only=True):
    pass


class SetMessageWaiting(Command[None], frozen=True, kw_only=True):
    on: bool


class GetMessageWaiting(Command[MessageWaiting], frozen=True, kw_only=True):
    pass


class SnapshotDevice(Command[tuple[SnapshotConnection, ...]], frozen=True, kw_only=True):
    """The calls of `device` now. Events that the PBX sent before its answer count as older."""


class MonitorStart(Command[None], frozen=True, kw_only=True):
    """From its outcome on, events of `device` are reported."""


class MonitorStop(Command[None], frozen=True, kw_only=True):
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


def connections_of(command: Command[Any]) -> Iterator[ConnectionId]:
    """Those that it is about."""
    for field in command.__struct_fields__:
        value = getattr(command, field)
        if isinstance(value, ConnectionId):
            yield value

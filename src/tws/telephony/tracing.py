"""What a trace of a link holds: all that its supervisor was told, in order, and what became of it.

Secrets are already replaced by asterisks, digits that a caller dials by zeros.
"""

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from tws.telephony.commands import Command, GenerateDigits
from tws.telephony.events import CallChanged
from tws.telephony.link import Pdu
from tws.telephony.model import ConnectionId, DeviceId
from tws.telephony.snapshots import KnownLeg

HIDDEN_DIGIT = "0"


class Begun(Struct, frozen=True):
    """A supervisor was made: what follows can be replayed from here."""

    capacity: int
    epoch: int
    known: tuple[tuple[ConnectionId, KnownLeg], ...] = ()
    seed: str = ""
    "Of a driver that `MakesIds`."


class Started(Struct, frozen=True):
    pass


class Ended(Struct, frozen=True):
    """The link was let go of."""


class Watched(Struct, frozen=True):
    """A device was added, or taken away."""

    device: DeviceId
    on: bool


class Connected(Struct, frozen=True):
    peer: str


class Disconnected(Struct, frozen=True):
    peer: str
    why: str


class Heard(Struct, frozen=True):
    """Bytes came; the messages that they completed follow."""

    peer: str


class Ticked(Struct, frozen=True):
    """A timer went off."""


class Asked(Struct, frozen=True):
    """A person or a program asked for this."""

    command: Command[Any]


What = (
    Begun
    | Started
    | Ended
    | Watched
    | Connected
    | Disconnected
    | Heard
    | Ticked
    | Asked
    | Pdu
    | CallChanged
)


class Record(Struct, frozen=True):
    """`now` is the monotonic clock that drives timers."""

    at: datetime
    now: float
    what: What


class Tap(Protocol):
    """Where the records of a link go while it is traced."""

    def note(self, record: Record) -> None:
        """Never waits and never raises."""


def asked(command: Command[Any]) -> Asked:
    """Digits are often personal codes."""
    if isinstance(command, GenerateDigits):
        command = replace(command, digits=HIDDEN_DIGIT * len(command.digits))
    return Asked(command)


def devices_of(what: What) -> tuple[DeviceId, ...] | None:
    """Whom a record is about; None = nobody more than others."""
    match what:
        case Pdu(devices=devices):
            return devices or None
        case Asked(command=command):
            return (command.device,)
        case Watched(device=device):
            return (device,)
        case CallChanged(call=call, ended=ended):
            return (*call.connections, *(one.connection.id.device for one in ended))
    return None

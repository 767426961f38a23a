"""Which operations make sense on a connection in its present state: what a page shows buttons for.

ECMA-269 gives each service its required connection states (clause 17, "connection state
transitions"); what a PBX offers besides is the driver's `commands`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from tws.telephony.commands import (
    AlternateCall,
    AnswerCall,
    ClearConnection,
    Command,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    GenerateDigits,
    HoldCall,
    ParkCall,
    ReconnectCall,
    RetrieveCall,
    SingleStepConferenceCall,
    SingleStepTransferCall,
    TransferCall,
)
from tws.telephony.model import Call, Connection, DeviceId, Direction
from tws.telephony.model import ConnectionState as S

Kinds = frozenset[type[Command[Any]]]
NONE: Kinds = frozenset()

ALONE: Mapping[S, Kinds] = {
    S.INITIATED: frozenset({ClearConnection}),
    S.ALERTING: frozenset({AnswerCall, ClearConnection, DeflectCall}),
    S.CONNECTED: frozenset({ClearConnection}),
    S.HOLD: frozenset({ClearConnection}),
    S.QUEUED: frozenset({ClearConnection, DeflectCall}),
    S.FAIL: frozenset({ClearConnection}),
}
"Whatever else the device is doing."

TALKING: Kinds = frozenset(
    {HoldCall, GenerateDigits, SingleStepTransferCall, SingleStepConferenceCall, ParkCall}
)
"Once somebody has answered."

BESIDE_HELD: Mapping[bool, Kinds] = {
    True: frozenset({AlternateCall, ReconnectCall, TransferCall, ConferenceCall}),
    False: frozenset({ReconnectCall, TransferCall}),
}
"With another call of the device on hold; by whether the active one has been answered."


def permitted(call: Call, own: Connection, calls: Sequence[Call]) -> Kinds:
    """What can be asked for `own`, a connection of `call`; `calls` are all those of its device."""
    device = own.id.device
    held = active = False
    if len(calls) > 1:
        beside = {c.connections[device].state for c in calls if c.id != call.id}
        held, active = S.HOLD in beside, S.CONNECTED in beside
    return _permitted(own.state, own.direction, _talking(call, device), held, active)


def _talking(call: Call, device: DeviceId) -> bool:
    """Somebody else has answered, or nobody else has been told of."""
    others = [c.state for d, c in call.connections.items() if d != device]
    return not others or S.CONNECTED in others or S.HOLD in others


@cache  # few combinations, asked for at each step of each call
def _permitted(state: S, direction: Direction, talking: bool, held: bool, active: bool) -> Kinds:
    """`held`, `active`: another call of the device is on hold, or in conversation."""
    kinds = ALONE.get(state, NONE)
    if state is S.ALERTING and direction is Direction.OUTGOING:
        kinds -= {DeflectCall}  # the own phone rings to be lifted
    if state is S.CONNECTED:
        if talking:
            kinds |= TALKING
        if held:
            kinds |= BESIDE_HELD[talking]
        elif talking:
            kinds |= {ConsultationCall}
    if state is S.FAIL and held:
        kinds |= {ReconnectCall}
    if state is S.HOLD and not active:
        kinds |= {RetrieveCall}
    return kinds

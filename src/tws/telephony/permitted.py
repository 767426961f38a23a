"""Which operations make sense on a connection in its present state: what a page shows buttons for.

ECMA-269 gives each service its required connection states (clause 17, "connection state
transitions"); what a PBX offers besides is the driver's `commands`.
"""

from collections.abc import Mapping
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
from tws.telephony.model import Call, Connection, Direction
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


def permitted(call: Call, own: Connection, calls: list[Call]) -> Kinds:
    """What can be asked for `own`, a connection of `call`; `calls` are all those of its device."""
    device = own.id.device
    beside = [c.connections[device].state for c in calls if c.id != call.id]
    kinds = ALONE.get(own.state, NONE)
    if own.state is S.ALERTING and own.direction is Direction.OUTGOING:
        kinds -= {DeflectCall}  # the own phone rings to be lifted
    if own.state is S.CONNECTED:
        talking = any(state in (S.CONNECTED, S.HOLD, None) for _, state in call.parties(device))
        if talking:
            kinds |= TALKING
        if S.HOLD in beside:
            kinds |= BESIDE_HELD[talking]
        elif talking:
            kinds |= {ConsultationCall}
    if own.state is S.FAIL and S.HOLD in beside:
        kinds |= {ReconnectCall}
    if own.state is S.HOLD and S.CONNECTED not in beside:
        kinds |= {RetrieveCall}
    return kinds

"""Which procedure carries out which command, and which manager actions it is made of."""

from collections.abc import Callable, Mapping
from typing import Any

from tws.links.asterisk import calling, features, one_call, two_calls
from tws.links.asterisk.running import Procedure
from tws.links.asterisk.task import Task
from tws.telephony.commands import (
    AlternateCall,
    AnswerCall,
    ClearConnection,
    Command,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    DirectedPickupCall,
    GenerateDigits,
    GetDoNotDisturb,
    GetForwarding,
    GetMessageWaiting,
    GroupPickupCall,
    HoldCall,
    MakeCall,
    MonitorStart,
    MonitorStop,
    ParkCall,
    ReconnectCall,
    RetrieveCall,
    SetDoNotDisturb,
    SetForwarding,
    SetMessageWaiting,
    SingleStepConferenceCall,
    SingleStepTransferCall,
    SnapshotDevice,
    TransferCall,
)

PROCEDURES: Mapping[type[Command[Any]], Callable[[Task, Any], Procedure]] = {
    MakeCall: calling.make_call,
    AnswerCall: one_call.answer,
    ClearConnection: one_call.clear,
    HoldCall: one_call.hold,
    RetrieveCall: one_call.retrieve,
    AlternateCall: two_calls.alternate,
    ConsultationCall: two_calls.consult,
    ReconnectCall: two_calls.reconnect,
    TransferCall: two_calls.transfer,
    SingleStepTransferCall: one_call.transfer_blind,
    ConferenceCall: two_calls.conference,
    SingleStepConferenceCall: calling.invite,
    DeflectCall: one_call.deflect,
    DirectedPickupCall: calling.pick_up,
    GroupPickupCall: calling.pick_up_group,
    ParkCall: one_call.park,
    GenerateDigits: one_call.digits,
    SetForwarding: features.set_forwarding,
    GetForwarding: features.get_forwarding,
    SetDoNotDisturb: features.set_do_not_disturb,
    GetDoNotDisturb: features.get_do_not_disturb,
    SetMessageWaiting: features.set_message_waiting,
    GetMessageWaiting: features.get_message_waiting,
}

ACTIONS: Mapping[type[Command[Any]], frozenset[str]] = {
    MakeCall: frozenset({"Originate"}),
    AnswerCall: frozenset({"Redirect"}),
    ClearConnection: frozenset({"Hangup", "Redirect"}),
    HoldCall: frozenset({"Redirect", "Setvar", "Bridge"}),
    RetrieveCall: frozenset({"Bridge"}),
    AlternateCall: frozenset({"Redirect", "Setvar", "Bridge"}),
    ConsultationCall: frozenset({"Redirect", "Setvar", "Bridge"}),
    ReconnectCall: frozenset({"Redirect", "Bridge", "Hangup"}),
    TransferCall: frozenset({"Redirect", "Bridge", "Hangup"}),
    SingleStepTransferCall: frozenset({"Redirect", "Hangup"}),
    ConferenceCall: frozenset({"Redirect"}),
    SingleStepConferenceCall: frozenset({"Redirect", "Originate"}),
    DeflectCall: frozenset({"Redirect"}),
    DirectedPickupCall: frozenset({"Originate"}),
    GroupPickupCall: frozenset({"Originate"}),
    ParkCall: frozenset({"Park", "Hangup"}),
    GenerateDigits: frozenset({"PlayDTMF"}),
    SetForwarding: frozenset({"DBPut", "DBDel", "DBGet"}),
    GetForwarding: frozenset({"DBGet"}),
    SetDoNotDisturb: frozenset({"DBPut", "DBDel", "DBGet", "Setvar"}),
    GetDoNotDisturb: frozenset({"DBGet"}),
    SetMessageWaiting: frozenset({"MWIUpdate", "MailboxCount"}),
    GetMessageWaiting: frozenset({"MailboxCount"}),
    SnapshotDevice: frozenset(),
    MonitorStart: frozenset(),
    MonitorStop: frozenset(),
}
"What the manager user may not send, or the Asterisk does not have, is not offered."


def offered(allowed: frozenset[str]) -> frozenset[type[Command[Any]]]:
    """The commands that can be made of the actions `allowed`."""
    return frozenset(kind for kind, actions in ACTIONS.items() if actions <= allowed)

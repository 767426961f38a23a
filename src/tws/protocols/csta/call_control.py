"""Call control and call associated services (ECMA-323 clauses 15, 16): requests and responses."""

from dataclasses import dataclass, field

from tws.protocols.csta.message import Request, Response
from tws.protocols.csta.values import (
    CallData,
    CallLinkageData,
    CallLinkageDataList,
    ConnectionID,
    Connections,
    DeviceID,
    Opaque,
    listing,
    since,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCall(Request):
    calling_device: DeviceID
    called_directory_number: DeviceID
    account_code: bytes | None = None
    auth_code: bytes | None = None
    auto_originate: str | None = None
    "`prompt` or `doNotPrompt`."
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    call_characteristics: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    calling_connection_info: Opaque | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None
    reason: str | None = field(default=None, metadata=since(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCallResponse(Response):
    calling_device: ConnectionID
    media_call_characteristics: Opaque | None = None
    initiated_call_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCall(Request):
    call_to_be_answered: ConnectionID
    correlator_data: CallData | None = None
    user_data: CallData | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearConnection(Request):
    connection_to_be_cleared: ConnectionID
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearConnectionResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearCall(Request):
    call_to_be_cleared: ConnectionID
    user_data: CallData | None = None
    reason: str | None = field(default=None, metadata=since(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCall(Request):
    call_to_be_held: ConnectionID
    connection_reservation: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieveCall(Request):
    call_to_be_retrieved: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieveCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateCall(Request):
    held_call: ConnectionID
    active_call: ConnectionID
    connection_reservation: bool | None = None
    consult_options: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconnectCall(Request):
    """Unlike the others, the active call comes first."""

    active_call: ConnectionID
    held_call: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconnectCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationCall(Request):
    existing_call: ConnectionID
    consulted_device: DeviceID
    connection_reservation: bool | None = None
    account_code: bytes | None = None
    auth_code: bytes | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    call_characteristics: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    calling_connection_info: Opaque | None = None
    consult_options: str | None = None
    "`unrestricted`, `consultOnly`, `transferOnly` or `conferenceOnly`."
    subject_of_call: str | None = None
    language_preferences: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationCallResponse(Response):
    initiated_call: ConnectionID
    media_call_characteristics: Opaque | None = None
    initiated_call_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCall(Request):
    held_call: ConnectionID
    active_call: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCallResponse(Response):
    transferred_call: ConnectionID | None = None
    connections: Connections | None = field(default=None, metadata=listing("connectionListItem"))
    transferred_call_info: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleStepTransferCall(Request):
    active_call: ConnectionID
    transferred_to: DeviceID
    account_code: bytes | None = None
    auth_code: bytes | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    call_characteristics: Opaque | None = field(default=None, metadata=since(5))
    subject_of_call: str | None = None
    language_preferences: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleStepTransferCallResponse(Response):
    transferred_call: ConnectionID | None = None
    connections: Connections | None = field(default=None, metadata=listing("connectionListItem"))
    transferred_call_info: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceCall(Request):
    held_call: ConnectionID
    active_call: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceCallResponse(Response):
    conference_call: ConnectionID | None = None
    connections: Connections | None = field(default=None, metadata=listing("connectionListItem"))
    conference_call_info: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleStepConferenceCall(Request):
    active_call: ConnectionID
    device_to_join: DeviceID
    participation_type: str = "active"
    "`silent`, `active` or `none`."
    account_code: bytes | None = None
    auth_code: bytes | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleStepConferenceCallResponse(Response):
    conferenced_call: ConnectionID | None = None
    conferenced_call_info: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeflectCall(Request):
    call_to_be_diverted: ConnectionID
    new_destination: tuple[DeviceID, ...] = field(
        metadata={"item": "device", "since": 3, "flat_before": 5}
    )
    "Text up to edition 4, a list of `device` since edition 5; both are read."
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    call_characteristics: Opaque | None = field(default=None, metadata=since(5))
    subject_of_call: str | None = None
    language_preferences: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeflectCallResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedPickupCall(Request):
    call_to_be_picked_up: ConnectionID
    requesting_device: DeviceID
    correlator_data: CallData | None = None
    user_data: CallData | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedPickupCallResponse(Response):
    picked_call: ConnectionID | None = None
    picked_call_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPickupCall(Request):
    new_destination: DeviceID
    pick_group: DeviceID | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPickupCallResponse(Response):
    picked_call: ConnectionID | None = None
    picked_call_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkCall(Request):
    parking: ConnectionID
    park_to: DeviceID | None = None
    correlator_data: CallData | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkCallResponse(Response):
    parked_to: ConnectionID | None = None
    call_linkage_data: CallLinkageData | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack(Request):
    callback_connection: ConnectionID
    call_characteristics: Opaque | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackResponse(Response):
    target_device: DeviceID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackNonCallRelated(Request):
    originating_device: DeviceID
    target_device: DeviceID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackNonCallRelatedResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateDigits(Request):
    """DTMF (17.2 of ECMA-269): the far parties hear `characters_to_send`."""

    connection_to_send_digits: ConnectionID
    digit_mode: str | None = None
    characters_to_send: str
    tone_duration: int | None = None
    pulse_rate: int | None = None
    pause_duration: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateDigitsResponse(Response):
    pass

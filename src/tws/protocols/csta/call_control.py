"""Call control and call associated services (ECMA-323 clauses 15, 16): requests and responses."""

from typing import Annotated

from tws.protocols.csta.marks import listing, since
from tws.protocols.csta.message import Request, Response
from tws.protocols.csta.values import (
    CallData,
    CallLinkageData,
    CallLinkageDataList,
    ConnectionID,
    Connections,
    DeviceID,
    Opaque,
)


class MakeCall(Request, frozen=True, kw_only=True):
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
    reason: Annotated[str | None, since(5)] = None


class MakeCallResponse(Response, frozen=True, kw_only=True):
    calling_device: ConnectionID
    media_call_characteristics: Opaque | None = None
    initiated_call_info: Opaque | None = None
    call_linkage_data: Annotated[CallLinkageData | None, since(4)] = None


class AnswerCall(Request, frozen=True, kw_only=True):
    call_to_be_answered: ConnectionID
    correlator_data: CallData | None = None
    user_data: CallData | None = None


class AnswerCallResponse(Response, frozen=True, kw_only=True):
    pass


class ClearConnection(Request, frozen=True, kw_only=True):
    connection_to_be_cleared: ConnectionID
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    reason: str | None = None


class ClearConnectionResponse(Response, frozen=True, kw_only=True):
    pass


class ClearCall(Request, frozen=True, kw_only=True):
    call_to_be_cleared: ConnectionID
    user_data: CallData | None = None
    reason: Annotated[str | None, since(5)] = None


class ClearCallResponse(Response, frozen=True, kw_only=True):
    pass


class HoldCall(Request, frozen=True, kw_only=True):
    call_to_be_held: ConnectionID
    connection_reservation: bool | None = None


class HoldCallResponse(Response, frozen=True, kw_only=True):
    pass


class RetrieveCall(Request, frozen=True, kw_only=True):
    call_to_be_retrieved: ConnectionID


class RetrieveCallResponse(Response, frozen=True, kw_only=True):
    pass


class AlternateCall(Request, frozen=True, kw_only=True):
    held_call: ConnectionID
    active_call: ConnectionID
    connection_reservation: bool | None = None
    consult_options: str | None = None


class AlternateCallResponse(Response, frozen=True, kw_only=True):
    pass


class ReconnectCall(Request, frozen=True, kw_only=True):
    """Unlike the others, the active call comes first."""

    active_call: ConnectionID
    held_call: ConnectionID


class ReconnectCallResponse(Response, frozen=True, kw_only=True):
    pass


class ConsultationCall(Request, frozen=True, kw_only=True):
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


class ConsultationCallResponse(Response, frozen=True, kw_only=True):
    initiated_call: ConnectionID
    media_call_characteristics: Opaque | None = None
    initiated_call_info: Opaque | None = None
    call_linkage_data: Annotated[CallLinkageData | None, since(4)] = None


class TransferCall(Request, frozen=True, kw_only=True):
    held_call: ConnectionID
    active_call: ConnectionID


class TransferCallResponse(Response, frozen=True, kw_only=True):
    transferred_call: ConnectionID | None = None
    connections: Annotated[Connections | None, listing("connectionListItem")] = None
    transferred_call_info: Opaque | None = None
    call_linkage_data_list: Annotated[CallLinkageDataList | None, since(4)] = None


class SingleStepTransferCall(Request, frozen=True, kw_only=True):
    active_call: ConnectionID
    transferred_to: DeviceID
    account_code: bytes | None = None
    auth_code: bytes | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    call_characteristics: Annotated[Opaque | None, since(5)] = None
    subject_of_call: str | None = None
    language_preferences: str | None = None
    reason: str | None = None


class SingleStepTransferCallResponse(Response, frozen=True, kw_only=True):
    transferred_call: ConnectionID | None = None
    connections: Annotated[Connections | None, listing("connectionListItem")] = None
    transferred_call_info: Opaque | None = None
    call_linkage_data_list: Annotated[CallLinkageDataList | None, since(4)] = None


class ConferenceCall(Request, frozen=True, kw_only=True):
    held_call: ConnectionID
    active_call: ConnectionID


class ConferenceCallResponse(Response, frozen=True, kw_only=True):
    conference_call: ConnectionID | None = None
    connections: Annotated[Connections | None, listing("connectionListItem")] = None
    conference_call_info: Opaque | None = None
    call_linkage_data_list: Annotated[CallLinkageDataList | None, since(4)] = None


class SingleStepConferenceCall(Request, frozen=True, kw_only=True):
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


class SingleStepConferenceCallResponse(Response, frozen=True, kw_only=True):
    conferenced_call: ConnectionID | None = None
    conferenced_call_info: Opaque | None = None
    call_linkage_data_list: Annotated[CallLinkageDataList | None, since(4)] = None


class DeflectCall(Request, frozen=True, kw_only=True):
    call_to_be_diverted: ConnectionID
    new_destination: Annotated[tuple[DeviceID, ...], listing("device", flat_before=5)]
    "Text up to edition 4, a list of `device` since edition 5; both are read."
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    call_characteristics: Annotated[Opaque | None, since(5)] = None
    subject_of_call: str | None = None
    language_preferences: str | None = None
    reason: str | None = None


class DeflectCallResponse(Response, frozen=True, kw_only=True):
    pass


class DirectedPickupCall(Request, frozen=True, kw_only=True):
    call_to_be_picked_up: ConnectionID
    requesting_device: DeviceID
    correlator_data: CallData | None = None
    user_data: CallData | None = None


class DirectedPickupCallResponse(Response, frozen=True, kw_only=True):
    picked_call: ConnectionID | None = None
    picked_call_info: Opaque | None = None
    call_linkage_data: Annotated[CallLinkageData | None, since(4)] = None


class GroupPickupCall(Request, frozen=True, kw_only=True):
    new_destination: DeviceID
    pick_group: DeviceID | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None


class GroupPickupCallResponse(Response, frozen=True, kw_only=True):
    picked_call: ConnectionID | None = None
    picked_call_info: Opaque | None = None
    call_linkage_data: Annotated[CallLinkageData | None, since(4)] = None


class ParkCall(Request, frozen=True, kw_only=True):
    parking: ConnectionID
    park_to: DeviceID | None = None
    correlator_data: CallData | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None


class ParkCallResponse(Response, frozen=True, kw_only=True):
    parked_to: ConnectionID | None = None
    call_linkage_data: Annotated[CallLinkageData | None, since(4)] = None


class CallBack(Request, frozen=True, kw_only=True):
    callback_connection: ConnectionID
    call_characteristics: Opaque | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None


class CallBackResponse(Response, frozen=True, kw_only=True):
    target_device: DeviceID | None = None


class CallBackNonCallRelated(Request, frozen=True, kw_only=True):
    originating_device: DeviceID
    target_device: DeviceID


class CallBackNonCallRelatedResponse(Response, frozen=True, kw_only=True):
    pass


class GenerateDigits(Request, frozen=True, kw_only=True):
    """DTMF (17.2 of ECMA-269): the far parties hear `characters_to_send`."""

    connection_to_send_digits: ConnectionID
    digit_mode: str | None = None
    characters_to_send: str
    tone_duration: int | None = None
    pulse_rate: int | None = None
    pause_duration: int | None = None


class GenerateDigitsResponse(Response, frozen=True, kw_only=True):
    pass

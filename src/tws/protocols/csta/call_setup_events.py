"""Call control events of a call that begins (ECMA-323 clause 15.2): until it is answered, is
queued, or fails. Their fields are as in `tws.protocols.csta.call_events`.
"""

from typing import Annotated

from tws.protocols.csta.call_events import CallEvent
from tws.protocols.csta.marks import since, tag
from tws.protocols.csta.values import (
    NOT_KNOWN,
    NOT_REQUIRED,
    CallData,
    CallLinkageData,
    ConnectionID,
    DeviceID,
    ExtendedDeviceID,
    Opaque,
    RedirectionDeviceID,
)


class ServiceInitiatedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("initiatedConnection")]
    device: Annotated[ExtendedDeviceID, tag("initiatingDevice")] = NOT_KNOWN
    called_device: Annotated[ExtendedDeviceID | None, since(5)] = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    initiated_connection_info: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class DigitsDialedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("dialingConnection")]
    device: Annotated[ExtendedDeviceID, tag("dialingDevice")] = NOT_KNOWN
    dialing_sequence: DeviceID | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    dialing_connection_info: Opaque | None = None
    call_characteristics: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class OriginatedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("originatedConnection")]
    device: Annotated[ExtendedDeviceID, tag("callingDevice")] = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    originating_device: DeviceID | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    originated_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class OfferedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("offeredConnection")]
    device: Annotated[ExtendedDeviceID, tag("offeredDevice")] = NOT_KNOWN
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    originating_nid_connection: ConnectionID | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    offered_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class DeliveredEvent(CallEvent, frozen=True, kw_only=True):
    connection: ConnectionID
    device: Annotated[ExtendedDeviceID, tag("alertingDevice")] = NOT_KNOWN
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    originating_nid_connection: ConnectionID | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class NetworkReachedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("outboundConnection")]
    device: Annotated[ExtendedDeviceID, tag("networkInterfaceUsed")] = NOT_KNOWN
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    originating_nid_connection: ConnectionID | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    network_capability: Opaque | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    outbound_connection_info: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class EstablishedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("establishedConnection")]
    device: Annotated[ExtendedDeviceID, tag("answeringDevice")] = NOT_KNOWN
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    originating_nid_connection: Annotated[
        # Spelt so in the standard, in this event only.
        ConnectionID | None,
        tag("originatinNIDConnection"),
    ] = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    established_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class FailedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("failedConnection")]
    device: Annotated[ExtendedDeviceID, tag("failingDevice")] = NOT_KNOWN
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    originating_nid_connection: ConnectionID | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    failed_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class QueuedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("queuedConnection")]
    device: Annotated[ExtendedDeviceID, tag("queue")] = NOT_KNOWN
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    number_queued: int | None = None
    calls_in_front: int | None = None
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    queued_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None

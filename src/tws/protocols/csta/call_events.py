"""Call control and call associated events (ECMA-323 clauses 15.2, 16.2).

In each of them `connection` is the subject connection and `device` the subject device, whatever
the schema calls them; `local_connection_info` is the state of the monitored device's own
connection after the event, not of the subject.
"""

from dataclasses import dataclass, field

from tws.protocols.csta.message import Event
from tws.protocols.csta.values import (
    NOT_KNOWN,
    NOT_REQUIRED,
    CallData,
    CallLinkageData,
    CallLinkageDataList,
    ConnectionID,
    Connections,
    DeviceID,
    ExtendedDeviceID,
    Opaque,
    RedirectionDeviceID,
    listing,
    since,
    tag,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent(Event):
    """An event about one call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInitiatedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("initiatedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("initiatingDevice"))
    called_device: ExtendedDeviceID | None = field(default=None, metadata=since(5))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitsDialedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("dialingConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("dialingDevice"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginatedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("originatedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("callingDevice"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("offeredConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("offeredDevice"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredEvent(CallEvent):
    connection: ConnectionID
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("alertingDevice"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReachedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("outboundConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("networkInterfaceUsed"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("establishedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("answeringDevice"))
    calling_device: ExtendedDeviceID = NOT_KNOWN
    called_device: ExtendedDeviceID = NOT_KNOWN
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    originating_nid_connection: ConnectionID | None = field(
        # Spelt so in the standard, in this event only.
        default=None,
        metadata=tag("originatinNIDConnection"),
    )
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("heldConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("holdingDevice"))
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    held_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("retrievedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("retrievingDevice"))
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    retrieved_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferedEvent(CallEvent):
    """Spelt with one r in the standard."""

    primary_old_call: ConnectionID
    secondary_old_call: ConnectionID | None = None
    transferring_device: ExtendedDeviceID = NOT_KNOWN
    transferred_to_device: ExtendedDeviceID = NOT_KNOWN
    connections: Connections = field(
        default=(), metadata=listing("connectionListItem", name="transferredConnections")
    )
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    charging_info: Opaque | None = None
    cause: str = "transfer"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencedEvent(CallEvent):
    primary_old_call: ConnectionID
    secondary_old_call: ConnectionID | None = None
    conferencing_device: ExtendedDeviceID = NOT_KNOWN
    added_party: ExtendedDeviceID = NOT_KNOWN
    connections: Connections = field(
        default=(), metadata=listing("connectionListItem", name="conferenceConnections")
    )
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "conference"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class DivertedEvent(CallEvent):
    connection: ConnectionID
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("divertingDevice"))
    new_destination: ExtendedDeviceID = NOT_KNOWN
    calling_device: ExtendedDeviceID | None = None
    called_device: ExtendedDeviceID | None = None
    last_redirection_device: RedirectionDeviceID = NOT_REQUIRED
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "redirected"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    connection_info: Opaque | None = None
    network_calling_device: ExtendedDeviceID | None = None
    network_called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("failedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("failingDevice"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("queuedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("queue"))
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
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionClearedEvent(CallEvent):
    """`connection` left the call; `device` is who released it, which may be another."""

    connection: ConnectionID = field(metadata=tag("droppedConnection"))
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("releasingDevice"))
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    charging_info: Opaque | None = None
    cause: str = "normalClearing"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    dropped_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClearedEvent(CallEvent):
    connection: ConnectionID = field(metadata=tag("clearedCall"))
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normalClearing"
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInformationEvent(CallEvent):
    """New facts about a call (16.2.1); no state changes and no cause is given."""

    connection: ConnectionID
    device: ExtendedDeviceID = NOT_KNOWN
    calling_device: ExtendedDeviceID | None = None
    account_info: bytes | None = None
    auth_code: bytes | None = None
    correlator_data: CallData | None = None
    services_permitted: Opaque | None = None
    user_data: CallData | None = None
    call_qualifying_data: bytes | None = None
    connection_info: Opaque | None = None
    call_linkage_data_list: CallLinkageDataList | None = None
    call_characteristics: Opaque | None = None
    subject_of_call: str | None = None
    language_preferences: str | None = None
    device_info: DeviceID | None = field(default=None, metadata=since(5))

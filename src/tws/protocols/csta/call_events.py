"""Call control and call associated events (ECMA-323 clauses 15.2, 16.2): of a call that goes
on, or ends. Those of one that begins are in `tws.protocols.csta.call_setup_events`.

In each of them `connection` is the subject connection and `device` the subject device, whatever
the schema calls them; `local_connection_info` is the state of the monitored device's own
connection after the event, not of the subject.
"""

from typing import Annotated

from tws.protocols.csta.marks import listing, since, tag
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
)


class CallEvent(Event, frozen=True, kw_only=True):
    """An event about one call."""


class HeldEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("heldConnection")]
    device: Annotated[ExtendedDeviceID, tag("holdingDevice")] = NOT_KNOWN
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    held_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class RetrievedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("retrievedConnection")]
    device: Annotated[ExtendedDeviceID, tag("retrievingDevice")] = NOT_KNOWN
    local_connection_info: str | None = None
    correlator_data: CallData | None = None
    cause: str = "normal"
    services_permitted: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    retrieved_connection_info: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class TransferedEvent(CallEvent, frozen=True, kw_only=True):
    """Spelt with one r in the standard."""

    primary_old_call: ConnectionID
    secondary_old_call: ConnectionID | None = None
    transferring_device: ExtendedDeviceID = NOT_KNOWN
    transferred_to_device: ExtendedDeviceID = NOT_KNOWN
    connections: Annotated[
        Connections, listing("connectionListItem", name="transferredConnections")
    ] = ()
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
    location_info_list: Annotated[Opaque | None, since(6)] = None


class ConferencedEvent(CallEvent, frozen=True, kw_only=True):
    primary_old_call: ConnectionID
    secondary_old_call: ConnectionID | None = None
    conferencing_device: ExtendedDeviceID = NOT_KNOWN
    added_party: ExtendedDeviceID = NOT_KNOWN
    connections: Annotated[
        Connections, listing("connectionListItem", name="conferenceConnections")
    ] = ()
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
    location_info_list: Annotated[Opaque | None, since(6)] = None


class DivertedEvent(CallEvent, frozen=True, kw_only=True):
    connection: ConnectionID
    device: Annotated[ExtendedDeviceID, tag("divertingDevice")] = NOT_KNOWN
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
    location_info_list: Annotated[Opaque | None, since(6)] = None


class ConnectionClearedEvent(CallEvent, frozen=True, kw_only=True):
    """`connection` left the call; `device` is who released it, which may be another."""

    connection: Annotated[ConnectionID, tag("droppedConnection")]
    device: Annotated[ExtendedDeviceID, tag("releasingDevice")] = NOT_KNOWN
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
    location_info_list: Annotated[Opaque | None, since(6)] = None


class CallClearedEvent(CallEvent, frozen=True, kw_only=True):
    connection: Annotated[ConnectionID, tag("clearedCall")]
    correlator_data: CallData | None = None
    user_data: CallData | None = None
    cause: str = "normalClearing"
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    call_linkage_data: CallLinkageData | None = None
    language_preferences: str | None = None
    location_info_list: Annotated[Opaque | None, since(6)] = None


class CallInformationEvent(CallEvent, frozen=True, kw_only=True):
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
    device_info: Annotated[DeviceID | None, since(5)] = None

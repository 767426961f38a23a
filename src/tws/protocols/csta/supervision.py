"""Monitors, snapshots, what a switch offers, its status, errors (ECMA-323 clauses 9, 11 to 14)."""

from typing import Annotated

from msgspec import Struct

from tws.protocols.csta.marks import EMPTY, listed, listing, since, tag
from tws.protocols.csta.message import Message, Request, Response
from tws.protocols.csta.values import (
    CallData,
    CallLinkageData,
    ConnectionID,
    DeviceID,
    ExtendedDeviceID,
    Opaque,
)

# ---------------------------------------------------------------- errors


class CSTAErrorCode(Response, frozen=True, kw_only=True):
    """The answer to a request that failed: exactly one of the fields is set (clause 9.3.2)."""

    operation: str | None = None
    security: str | None = None
    state_incompatibility: str | None = None
    system_resource_availability: Annotated[str | None, tag("systemResourceAvailibility")] = None
    subscribed_resource_availability: str | None = None
    performance_management: str | None = None
    private_data: str | None = None
    private_error_code: str | None = None
    unspecified: Annotated[bool, EMPTY] = False

    @property
    def category(self) -> str:
        """`operation`, `stateIncompatibility`...; `unspecified` when the switch gave none."""
        for name, value in self._given():
            if value is not None:
                return name
        return "unspecified"

    @property
    def value(self) -> str:
        """`invalidDeviceID`, `resourceBusy`...; `unspecified` when the switch gave none."""
        for _, value in self._given():
            if value is not None:
                return value
        return "unspecified"

    def _given(self) -> tuple[tuple[str, str | None], ...]:
        return (
            ("operation", self.operation),
            ("security", self.security),
            ("stateIncompatibility", self.state_incompatibility),
            ("systemResourceAvailability", self.system_resource_availability),
            ("subscribedResourceAvailability", self.subscribed_resource_availability),
            ("performanceManagement", self.performance_management),
            ("privateData", self.private_data),
            ("privateErrorCode", self.private_error_code),
        )


# ---------------------------------------------------------------- monitors


class MonitorObject(Struct, frozen=True):
    """What to monitor: a device, or one call."""

    call_object: ConnectionID | None = None
    device_object: DeviceID | None = None


class MonitorStart(Request, frozen=True, kw_only=True):
    monitor_object: MonitorObject
    requested_monitor_filter: Opaque | None = None
    "Flags of events that are not to be reported."
    monitor_type: str | None = None
    "`call` or `device`."
    requested_monitor_media_class: Opaque | None = None


class MonitorStartResponse(Response, frozen=True, kw_only=True):
    monitor_cross_ref_id: str
    actual_monitor_filter: Opaque | None = None
    actual_monitor_media_class: Opaque | None = None
    monitor_existing_calls: bool | None = None


class MonitorStop(Request, frozen=True, kw_only=True):
    """Sent by the switch too, when it ends a monitor of its own accord."""

    monitor_cross_ref_id: str


class MonitorStopResponse(Response, frozen=True, kw_only=True):
    pass


# ---------------------------------------------------------------- snapshots


class LocalCallState(Struct, frozen=True):
    """State of a call seen from the snapshot device."""

    compound_call_state: Annotated[tuple[str, ...] | None, listing("localConnectionState")] = None
    "The device's own connection state first, then those of the other parties."
    simple_call_state: str | None = None
    "callDelivered, callReceived, callEstablished..."
    unknown: Annotated[bool, EMPTY] = False


class SnapshotDeviceResponseInfo(Struct, frozen=True):
    connection_identifier: ConnectionID
    endpoint_device: ExtendedDeviceID | None = None
    local_call_state: LocalCallState | None = None
    services_permitted: Opaque | None = None
    media_service_info_list: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_linkage_data: Annotated[CallLinkageData | None, since(4)] = None


class SnapshotDeviceResult(Struct, frozen=True):
    """The calls, or the mark of the SnapshotDeviceData messages that will bring them."""

    service_cross_ref_id: str | None = None
    snapshot_data: Annotated[
        tuple[SnapshotDeviceResponseInfo, ...] | None, listing("snapshotDeviceResponseInfo")
    ] = None


class SnapshotDevice(Request, frozen=True, kw_only=True):
    snapshot_object: DeviceID


class SnapshotDeviceResponse(Response, frozen=True, kw_only=True):
    result: Annotated[SnapshotDeviceResult | None, tag("crossRefIDorSnapshotData")] = None


class SnapshotDeviceData(Request, frozen=True, kw_only=True):
    """A part of a snapshot sent after its response; not answered."""

    service_cross_ref_id: str
    segment_id: int | None = None
    last_segment: bool = True
    snapshot_data: Annotated[
        tuple[SnapshotDeviceResponseInfo, ...], listing("snapshotDeviceResponseInfo")
    ] = ()


class SnapshotCallResponseInfo(Struct, frozen=True):
    """One party of a call."""

    device_on_call: ExtendedDeviceID | None = None
    call_identifier: ConnectionID | None = None
    local_connection_info: str | None = None
    services_permitted: Opaque | None = None
    media_service_info_list: Opaque | None = None
    location_info: Annotated[Opaque | None, since(6)] = None


class SnapshotCallResult(Struct, frozen=True):
    service_cross_ref_id: str | None = None
    snapshot_data: Annotated[
        tuple[SnapshotCallResponseInfo, ...] | None, listing("snapshotCallResponseInfo")
    ] = None


class SnapshotCall(Request, frozen=True, kw_only=True):
    snapshot_object: ConnectionID


class SnapshotCallResponse(Response, frozen=True, kw_only=True):
    result: Annotated[SnapshotCallResult | None, tag("crossRefIDorSnapshotData")] = None
    media_call_characteristics: Opaque | None = None
    call_characteristics: Opaque | None = None
    calling_device: ExtendedDeviceID | None = None
    called_device: ExtendedDeviceID | None = None
    associated_calling_device: ExtendedDeviceID | None = None
    associated_called_device: ExtendedDeviceID | None = None
    correlator_data: CallData | None = None
    call_linkage_data: CallLinkageData | None = None
    subject_of_call: str | None = None
    message_info: Opaque | None = None
    language_preferences: str | None = None
    device_history: Opaque | None = None


# ---------------------------------------------------------------- what the switch has and can do


class GetSwitchingFunctionDevices(Request, frozen=True, kw_only=True):
    requested_device_id: DeviceID | None = None
    requested_device_category: str | None = None


class GetSwitchingFunctionDevicesResponse(Response, frozen=True, kw_only=True):
    service_cross_ref_id: str


class ListedDevice(Struct, frozen=True):
    device_id: DeviceID | None = None
    device_category: str | None = None
    named_device_types: str | None = None
    device_attributes: Opaque | None = None
    device_model_name: str | None = None
    nid_group: DeviceID | None = None


class SwitchingFunctionDevices(Request, frozen=True, kw_only=True):
    """A part of the list, sent by the switch after its response; not answered."""

    service_cross_ref_id: str
    segment_id: int | None = None
    last_segment: bool
    device_list: Annotated[tuple[ListedDevice, ...], listing("device")] = ()


class SupportedServices(Struct, frozen=True):
    """Names of the services the switch offers; None = it says nothing about that group."""

    cap_exchange_serv_list: Annotated[
        tuple[str, ...] | None,
        listed(
            "getCSTAFeatures",
            "getLogicalDeviceInformation",
            "getPhysicalDeviceInformation",
            "getSwitchingFunctionCaps",
            "getSwitchingFunctionDevices",
            "switchingFunctionDevices",
        ),
    ] = None
    system_stat_serv_list: Annotated[
        tuple[str, ...] | None,
        listed(
            "changeSystemStatusFilter",
            "systemRegister",
            "systemStatusRegisterAbort",
            "systemStatusRegisterCancel",
            "requestSystemStatus",
            "systemStatus",
            "swFunctionCapsChanged",
            "swFunctionDevicesChanged",
        ),
    ] = None
    monitoring_serv_list: Annotated[
        tuple[str, ...] | None, listed("changeMonitorFilter", "monitorStart", "monitorStop")
    ] = None
    snapshot_serv_list: Annotated[
        tuple[str, ...] | None,
        listed("snapshotCall", "snapshotDevice", "snapshotCallData", "snapshotDeviceData"),
    ] = None
    call_control_serv_list: Annotated[
        tuple[str, ...] | None,
        listed(
            "acceptCall",
            "alternateCall",
            "answerCall",
            "callBack",
            "callBackMessage",
            "campOnCall",
            "clearCall",
            "clearConnection",
            "conferenceCall",
            "consultationCall",
            "deflectCall",
            "dialDigits",
            "directedPickupCall",
            "groupPickupCall",
            "holdCall",
            "intrudeCall",
            "joinCall",
            "makeCall",
            "makePredictiveCall",
            "parkCall",
            "reconnectCall",
            "retrieveCall",
            "sendMessage",
            "singleStepConference",
            "singleStepTransfer",
            "transferCall",
        ),
    ] = None
    call_associated_serv_list: Annotated[
        tuple[str, ...] | None,
        listed(
            "associateData",
            "cancelTelephonyTones",
            "changeConnectionInformation",
            "generateDigits",
            "generateTelephonyTones",
            "sendUserInformation",
        ),
    ] = None
    media_serv_list: Opaque | None = None
    routeing_serv_list: Opaque | None = None
    phys_dev_serv_list: Annotated[
        tuple[str, ...] | None,
        listed(
            "buttonPress",
            "getAuditoryApparatusInfo",
            "getButtonInformation",
            "getDisplay",
            "getHookSwitchStatus",
            "getLampInfo",
            "getLampMode",
            "getMessageWaitingIndicator",
            "getMicrophoneGain",
            "getMicrophoneMute",
            "getRingerStatus",
            "getSpeakerMute",
            "getSpeakerVolume",
            "setButtonInformation",
            "setDisplay",
            "setHookSwitchStatus",
            "setLampMode",
            "setMessageWaitingIndicator",
            "setMicrophoneGain",
            "setMicrophoneMute",
            "setRingerStatus",
            "setSpeakerMute",
            "setSpeakerVolume",
        ),
    ] = None
    logical_serv_list: Annotated[
        tuple[str, ...] | None,
        listed(
            "callBackNonCallRel",
            "callBackMsgNonCallRel",
            "cancelCallBack",
            "cancelCallBackMsg",
            "getAgentState",
            "getAutoAnswer",
            "getAutoWorkMode",
            "getCallerIDStatus",
            "getDoNotDisturb",
            "getForwarding",
            "getLastNumberDialed",
            "getRouteingMode",
            "setAgentState",
            "setAutoAnswer",
            "setAutoWorkMode",
            "setCallerIDStatus",
            "setDoNotDisturb",
            "setForwarding",
            "setRouteingMode",
        ),
    ] = None


class GetCSTAFeatures(Request, frozen=True, kw_only=True):
    pass


class GetCSTAFeaturesResponse(Response, frozen=True, kw_only=True):
    supported_services: SupportedServices | None = None
    supported_events: Opaque | None = None


# ---------------------------------------------------------------- status, both ways


class SystemStatus(Request, frozen=True, kw_only=True):
    """`system_status` is one of disabled, partiallyDisabled, enabled, initializing, messagesLost,
    normal, overloadImminent, overloadReached, overloadRelieved; some clients leave it out.
    """

    sys_stat_register_id: str | None = None
    system_status: str = "normal"


class SystemStatusResponse(Response, frozen=True, kw_only=True):
    pass


class RequestSystemStatus(Request, frozen=True, kw_only=True):
    sys_stat_register_id: str | None = None


class RequestSystemStatusResponse(Response, frozen=True, kw_only=True):
    system_status: str = "normal"


class RequestTypes(Struct, frozen=True):
    system_status: bool | None = None
    request_system_status: bool | None = None
    switching_function_caps_changed: bool | None = None
    switching_function_devices_changed: bool | None = None


class SystemRegister(Request, frozen=True, kw_only=True):
    request_types: RequestTypes | None = None
    requested_status_filter: Opaque | None = None


class SystemRegisterResponse(Response, frozen=True, kw_only=True):
    sys_stat_register_id: str | None = None
    actual_status_filter: Opaque | None = None


class SystemRegisterCancel(Request, frozen=True, kw_only=True):
    sys_stat_register_id: str


class SystemRegisterCancelResponse(Response, frozen=True, kw_only=True):
    pass


class SystemRegisterAbort(Message, frozen=True, kw_only=True):
    """The switch ends a registration; not answered."""

    sys_stat_register_id: str | None = None


class SwFunctionDevicesChanged(Request, frozen=True, kw_only=True):
    """The devices of the switch changed; not answered with anything but an empty response."""

    sys_stat_register_id: str | None = None


class SwFunctionDevicesChangedResponse(Response, frozen=True, kw_only=True):
    pass

"""Monitors, snapshots, what a switch offers, its status, errors (ECMA-323 clauses 9, 11 to 14)."""

from dataclasses import dataclass, field

from tws.protocols.csta.message import Message, Request, Response
from tws.protocols.csta.values import (
    EMPTY,
    CallData,
    CallLinkageData,
    ConnectionID,
    DeviceID,
    ExtendedDeviceID,
    Opaque,
    listing,
    since,
    tag,
)

# ---------------------------------------------------------------- errors


@dataclass(frozen=True, slots=True, kw_only=True)
class CSTAErrorCode(Response):
    """The answer to a request that failed: exactly one of the fields is set (clause 9.3.2)."""

    operation: str | None = None
    security: str | None = None
    state_incompatibility: str | None = None
    system_resource_availability: str | None = field(
        default=None, metadata=tag("systemResourceAvailibility")
    )
    subscribed_resource_availability: str | None = None
    performance_management: str | None = None
    private_data: str | None = None
    private_error_code: str | None = None
    unspecified: bool = field(default=False, metadata=EMPTY)

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


@dataclass(frozen=True, slots=True)
class MonitorObject:
    """What to monitor: a device, or one call."""

    call_object: ConnectionID | None = None
    device_object: DeviceID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStart(Request):
    monitor_object: MonitorObject
    requested_monitor_filter: Opaque | None = None
    "Flags of events that are not to be reported."
    monitor_type: str | None = None
    "`call` or `device`."
    requested_monitor_media_class: Opaque | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStartResponse(Response):
    monitor_cross_ref_id: str
    actual_monitor_filter: Opaque | None = None
    actual_monitor_media_class: Opaque | None = None
    monitor_existing_calls: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStop(Request):
    """Sent by the switch too, when it ends a monitor of its own accord."""

    monitor_cross_ref_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStopResponse(Response):
    pass


# ---------------------------------------------------------------- snapshots


@dataclass(frozen=True, slots=True)
class LocalCallState:
    """State of a call seen from the snapshot device."""

    compound_call_state: tuple[str, ...] | None = field(
        default=None, metadata=listing("localConnectionState")
    )
    "The device's own connection state first, then those of the other parties."
    simple_call_state: str | None = None
    "callDelivered, callReceived, callEstablished..."
    unknown: bool = field(default=False, metadata=EMPTY)


@dataclass(frozen=True, slots=True)
class SnapshotDeviceResponseInfo:
    connection_identifier: ConnectionID
    endpoint_device: ExtendedDeviceID | None = None
    local_call_state: LocalCallState | None = None
    services_permitted: Opaque | None = None
    media_service_info_list: Opaque | None = None
    media_call_characteristics: Opaque | None = None
    call_linkage_data: CallLinkageData | None = field(default=None, metadata=since(4))


@dataclass(frozen=True, slots=True)
class SnapshotDeviceResult:
    """The calls, or the mark of the SnapshotDeviceData messages that will bring them."""

    service_cross_ref_id: str | None = None
    snapshot_data: tuple[SnapshotDeviceResponseInfo, ...] | None = field(
        default=None, metadata=listing("snapshotDeviceResponseInfo")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotDevice(Request):
    snapshot_object: DeviceID


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotDeviceResponse(Response):
    result: SnapshotDeviceResult | None = field(
        default=None, metadata=tag("crossRefIDorSnapshotData")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotDeviceData(Request):
    """A part of a snapshot sent after its response; not answered."""

    service_cross_ref_id: str
    segment_id: int | None = None
    last_segment: bool = True
    snapshot_data: tuple[SnapshotDeviceResponseInfo, ...] = field(
        default=(), metadata=listing("snapshotDeviceResponseInfo")
    )


@dataclass(frozen=True, slots=True)
class SnapshotCallResponseInfo:
    """One party of a call."""

    device_on_call: ExtendedDeviceID | None = None
    call_identifier: ConnectionID | None = None
    local_connection_info: str | None = None
    services_permitted: Opaque | None = None
    media_service_info_list: Opaque | None = None
    location_info: Opaque | None = field(default=None, metadata=since(6))


@dataclass(frozen=True, slots=True)
class SnapshotCallResult:
    service_cross_ref_id: str | None = None
    snapshot_data: tuple[SnapshotCallResponseInfo, ...] | None = field(
        default=None, metadata=listing("snapshotCallResponseInfo")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotCall(Request):
    snapshot_object: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotCallResponse(Response):
    result: SnapshotCallResult | None = field(
        default=None, metadata=tag("crossRefIDorSnapshotData")
    )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class GetSwitchingFunctionDevices(Request):
    requested_device_id: DeviceID | None = None
    requested_device_category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GetSwitchingFunctionDevicesResponse(Response):
    service_cross_ref_id: str


@dataclass(frozen=True, slots=True)
class ListedDevice:
    device_id: DeviceID | None = None
    device_category: str | None = None
    named_device_types: str | None = None
    device_attributes: Opaque | None = None
    device_model_name: str | None = None
    nid_group: DeviceID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchingFunctionDevices(Request):
    """A part of the list, sent by the switch after its response; not answered."""

    service_cross_ref_id: str
    segment_id: int | None = None
    last_segment: bool
    device_list: tuple[ListedDevice, ...] = field(default=(), metadata=listing("device"))


def _services(*order: str) -> dict[str, object]:
    """A list whose elements are the supported services themselves, in the order of the schema."""
    return {"names": order}


@dataclass(frozen=True, slots=True)
class SupportedServices:
    """Names of the services the switch offers; None = it says nothing about that group."""

    cap_exchange_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
            "getCSTAFeatures",
            "getLogicalDeviceInformation",
            "getPhysicalDeviceInformation",
            "getSwitchingFunctionCaps",
            "getSwitchingFunctionDevices",
            "switchingFunctionDevices",
        ),
    )
    system_stat_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
            "changeSystemStatusFilter",
            "systemRegister",
            "systemStatusRegisterAbort",
            "systemStatusRegisterCancel",
            "requestSystemStatus",
            "systemStatus",
            "swFunctionCapsChanged",
            "swFunctionDevicesChanged",
        ),
    )
    monitoring_serv_list: tuple[str, ...] | None = field(
        default=None, metadata=_services("changeMonitorFilter", "monitorStart", "monitorStop")
    )
    snapshot_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
            "snapshotCall", "snapshotDevice", "snapshotCallData", "snapshotDeviceData"
        ),
    )
    call_control_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
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
    )
    call_associated_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
            "associateData",
            "cancelTelephonyTones",
            "changeConnectionInformation",
            "generateDigits",
            "generateTelephonyTones",
            "sendUserInformation",
        ),
    )
    media_serv_list: Opaque | None = None
    routeing_serv_list: Opaque | None = None
    phys_dev_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
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
    )
    logical_serv_list: tuple[str, ...] | None = field(
        default=None,
        metadata=_services(
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
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCSTAFeatures(Request):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCSTAFeaturesResponse(Response):
    supported_services: SupportedServices | None = None
    supported_events: Opaque | None = None


# ---------------------------------------------------------------- status, both ways


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemStatus(Request):
    """`system_status` is one of disabled, partiallyDisabled, enabled, initializing, messagesLost,
    normal, overloadImminent, overloadReached, overloadRelieved; some clients leave it out.
    """

    sys_stat_register_id: str | None = None
    system_status: str = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemStatusResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSystemStatus(Request):
    sys_stat_register_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSystemStatusResponse(Response):
    system_status: str = "normal"


@dataclass(frozen=True, slots=True)
class RequestTypes:
    system_status: bool | None = None
    request_system_status: bool | None = None
    switching_function_caps_changed: bool | None = None
    switching_function_devices_changed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRegister(Request):
    request_types: RequestTypes | None = None
    requested_status_filter: Opaque | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRegisterResponse(Response):
    sys_stat_register_id: str | None = None
    actual_status_filter: Opaque | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRegisterCancel(Request):
    sys_stat_register_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRegisterCancelResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRegisterAbort(Message):
    """The switch ends a registration; not answered."""

    sys_stat_register_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwFunctionDevicesChanged(Request):
    """The devices of the switch changed; not answered with anything but an empty response."""

    sys_stat_register_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwFunctionDevicesChangedResponse(Response):
    pass

"""How things stand: snapshots, what devices a switch has and what it can do (ECMA-323 clauses 11
and 14)."""

from typing import Annotated

from msgspec import Struct

from tws.protocols.csta.marks import EMPTY, listed, listing, since, tag
from tws.protocols.csta.message import Request, Response
from tws.protocols.csta.values import (
    CallData,
    CallLinkageData,
    ConnectionID,
    DeviceID,
    ExtendedDeviceID,
    Opaque,
)

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

"""One message of each kind with every field filled, made from the fields themselves."""

import typing

from tws.protocols.csta import Message, messages
from tws.protocols.csta.marks import Field, marked
from tws.protocols.csta.values import (
    AssociatedNID,
    CallData,
    DeviceID,
    Endpoint,
    ExtendedDeviceID,
    GlobalCallLinkageID,
    Opaque,
    RedirectionDeviceID,
    ThreadLinkageID,
)

CHOICES = (
    AssociatedNID,
    CallData,
    Endpoint,
    ExtendedDeviceID,
    GlobalCallLinkageID,
    RedirectionDeviceID,
    ThreadLinkageID,
    messages.CSTAErrorCode,
    messages.LocalCallState,
    messages.MonitorObject,
    messages.SessionEndReason,
    messages.SessionError,
    messages.SessionTermReason,
    messages.SnapshotCallResult,
    messages.SnapshotDeviceResult,
)
"Types that hold one of their elements only: the example takes the last that is not a mark."

TEXTS = {
    "auto_originate": "doNotPrompt",
    "agent_state": "agentReady",
    "agent_state_condition": "forcedPause",
    "cause": "newCall",
    "compound_call_state": "hold",
    "consult_options": "transferOnly",
    "defined_end_reason": "normal",
    "defined_error": "invalidSessionID",
    "defined_term_reason": "sessionTimerExpired",
    "device_category": "station",
    "digit_mode": "dTMF",
    "forward_default": "forwardDN",
    "forwarding_type": "forwardNoAnsExt",
    "local_connection_info": "alerting",
    "monitor_type": "device",
    "named_device_types": "station",
    "operation": "invalidDeviceID",
    "participation_type": "silent",
    "pending_agent_state": "agentReady",
    "performance_management": "performanceLimitExceeded",
    "private_data": "cSTAPrivateDataInfoError",
    "reason": "normal",
    "requested_agent_state": "loggedOn",
    "requested_device_category": "station",
    "security": "generic",
    "simple_call_state": "callDelivered",
    "state_incompatibility": "noActiveCall",
    "subscribed_resource_availability": "objectMonitorLimitExceeded",
    "system_resource_availability": "resourceBusy",
    "system_status": "enabled",
}
ODD_TEXT = 'a & <b> "c" \u00e9\U0001f4de'
OPAQUE = {
    "charging_info": "<x><typeOfChargingInfo>subTotal</typeOfChargingInfo></x>",
    "network_capability": "<x><networkType>iSDNPublic</networkType></x>",
}


def full(kind: type[Message], edition: int) -> Message:
    """Every field that messages of `edition` have is filled."""
    message: Message = _struct(kind, edition)
    return message


def _struct(kind: type[typing.Any], edition: int) -> typing.Any:
    values: dict[str, object] = {}
    for field in marked(kind):
        if field.mark.since > edition or field.mark.empty:
            continue
        if kind in CHOICES and values and field.name != "extensions":
            values.popitem()
        if kind in CHOICES and field.name == "extensions":
            continue
        values[field.name] = _value(field, edition)
    return kind(**values)


def _value(field: Field, edition: int) -> object:
    if field.mark.names:
        return field.mark.names[1:3]
    if typing.get_origin(field.hint) is tuple:
        item = typing.get_args(field.hint)[0]
        one = _one(field.name, item, edition)
        # An older DeflectCall has room for one destination only.
        return (one,) if edition < field.mark.flat_before else (one, one)
    return _one(field.name, field.hint, edition)


def _one(name: str, hint: typing.Any, edition: int) -> object:
    if hint is str:
        return TEXTS.get(name, ODD_TEXT)
    if hint is int:
        return 42
    if hint is bool:
        return False
    if hint is bytes:
        return b"\x00urn\xff"
    if hint is DeviceID:
        private = edition >= 5
        return DeviceID("N<4001>A & B;x=1", "deviceNumber", private, private)
    if hint is Opaque:
        return Opaque.of(OPAQUE.get(name, "<x/>"))
    return _struct(hint, edition)

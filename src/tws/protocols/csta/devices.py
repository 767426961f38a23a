"""Features and events of devices: forwarding, do-not-disturb, message waiting, service states
(ECMA-323 clauses 19 to 22).
"""

from typing import Annotated

from msgspec import Struct

from tws.protocols.csta.marks import listing, since, tag
from tws.protocols.csta.message import Event, Request, Response
from tws.protocols.csta.values import NOT_KNOWN, DeviceID, ExtendedDeviceID

# A forwardingType is forwardImmediate, forwardBusy, forwardNoAns or forwardDND, or one of them for
# internal or external calls only: forwardImmInt, forwardBusyExt, forwardNoAnsInt, forwardDNDExt...


class SetForwarding(Request, frozen=True, kw_only=True):
    device: DeviceID
    forwarding_type: str | None = None
    activate_forward: bool
    forward_dn: DeviceID | None = None
    ring_count: int | None = None
    ring_duration: Annotated[int | None, since(5)] = None
    "Seconds."


class SetForwardingResponse(Response, frozen=True, kw_only=True):
    pass


class GetForwarding(Request, frozen=True, kw_only=True):
    device: DeviceID


class ForwardListItem(Struct, frozen=True):
    forwarding_type: str | None = None
    forward_status: bool = False
    forward_dn: DeviceID | None = None
    forward_default: str | None = None
    ring_count: int | None = None
    ring_duration: Annotated[int | None, since(5)] = None


class GetForwardingResponse(Response, frozen=True, kw_only=True):
    forwarding_list: Annotated[tuple[ForwardListItem, ...], listing("forwardListItem")] = ()


class CallOrigination(Struct, frozen=True):
    internal: bool | None = None
    external: bool | None = None


class SetDoNotDisturb(Request, frozen=True, kw_only=True):
    device: DeviceID
    do_not_disturb_on: bool
    call_origination: CallOrigination | None = None
    calling_device_list: Annotated[tuple[DeviceID, ...] | None, listing("callingDevice")] = None


class SetDoNotDisturbResponse(Response, frozen=True, kw_only=True):
    pass


class GetDoNotDisturb(Request, frozen=True, kw_only=True):
    device: DeviceID


class GetDoNotDisturbResponse(Response, frozen=True, kw_only=True):
    do_not_disturb_on: bool
    call_origination: CallOrigination | None = None
    calling_device_list: Annotated[tuple[DeviceID, ...] | None, listing("callingDevice")] = None


class GetCallerIDStatus(Request, frozen=True, kw_only=True):
    device: DeviceID


class GetCallerIDStatusResponse(Response, frozen=True, kw_only=True):
    caller_id_provided: Annotated[bool, tag("callerIDProvided")]


class SetCallerIDStatus(Request, frozen=True, kw_only=True):
    device: DeviceID | None = None
    caller_id_provided: Annotated[bool, tag("callerIDProvided")]


class SetCallerIDStatusResponse(Response, frozen=True, kw_only=True):
    pass


class SetMessageWaitingIndicator(Request, frozen=True, kw_only=True):
    device: DeviceID
    message_waiting_on: bool
    device_for_message: DeviceID | None = None


class SetMessageWaitingIndicatorResponse(Response, frozen=True, kw_only=True):
    pass


class GetMessageWaitingIndicator(Request, frozen=True, kw_only=True):
    device: DeviceID


class GetMessageWaitingIndicatorResponse(Response, frozen=True, kw_only=True):
    message_waiting_on: bool
    device_for_message: DeviceID | None = None
    lamp_is_present: bool | None = None


class SetAgentState(Request, frozen=True, kw_only=True):
    device: DeviceID
    requested_agent_state: str
    "`loggedOn`, `loggedOff`, `notReady`, `ready` or `workingAfterCall`."
    agent_id: str | None = None
    password: bytes | None = None
    group: DeviceID | None = None


class SetAgentStateResponse(Response, frozen=True, kw_only=True):
    pending_agent_state: str | None = None


class GetAgentState(Request, frozen=True, kw_only=True):
    device: DeviceID
    acd_group: DeviceID | None = None


class AgentInfo(Struct, frozen=True):
    acd_group: DeviceID | None = None
    agent_state: str | None = None
    pending_agent_state: str | None = None
    agent_state_condition: str | None = None


class AgentStateEntry(Struct, frozen=True):
    agent_id: str | None = None
    logged_on_state: bool = False
    agent_info: Annotated[tuple[AgentInfo, ...] | None, listing("agentInfoItem")] = None


class GetAgentStateResponse(Response, frozen=True, kw_only=True):
    agent_state_list: Annotated[tuple[AgentStateEntry, ...], listing("agentStateEntry")] = ()


class ForwardingEvent(Event, frozen=True, kw_only=True):
    device: ExtendedDeviceID = NOT_KNOWN
    forwarding_type: str | None = None
    forward_status: bool
    forward_to: DeviceID | None = None
    forward_default: str | None = None
    ring_count: int | None = None
    ring_duration: Annotated[int | None, since(5)] = None


class DoNotDisturbEvent(Event, frozen=True, kw_only=True):
    device: ExtendedDeviceID = NOT_KNOWN
    do_not_disturb_on: bool
    call_origination: CallOrigination | None = None
    calling_device_list: Annotated[tuple[DeviceID, ...] | None, listing("callingDevice")] = None


class MessageWaitingEvent(Event, frozen=True, kw_only=True):
    device: Annotated[ExtendedDeviceID, tag("targetDevice")] = NOT_KNOWN
    device_for_message: DeviceID | None = None
    message_waiting_on: bool


class BackInServiceEvent(Event, frozen=True, kw_only=True):
    device: ExtendedDeviceID = NOT_KNOWN
    cause: str | None = None


class OutOfServiceEvent(Event, frozen=True, kw_only=True):
    device: ExtendedDeviceID = NOT_KNOWN
    cause: str | None = None


class DeviceCapsChangedEvent(Event, frozen=True, kw_only=True):
    device: ExtendedDeviceID = NOT_KNOWN
    cause: str | None = None


class AgentLoggedOnEvent(Event, frozen=True, kw_only=True):
    device: Annotated[ExtendedDeviceID, tag("agentDevice")] = NOT_KNOWN
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    agent_password: bytes | None = None
    cause: str | None = None


class AgentLoggedOffEvent(Event, frozen=True, kw_only=True):
    device: Annotated[ExtendedDeviceID, tag("agentDevice")] = NOT_KNOWN
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    agent_password: bytes | None = None
    cause: str | None = None


class AgentReadyEvent(Event, frozen=True, kw_only=True):
    device: Annotated[ExtendedDeviceID, tag("agentDevice")] = NOT_KNOWN
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    cause: str | None = None


class AgentNotReadyEvent(Event, frozen=True, kw_only=True):
    device: Annotated[ExtendedDeviceID, tag("agentDevice")] = NOT_KNOWN
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    cause: str | None = None

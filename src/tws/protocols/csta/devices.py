"""Features and events of devices: forwarding, do-not-disturb, message waiting, service states
(ECMA-323 clauses 19 to 22).
"""

from dataclasses import dataclass, field

from tws.protocols.csta.message import Event, Request, Response
from tws.protocols.csta.values import NOT_KNOWN, DeviceID, ExtendedDeviceID, listing, since, tag

# A forwardingType is forwardImmediate, forwardBusy, forwardNoAns or forwardDND, or one of them for
# internal or external calls only: forwardImmInt, forwardBusyExt, forwardNoAnsInt, forwardDNDExt...


@dataclass(frozen=True, slots=True, kw_only=True)
class SetForwarding(Request):
    device: DeviceID
    forwarding_type: str | None = None
    activate_forward: bool
    forward_dn: DeviceID | None = None
    ring_count: int | None = None
    ring_duration: int | None = field(default=None, metadata=since(5))
    "Seconds."


@dataclass(frozen=True, slots=True, kw_only=True)
class SetForwardingResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetForwarding(Request):
    device: DeviceID


@dataclass(frozen=True, slots=True)
class ForwardListItem:
    forwarding_type: str | None = None
    forward_status: bool = False
    forward_dn: DeviceID | None = None
    forward_default: str | None = None
    ring_count: int | None = None
    ring_duration: int | None = field(default=None, metadata=since(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class GetForwardingResponse(Response):
    forwarding_list: tuple[ForwardListItem, ...] = field(
        default=(), metadata=listing("forwardListItem")
    )


@dataclass(frozen=True, slots=True)
class CallOrigination:
    internal: bool | None = None
    external: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDoNotDisturb(Request):
    device: DeviceID
    do_not_disturb_on: bool
    call_origination: CallOrigination | None = None
    calling_device_list: tuple[DeviceID, ...] | None = field(
        default=None, metadata=listing("callingDevice")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDoNotDisturbResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetDoNotDisturb(Request):
    device: DeviceID


@dataclass(frozen=True, slots=True, kw_only=True)
class GetDoNotDisturbResponse(Response):
    do_not_disturb_on: bool
    call_origination: CallOrigination | None = None
    calling_device_list: tuple[DeviceID, ...] | None = field(
        default=None, metadata=listing("callingDevice")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMessageWaitingIndicator(Request):
    device: DeviceID
    message_waiting_on: bool
    device_for_message: DeviceID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMessageWaitingIndicatorResponse(Response):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMessageWaitingIndicator(Request):
    device: DeviceID


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMessageWaitingIndicatorResponse(Response):
    message_waiting_on: bool
    device_for_message: DeviceID | None = None
    lamp_is_present: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAgentState(Request):
    device: DeviceID
    requested_agent_state: str
    "`loggedOn`, `loggedOff`, `notReady`, `ready` or `workingAfterCall`."
    agent_id: str | None = None
    password: bytes | None = None
    group: DeviceID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAgentStateResponse(Response):
    pending_agent_state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAgentState(Request):
    device: DeviceID
    acd_group: DeviceID | None = None


@dataclass(frozen=True, slots=True)
class AgentInfo:
    acd_group: DeviceID | None = None
    agent_state: str | None = None
    pending_agent_state: str | None = None
    agent_state_condition: str | None = None


@dataclass(frozen=True, slots=True)
class AgentStateEntry:
    agent_id: str | None = None
    logged_on_state: bool = False
    agent_info: tuple[AgentInfo, ...] | None = field(
        default=None, metadata=listing("agentInfoItem")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAgentStateResponse(Response):
    agent_state_list: tuple[AgentStateEntry, ...] = field(
        default=(), metadata=listing("agentStateEntry")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingEvent(Event):
    device: ExtendedDeviceID = NOT_KNOWN
    forwarding_type: str | None = None
    forward_status: bool
    forward_to: DeviceID | None = None
    forward_default: str | None = None
    ring_count: int | None = None
    ring_duration: int | None = field(default=None, metadata=since(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotDisturbEvent(Event):
    device: ExtendedDeviceID = NOT_KNOWN
    do_not_disturb_on: bool
    call_origination: CallOrigination | None = None
    calling_device_list: tuple[DeviceID, ...] | None = field(
        default=None, metadata=listing("callingDevice")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWaitingEvent(Event):
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("targetDevice"))
    device_for_message: DeviceID | None = None
    message_waiting_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BackInServiceEvent(Event):
    device: ExtendedDeviceID = NOT_KNOWN
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfServiceEvent(Event):
    device: ExtendedDeviceID = NOT_KNOWN
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCapsChangedEvent(Event):
    device: ExtendedDeviceID = NOT_KNOWN
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLoggedOnEvent(Event):
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("agentDevice"))
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    agent_password: bytes | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLoggedOffEvent(Event):
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("agentDevice"))
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    agent_password: bytes | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentReadyEvent(Event):
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("agentDevice"))
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentNotReadyEvent(Event):
    device: ExtendedDeviceID = field(default=NOT_KNOWN, metadata=tag("agentDevice"))
    agent_id: str | None = None
    acd_group: DeviceID | None = None
    cause: str | None = None

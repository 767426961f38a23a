"""Services of devices, snapshots and the list of devices (ECMA-323 clauses 11, 14, 19 to 22)."""

from tws.protocols.csta import messages as m
from tws.protocols.csta.devices import AgentInfo, AgentStateEntry, ForwardListItem
from tws.protocols.csta.values import DeviceID
from tws.simulator.link import snapshots
from tws.simulator.link.addresses import number_of, parts_of
from tws.simulator.link.rendering import FORWARDING_TYPES, SECONDS_A_RING, Renderer, rings
from tws.simulator.link.service_table import ServiceTable
from tws.simulator.switching import features, queues, voicemail
from tws.simulator.switching.checks import find
from tws.simulator.switching.model import Agent, Forward, Refusal
from tws.simulator.switching.pbx import Pbx

DEVICE_SERVICES = ServiceTable()
serves = DEVICE_SERVICES.serves

_FORWARDINGS = {text: key for key, text in FORWARDING_TYPES.items()}


@serves(m.SetForwarding)
def set_forwarding(
    pbx: Pbx, render: Renderer, request: m.SetForwarding
) -> m.SetForwardingResponse:
    kind = request.forwarding_type or "forwardImmediate"
    if kind not in _FORWARDINGS:
        raise Refusal("operation", "invalidForwardingType")
    when, origin = _FORWARDINGS[kind]
    to = number_of(request.forward_dn) if request.forward_dn is not None else ""
    seconds: float | None = request.ring_duration
    if seconds is None and request.ring_count is not None:
        seconds = request.ring_count * SECONDS_A_RING
    forward = Forward(when, origin, request.activate_forward, to, seconds)
    features.set_forward(pbx, number_of(request.device), forward)
    return m.SetForwardingResponse()


@serves(m.GetForwarding)
def get_forwarding(
    pbx: Pbx, render: Renderer, request: m.GetForwarding
) -> m.GetForwardingResponse:
    items = []
    for forward in features.forwards(pbx, number_of(request.device)):
        count, seconds = rings(forward)
        items.append(
            ForwardListItem(
                forwarding_type=FORWARDING_TYPES[(forward.when, forward.origin)],
                forward_status=forward.active,
                forward_dn=DeviceID(forward.destination) if forward.destination else None,
                ring_count=count,
                ring_duration=seconds,
            )
        )
    return m.GetForwardingResponse(forwarding_list=tuple(items))


@serves(m.SetDoNotDisturb)
def set_dnd(pbx: Pbx, render: Renderer, request: m.SetDoNotDisturb) -> m.SetDoNotDisturbResponse:
    features.set_do_not_disturb(pbx, number_of(request.device), request.do_not_disturb_on)
    return m.SetDoNotDisturbResponse()


@serves(m.GetDoNotDisturb)
def get_dnd(pbx: Pbx, render: Renderer, request: m.GetDoNotDisturb) -> m.GetDoNotDisturbResponse:
    phone = pbx.phone(number_of(request.device))
    return m.GetDoNotDisturbResponse(do_not_disturb_on=phone.do_not_disturb)


@serves(m.SetCallerIDStatus)
def set_caller_id(
    pbx: Pbx, render: Renderer, request: m.SetCallerIDStatus
) -> m.SetCallerIDStatusResponse:
    if request.device is None:
        raise Refusal("operation", "invalidDeviceID")
    features.set_caller_id_status(pbx, number_of(request.device), request.caller_id_provided)
    return m.SetCallerIDStatusResponse()


@serves(m.GetCallerIDStatus)
def get_caller_id(
    pbx: Pbx, render: Renderer, request: m.GetCallerIDStatus
) -> m.GetCallerIDStatusResponse:
    phone = pbx.phone(number_of(request.device))
    return m.GetCallerIDStatusResponse(caller_id_provided=phone.caller_id_provided)


@serves(m.SetMessageWaitingIndicator)
def set_lamp(
    pbx: Pbx, render: Renderer, request: m.SetMessageWaitingIndicator
) -> m.SetMessageWaitingIndicatorResponse:
    voicemail.set_lamp(pbx, number_of(request.device), request.message_waiting_on)
    return m.SetMessageWaitingIndicatorResponse()


@serves(m.GetMessageWaitingIndicator)
def get_lamp(
    pbx: Pbx, render: Renderer, request: m.GetMessageWaitingIndicator
) -> m.GetMessageWaitingIndicatorResponse:
    phone = pbx.phone(number_of(request.device))
    box = pbx.settings.mailbox
    return m.GetMessageWaitingIndicatorResponse(
        message_waiting_on=phone.message_waiting,
        device_for_message=DeviceID(box) if box else None,
        lamp_is_present=True,
    )


_AGENT_STATES = {
    "loggedOn": (True, True),
    "ready": (True, True),
    "notReady": (True, False),
    "loggedOff": (False, False),
}


@serves(m.SetAgentState)
def set_agent(pbx: Pbx, render: Renderer, request: m.SetAgentState) -> m.SetAgentStateResponse:
    wanted = _AGENT_STATES.get(request.requested_agent_state)
    if wanted is None:
        raise Refusal("operation", "invalidAgentState")
    logged_on, ready = wanted
    device = number_of(request.device)
    agent = pbx.phone(device).agent
    if agent is not None and not agent.logged_on and request.requested_agent_state == "notReady":
        raise Refusal("stateIncompatibility", "invalidDeviceState")
    queues.set_agent(pbx, device, logged_on=logged_on, ready=ready)
    return m.SetAgentStateResponse()


@serves(m.GetAgentState)
def get_agent(pbx: Pbx, render: Renderer, request: m.GetAgentState) -> m.GetAgentStateResponse:
    number = number_of(request.device)
    agent = pbx.phone(number).agent
    if agent is None:
        return m.GetAgentStateResponse()
    groups = [q.settings.number for q in pbx.queues.values() if number in q.settings.agents]
    state = _agent_state(pbx, number, agent)
    info = tuple(AgentInfo(DeviceID(group), state) for group in groups)
    return m.GetAgentStateResponse(
        agent_state_list=(AgentStateEntry(number, agent.logged_on, info),)
    )


def _agent_state(pbx: Pbx, number: str, agent: Agent) -> str:
    if not agent.logged_on:
        return "agentNull"
    if not agent.ready:
        return "agentNotReady"
    return "agentReady" if pbx.idle(number) else "agentBusy"


@serves(m.SnapshotDevice)
def snapshot_device(
    pbx: Pbx, render: Renderer, request: m.SnapshotDevice
) -> m.SnapshotDeviceResponse:
    number = number_of(request.snapshot_object)
    if pbx.kind(number) is None:
        raise Refusal("operation", "invalidDeviceID")
    return snapshots.of_device(pbx, render, number)


@serves(m.SnapshotCall)
def snapshot_call(pbx: Pbx, render: Renderer, request: m.SnapshotCall) -> m.SnapshotCallResponse:
    leg = find(pbx, *parts_of(request.snapshot_object))
    return snapshots.of_call(pbx, render, leg.call)

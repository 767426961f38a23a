"""Each command of TWS as a service of ECMA-269: the request, its answer, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from tws.links.csta_xml.forwardings import NAMES, SECONDS_A_RING, forwarding
from tws.links.csta_xml.identifiers import Identifiers, mailbox, party_of_device
from tws.links.csta_xml.profiles import Commands
from tws.protocols.csta import Request, Response
from tws.protocols.csta import messages as m
from tws.protocols.csta.marks import marked
from tws.protocols.csta.values import ConnectionID, DeviceID
from tws.telephony import commands as c
from tws.telephony.model import ConnectionId, Forwarding, MessageWaiting

SECONDS_SINCE = 5
"The edition of ECMA-323 from which SetForwarding has ringDuration."


class NoResult(ValueError):
    """The answer lacks what the command asks for; says what."""


@dataclass(frozen=True, slots=True)
class Service:
    """`names`: under which GetCSTAFeatures lists it."""

    name: str
    request: Callable[[Any, Identifiers], Request]
    response: type[Response]
    result: Callable[[Any, Any, Identifiers], object] = lambda command, answer, ids: None


# ---------------------------------------------------------------- results


def _own(command: c.Command[Any], seen: ConnectionID, ids: Identifiers) -> ConnectionId:
    found = ids.connection(seen, command.device)
    if found is None:
        raise NoResult("no call id in the answer")
    return found


def _elsewhere(seen: ConnectionID | None, ids: Identifiers) -> ConnectionId | None:
    """A connection of whatever device: its identifier is all we have."""
    return ids.connection(seen, None)


def _picked(
    command: c.Command[Any],
    answer: m.DirectedPickupCallResponse | m.GroupPickupCallResponse,
    ids: Identifiers,
) -> ConnectionId | None:
    return ids.connection(answer.picked_call, command.device)


def _parked(command: c.ParkCall, answer: m.ParkCallResponse, ids: Identifiers) -> str | None:
    device = answer.parked_to.device_id if answer.parked_to is not None else None
    return party_of_device(device).number if device is not None else command.park_to


def _forwardings(
    command: c.GetForwarding, answer: m.GetForwardingResponse, ids: Identifiers
) -> tuple[Forwarding, ...]:
    found = []
    for item in answer.forwarding_list:
        to = party_of_device(item.forward_dn).number if item.forward_dn is not None else None
        known = forwarding(
            item.forwarding_type, item.forward_status, to, item.ring_count, item.ring_duration
        )
        if known is not None:
            found.append(known)
    return tuple(found)


# ---------------------------------------------------------------- requests


def _make_call(command: c.MakeCall, ids: Identifiers) -> Request:
    return m.MakeCall(
        calling_device=ids.wire(command.device),
        called_directory_number=DeviceID(command.called),
        auto_originate="prompt" if command.prompt else "doNotPrompt",
    )


def _group_pickup(command: c.GroupPickupCall, ids: Identifiers) -> Request:
    return m.GroupPickupCall(
        new_destination=ids.wire(command.device),
        pick_group=DeviceID(command.group) if command.group else None,
    )


def _set_forwarding(command: c.SetForwarding, ids: Identifiers) -> Request:
    wanted = command.forwarding
    return m.SetForwarding(
        device=ids.wire(command.device),
        forwarding_type=NAMES[wanted.type, wanted.origin],
        activate_forward=wanted.active,
        forward_dn=DeviceID(wanted.destination) if wanted.destination else None,
        ring_count=wanted.ring_count,
        ring_duration=wanted.ring_duration,
    )


def in_edition(request: Request, edition: int) -> Request:
    """A request as an edition can say it: before 5 there are rings, and no seconds."""
    if not isinstance(request, m.SetForwarding) or edition >= SECONDS_SINCE:
        return request
    seconds = request.ring_duration
    if seconds is None or request.ring_count is not None:
        return request
    return replace(request, ring_count=max(1, round(seconds / SECONDS_A_RING)))


SERVICES: Mapping[type[c.Command[Any]], Service] = {
    c.MakeCall: Service(
        "makeCall",
        _make_call,
        m.MakeCallResponse,
        lambda command, answer, ids: _own(command, answer.calling_device, ids),
    ),
    c.AnswerCall: Service(
        "answerCall",
        lambda x, ids: m.AnswerCall(call_to_be_answered=ids.written(x.connection)),
        m.AnswerCallResponse,
    ),
    c.ClearConnection: Service(
        "clearConnection",
        lambda x, ids: m.ClearConnection(connection_to_be_cleared=ids.written(x.connection)),
        m.ClearConnectionResponse,
    ),
    c.HoldCall: Service(
        "holdCall",
        lambda x, ids: m.HoldCall(call_to_be_held=ids.written(x.connection)),
        m.HoldCallResponse,
    ),
    c.RetrieveCall: Service(
        "retrieveCall",
        lambda x, ids: m.RetrieveCall(call_to_be_retrieved=ids.written(x.connection)),
        m.RetrieveCallResponse,
    ),
    c.AlternateCall: Service(
        "alternateCall",
        lambda x, ids: m.AlternateCall(
            held_call=ids.written(x.held), active_call=ids.written(x.active)
        ),
        m.AlternateCallResponse,
    ),
    c.ReconnectCall: Service(
        "reconnectCall",
        lambda x, ids: m.ReconnectCall(
            active_call=ids.written(x.active), held_call=ids.written(x.held)
        ),
        m.ReconnectCallResponse,
    ),
    c.ConsultationCall: Service(
        "consultationCall",
        lambda x, ids: m.ConsultationCall(
            existing_call=ids.written(x.existing), consulted_device=DeviceID(x.consulted)
        ),
        m.ConsultationCallResponse,
        lambda command, answer, ids: _own(command, answer.initiated_call, ids),
    ),
    c.TransferCall: Service(
        "transferCall",
        lambda x, ids: m.TransferCall(
            held_call=ids.written(x.held), active_call=ids.written(x.active)
        ),
        m.TransferCallResponse,
        lambda command, answer, ids: _elsewhere(answer.transferred_call, ids),
    ),
    c.SingleStepTransferCall: Service(
        "singleStepTransfer",
        lambda x, ids: m.SingleStepTransferCall(
            active_call=ids.written(x.active), transferred_to=DeviceID(x.transferred_to)
        ),
        m.SingleStepTransferCallResponse,
        lambda command, answer, ids: _elsewhere(answer.transferred_call, ids),
    ),
    c.ConferenceCall: Service(
        "conferenceCall",
        lambda x, ids: m.ConferenceCall(
            held_call=ids.written(x.held), active_call=ids.written(x.active)
        ),
        m.ConferenceCallResponse,
        lambda command, answer, ids: ids.connection(answer.conference_call, command.device),
    ),
    c.SingleStepConferenceCall: Service(
        "singleStepConference",
        lambda x, ids: m.SingleStepConferenceCall(
            active_call=ids.written(x.active),
            device_to_join=DeviceID(x.joining),
            participation_type=x.participation,
        ),
        m.SingleStepConferenceCallResponse,
        lambda command, answer, ids: _elsewhere(answer.conferenced_call, ids),
    ),
    c.DeflectCall: Service(
        "deflectCall",
        lambda x, ids: m.DeflectCall(
            call_to_be_diverted=ids.written(x.connection),
            new_destination=(DeviceID(x.destination),),
        ),
        m.DeflectCallResponse,
    ),
    c.DirectedPickupCall: Service(
        "directedPickupCall",
        lambda x, ids: m.DirectedPickupCall(
            call_to_be_picked_up=ids.written(x.ringing), requesting_device=ids.wire(x.device)
        ),
        m.DirectedPickupCallResponse,
        _picked,
    ),
    c.GroupPickupCall: Service(
        "groupPickupCall", _group_pickup, m.GroupPickupCallResponse, _picked
    ),
    c.ParkCall: Service(
        "parkCall",
        lambda x, ids: m.ParkCall(
            parking=ids.written(x.connection),
            park_to=DeviceID(x.park_to) if x.park_to else None,
        ),
        m.ParkCallResponse,
        _parked,
    ),
    c.GenerateDigits: Service(
        "generateDigits",
        lambda x, ids: m.GenerateDigits(
            connection_to_send_digits=ids.written(x.connection), characters_to_send=x.digits
        ),
        m.GenerateDigitsResponse,
    ),
    c.SetForwarding: Service("setForwarding", _set_forwarding, m.SetForwardingResponse),
    c.GetForwarding: Service(
        "getForwarding",
        lambda x, ids: m.GetForwarding(device=ids.wire(x.device)),
        m.GetForwardingResponse,
        _forwardings,
    ),
    c.SetDoNotDisturb: Service(
        "setDoNotDisturb",
        lambda x, ids: m.SetDoNotDisturb(device=ids.wire(x.device), do_not_disturb_on=x.on),
        m.SetDoNotDisturbResponse,
    ),
    c.GetDoNotDisturb: Service(
        "getDoNotDisturb",
        lambda x, ids: m.GetDoNotDisturb(device=ids.wire(x.device)),
        m.GetDoNotDisturbResponse,
        lambda command, answer, ids: answer.do_not_disturb_on,
    ),
    c.SetMessageWaiting: Service(
        "setMessageWaitingIndicator",
        lambda x, ids: m.SetMessageWaitingIndicator(
            device=ids.wire(x.device), message_waiting_on=x.on
        ),
        m.SetMessageWaitingIndicatorResponse,
    ),
    c.GetMessageWaiting: Service(
        "getMessageWaitingIndicator",
        lambda x, ids: m.GetMessageWaitingIndicator(device=ids.wire(x.device)),
        m.GetMessageWaitingIndicatorResponse,
        lambda command, answer, ids: MessageWaiting(
            answer.message_waiting_on, mailbox(answer.device_for_message)
        ),
    ),
}
"All but monitors and snapshots, which take more than one message."

SNAPSHOT = "snapshotDevice"


def offered(services: m.SupportedServices, usual: Commands) -> Commands:
    """The commands that a switch with `services` can be asked; `usual` where it says nothing."""
    found = set()
    for kind in c.USER_COMMANDS:
        name = SERVICES[kind].name if kind in SERVICES else SNAPSHOT
        for group in marked(m.SupportedServices):
            if name in group.mark.names:
                listed = getattr(services, group.name)
                if name in listed if listed is not None else kind in usual:
                    found.add(kind)
    return frozenset(found)

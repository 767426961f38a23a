"""Call control services (ECMA-323 clauses 15 and 16): requests as actions on the PBX."""

from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ConnectionID, connection
from tws.simulator.link.addresses import number_of, parts_of
from tws.simulator.link.rendering import Renderer
from tws.simulator.link.service_table import ServiceTable
from tws.simulator.switching import calls, deflection, joining, pickup
from tws.simulator.switching.checks import find
from tws.simulator.switching.model import Leg, Refusal
from tws.simulator.switching.pbx import Pbx

CALL_SERVICES = ServiceTable()
serves = CALL_SERVICES.serves


def _leg(pbx: Pbx, it: ConnectionID) -> Leg:
    return find(pbx, *parts_of(it))


def _id(leg: Leg) -> ConnectionID:
    return connection(leg.number, leg.device)


@serves(m.MakeCall)
def make_call(pbx: Pbx, render: Renderer, request: m.MakeCall) -> m.MakeCallResponse:
    device = number_of(request.calling_device, "invalidCallingDeviceID")
    called = number_of(request.called_directory_number, "invalidCalledDeviceID")
    prompt = request.auto_originate != "doNotPrompt"
    leg = calls.make_call(pbx, device, called, prompt=prompt)
    return m.MakeCallResponse(
        calling_device=_id(leg),
        call_linkage_data=render.linkage(leg.number, leg.call.linkage),
    )


@serves(m.AnswerCall)
def answer_call(pbx: Pbx, render: Renderer, request: m.AnswerCall) -> m.AnswerCallResponse:
    leg = _leg(pbx, request.call_to_be_answered)
    phone = pbx.phone(leg.device)
    if not phone.settings.hands_free:
        raise Refusal("operation", "requestIncompatibleWithDevice")
    calls.answer(pbx, leg)
    return m.AnswerCallResponse()


@serves(m.ClearConnection)
def clear(pbx: Pbx, render: Renderer, request: m.ClearConnection) -> m.ClearConnectionResponse:
    calls.clear_connection(pbx, _leg(pbx, request.connection_to_be_cleared))
    return m.ClearConnectionResponse()


@serves(m.ClearCall)
def clear_call(pbx: Pbx, render: Renderer, request: m.ClearCall) -> m.ClearCallResponse:
    calls.clear_call(pbx, _leg(pbx, request.call_to_be_cleared).call)
    return m.ClearCallResponse()


@serves(m.HoldCall)
def hold(pbx: Pbx, render: Renderer, request: m.HoldCall) -> m.HoldCallResponse:
    calls.hold(pbx, _leg(pbx, request.call_to_be_held))
    return m.HoldCallResponse()


@serves(m.RetrieveCall)
def retrieve(pbx: Pbx, render: Renderer, request: m.RetrieveCall) -> m.RetrieveCallResponse:
    calls.retrieve(pbx, _leg(pbx, request.call_to_be_retrieved))
    return m.RetrieveCallResponse()


@serves(m.AlternateCall)
def alternate(pbx: Pbx, render: Renderer, request: m.AlternateCall) -> m.AlternateCallResponse:
    calls.alternate(pbx, _leg(pbx, request.held_call), _leg(pbx, request.active_call))
    return m.AlternateCallResponse()


@serves(m.ReconnectCall)
def reconnect(pbx: Pbx, render: Renderer, request: m.ReconnectCall) -> m.ReconnectCallResponse:
    calls.reconnect(pbx, _leg(pbx, request.active_call), _leg(pbx, request.held_call))
    return m.ReconnectCallResponse()


@serves(m.ConsultationCall)
def consult(pbx: Pbx, render: Renderer, request: m.ConsultationCall) -> m.ConsultationCallResponse:
    called = number_of(request.consulted_device, "invalidCalledDeviceID")
    leg = calls.consult(pbx, _leg(pbx, request.existing_call), called)
    return m.ConsultationCallResponse(
        initiated_call=_id(leg),
        call_linkage_data=render.linkage(leg.number, leg.call.linkage),
    )


@serves(m.TransferCall)
def transfer(pbx: Pbx, render: Renderer, request: m.TransferCall) -> m.TransferCallResponse:
    remains = joining.transfer(pbx, _leg(pbx, request.held_call), _leg(pbx, request.active_call))
    return m.TransferCallResponse(transferred_call=render.connection(remains))


@serves(m.SingleStepTransferCall)
def blind_transfer(
    pbx: Pbx, render: Renderer, request: m.SingleStepTransferCall
) -> m.SingleStepTransferCallResponse:
    to = number_of(request.transferred_to, "invalidDestination")
    remains = joining.blind_transfer(pbx, _leg(pbx, request.active_call), to)
    return m.SingleStepTransferCallResponse(transferred_call=render.connection(remains))


@serves(m.ConferenceCall)
def conference(pbx: Pbx, render: Renderer, request: m.ConferenceCall) -> m.ConferenceCallResponse:
    own = joining.conference(pbx, _leg(pbx, request.held_call), _leg(pbx, request.active_call))
    return m.ConferenceCallResponse(conference_call=render.connection(own))


@serves(m.SingleStepConferenceCall)
def join(
    pbx: Pbx, render: Renderer, request: m.SingleStepConferenceCall
) -> m.SingleStepConferenceCallResponse:
    if request.participation_type not in ("active", "silent"):
        raise Refusal("operation", "invalidParticipationType")
    joined = joining.single_step_conference(
        pbx,
        _leg(pbx, request.active_call),
        number_of(request.device_to_join, "invalidDestinationDeviceID"),
        silent=request.participation_type == "silent",
    )
    return m.SingleStepConferenceCallResponse(conferenced_call=render.connection(joined))


@serves(m.DeflectCall)
def deflect(pbx: Pbx, render: Renderer, request: m.DeflectCall) -> m.DeflectCallResponse:
    if not request.new_destination:
        raise Refusal("operation", "invalidDestination")
    to = number_of(request.new_destination[0], "invalidDestination")
    deflection.deflect(pbx, _leg(pbx, request.call_to_be_diverted), to)
    return m.DeflectCallResponse()


@serves(m.DirectedPickupCall)
def directed_pickup(
    pbx: Pbx, render: Renderer, request: m.DirectedPickupCall
) -> m.DirectedPickupCallResponse:
    by = number_of(request.requesting_device, "invalidPickUpDeviceID")
    picked = pickup.directed(pbx, _leg(pbx, request.call_to_be_picked_up), by)
    return m.DirectedPickupCallResponse(picked_call=_id(picked))


@serves(m.GroupPickupCall)
def group_pickup(
    pbx: Pbx, render: Renderer, request: m.GroupPickupCall
) -> m.GroupPickupCallResponse:
    by = number_of(request.new_destination, "invalidDestinationDeviceID")
    named = number_of(request.pick_group) if request.pick_group is not None else None
    return m.GroupPickupCallResponse(picked_call=_id(pickup.group(pbx, by, named)))


@serves(m.ParkCall)
def park(pbx: Pbx, render: Renderer, request: m.ParkCall) -> m.ParkCallResponse:
    place = number_of(request.park_to, "invalidParkToDeviceID") if request.park_to else None
    parked = deflection.park(pbx, _leg(pbx, request.parking), place)
    return m.ParkCallResponse(parked_to=render.connection(parked))


@serves(m.GenerateDigits)
def digits(pbx: Pbx, render: Renderer, request: m.GenerateDigits) -> m.GenerateDigitsResponse:
    calls.digits(pbx, _leg(pbx, request.connection_to_send_digits), request.characters_to_send)
    return m.GenerateDigitsResponse()

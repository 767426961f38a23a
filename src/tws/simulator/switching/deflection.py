"""Sending a ringing call elsewhere, and parking a call to be fetched from any phone."""

from tws.simulator.switching import routing
from tws.simulator.switching.checks import can_hold, own, state_error
from tws.simulator.switching.facts import Connection, Event
from tws.simulator.switching.model import Failure, Kind, Leg, Refusal, State
from tws.simulator.switching.pbx import Due, Pbx


def deflect(pbx: Pbx, leg: Leg, number: str) -> None:
    """DeflectCall (17.1.11) of a call that rings at a phone or waits in a queue."""
    if leg.kind not in (Kind.PHONE, Kind.QUEUE):
        raise Refusal("operation", "invalidDivertingDeviceID")
    if leg.state not in (State.ALERTING, State.QUEUED):
        raise state_error("invalidConnectionState")
    external = routing.from_outside(leg.call)
    target = routing.resolve(pbx, number, external=external, visited=[leg.device])
    if isinstance(target, Failure) or target.kind is Kind.PARK or target.device in leg.call.legs:
        raise Refusal("operation", "invalidDestination")
    routing.divert_to(pbx, leg, target, "redirected")


def park(pbx: Pbx, leg: Leg, place: str | None) -> Connection:
    """ParkCall (17.1.18) at a park place, or at the first that is free; where it is then."""
    if not can_hold(own(leg)) or len(leg.call.legs) != 2:
        raise state_error("invalidConnectionState")
    if place is None:
        place = next((p for p in pbx.settings.park_places if pbx.idle(p)), None)
        if place is None:
            raise Refusal("systemResourceAvailability", "resourceBusy")
    if pbx.kind(place) is not Kind.PARK:
        raise Refusal("operation", "invalidParkToDeviceID")
    if not pbx.idle(place):
        raise state_error("invalidParkToDeviceState")
    call, parker = leg.call, leg.device
    pbx.divert(leg, pbx.party(place), "park")
    waiting = pbx.add(call, place, Kind.PARK, State.QUEUED, pbx.party(place))
    waiting.dialled = parker
    pbx.tell(Event.QUEUED, waiting, "park", waiting=1, in_front=0)
    pbx.after(pbx.settings.timing.park_recall, Due.PARK_RECALL, waiting)
    return Connection(call.id, place)


def park_recall(pbx: Pbx, leg: Leg) -> None:
    """Nobody fetched it: it rings at the phone that parked it, or waits on if that is busy."""
    phone = pbx.phones[leg.dialled]
    if not phone.plugged or not pbx.has_free_line(phone) or phone.number in leg.call.legs:
        pbx.after(pbx.settings.timing.park_recall, Due.PARK_RECALL, leg)
        return
    call = leg.call
    pbx.divert(leg, phone.party, "recall")
    routing.ring(pbx, call, phone, "recall")

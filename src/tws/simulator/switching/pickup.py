"""Taking a call that rings, or is parked, elsewhere."""

from tws.simulator.switching.checks import can_take, free_ear, state_error
from tws.simulator.switching.model import Call, Kind, Leg, Phone, Refusal, State
from tws.simulator.switching.pbx import Pbx


def take(pbx: Pbx, leg: Leg, phone: Phone) -> Leg:
    """Move the call from `leg`'s device to `phone`, answered: Diverted, then Established."""
    call = leg.call
    can_take(pbx, phone, call.legs)
    free_ear(pbx, phone.number)
    pbx.divert(leg, phone.party, "callPickup")
    taken = pbx.add(call, phone.number, Kind.PHONE, State.ALERTING, phone.party)
    taken.cause = "callPickup"
    pbx.establish(taken, "callPickup")
    return taken


def directed(pbx: Pbx, leg: Leg, device: str) -> Leg:
    """DirectedPickupCall (17.1.12) of what rings at a phone, waits in a queue, or is parked."""
    phone = pbx.phone(device, "invalidPickUpDeviceID")
    if leg.state is not State.ALERTING and leg.kind not in (Kind.PARK, Kind.QUEUE):
        raise state_error("noCallToAnswer")
    if leg.kind is Kind.TRUNK:
        raise Refusal("operation", "invalidCallToBePickedUpObjectType")
    return take(pbx, leg, phone)


def group(pbx: Pbx, device: str, named: str | None) -> Leg:
    """GroupPickupCall (17.1.13): what has rung longest in the phone's own or the named group."""
    phone = pbx.phone(device, "invalidDestinationDeviceID")
    wanted = named or phone.settings.pickup_group
    members = [p.number for p in pbx.phones.values() if p.settings.pickup_group == wanted]
    if not wanted or not members:
        raise Refusal("operation", "invalidPickUpDeviceID")
    ringing = [
        leg
        for number in members
        if number != device
        for leg in pbx.legs(number)
        if leg.state is State.ALERTING and device not in leg.call.legs
    ]
    if not ringing:
        raise state_error("noCallToAnswer")
    return take(pbx, min(ringing, key=lambda leg: leg.since), phone)


def fetch(pbx: Pbx, call: Call, place: str) -> bool:
    """Somebody dials a park place: they get the call that waits there instead of their own."""
    parked = pbx.legs(place)
    callers = [leg for leg in call.legs.values() if leg.kind is Kind.PHONE]
    if not parked or len(call.legs) != 1 or not callers:
        return False
    caller = callers[0]
    if caller.device in parked[0].call.legs:
        return False
    pbx.clear(caller, "normal")
    take(pbx, parked[0], pbx.phones[caller.device])
    return True

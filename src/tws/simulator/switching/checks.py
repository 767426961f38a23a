"""What may be asked of a connection in its present state. Each check answers or raises."""

import re

from tws.simulator.switching.model import Kind, Leg, Phone, Refusal, State
from tws.simulator.switching.pbx import Pbx

_DIALABLE = re.compile(r"\+?[0-9A-D*#]{1,64}")


def state_error(code: str) -> Refusal:
    return Refusal("stateIncompatibility", code)


def find(pbx: Pbx, call: str, device: str) -> Leg:
    """The connection that a ConnectionID names."""
    found = pbx.calls.get(call)
    if found is None:
        raise Refusal("operation", "invalidCallID")
    leg = found.legs.get(device)
    if leg is None:
        raise Refusal("operation", "invalidConnectionID")
    return leg


def own(leg: Leg) -> Leg:
    """Refuse what only a phone can do."""
    if leg.kind is not Kind.PHONE:
        raise Refusal("operation", "requestIncompatibleWithDevice")
    return leg


def others(leg: Leg) -> list[Leg]:
    return [one for one in leg.call.legs.values() if one is not leg]


def talking_others(leg: Leg) -> list[Leg]:
    """Those who have answered: without one there is nobody to hold, to transfer, to ask along."""
    return [
        one
        for one in others(leg)
        if one.answered is not None and one.state in (State.CONNECTED, State.HOLD)
    ]


def dialable(number: str) -> str:
    if not _DIALABLE.fullmatch(number):
        raise Refusal("operation", "invalidCalledDeviceID")
    return number


def can_hold(leg: Leg) -> bool:
    return leg.state is State.CONNECTED and leg.call.failure is None and bool(talking_others(leg))


def pair(held: Leg, active: Leg) -> None:
    """The two connections that alternate, transfer and conference take."""
    if own(held).device != own(active).device:
        raise Refusal("operation", "notSameDevice")
    if held.state is not State.HOLD:
        raise state_error("invalidHeldConnectionState")
    if active.state is not State.CONNECTED:
        raise state_error("invalidActiveConnectionState")


def can_take(pbx: Pbx, phone: Phone, call_legs: dict[str, Leg]) -> None:
    """Whether a phone can take over a call that rings or waits elsewhere."""
    if not phone.plugged:
        raise Refusal("systemResourceAvailability", "pickupDeviceOutOfService")
    if phone.number in call_legs:
        raise Refusal("operation", "requestIncompatibleWithPickupDevice")
    if not pbx.has_free_line(phone):
        raise Refusal("systemResourceAvailability", "resourceBusy")


def free_ear(pbx: Pbx, device: str) -> None:
    """Hold, or give up, what a person has at the ear before they take another call."""
    active = pbx.active(device)
    if active is None:
        return
    if can_hold(active):
        pbx.hold(active, "normal")
    else:
        pbx.clear(active, "normalClearing")
